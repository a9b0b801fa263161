"""
The election record: what anyone needs to count again, as members of one archive (docs/record-format.md).

The public record holds totals, ledgers, results, methods and the journal. The sealed one, for the scrutineers, adds the
ballots, sealed and opened, the passes' hashes and the rebuilt key, so that every seal can be opened again. Where a
method publishes the papers, its polls are in full in the public record too.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.ballotbox.opening import CheckCodes, opened
from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.seal import BoxKey
from federation.errors import Finding, refuse_if
from federation.facts.acts import Act
from federation.models import (
    BallotKey,
    BallotRound,
    Case,
    CheckCode,
    DraftVersion,
    Elected,
    Election,
    EntryBatch,
    Federation,
    FrozenPaper,
    JournalLine,
    OpenedBallot,
    ProcessDefinition,
    RollEntry,
    VotingPass,
)
from federation.services import digests, journal, keys, steps
from federation.services.casting import envelope_of
from federation.services.polls import Poll, candidates, known_strokes, missing_of, poll_of
from federation.services.results import result_of

FORMAT = "federation-record-1"
Kind = Literal["public", "sealed"]
Member = Callable[[], Iterable[bytes]]
Keys = Mapping[uuid.UUID, BoxKey]
"""The rebuilt key of each opened box, by its poll."""

_FIGURES = (
    "due", "present", "papers_printed", "handed_out", "drawn", "kept_back", "exchanged", "phones", "spent", "handed_in",
    "disputes", "faulty", "papers", "ticked",
)  # fmt: skip

UNDER_WAY = ("open", "closed", "returned", "valid", "hands_recorded", "counted")
"""States of a poll in which its record is not to be taken: it would be a copy of a box that is not done with."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A poll whose box was opened and stands in full in a record: its key must be rebuilt for it."""

    poll: Poll
    key: BallotKey


def polls_of(session: Session, root: Case) -> list[Poll]:
    """Every poll of a case, in the order of its meetings."""
    query = select(Election.case_id).join(Case, Case.id == Election.case_id).where(Case.root_id == root.id)
    return [poll_of(session, id) for id in session.scalars(query.order_by(Case.position, Case.path))]


def locked(session: Session, root: Case, kind: Kind) -> list[Locked]:
    """The polls whose keys a record of this kind takes; Refused while a poll is under way."""
    polls = polls_of(session, root)
    refuse_if(
        "不能导出选举记录",
        [
            Finding(f"选举 {poll.case.short_id} 还没有宣布结果", "投票期间和开票途中不得复制票箱", "宣布之后再导出")
            for poll in polls
            if poll.case.state in UNDER_WAY
        ],
    )
    found = ((poll, keys.of_poll(session, poll)) for poll in polls if _full(poll, kind) and _was_opened(poll))
    return [Locked(poll, key) for poll, key in found if key]


def _full(poll: Poll, kind: Kind) -> bool:
    return kind == "sealed" or poll.method.record.publish == "papers"


def _was_opened(poll: Poll) -> bool:
    return poll.election.box == "opened"


def recorded(session: Session, root: Case, sha256: str, act: Act) -> JournalLine:
    """Record that the sealed record was taken, by two scrutineers: the line stands after all that the record holds."""
    steps.must_be_two(session, root, "导出密封记录", ("scrutineer",), act)
    act.must_not_be_future()
    return journal.append(
        session, root.federation_id, root.path, "record.export", {"sha256": sha256}, act, role="scrutineer"
    )


