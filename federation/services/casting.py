"""
Casting: one pass spent and one sealed ballot in the box, in one transaction, without a journal line.

Several ballots may share a transaction, because what takes time is its commit.

Every answer costs the same: the code is folded and hashed, a ballot is sealed, a pass is asked for, a box is written
and one is taken away, whatever the answer will be. So neither the time nor the statements tell which it was.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from federation.ballotbox.answers import Answer
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.passes import LENGTH, RandomBytes, check_code, new_code, pass_hash, read_code, token_hash
from federation.ballotbox.seal import OVERHEAD, BoxKey, new_secret, seal
from federation.errors import Misused
from federation.facts.counting import Paper
from federation.models import BallotKey, Base, Case, Election, SealedBallot, VotingPass
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
    secret: str = field(repr=False)
    slip: bool
    """The code was mistyped; `secret` is one that no pass has."""
    sealed: bytes = field(repr=False)
    token: str = field(repr=False)


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
    return Ballot(box, secret, slip, _sealed(box, secret, papers, random), token)


def put(session: Session, ballots: Sequence[Ballot]) -> list[Answer]:
    """
    Put ballots into their boxes, one after another and in one transaction, and say what became of each.

    However many they are, each costs what it costs alone, and the statements are the same ones.
    """
    keys_of = _open_polls(session, ballots)
    passes = _passes(session, ballots)
    answers = [_answer(ballot, passes, is_open=_is_open(ballot.box, keys_of)) for ballot in ballots]
    _spend(session, ballots, answers)
    _store(session, ballots, answers)
    return answers


def _is_open(box: Box, keys_of: Mapping[uuid.UUID, bytes]) -> bool:
    """True for a poll that is open and whose key is still the one that the ballot was sealed to; by paper none is."""
    return box.public is not None and keys_of.get(box.election_id) == box.public


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


def _open_polls(session: Session, ballots: Sequence[Ballot]) -> dict[uuid.UUID, bytes]:
    """The public keys of those polls of these ballots that are open; they stay so until the transaction ends."""
    query = (
        select(Case.id, Case.state, BallotKey.public)
        .outerjoin(BallotKey, BallotKey.election_id == Case.id)
        .where(Case.id.in_({ballot.box.election_id for ballot in ballots}))
        .order_by(Case.id)
        .with_for_update(read=True, of=Case)
    )
    return {id: bytes.fromhex(key) for id, state, key in session.execute(query) if state == "open" and key}


@dataclass(slots=True)
class _Pass:
    """A pass as these ballots find it, and leave it to the next of them."""

    election_id: uuid.UUID
    state: str
    token_hash: str


def _passes(session: Session, ballots: Sequence[Ballot]) -> dict[str, _Pass]:
    """The passes of these ballots by their hashes, held in one order: two workers never wait crosswise."""
    hashes = {pass_hash(name, each.secret) for each in ballots for name in (each.box.name, *each.box.others)}
    columns = select(VotingPass.hash, VotingPass.election_id, VotingPass.state, VotingPass.token_hash)
    rows = session.execute(columns.where(VotingPass.hash.in_(hashes)).order_by(VotingPass.hash).with_for_update())
    return {hash: _Pass(election_id, state, token or "") for hash, election_id, state, token in rows}


def _answer(ballot: Ballot, passes: dict[str, _Pass], *, is_open: bool) -> Answer:
    """What becomes of a ballot; the pass that it spends is spent for those after it."""
    names = (ballot.box.name, *ballot.box.others)
    found = next((passes[hash] for name in names if (hash := pass_hash(name, ballot.secret)) in passes), None)
    form = token_hash(ballot.token or secrets.token_hex())
    own_form = secrets.compare_digest(found.token_hash if found else "", form)
    if ballot.slip:
        return Answer.SLIP
    if not is_open:
        return Answer.CLOSED
    if found is None:
        return Answer.UNKNOWN
    if found.election_id != ballot.box.election_id:
        return Answer.OTHER_POLL
    if found.state == "unspent":
        found.state, found.token_hash = "spent", form
        return Answer.IN_BOX
    return Answer.ALREADY if own_form else _STATES[found.state]


_STATES = {"spent": Answer.USED, "exchanged": Answer.EXCHANGED, "void": Answer.VOID, "handed_in": Answer.VOID}
_PASSES, _SEALED = (Base.metadata.tables[name] for name in ("voting_passes", "sealed_ballots"))
_SPENT = (
    update(_PASSES)
    .where(
        VotingPass.hash == bindparam("pass_hash"),
        VotingPass.election_id == bindparam("poll"),
        VotingPass.state == "unspent",
    )
    .values(state="spent", token_hash=bindparam("form"))
)
_TAKEN_AWAY = delete(_SEALED).where(SealedBallot.key == bindparam("taken"))


def _spend(session: Session, ballots: Sequence[Ballot], answers: Sequence[Answer]) -> None:
    """Spend the pass of every ballot that goes into the box; for every other ask for one that is nobody's."""
    rows = [
        {
            "pass_hash": pass_hash(each.box.name, each.secret if answer == Answer.IN_BOX else _strange()),
            "poll": each.box.election_id,
            "form": token_hash(each.token or secrets.token_hex()),
        }
        for each, answer in zip(ballots, answers, strict=True)
    ]
    spent = session.connection().execute(_SPENT, rows).rowcount
    if spent != answers.count(Answer.IN_BOX):
        raise RuntimeError("not every pass of a ballot in the box was spent")


def _store(session: Session, ballots: Sequence[Ballot], answers: Sequence[Answer]) -> None:
    """Write a box for each, and take away those that were refused; for one that is kept the second finds nothing."""
    boxes, taken = [], []
    for each, answer in zip(ballots, answers, strict=True):
        assert len(each.sealed) == each.box.envelope.length + OVERHEAD
        key, kept = uuid.uuid4(), answer == Answer.IN_BOX
        sealed = each.sealed if kept else secrets.token_bytes(len(each.sealed))
        boxes.append({"key": key, "election_id": each.box.election_id, "box": sealed})
        taken.append({"taken": uuid.uuid4() if kept else key})
    session.connection().execute(insert(_SEALED), boxes)
    session.connection().execute(_TAKEN_AWAY, taken)
