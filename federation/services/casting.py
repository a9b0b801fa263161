"""
Casting: one pass spent and one sealed ballot in the box, in one transaction, without a journal line.

Several ballots may share a transaction, because what takes time is its commit.

Every answer costs the same: the code is folded and hashed, a ballot is sealed, a pass is asked for, a box is written
and one is taken away, whatever the answer will be. So neither the time nor the statements tell which it was.
"""

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, String, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from federation.ballotbox.answers import Answer
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.passes import LENGTH, RandomBytes, check_code, new_code, pass_hash, read_code, token_hash
from federation.ballotbox.seal import OVERHEAD, BoxKey, new_secret, seal
from federation.db import pairs
from federation.errors import Misused
from federation.facts.counting import Paper
from federation.models import Base, Case, Election
from federation.services import keys
from federation.services.polls import Poll, candidates, name_of


@dataclass(frozen=True, slots=True)
class Box:
    """What casting has to know of a poll: read once, it serves every voter while the poll is open."""

    election_id: uuid.UUID
    name: str
    others: tuple[str, ...]
    """The names of the other polls of the same case: a pass of theirs is told to be one."""
    rounds: tuple[str, ...]
    envelope: Envelope
    public: bytes | None


def box_of(session: Session, poll: Poll) -> Box:
    """The box of a poll, as casting needs it."""
    same = select(Case).join(Election, Election.case_id == Case.id).where(Case.root_id == poll.case.root_id)
    others = session.scalars(same.where(Case.id != poll.case.id).order_by(Case.path))
    key = keys.of_poll(session, poll)
    return Box(
        poll.case.id,
        poll.name,
        tuple(name_of(session, case) for case in others),
        tuple(round.short_id for round in poll.rounds),
        envelope_of(session, poll),
        bytes.fromhex(key.public) if key else None,
    )


def is_open(session: Session, poll: Poll) -> bool:
    """True while ballots are taken: the poll is open and its box has a key."""
    return poll.case.state == "open" and keys.of_poll(session, poll) is not None


def closed_as(state: str) -> Answer:
    """What is told of a poll that takes no pass now: it has not begun, or is by paper; or else it is over."""
    return Answer.CLOSED if state in ("nominating", "prepared", "open") else Answer.OVER


def must_fit(box: Box, papers: Mapping[str, Paper]) -> None:
    """Refuse written names that a sealed ballot has no room for, or that are none; nothing is asked of any pass."""
    _packed(box, _strange(), papers)


def envelope_of(session: Session, poll: Poll) -> Envelope:
    """The form of a poll's ballots, once its lists are fixed."""
    return Envelope.of(
        [len(candidates(session, round)) for round in poll.rounds],
        [round.seats for round in poll.rounds],
        written=poll.method.write_in.allowed != "no",
    )


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot made ready: what needs no database is done, so that the transaction that puts it is short."""

    box: Box
    slip: bool
    """The code was mistyped; the hashes are those of a code that no pass has."""
    hashes: tuple[str, ...] = field(repr=False)
    """Of the pass, as this poll would store it and then as the others of the case would."""
    form: str = field(repr=False)
    """The hash of the token of the form that casts; of nobody's where it has none."""
    sealed: bytes = field(repr=False)


def cast(
    session: Session,
    box: Box,
    typed: str,
    papers: Mapping[str, Paper],
    token: str = "",
    random: RandomBytes | None = None,
) -> Answer:
    """Put one ballot into the box and say what became of it."""
    return put(session, [prepared(box, typed, papers, token, random)])[0]


def prepared(
    box: Box, typed: str, papers: Mapping[str, Paper], token: str = "", random: RandomBytes | None = None
) -> Ballot:
    """
    A ballot ready to be put; `papers` holds a paper for every round of the sheet.

    `token` is of the form that casts: the same form asking again learns that its ballot is in the box. `random` is for
    the demonstration alone. Refused where the written names do not fit, before anything is asked about the pass.
    """
    secret, slip = _read(typed)
    hashes = tuple(pass_hash(name, secret) for name in (box.name, *box.others))
    return Ballot(box, slip, hashes, token_hash(token or secrets.token_hex()), _sealed(box, secret, papers, random))


def put(session: Session, ballots: Sequence[Ballot]) -> list[Answer]:
    """
    Put ballots into their boxes, one after another and in one transaction, and say what became of each.

    However many they are, each costs what it costs alone, and the statements are the same ones.
    """
    connection = session.connection()
    polls = _polls(connection, ballots)
    passes = _passes(connection, ballots)
    answers = [_answer(ballot, passes, polls[ballot.box.election_id]) for ballot in ballots]
    _spend(connection, ballots, answers)
    _store(connection, ballots, answers)
    return answers


def _read(typed: str) -> tuple[str, bool]:
    """The secret of a code, and whether it was mistyped: then any other secret stands for it."""
    try:
        return read_code(typed), False
    except Misused:
        return _strange(), True


def _strange() -> str:
    """A secret that no pass has."""
    return new_code()[:LENGTH]


def _sealed(box: Box, secret: str, papers: Mapping[str, Paper], random: RandomBytes | None) -> bytes:
    return seal(box.public or BoxKey.of(new_secret()).public, _packed(box, secret, papers), random)


def _packed(box: Box, secret: str, papers: Mapping[str, Paper]) -> bytes:
    return box.envelope.packed(check_code(box.name, secret), [papers[short_id] for short_id in box.rounds])


