"""Motions: put to a meeting in session, decided by a show of hands, one at a time."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotFound, Refused, WrongStage, refuse_if
from federation.facts.acts import Act
from federation.facts.snapshot import RollFacts, View
from federation.models import Case, Draft, DraftVersion, JournalLine, Meeting, MeetingDuty, Motion
from federation.rules.methods import ElectionMethod
from federation.rules.motions import (
    SUBJECTS,
    Hands,
    base_findings,
    hands_findings,
    hands_needed,
    scrutiny_hash,
    scrutiny_words,
)
from federation.rules.thresholds import Threshold
from federation.services import paper_facts, papers, snapshots, steps
from federation.services.steps import Outcome
from federation.workflows.guards import GuardUse

_LABEL = re.compile("（(征求意见稿|草案)）")
"""What a title says of the stage of its text; dropped on adoption."""


@dataclass(frozen=True, slots=True)
class MotionReport:
    """A motion with its bar as a number and in words; `carried` says nothing before it is recorded."""

    number: int
    subject: str
    text: str
    due: int
    present: int
    recorded: bool
    hands: Hands
    needed: int
    rule: str
    clause: str
    carried: bool

    @property
    def result(self) -> str:
        """未表决, 通过 or 未通过."""
        return ("通过" if self.carried else "未通过") if self.recorded else "未表决"


@dataclass(frozen=True, slots=True)
class _Question:
    """What is put: two motions with the same are one question."""

    subject: str
    text: str
    version_sha256: str = ""


def put(session: Session, meeting: Case, subject: str, text: str, act: Act) -> tuple[Outcome, MotionReport]:
    """
    Put a question to the meeting; 应到 and 实到 are frozen for it.

    A method or a charter is put as its latest version, and the vote adopts that version and no other. Until a method is
    adopted, the text put to the meeting governs its own adoption (domain.md section 2, step 9).
    """
    steps.lock(session, meeting)
    steps.must_allow(session, meeting, "motion")
    question = _question(session, meeting, subject, text.strip())
    earlier = _motions(session, meeting)
    for motion in earlier:
        if not motion.recorded and _question_of(motion) == question:
            return Outcome(False, _line(session, meeting, "put", motion)), report(session, meeting, motion)
    rule, clause = _rule(session, meeting, subject)
    view = steps.view_of(session, meeting, act.stated)
    refuse_if(f"不能把{SUBJECTS[subject]}付表决", _put_findings(view, earlier, question, rule, clause))
    motion = _new(meeting, len(earlier) + 1, question, str(rule), view.meeting.roll)
    facts = {
        "number": motion.number,
        "subject": subject,
        "text": question.text,
        "version": question.version_sha256,
        "rule": motion.rule,
        "due": motion.due,
        "present": motion.present,
    }
    outcome = steps.perform(session, meeting, "motion", act, facts, lambda: session.add(motion), "put")
    return outcome, report(session, meeting, motion)


def record(session: Session, meeting: Case, number: int | None, hands: Hands, act: Act) -> tuple[Outcome, MotionReport]:
    """Record the hands counted, and so whether the motion is carried. What is recorded is never changed."""
    steps.lock(session, meeting)
    motion = _motion(session, meeting, number)
    if motion.recorded:
        if (motion.approve, motion.against, motion.abstain) == (hands.approve, hands.against, hands.abstain):
            return Outcome(False, _line(session, meeting, "record", motion)), report(session, meeting, motion)
        finding = Finding(
            f"第 {motion.number} 项已记录：赞成 {motion.approve}、反对 {motion.against}、弃权 {motion.abstain}",
            "记录之后不再改动",
            f"确须重新表决的，再次 federation motion put {motion.subject}",
        )
        raise WrongStage("不能改记表决结果", [finding])
    steps.must_allow(session, meeting, "motion")
    if min(hands.approve, hands.against, hands.abstain) < 0:
        raise Misused("举手人数不能为负")
    rule = Threshold.parse(motion.rule)
    refuse_if("不能记录表决结果", hands_findings(hands, motion.present))
    carried = hands.approve >= hands_needed(rule, motion.due, motion.present)
    facts = {
        "number": motion.number,
        "subject": motion.subject,
        "approve": hands.approve,
        "against": hands.against,
        "abstain": hands.abstain,
        "carried": carried,
    }

    def change() -> None:
        motion.approve, motion.against, motion.abstain = hands.approve, hands.against, hands.abstain
        motion.recorded, motion.carried = True, carried

    outcome = steps.perform(session, meeting, "motion", act, facts, change, "record")
    told = report(session, meeting, motion)
    if carried:
        resolution = paper_facts.resolution(session, meeting, motion, told.clause, outcome.check_code)
        papers.freeze(session, meeting, "resolution", f"resolution-{meeting.short_id}-{motion.number}", resolution)
    return outcome, told


def listed(session: Session, meeting: Case) -> list[MotionReport]:
    """The motions of a meeting in the order put."""
    return [report(session, meeting, motion) for motion in _motions(session, meeting)]


def report(session: Session, meeting: Case, motion: Motion) -> MotionReport:
    """A motion as it is told to the meeting."""
    rule = Threshold.parse(motion.rule)
    method = method_in_force(session, meeting)
    return MotionReport(
        number=motion.number,
        subject=motion.subject,
        text=motion.text,
        due=motion.due,
        present=motion.present,
        recorded=motion.recorded,
        hands=Hands(motion.approve, motion.against, motion.abstain),
        needed=hands_needed(rule, motion.due, motion.present),
        rule=rule.in_chinese(),
        clause=method.clause(_key(motion.subject)) if method else "",
        carried=motion.carried,
    )


def method_in_force(session: Session, meeting: Case) -> ElectionMethod | None:
    """The method that governs this meeting: the version adopted, until then the latest; None where there is no text."""
    held = session.get_one(Meeting, meeting.id)
    query = (
        select(DraftVersion)
        .join(Draft, Draft.case_id == DraftVersion.draft_id)
        .join(Case, Case.id == Draft.case_id)
        .where(
            Case.root_id == meeting.root_id,
            Case.short_id == held.method,
            (Draft.adopted_version.is_(None)) | (DraftVersion.number == Draft.adopted_version),
        )
        .order_by(DraftVersion.number.desc())
    )
    version = session.scalars(query.limit(1)).first()
    return snapshots.method_of(version.method_toml) if version and version.method_toml else None


def _key(subject: str) -> str:
    return "adoption" if subject == "method" else "motions"


def _rule(session: Session, meeting: Case, subject: str) -> tuple[Threshold, str]:
    """The bar for this subject, with its clause; Refused where no method governs the meeting."""
    method = method_in_force(session, meeting)
    if method is None:
        draft = session.get_one(Meeting, meeting.id).method
        remedy = f"federation draft add {draft} 文件.md --data 办法.toml"
        raise Refused("不能付表决", [Finding(f"{meeting.label}还没有可依据的选举办法", "选举办法", remedy)])
    return method.adoption if subject == "method" else method.motions, method.clause(_key(subject))


def _put_findings(
    view: View, earlier: Sequence[Motion], question: _Question, rule: Threshold, clause: str
) -> Iterator[Finding]:
    yield from GuardUse("quorum_reached").findings(view)
    yield from base_findings(rule, clause)
    for motion in earlier:
        if not motion.recorded:
            remedy = f"federation motion record {motion.number} --approve 人数 --against 人数 --abstain 人数"
            yield Finding(f"第 {motion.number} 项（{motion.text}）还没有记录表决结果", "一次表决一项", remedy)
        elif motion.carried and _question_of(motion) == question:
            yield Finding(f"第 {motion.number} 项已就此表决通过", "举手表决", "内容有变的，改写表决事项再付表决")


def _new(meeting: Case, number: int, question: _Question, rule: str, roll: RollFacts) -> Motion:
    return Motion(
        meeting_id=meeting.id,
        number=number,
        subject=question.subject,
        text=question.text,
        version_sha256=question.version_sha256,
        rule=rule,
        due=roll.due,
        present=roll.present,
        recorded=False,
        approve=0,
        against=0,
        abstain=0,
        carried=False,
    )


def _question(session: Session, meeting: Case, subject: str, text: str) -> _Question:
    """What is put; in words of our own where the officer gave none."""
    if subject in ("method", "charter"):
        version = _version(session, meeting, subject)
        return _Question(subject, text or f"通过《{_LABEL.sub('', version.title)}》", version.sha256)
    if subject == "scrutineers":
        return _Question(
            subject, text or f"通过{SUBJECTS[subject]}{_named(session, meeting, subject)}", _scrutiny(session, meeting)
        )
    if subject == "other" and not text:
        raise Misused("其他事项要写明表决什么，如：federation motion put other '通过关于工作报告的决议'")
    return _Question(subject, text or f"通过{SUBJECTS[subject]}{_named(session, meeting, subject)}")


def _question_of(motion: Motion) -> _Question:
    return _Question(motion.subject, motion.text, motion.version_sha256)


def _scrutiny(session: Session, meeting: Case) -> str:
    """The hash of the list put; Refused where there is none: a meeting cannot adopt nobody."""
    duties = _duties(session, meeting)
    if listed := scrutiny_hash(duties):
        return listed
    remedy = (
        f"federation election scrutineers --chief 姓名 --scrutineer 姓名 --teller 姓名 --meeting {meeting.short_id}"
    )
    raise Refused("不能付表决", [Finding("还没有监票人、计票人名单", "监票人由会议通过", remedy)])


def _duties(session: Session, meeting: Case) -> dict[str, list[str]]:
    """Who serves the meeting, duty by duty, in the order of the list."""
    query = select(MeetingDuty.duty, MeetingDuty.name).where(MeetingDuty.meeting_id == meeting.id)
    serving: dict[str, list[str]] = {}
    for duty, name in session.execute(query.order_by(MeetingDuty.position)):
        serving.setdefault(duty, []).append(name)
    return serving


def _named(session: Session, meeting: Case, subject: str) -> str:
    """The names put to the vote, where the meeting has them: those who scrutinise and count, or the presidium."""
    if subject not in ("scrutineers", "presidium"):
        return ""
    serving = _duties(session, meeting)
    words = scrutiny_words(serving) if subject == "scrutineers" else "、".join(serving.get("presidium", ()))
    return f"：{words}" if words else ""


def _version(session: Session, meeting: Case, subject: str) -> DraftVersion:
    """The latest version of the text in question, which must have been submitted; Refused otherwise."""
    draft = session.get_one(Meeting, meeting.id).method if subject == "method" else "charter"
    case = session.scalar(
        select(Case)
        .join(Draft, Draft.case_id == Case.id)
        .where(Case.root_id == meeting.root_id, Case.short_id == draft)
    )
    found = session.scalar(
        select(DraftVersion)
        .where(DraftVersion.draft_id == (case.id if case else None))
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )
    if case is None or found is None:
        data = " --data 办法.toml" if subject == "method" else ""
        finding = Finding(f"文稿 {draft} 还没有内容", "流程规定", f"federation draft add {draft} 文件.md{data}")
    elif (adopts := session.get_one(Draft, case.id).meeting) != meeting.short_id:
        finding = Finding(f"文稿 {draft} 不由{meeting.label}通过", "流程规定", f"--meeting {adopts}")
    elif case.state == "submitted":
        return found
    elif case.state == "adopted":
        finding = Finding(f"文稿 {draft} 已经通过", "流程规定", "不必再次表决")
    else:
        finding = Finding(f"文稿 {draft} 尚未定稿提交", "流程规定", f"federation draft submit {draft}")
    raise Refused(f"不能把{SUBJECTS[subject]}付表决", [finding])


def _motions(session: Session, meeting: Case) -> Sequence[Motion]:
    return session.scalars(select(Motion).where(Motion.meeting_id == meeting.id).order_by(Motion.number)).all()


def _motion(session: Session, meeting: Case, number: int | None) -> Motion:
    """The motion of this number; without one, the motion put last."""
    motions = _motions(session, meeting)
    found = [motion for motion in motions if motion.number == number] if number else list(motions[-1:])
    if not found:
        missing = f"没有第 {number} 项表决" if number else "还没有付表决的事项"
        raise NotFound(f"{meeting.label}{missing}。先 federation motion put，或看 federation motion list")
    return found[0]


def _line(session: Session, meeting: Case, detail: str, motion: Motion) -> JournalLine:
    """The line that this act on this motion left."""
    query = select(JournalLine).where(
        JournalLine.chain == meeting.federation_id,
        JournalLine.subject == meeting.path,
        JournalLine.act == f"motion.{detail}",
    )
    lines = session.scalars(query.order_by(JournalLine.sequence.desc())).all()
    return next(line for line in lines if json.loads(line.facts)["number"] == motion.number)
