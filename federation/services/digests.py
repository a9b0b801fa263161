"""
What the journal keeps of a box: the SHA-256 of each list, exactly as the election record carries it.

So a record can be held against the journal, and the journal against the 校验码 on signed paper.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.ballotbox.passes import RandomBytes
from federation.models import Election, PaperBatch, PaperEntry, SealedBallot, VotingPass

CHUNK = 1000


def sealed_lines(session: Session, election: uuid.UUID) -> Iterator[bytes]:
    """Every sealed ballot of a poll in base64, a line each, in the order of their bytes; streamed."""
    for box in sealed_boxes(session, election):
        yield base64.b64encode(box) + b"\n"


def sealed_boxes(session: Session, election: uuid.UUID) -> Iterator[bytes]:
    """Every sealed ballot of a poll, in the order of their bytes, which is random; streamed."""
    query = select(SealedBallot.box).where(SealedBallot.election_id == election).order_by(SealedBallot.box)
    yield from session.scalars(query.execution_options(yield_per=CHUNK))


def pass_lines(session: Session, election: uuid.UUID) -> Iterator[bytes]:
    """Every pass of a poll with its state, in the order of the hashes; streamed."""
    by_hash = VotingPass.hash if session.get_bind().dialect.name == "sqlite" else VotingPass.hash.collate("C")
    query = select(VotingPass.hash, VotingPass.state).where(VotingPass.election_id == election).order_by(by_hash)
    for hash, state in session.execute(query.execution_options(yield_per=CHUNK)):
        yield f"{hash} {state}\n".encode()


def paper_lines(session: Session, round_id: uuid.UUID) -> list[bytes]:
    """Every paper of a contest entered from the box, as canonical JSON, in the order of what the papers bear."""
    query = select(PaperEntry.marks).join(PaperBatch).where(PaperBatch.round_id == round_id)
    return sorted(f"{text}\n".encode() for text in session.scalars(query.execution_options(yield_per=CHUNK)))


def of_sealed(session: Session, election: uuid.UUID) -> str:
    return of(sealed_lines(session, election))


def of_passes(session: Session, election: uuid.UUID) -> str:
    return of(pass_lines(session, election))


def of_papers(session: Session, round_id: uuid.UUID, salt: str) -> str:
    return of(paper_lines(session, round_id), salt)


def salt_of(election: Election, random: RandomBytes) -> str:
    """The poll's salt, drawn the first time that it is asked for."""
    election.salt = election.salt or random(32).hex()
    return election.salt


def of(lines: Iterable[bytes], salt: str = "") -> str:
    """SHA-256 over the salt and the lines, in hex."""
    digest = hashlib.sha256(bytes.fromhex(salt))
    for line in lines:
        digest.update(line)
    return digest.hexdigest()
