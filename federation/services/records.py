"""
The election record: what anyone needs to count again, as members of one archive (docs/record-format.md).

The public record holds totals, ledgers, results, methods and the journal. The sealed one, for the scrutineers, adds the
ballots, sealed and opened, the passes' hashes and the rebuilt key, so that every seal can be opened again. Where a
method publishes the papers, its polls are in full in the public record too.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.seal import BoxKey
from federation.errors import Finding, refuse_if
from federation.facts.acts import Act
from federation.models import (
    BallotKey,
    Case,
    Election,
    Federation,
    FrozenPaper,
    JournalLine,
    ProcessDefinition,
)
from federation.services import journal, keys, steps
from federation.services.poll_records import Member, PollRecord, pretty, was_opened
from federation.services.polls import Poll, known_strokes, poll_of

FORMAT = "federation-record-1"
Kind = Literal["public", "sealed"]
Keys = Mapping[uuid.UUID, BoxKey]
"""The rebuilt key of each opened box, by its poll."""

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
    of_all = select(Case.path).where(Case.federation_id == root.federation_id, Case.process == "election")
    refuse_if(
        "不能导出选举记录",
        [  # the journal is the whole federation's: a count not announced in another case stands in it
            Finding(f"选举 {path} 还没有宣布结果", "投票期间和开票途中不得复制票箱", "宣布之后再导出")
            for path in session.scalars(of_all.where(Case.state.in_(UNDER_WAY)).order_by(Case.path))
        ],
    )
    refuse_if("不能导出选举记录", [_too_old(poll) for poll in polls if _opened_before_records(session, poll)])
    found = ((poll, keys.of_poll(session, poll)) for poll in polls if _full(poll, kind) and was_opened(poll))
    return [Locked(poll, key) for poll, key in found if key]


def _opened_before_records(session: Session, poll: Poll) -> bool:
    """True for a poll whose journal is of an earlier program, without the hashes that a record is held against."""
    lines = (
        journal.latest(session, poll.case.federation_id, poll.case.path, act) for act in ("open_poll", "open_hands")
    )
    return any(line is not None and "definition" not in json.loads(line.facts) for line in lines)


def _too_old(poll: Poll) -> Finding:
    remedy = f"逐轮导出、复核：federation election export --contest {poll.rounds[0].short_id}"
    return Finding(f"选举 {poll.case.path} 是旧版程序开的票，日志里没有核验所需的校验值", "选举记录", remedy)


def _full(poll: Poll, kind: Kind) -> bool:
    return kind == "sealed" or poll.method.record.publish == "papers"


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
        "characters.json": lambda: [pretty(known_strokes(session, root.federation_id))],
        "journal.jsonl": lambda: _journal(session, root),
        "papers.json": lambda: [pretty(_papers(session, root, papers))],
        "record.json": lambda: [pretty(_head(session, root, kind, polls))],
    }
    for sha256, text in _definitions(session, root, polls):
        found[f"definitions/{sha256}.toml"] = lambda text=text: [text.encode()]  # type: ignore[misc]
    for poll in polls:
        full = _full(poll, kind)
        made = PollRecord(session, poll, full, rebuilt.get(poll.case.id)).members()
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
        "polls": sorted(map(_poll_id, polls), key=str.encode),  # one order, which a verifier can tell from the names
    }


def _papers(session: Session, root: Case, made: Mapping[str, str]) -> dict[str, dict[str, str]]:
    query = select(FrozenPaper.short_id, FrozenPaper.facts).join(Case).where(Case.root_id == root.id)
    return {
        short_id: {"facts_sha256": hashlib.sha256(facts.encode()).hexdigest(), "pdf_sha256": made.get(short_id, "")}
        for short_id, facts in session.execute(query)
    }
