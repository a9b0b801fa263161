"""
After the poll: the scrub recorded, and the box opened when enough scrutineers have entered their shares.

The private key is rebuilt in this one transaction's memory and used for this one box; its ballots are opened, and what
they say goes under random keys of its own.
"""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from federation.ballotbox import shares as splitting
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.opening import CheckCodes, Opened, opened
from federation.ballotbox.passes import RandomBytes
from federation.ballotbox.seal import BoxKey
from federation.errors import Finding, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import BallotKey, Base, CheckCode, OpenedBallot
from federation.services import digests, journal, keys, steps
from federation.services.casting import envelope_of
from federation.services.polls import Poll
from federation.services.steps import Outcome

SCRUTINEER = ("scrutineer",)
CHUNK = 1000


def record_scrubbed(session: Session, poll: Poll, act: Act) -> Outcome:
    """Record that the traces of the poll are scrubbed: from here on its box may be opened."""
    steps.lock(session, poll.case)
    session.refresh(poll.election)
    if poll.election.box != "copied" and (
        line := journal.latest(session, poll.case.federation_id, poll.case.path, "scrub")
    ):
        return Outcome(False, line)

    def change() -> None:
        poll.election.box = "scrubbed"

    return steps.perform(session, poll.case, "scrub", act, {}, change)


def may_be_opened(session: Session, poll: Poll, act: Act) -> int:
    """How many shares it takes to open this box; Refused with what stands in the way. 0 where it is open already."""
    steps.must_be_two(session, poll.case, "开启凭证选票", SCRUTINEER, act)
    if poll.election.box == "opened":
        return 0
    steps.must_allow(session, poll.case, "unseal")
    key, contest = keys.of_poll(session, poll), poll.rounds[0].short_id
    findings = []
    if not poll.election.phones:
        findings.append(Finding("没有用凭证投的票", "票箱", f"federation election count --contest {contest}"))
    elif poll.election.box != "scrubbed":
        remedy = f"federation election close --contest {contest}"
        findings.append(Finding("还没有清除投票先后的痕迹", "开启之前先清除", remedy))
    if key is None or key.state != "ready":
        findings.append(Finding("本票箱没有可用的密钥", "一箱一钥，开过箱的密钥不再用", "由主席团决定"))
    refuse_if("不能开启", findings)
    return key.threshold if key else 0


def key_of(key: BallotKey, shares: Sequence[str]) -> BoxKey:
    """The key pair that these shares rebuild, where it is this box's."""
    pair = BoxKey.of(splitting.rebuild(shares))
    if pair.public.hex() != key.public:
        finding = Finding("这些份额合成的不是本票箱的密钥", "一箱一钥", f"核对密钥函：应是第 {key.number} 号密钥的份额")
        raise Refused("不能开启", [finding])
    return pair


def unseal(
    session: Session,
    poll: Poll,
    shares: Sequence[str],
    act: Act,
    executor: Executor | None = None,
    progress: Callable[[int], None] = lambda _: None,
    random: RandomBytes = secrets.token_bytes,
) -> Outcome:
    """
    Open every sealed ballot of a valid, scrubbed box, in this transaction: all of it or none.

    A ballot that does not open, or is none of this poll, is returned and invalid; it stops nothing here, and announcing
    waits for the presidium. `executor` opens large boxes in several processes.
    """
    steps.lock(session, poll.case)
    session.refresh(poll.election)
    if not may_be_opened(session, poll, act):
        line = journal.latest(session, poll.case.federation_id, poll.case.path, "unseal")
        return Outcome(False, line) if line else steps.perform(session, poll.case, "unseal", act, {})
    key = keys.of_poll(session, poll)
    assert key is not None
    pair = key_of(key, shares)
    shows_papers, salt = poll.method.record.check == "paper", digests.salt_of(poll.election, random)
    opening = Opening(session, poll.case.id, envelope_of(session, poll), shows_papers, salt)
    facts = opening.run(digests.sealed_boxes(session, poll.case.id), pair, executor, progress)
    holders = keys.holders_of(key)
    facts["shares"] = [holders[place - 1] for place in sorted({splitting.place_of(share) for share in shares})]

    def change() -> None:
        poll.election.box, poll.election.faulty, key.state = "opened", facts["faulty"], "rebuilt"

    return steps.perform(session, poll.case, "unseal", act, facts, change)


class Opening:
    """One box as it is opened: what its ballots say goes into the tables, chunk by chunk."""

    def __init__(
        self, session: Session, election: uuid.UUID, envelope: Envelope, shows_papers: bool, salt: str = ""
    ) -> None:
        self.session, self.election, self.envelope, self.shows_papers = session, election, envelope, shows_papers
        self.codes = CheckCodes()
        self.digest = hashlib.sha256(bytes.fromhex(salt))
        self.counts = {"opened": 0, "faulty": 0}

    def run(
        self, boxes: Iterable[bytes], key: BoxKey, executor: Executor | None, progress: Callable[[int], None]
    ) -> dict[str, Any]:
        """Open these boxes and say how many opened, how many did not, and the hashes that the journal keeps."""
        ballots = self.codes.judged(opened(boxes, key, self.envelope, executor))
        while chunk := list(islice(ballots, CHUNK)):
            self._store(chunk)
            progress(len(chunk))
        checks = digests.of(self._check_lines())
        return {**self.counts, "ballots_sha256": self.digest.hexdigest(), "checks_sha256": checks}

    def _store(self, chunk: Sequence[Opened]) -> None:
        """Rows in the order of fresh random keys, so that they lie in no order of the sealed ballots."""
        self.digest.update("".join(f"{ballot.line}\n" for ballot in chunk).encode())
        sound = sum(1 for ballot in chunk if ballot.check)
        self.counts["opened"] += sound
        self.counts["faulty"] += len(chunk) - sound
        rows = sorted(((uuid.uuid4(), ballot) for ballot in chunk), key=lambda row: row[0].int)
        self._insert(
            OpenedBallot,
            [{"key": key, "election_id": self.election, "marks": ballot.line} for key, ballot in rows],
        )
        if self.shows_papers:
            self._store_codes((ballot.check, key) for key, ballot in rows if ballot.check)

    def _insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Not through the mapper, which would take as long over a row as the seal's opening takes."""
        if rows:
            self.session.connection().execute(insert(kind.__table__), rows)  # type: ignore[arg-type]

    def _check_lines(self) -> Iterator[bytes]:
        """The check codes in their own order; stored on the way where no ballot stands beside them."""
        codes = iter(self.codes)
        while chunk := list(islice(codes, CHUNK)):
            if not self.shows_papers:
                self._store_codes((code, None) for code in chunk)
            yield from (f"{code}\n".encode() for code in chunk)

    def _store_codes(self, codes: Iterator[tuple[str, uuid.UUID | None]]) -> None:
        self._insert(
            CheckCode, [{"election_id": self.election, "code": code, "ballot_key": key} for code, key in codes]
        )


def shown(session: Session, poll: Poll, code: str) -> tuple[bool, str]:
    """Whether a ballot with this check code was opened and counted, and its line where the method shows papers."""
    query = select(CheckCode.code, OpenedBallot.marks).outerjoin(OpenedBallot, OpenedBallot.key == CheckCode.ballot_key)
    row = session.execute(query.where(CheckCode.election_id == poll.case.id, CheckCode.code == code)).first()
    return (True, row[1] or "") if row else (False, "")
