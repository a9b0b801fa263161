"""The keys of ballot boxes: what a ceremony leaves in the database. The private half is never here."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.ballotbox.ceremony import KeySet, ceremony_findings
from federation.errors import Finding, NotFound, refuse_if
from federation.facts.acts import Act
from federation.models import BallotKey
from federation.services import journal, steps
from federation.services.polls import Poll, refuse_without_phones
from federation.services.steps import Outcome


def of_poll(session: Session, poll: Poll) -> BallotKey | None:
    """The key of a poll's box; None where no ceremony was held for it."""
    return session.scalar(select(BallotKey).where(BallotKey.election_id == poll.case.id))


def holders_of(key: BallotKey) -> list[str]:
    """Who holds its shares, in the order of the shares."""
    return [str(name) for name in json.loads(key.holders)]


def may_be_held(session: Session, poll: Poll, holders: Sequence[str], threshold: int, act: Act) -> int:
    """
    Refuse a ceremony that could not be recorded, before anything is printed; the number of the next key.

    The holders are scrutineers of the meeting, and the two who hold the ceremony are registered as such.
    """
    steps.must_allow(session, poll.case, "ceremony")
    refuse_without_phones(poll, "不能举行密钥仪式")
    steps.must_be_two(session, poll.case, "密钥仪式", ("scrutineer",), act)
    named = steps.view_of(session, poll.case, act.stated).meeting.key_holders
    strangers = [name for name in holders if name not in named]
    findings = [*ceremony_findings(holders, threshold)]
    findings += [
        Finding(
            f"{name}不是本次会议的监票人：会议的名单上有{'、'.join(sorted(named)) or '没有人'}",
            "密钥由会议通过的监票人分管",
            f"换名单上的人；要添人的，federation election scrutineers --meeting {poll.meeting_case.short_id} 重报名单，"
            "再付表决：federation motion put scrutineers、federation motion record",
        )
        for name in strangers
    ]
    if key := of_poll(session, poll):
        findings.append(
            Finding(f"本票箱已有密钥（第 {key.number} 号）", "一箱一钥", "开始投票：federation election open")
        )
    refuse_if("不能举行密钥仪式", findings)
    return next_number(session, poll)


def next_number(session: Session, poll: Poll) -> int:
    """The number of the meeting's next key."""
    query = select(func.max(BallotKey.number)).where(BallotKey.meeting_id == poll.meeting_case.id)
    return (session.scalar(query) or 0) + 1


def record_ceremony(
    session: Session,
    poll: Poll,
    sets: Sequence[KeySet],
    holders: Sequence[str],
    present: Sequence[str],
    letters: Mapping[str, str],
    act: Act,
) -> Outcome:
    """
    Commit the public keys of a ceremony that was proved: the first is the poll's, the others are reserves.

    `letters` are the names of the files they were printed from, which are to be deleted, with their SHA-256. Whoever
    was faster with a ceremony for the same box wins; the letters of the other are worth nothing.
    """
    steps.lock(session, poll.case)
    first = may_be_held(session, poll, holders, sets[0].threshold, act)

    def change() -> None:
        for number, key_set in enumerate(sets, first):
            formal = number == first
            session.add(
                BallotKey(
                    meeting_id=poll.meeting_case.id,
                    number=number,
                    election_id=poll.case.id if formal else None,
                    public=key_set.public.hex(),
                    threshold=key_set.threshold,
                    holders=journal.canonical(list(holders)),
                    state="ready" if formal else "reserve",
                )
            )

    facts = {
        "number": first,
        "public": sets[0].public.hex(),
        "threshold": sets[0].threshold,
        "holders": list(holders),
        "present": list(present),
        "letters": sorted(letters.values()),
        "files": {sha256: name for name, sha256 in letters.items()},
        "reserves": {str(first + place): each.public.hex() for place, each in enumerate(sets) if place},
    }
    return steps.perform(session, poll.case, "ceremony", act, facts, change, detail="hold")


def use_reserve(session: Session, poll: Poll, number: int, act: Act) -> Outcome:
    """Give a reserve key of the same meeting to a further poll that has none."""
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "启用备用密钥", ("scrutineer",), act)
    refuse_without_phones(poll, "不能启用备用密钥")
    key = _numbered(session, poll, number)
    if key.state == "ready" and key.election_id == poll.case.id:
        line = journal.latest(session, poll.case.federation_id, poll.case.path, "ceremony.reserve")
        if line:
            return Outcome(False, line)
    findings = []
    if of_poll(session, poll):
        findings.append(Finding("本票箱已有密钥", "一箱一钥", "federation election open"))
    if key.state != "reserve":
        label = {"ready": "已归另一票箱", "rebuilt": "已经开过箱", "void": "已经作废"}[key.state]
        findings.append(Finding(f"第 {number} 号密钥{label}", "开过箱的密钥不再用", "举行密钥仪式"))
    refuse_if("不能启用备用密钥", findings)

    def change() -> None:
        key.election_id, key.state = poll.case.id, "ready"

    facts = {
        "number": number, "public": key.public, "threshold": key.threshold, "holders": holders_of(key),
    }  # fmt: skip
    return steps.perform(session, poll.case, "ceremony", act, facts, change, detail="reserve")


def void_key(session: Session, poll: Poll, act: Act) -> Outcome:
    """Void a poll's key before it opens, where a letter was lost or seen: another ceremony is held."""
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "作废密钥", ("scrutineer",), act)
    key = of_poll(session, poll)
    if key is None:
        line = journal.latest(session, poll.case.federation_id, poll.case.path, "ceremony.void")
        if line:
            return Outcome(False, line)
        raise NotFound("本票箱没有密钥")

    def change() -> None:
        key.election_id, key.state = None, "void"

    facts = {"number": key.number, "public": key.public}
    return steps.perform(session, poll.case, "ceremony", act, facts, change, detail="void")


def void_reserves(session: Session, poll: Poll, act: Act) -> Outcome:
    """Void every unused reserve of the meeting, in public: their letters are torn up before the hall."""
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "作废备用密钥", ("scrutineer",), act)
    query = select(BallotKey).where(BallotKey.meeting_id == poll.meeting_case.id, BallotKey.state == "reserve")
    unused = list(session.scalars(query.order_by(BallotKey.number)))
    if not unused:
        line = journal.latest(session, poll.case.federation_id, poll.meeting_case.path, "duties.void_reserves")
        if line:
            return Outcome(False, line)
        raise NotFound("没有未用的备用密钥")

    def change() -> None:
        for key in unused:
            key.state = "void"

    facts = {"numbers": [key.number for key in unused], "public": [key.public for key in unused]}
    return steps.perform(session, poll.meeting_case, "duties", act, facts, change, detail="void_reserves")


def _numbered(session: Session, poll: Poll, number: int) -> BallotKey:
    query = select(BallotKey).where(BallotKey.meeting_id == poll.meeting_case.id, BallotKey.number == number)
    key = session.scalar(query)
    if key is None:
        there = session.scalars(
            select(BallotKey.number).where(BallotKey.meeting_id == poll.meeting_case.id, BallotKey.state == "reserve")
        )
        raise NotFound(f"没有第 {number} 号密钥；备用的有：{'、'.join(map(str, there)) or '无'}")
    return key