def members(
    session: Session, root: Case, kind: Kind, rebuilt: Keys, papers: Mapping[str, str]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """
    The members of a record, in the order of their names; streamed.

    `papers` is the SHA-256 of each paper as a PDF, by its id, as far as they were made.
    """
    polls = polls_of(session, root)
    found: dict[str, Member] = {
        "README.txt": lambda: [ABOUT[kind].encode()],
        "characters.json": lambda: [_pretty(known_strokes(session, root.federation_id))],
        "journal.jsonl": lambda: _journal(session, root),
        "papers.json": lambda: [_pretty(_papers(session, root, papers))],
        "record.json": lambda: [_pretty(_head(session, root, kind, polls))],
    }
    for sha256, text in _definitions(session, root, polls):
        found[f"definitions/{sha256}.toml"] = lambda text=text: [text.encode()]  # type: ignore[misc]
    for poll in polls:
        full = _full(poll, kind)
        made = _PollMembers(session, poll, full, rebuilt.get(poll.case.id)).members()
        found |= {f"polls/{_poll_id(poll)}/{name}": member for name, member in made.items()}
    for name in sorted(found, key=str.encode):
        yield name, found[name]()


def _poll_id(poll: Poll) -> str:
    return f"{poll.meeting_case.short_id}.{poll.case.short_id}"


def _definitions(session: Session, root: Case, polls: list[Poll]) -> list[tuple[str, str]]:
    """The process that the case follows, and those of its polls."""
    wanted = {root.definition_sha256, *(poll.case.definition_sha256 for poll in polls)}
    query = select(ProcessDefinition.sha256, ProcessDefinition.text).where(ProcessDefinition.sha256.in_(wanted))
    return [(sha256, text) for sha256, text in session.execute(query)]


def _journal(session: Session, root: Case) -> Iterator[bytes]:
    for line in journal.lines(session, root.federation_id):
        yield f"{journal.canonical({**journal.fields(line), 'hash': line.hash})}\n".encode()


def _head(session: Session, root: Case, kind: Kind, polls: list[Poll]) -> dict[str, Any]:
    of = session.get_one(Federation, root.federation_id)
    return {
        "format": FORMAT,
        "kind": kind,
        "case": root.path,
        "federation": {"id": of.short_id, "name": of.name},
        "head": journal.head_hash(session, root.federation_id),
        "definition": root.definition_sha256,
        "polls": [_poll_id(poll) for poll in polls],
    }


def _papers(session: Session, root: Case, made: Mapping[str, str]) -> dict[str, dict[str, str]]:
    query = select(FrozenPaper.short_id, FrozenPaper.facts).join(Case).where(Case.root_id == root.id)
    return {
        short_id: {"facts_sha256": hashlib.sha256(facts.encode()).hexdigest(), "pdf_sha256": made.get(short_id, "")}
        for short_id, facts in session.execute(query)
    }


class _PollMembers:
    """The members of one poll: the figures in any case, its ballots where it stands in full."""

    def __init__(self, session: Session, poll: Poll, full: bool, key: BoxKey | None) -> None:
        self.session, self.poll, self.full, self.key = session, poll, full, key
        self.unsealed = full and key is not None

    def members(self) -> dict[str, Member]:
        prose, data = self._method()
        found: dict[str, Member] = {
            "poll.json": lambda: [_pretty(self._poll())],
            "method.md": lambda: [prose.encode()],
            "method.toml": lambda: [data.encode()],
        }
        for round in self.poll.rounds:
            if round.result:
                found[f"result-{round.short_id}.json"] = partial(self._result, round)
        if self.full and self.poll.election.form == "ballot":
            return found | self._ballots()
        if _was_opened(self.poll):  # so that a voter finds her ballot without asking anybody who keeps the box
            found["checks.txt"] = self._checks
        return found

    def _ballots(self) -> dict[str, Member]:
        election = self.poll.case.id
        found: dict[str, Member] = {
            f"papers-{round.short_id}.jsonl": partial(digests.paper_lines, self.session, round.id)
            for round in self.poll.rounds
        }
        found["passes.txt"] = partial(digests.pass_lines, self.session, election)
        found["sealed.txt"] = partial(digests.sealed_lines, self.session, election)
        if self.unsealed:
            found["ballots.jsonl"] = self._lines
            found["checks.txt"] = self._checks
        return found

    def _method(self) -> tuple[str, str]:
        query = select(DraftVersion.text, DraftVersion.method_toml).where(
            DraftVersion.sha256 == self.poll.election.method_sha256
        )
        row = self.session.execute(query).first()
        return (row[0], row[1]) if row else ("", "")

    def _result(self, round: BallotRound) -> list[bytes]:
        return [f"{result_of(self.poll, round).printed()}\n".encode()]

    def _lines(self) -> Iterator[bytes]:
        """Every sealed ballot opened again, in the order in which the sealed ones stand."""
        assert self.key is not None
        boxes = digests.sealed_boxes(self.session, self.poll.case.id)
        for ballot in CheckCodes().judged(opened(boxes, self.key, envelope_of(self.session, self.poll))):
            yield f"{ballot.line}\n".encode()

    def _checks(self) -> Iterator[bytes]:
        in_order = CheckCode.code if self.session.get_bind().dialect.name == "sqlite" else CheckCode.code.collate("C")
        query = select(CheckCode.code, OpenedBallot.marks).outerjoin(
            OpenedBallot, OpenedBallot.key == CheckCode.ballot_key
        )
        rows = self.session.execute(query.where(CheckCode.election_id == self.poll.case.id).order_by(in_order))
        for code, line in rows:
            yield (f"{code}\t{line}\n" if line and self.full else f"{code}\n").encode()

    def _poll(self) -> dict[str, Any]:
        poll, election = self.poll, self.poll.election
        return {
            "poll": poll.name,
            "subject": poll.case.path,
            "meeting": poll.meeting_case.short_id,
            "sheet": poll.case.short_id,
            "form": election.form,
            "state": poll.case.state,
            "method_sha256": election.method_sha256,
            "definition": poll.case.definition_sha256,
            "key": self._key(),
            "ledger": self._ledger(),
            "ruling": json.loads(election.ruling) if election.ruling else None,
            "unsealed": self.unsealed,
            "rounds": [self._round(round) for round in poll.rounds],
            "delegates": self._delegates(),
        }

    def _key(self) -> dict[str, Any] | None:
        key = keys.of_poll(self.session, self.poll)
        if key is None:
            return None
        private = self.key.private.hex() if self.unsealed and self.key else None
        return {"public": key.public, "threshold": key.threshold, "holders": keys.holders_of(key), "private": private}

    def _ledger(self) -> dict[str, Any]:
        """The figures of the poll, and those of the desk; null where they are not known yet."""
        election = self.poll.election
        query = select(VotingPass.state, func.count()).where(VotingPass.election_id == election.case_id)
        states = dict(self.session.execute(query.group_by(VotingPass.state)).all())
        return {
            **{name: getattr(election, name) for name in _FIGURES},
            "passes": sum(states.values()),
            "void": states.get("void", 0),
            "missing": None if election.spent is None else missing_of(election),
        }

    def _round(self, round: BallotRound) -> dict[str, Any]:
        won = select(Elected.name).where(Elected.round_id == round.id).order_by(Elected.position)
        return {
            "round": round.short_id,
            "contest": round.contest,
            "office": round.office,
            "kind": round.kind,
            "nth": round.nth,
            "seats": round.seats,
            "candidates": [row.name for row in candidates(self.session, round)],
            "hands": json.loads(round.hands) if round.hands else None,
            "decision": json.loads(round.decision) if round.decision else None,
            "tally_sheet": self._tally_sheet(round) if self.full else None,
            "elected": list(self.session.scalars(won)),
        }

    def _tally_sheet(self, round: BallotRound) -> Any:
        query = select(EntryBatch.totals).where(
            EntryBatch.round_id == round.id, EntryBatch.kind == "totals", EntryBatch.state == "signed_off"
        )
        text = self.session.scalar(query)
        return json.loads(text) if text else None

    def _delegates(self) -> list[str] | None:
        """Who may be written in, where the method asks and the ballots are here to be judged again."""
        if not self.full or self.poll.method.write_in.pool != "delegates":
            return None
        query = select(RollEntry.displayed).where(RollEntry.meeting_id == self.poll.meeting.case_id, RollEntry.may_vote)
        return sorted(self.session.scalars(query))


def _pretty(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
