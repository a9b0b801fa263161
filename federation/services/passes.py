"""Voting passes: made for a poll, voided, counted. Which pass is whose is known to nobody."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from federation.ballotbox.passes import RandomBytes, new_code, pass_hash, read_code, shown
from federation.errors import Finding, Misused, NotFound, Refused
from federation.facts.acts import Act
from federation.models import VotingPass
from federation.services import journal, steps
from federation.services.polls import Poll, passes_in
from federation.services.steps import Outcome


def make(
    session: Session, poll: Poll, number: int, file: Path, act: Act, random: RandomBytes = secrets.token_bytes
) -> Outcome:
    """
    Make passes for a poll: the codes go to `file`, once, readable by its owner alone; only their hashes are stored.

    The file is on disk before the hashes are committed. A run that ends between the two leaves codes that no poll
    knows: an unfinished run voids its pile.
    """
    if number < 1:
        raise Misused("请用 --number 写明凭证份数")
    if "phone" not in poll.method.ballot.channels or poll.election.form == "hands":
        clause = poll.method.clause("ballot.channels")
        raise Refused(
            "不能制发投票凭证",
            [Finding("选举办法没有规定用手机投票", clause or "选举办法", "用纸质选票，或修改选举办法的 channels")],
        )
    poll_key = poll.case.id.hex
    codes = [new_code(random) for _ in range(number)]

    def change() -> None:
        hashes = sorted(pass_hash(poll_key, code[:-1]) for code in codes)  # in the order of the hashes, not of the pile
        session.execute(
            insert(VotingPass), [{"hash": value, "election_id": poll.case.id, "state": "unspent"} for value in hashes]
        )
        _write_once(file, codes)

    return steps.perform(session, poll.case, "passes", act, {"passes": number}, change, detail="make")


def _write_once(file: Path, codes: Iterable[str]) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused("不能写凭证文件", [Finding(f"{file} 已经存在", "凭证只写一次，不覆盖", "换一个文件名")]) from None
    except OSError as error:
        raise Misused(f"写不了凭证文件 {file}：{error.strerror}") from None
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
        out.write("凭证代码\r\n" + "".join(f"{shown(code)}\r\n" for code in codes))
        out.flush()
        os.fsync(out.fileno())


def void(session: Session, poll: Poll, typed: Iterable[str], act: Act) -> Outcome:
    """Void unspent passes, before the poll opens. A code that is no pass of this poll is refused by its place."""
    hashes = [(number, pass_hash(poll.case.id.hex, read_code(code))) for number, code in enumerate(typed, 1)]
    if not hashes:
        raise Misused("没有给出凭证代码")
    known = _states(session, poll, [value for _, value in hashes])
    faults = [
        Finding(f"第 {number} 个代码不是本次投票的凭证", "凭证须账实相符", "核对是不是别的选举的凭证")
        for number, value in hashes
        if value not in known
    ]
    if faults:
        raise NotFound("\n".join(["有不认识的凭证", *(f"  · {fault}" for fault in faults)]))
    fresh = {value for _, value in hashes if known[value] == "unspent"}  # a code scanned twice is one pass
    before = passes_in(session, poll, "void")
    line = journal.latest(session, poll.case.federation_id, poll.case.path, "passes.void")
    if not fresh and line is not None:
        return Outcome(False, line)

    def change() -> None:
        session.execute(
            update(VotingPass)
            .where(VotingPass.hash.in_(fresh), VotingPass.election_id == poll.case.id)
            .values(state="void")
        )

    return steps.perform(
        session, poll.case, "passes", act, {"voided": len(fresh), "void": before + len(fresh)}, change, detail="void"
    )


def _states(session: Session, poll: Poll, hashes: list[str]) -> dict[str, str]:
    query = select(VotingPass.hash, VotingPass.state).where(
        VotingPass.election_id == poll.case.id, VotingPass.hash.in_(hashes)
    )
    return dict(session.execute(query).all())
