"""
A counted round taken elsewhere: the method, the papers and the figures that `federation count` needs, and no more.

The papers come sorted by what they bear, both channels together: such an order says nothing of who cast which, when, or
how. Every export is journalled, with the hash of each file.
"""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.boxes import write_ballots
from federation.errors import refuse_if
from federation.facts.acts import Act
from federation.facts.counting import FIGURES, CountResult, Ledger, NameVotes, Paper, Votes
from federation.models import BallotRound, Draft, DraftVersion, RollEntry
from federation.models.cases import Case
from federation.rules.ledger import small_box
from federation.services import journal, steps
from federation.services.ballots import encoded, papers_of
from federation.services.polls import Poll, candidates, known_strokes
from federation.services.results import asked, ledger_of, result_of
from federation.services.steps import Outcome
from federation.services.tally_sheets import agreed_sheet
from federation.spreadsheets import write_table
from federation.stroke_files import write_strokes
from federation.tally_sheets import write_totals


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files by name, the figures beside them, the command that counts them, and the result it has to give."""

    files: Mapping[str, bytes]
    ledger: Ledger
    command: str
    result: CountResult
    confidential: bool
    """True where the method publishes totals alone: the papers are for the scrutineers."""


def export(session: Session, poll: Poll, round: BallotRound, act: Act) -> tuple[Outcome, Parcel]:
    """
    Everything that a count of this round elsewhere needs, once its result has been announced.

    Refused where so few papers would show how each one voted. Errors: WrongStage before the announcement.
    """
    steps.lock(session, poll.case)
    steps.must_allow(session, poll.case, "export")
    result = result_of(poll, round)
    if poll.election.form == "ballot":
        refuse_if("不能导出", small_box(result.ledger.returned or 0, poll.method.record.smallest, "收回"))
    parcel = parcel_of(session, poll, round, result)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in parcel.files.items()}
    facts = {"contest": round.short_id, "files": hashes}
    return steps.perform(session, poll.case, "export", act, facts, detail=round.short_id), parcel


def parcel_of(session: Session, poll: Poll, round: BallotRound, result: CountResult) -> Parcel:
    """The files of a counted round, without any act."""
    totals_only = poll.election.form == "hands" or agreed_sheet(session, round) is not None
    method, listed = poll.method, [row.name for row in candidates(session, round)]
    files = {"method.toml": _method_text(session, poll).encode()}
    if totals_only:
        files["totals.csv"] = _table(lambda out: write_totals(out, method.ballot.marks, _votes(result)))
    else:
        papers = _sorted_papers(session, poll, round)
        files["ballots.csv"] = _table(lambda out: write_ballots(out, method.ballot.marks, listed, papers))
    files["candidates.csv"] = _table(lambda out: write_table(out, ["name"], ([name] for name in listed)))
    if method.write_in.pool == "delegates":
        query = select(RollEntry.displayed).where(RollEntry.meeting_id == poll.meeting.case_id, RollEntry.may_vote)
        names = sorted(session.scalars(query))
        files["delegates.csv"] = _table(lambda out: write_table(out, ["name"], ([name] for name in names)))
    if known := known_strokes(session, poll.case.federation_id):
        files["strokes.csv"] = _table(lambda out: write_strokes(out, known))
    given = result.ledger if totals_only else replace(ledger_of(poll), valid=None, invalid=None)
    command = _command(poll, round, files, given)
    return Parcel(files, given, command, result, not totals_only and method.record.publish == "totals")


def _table(write: Callable[[IO[str]], None]) -> bytes:
    """A table as the bytes of a CSV that every spreadsheet takes for Chinese."""
    out = io.StringIO(newline="")
    write(out)
    return out.getvalue().encode("utf-8-sig")


def _method_text(session: Session, poll: Poll) -> str:
    """The file of the method by which the poll was held, as it was adopted."""
    query = select(DraftVersion.method_toml).join(Draft, Draft.case_id == DraftVersion.draft_id)
    query = query.join(Case, Case.id == Draft.case_id).where(
        Case.root_id == poll.case.root_id, DraftVersion.sha256 == poll.election.method_sha256
    )
    return session.scalars(query).first() or ""


def _sorted_papers(session: Session, poll: Poll, round: BallotRound) -> list[Paper]:
    """Every paper of the round; one both stray and unreadable keeps the fault that voids it, a file holds but one."""
    stray_voids = poll.method.ballot.stray_mark_voids
    papers = (
        replace(paper, stray=False) if paper.illegible and not stray_voids else paper
        for paper in papers_of(session, poll, round)
    )
    return sorted(papers, key=lambda paper: journal.canonical(encoded(paper)))


def _votes(result: CountResult) -> Votes:
    votes: tuple[NameVotes, ...] = tuple(row.votes for row in result.results)
    return Votes(votes)


def _command(poll: Poll, round: BallotRound, files: Mapping[str, bytes], ledger: Ledger) -> str:
    """The one line that counts these files."""
    options = {"ballots": "ballots.csv", "totals": "totals.csv", "candidates": "candidates.csv"}
    options |= {"delegates": "delegates.csv", "strokes": "strokes.csv"}
    named = " ".join(f"--{option} {name}" for option, name in options.items() if name in files)
    figures = ",".join(f"{name}={ledger.figure(name)}" for name in FIGURES if ledger.figure(name) is not None)
    which = f"--contest {round.contest} --round {asked(poll, round).round} --seats {round.seats}"
    return f"federation count method.toml {which} {named} --ledger {figures} --json"
