"""
Casting: one pass spent and one sealed ballot in the box, in one transaction, without a journal line.

Every answer costs the same: the code is folded and hashed, a ballot is sealed, a pass is asked for, a box is written
and one is taken away, whatever the answer will be. So neither the time nor the statements tell which it was.
"""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from federation.ballotbox.answers import Answer
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.passes import LENGTH, RandomBytes, check_code, new_code, pass_hash, read_code, token_hash
from federation.ballotbox.seal import OVERHEAD, BoxKey, new_secret, seal
from federation.errors import Misused
from federation.facts.counting import Paper
from federation.models import Case, Election, SealedBallot, VotingPass
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


def cast(
    session: Session,
    box: Box,
    typed: str,
    papers: Mapping[str, Paper],
    token: str = "",
    random: RandomBytes | None = None,
) -> Answer:
    """
    Put one ballot into the box and say what became of it; `papers` holds a paper for every round of the sheet.

    `token` is of the form that casts: the same form asking again learns that its ballot is in the box. `random` is for
    the demonstration alone. Refused where the written names do not fit, before anything is asked about the pass.
    """
    secret, slip = _read(typed)
    sealed = _sealed(box, secret, papers, random)
    poll_state = select(Case.state).where(Case.id == box.election_id).with_for_update(read=True)
    is_open = session.scalar(poll_state) == "open" and box.public is not None
    spent = _spend(session, box, secret if is_open and not slip else _strange(), token)
    found = _found(session, box, secret)
    answer = _answer(box, found, token, spent=spent, is_open=is_open, slip=slip)
    _store(session, box, sealed if answer == Answer.IN_BOX else secrets.token_bytes(len(sealed)), keep=spent)
    return answer


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


def _spend(session: Session, box: Box, secret: str, token: str) -> bool:
    """Spend the pass of this secret; False where it is none that can be spent."""
    mine = (VotingPass.hash == pass_hash(box.name, secret), VotingPass.election_id == box.election_id)
    values = {"state": "spent", "token_hash": token_hash(token or secrets.token_hex())}
    done = session.execute(update(VotingPass).where(*mine, VotingPass.state == "unspent").values(values))
    return done.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def _found(session: Session, box: Box, secret: str) -> tuple[uuid.UUID, str, str] | None:
    """The pass of this secret in this case: of which poll, in which state, spent by which form."""
    hashes = [pass_hash(name, secret) for name in (box.name, *box.others)]
    row = session.execute(
        select(VotingPass.election_id, VotingPass.state, VotingPass.token_hash).where(VotingPass.hash.in_(hashes))
    ).first()
    return (row[0], row[1], row[2] or "") if row else None


def _answer(
    box: Box, found: tuple[uuid.UUID, str, str] | None, token: str, *, spent: bool, is_open: bool, slip: bool
) -> Answer:
    own_form = bool(found and token) and secrets.compare_digest(found[2] if found else "", token_hash(token))
    if slip:
        return Answer.SLIP
    if not is_open:
        return Answer.CLOSED
    if spent:
        return Answer.IN_BOX
    if found is None:
        return Answer.UNKNOWN
    if found[0] != box.election_id:
        return Answer.OTHER_POLL
    return Answer.ALREADY if own_form else _STATES[found[1]]


_STATES = {"spent": Answer.USED, "exchanged": Answer.EXCHANGED, "void": Answer.VOID, "handed_in": Answer.VOID}


def _store(session: Session, box: Box, sealed: bytes, *, keep: bool) -> None:
    """Write a box, and take away one that was refused; where it is kept the second statement finds nothing."""
    assert len(sealed) == box.envelope.length + OVERHEAD
    key = uuid.uuid4()
    session.execute(insert(SealedBallot).values(key=key, election_id=box.election_id, box=sealed))
    session.execute(delete(SealedBallot).where(SealedBallot.key == (uuid.uuid4() if keep else key)))
