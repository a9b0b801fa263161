"""What a meeting adopts by a show of hands: resolutions, and the list of those who scrutinise and count."""

import re
from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.papers import PaperHead, Resolution, Scrutineer, ScrutineerList
from federation.models import Case, Meeting, Motion, RollEntry
from federation.rules.motions import DUTIES, SCRUTINY, hands_needed, scrutiny_hash
from federation.rules.thresholds import Threshold
from federation.services import journal, minute_items
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of

DOCUMENTS = ("method", "charter")
_ASKED = re.compile(r"^(?:审议)?通过")
_WHOLE = re.compile(r"^关于.+的决议$")


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """The list of scrutineers and tellers, from when they are named."""
    for meeting, case in meetings_of(session, root):
        if any(duty in SCRUTINY for duty in minute_items.duties(session, meeting)):
            build = partial(scrutineer_list, session, case)
            yield LivePaper(f"scrutineer_list-{case.short_id}", "scrutineer_list", case.label, build)


def scrutineer_list(session: Session, meeting_case: Case) -> ScrutineerList:
    """监票人计票人名单, and the vote that adopted just this list, if there was one."""
    meeting = session.get_one(Meeting, meeting_case.id)
    serving = minute_items.duties(session, meeting)
    adopted = select(Motion).where(
        Motion.meeting_id == meeting.case_id,
        Motion.carried,
        Motion.subject == "scrutineers",
        Motion.version_sha256 == scrutiny_hash(serving),
    )
    motion = session.scalars(adopted.order_by(Motion.number.desc()).limit(1)).first()
    line = journal.latest(session, meeting_case.federation_id, meeting_case.path, "duties.scrutineers")
    return ScrutineerList(
        head=_head(session, meeting_case, meeting, line.hash if line and motion else ""),
        people=people(session, meeting),
        adopted=_vote(motion) if motion else "",
    )


def people(session: Session, meeting: Meeting) -> tuple[Scrutineer, ...]:
    """Everyone who scrutinises or counts, with the unit that the roll gives."""
    serving = minute_items.duties(session, meeting)
    units = dict(
        session.execute(
            select(RollEntry.displayed, RollEntry.unit).where(RollEntry.meeting_id == meeting.case_id)
        ).all()
    )
    return tuple(
        Scrutineer(label, name, units.get(name, "")) for duty, label in DUTIES.items() for name in serving.get(duty, ())
    )


def _vote(motion: Motion) -> str:
    rest = motion.present - motion.approve - motion.against - motion.abstain
    silent = f"，未表决 {rest} 人" if rest else ""
    votes = f"同意 {motion.approve} 人，不同意 {motion.against} 人，弃权 {motion.abstain} 人{silent}"
    return f"经会议举手表决（应到 {motion.due} 人，实到 {motion.present} 人，{votes}），予以通过。"


def _head(session: Session, meeting_case: Case, meeting: Meeting, check_code: str) -> PaperHead:
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    body = body_of(session, meeting_case, meeting)
    return head(session, meeting_case, day, meeting=title, signed_by=body, check_code=check_code)


def resolution(session: Session, meeting_case: Case, motion: Motion, clause: str, check_code: str) -> Resolution:
    """决议 on a motion carried, as of the count of hands. It is the meeting that resolves, so it is she who signs."""
    meeting = session.get_one(Meeting, meeting_case.id)
    title = meeting.title or meeting_case.label
    day = day_of(meeting.held_on or meeting_case.since)
    document = motion.subject in DOCUMENTS
    what = minute_items.subject_of(session, meeting, motion)
    what = f"《{what}》" if document else _ASKED.sub("", what)
    rule = Threshold.parse(motion.rule)
    said = rule.in_chinese().replace("的二分之一", "的半数")
    needed, law = hands_needed(rule, motion.due, motion.present), f"（选举办法{clause}）" if clause else ""
    return Resolution(
        head=head(session, meeting_case, day, meeting=title, signed_by=title, check_code=check_code),
        title=what if _WHOLE.match(what) else f"关于{'' if motion.subject == 'other' else '通过'}{what}的决议",
        number="",
        what=what,
        document=document,
        due=motion.due,
        present=motion.present,
        approve=motion.approve,
        against=motion.against,
        abstain=motion.abstain,
        silent=motion.present - motion.approve - motion.against - motion.abstain,
        threshold=f"同意的人数须{said}，即 {needed} 人{law}。",
        people=people(session, meeting) if motion.subject == "scrutineers" else (),
    )