class _PollNow(NamedTuple):
    """A poll as it stays until the transaction ends."""

    state: str
    public: bytes

    def takes(self, box: Box) -> bool:
        """True while it is open and its key is still the one that the ballot was sealed to; by paper none is."""
        return self.state == "open" and box.public is not None and self.public == box.public


def _polls(connection: Connection, ballots: Sequence[Ballot]) -> dict[uuid.UUID, _PollNow]:
    """The polls of these ballots."""
    rows = connection.execute(_POLLS, {"polls": list({ballot.box.election_id for ballot in ballots})})
    return {id: _PollNow(state, bytes.fromhex(key or "")) for id, state, key in rows}


@dataclass(slots=True)
class _Pass:
    """A pass as these ballots find it, and leave it to the next of them."""

    election_id: uuid.UUID
    state: str
    token_hash: str


def _passes(connection: Connection, ballots: Sequence[Ballot]) -> dict[str, _Pass]:
    """The passes of these ballots by their hashes, held in one order: two workers never wait crosswise."""
    rows = connection.execute(_FOUND, {"hashes": list({hash for each in ballots for hash in each.hashes})})
    return {hash: _Pass(election_id, state, token or "") for hash, election_id, state, token in rows}


def _answer(ballot: Ballot, passes: dict[str, _Pass], poll: _PollNow) -> Answer:
    """What becomes of a ballot; the pass that it spends is spent for those after it."""
    found = next((passes[hash] for hash in ballot.hashes if hash in passes), None)
    own_form = secrets.compare_digest(found.token_hash if found else "", ballot.form)
    is_of_here = found is not None and found.election_id == ballot.box.election_id
    if ballot.slip:
        return Answer.SLIP
    if found and is_of_here and found.state != "unspent":  # also of a poll that is over: she may have had no answer
        return Answer.ALREADY if own_form else _STATES[found.state]
    if not poll.takes(ballot.box):
        return closed_as(poll.state)
    if found is None:
        return Answer.UNKNOWN
    if not is_of_here:
        return Answer.OTHER_POLL
    found.state, found.token_hash = "spent", ballot.form
    return Answer.IN_BOX


def _spend(connection: Connection, ballots: Sequence[Ballot], answers: Sequence[Answer]) -> None:
    """Spend the pass of every ballot that goes into the box; for every other ask for one that is nobody's."""
    forms = {}
    for each, answer in zip(ballots, answers, strict=True):
        nobodys = secrets.token_hex()
        forms[each.hashes[0] if answer == Answer.IN_BOX else nobodys] = each.form
    spent = connection.execute(_SPENT, {"forms": json.dumps(forms, sort_keys=True)})
    if spent.rowcount != answers.count(Answer.IN_BOX):
        raise RuntimeError("not every pass of a ballot in the box was spent")


def _store(connection: Connection, ballots: Sequence[Ballot], answers: Sequence[Answer]) -> None:
    """Write a box for each, and take away those that were refused; for one that is kept nothing is found."""
    boxes, taken = {}, []
    for each, answer in zip(ballots, answers, strict=True):
        assert len(each.sealed) == each.box.envelope.length + OVERHEAD
        key, other, kept = uuid.uuid4(), uuid.uuid4(), answer == Answer.IN_BOX
        nothing = secrets.token_bytes(len(each.sealed))
        boxes[key] = {"key": key, "election_id": each.box.election_id, "box": each.sealed if kept else nothing}
        taken.append(other if kept else key)
    connection.execute(_STORED, [boxes[key] for key in sorted(boxes)])
    connection.execute(_TAKEN_AWAY, {"taken": sorted(taken)})


_STATES = {"spent": Answer.USED, "exchanged": Answer.EXCHANGED, "void": Answer.VOID, "handed_in": Answer.VOID}
_CASES, _KEYS, _PASSES, _SEALED = (
    Base.metadata.tables[name] for name in ("cases", "ballot_keys", "voting_passes", "sealed_ballots")
)
_POLLS = (
    select(_CASES.c.id, _CASES.c.state, _KEYS.c.public)
    .outerjoin(_KEYS, _KEYS.c.election_id == _CASES.c.id)
    .where(_CASES.c.id.in_(bindparam("polls", expanding=True)))
    .order_by(_CASES.c.id)
    .with_for_update(read=True, of=_CASES)
)
_FOUND = (
    select(_PASSES.c.hash, _PASSES.c.election_id, _PASSES.c.state, _PASSES.c.token_hash)
    .where(_PASSES.c.hash.in_(bindparam("hashes", expanding=True)))
    .order_by(_PASSES.c.hash)
    .with_for_update()
)
_FORMS = pairs(bindparam("forms", type_=String)).table_valued("key", "value")
_SPENT = (
    update(_PASSES)
    .where(_PASSES.c.hash == _FORMS.c.key, _PASSES.c.state == "unspent")
    .values(state="spent", token_hash=_FORMS.c.value)
)
_STORED = insert(_SEALED)
_TAKEN_AWAY = delete(_SEALED).where(_SEALED.c.key.in_(bindparam("taken", expanding=True)))
"""
The statements, built once: a hall that votes at one moment would build them again for every ballot.

Each is one however many ballots there are, and none keeps their order: passes are spent in the order of their hashes,
boxes written in that of their random keys.
"""
