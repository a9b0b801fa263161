"""What the minutes hold: the votes taken, who scrutinised and counted, and the whole result of every ballot."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.counting import CountResult, NameResult
from federation.facts.papers import MinuteItem
from federation.models import BallotRound, Case, DraftVersion, Meeting, MeetingDuty, Motion
from federation.rules import explanations
from federation.rules.drafts import without_stage
from federation.rules.motions import SUBJECTS, scrutiny_hash, scrutiny_words
from federation.services.poll_rows import Poll
from federation.services.results import asked, results


def duties(session: Session, meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Who serves the meeting, duty by duty."""
    query = select(MeetingDuty).where(MeetingDuty.meeting_id == meeting.case_id).order_by(MeetingDuty.position)
    serving: dict[str, tuple[str, ...]] = {}
    for row in session.scalars(query):
        serving[row.duty] = (*serving.get(row.duty, ()), row.name)
    return serving


def round_label(poll: Poll, round: BallotRound) -> str:
    """What a paper calls this ballot; empty for the first."""
    return explanations.round_in_chinese(asked(poll, round).round)


def arrival(meeting: Meeting) -> MinuteItem:
    """Who was there when the meeting opened."""
    text = f"会议应到 {meeting.due} 人，开会时实到 {meeting.present_announced} 人，达到法定人数。"
    return MinuteItem("到会情况", (text,))


def motions(session: Session, meeting: Meeting) -> list[MinuteItem]:
    """Every vote by hands in the order put; the list of scrutineers and tellers by name where it was adopted."""
    query = select(Motion).where(Motion.meeting_id == meeting.case_id, Motion.recorded).order_by(Motion.number)
    serving = duties(session, meeting)
    listed = scrutiny_hash(serving)
    lines = []
    for motion in session.scalars(query):
        lines.append(_motion_line(motion, subject_of(session, meeting, motion)))
        if listed and motion.carried and motion.version_sha256 == listed:
            lines.append(f"{scrutiny_words(serving)}。")
    return [MinuteItem("表决事项", tuple(lines))] if lines else []


def _motion_line(motion: Motion, subject: str) -> str:
    """One vote with figures that add up to 实到: who raised no hand at all is counted too."""
    silent = motion.present - motion.approve - motion.against - motion.abstain
    votes = f"同意 {motion.approve} 人，反对 {motion.against} 人，弃权 {motion.abstain} 人"
    votes += f"，未表决 {silent} 人" if silent else ""
    verdict = "通过" if motion.carried else "未通过"
    return f"会议以举手方式表决《{subject}》，实到 {motion.present} 人，{votes}，{verdict}。"


def subject_of(session: Session, meeting: Meeting, motion: Motion) -> str:
    """What was voted on: a text by its own title, anything else by its kind."""
    if motion.subject == "other":
        return motion.text
    root = select(Case.root_id).where(Case.id == meeting.case_id).scalar_subquery()
    query = select(DraftVersion.title).join(Case, Case.id == DraftVersion.draft_id).where(Case.root_id == root)
    title = session.scalar(query.where(DraftVersion.sha256 == motion.version_sha256).limit(1))
    return without_stage(title) if title else SUBJECTS[motion.subject]


def elections(poll: Poll) -> list[MinuteItem]:
    """The whole result of a poll, an item for each contest; nothing of a poll that was never counted."""
    if not poll.rounds[0].result:
        return []
    items = []
    for round, result in results(poll):
        label = round_label(poll, round)
        heading = f"选举{round.office}" + (f"（{label}）" if label else "")
        votes = _votes(poll, result)
        decision = json.loads(round.decision).get("note", "") if round.decision else ""
        ending = [f"主席团决定：{decision}。"] if decision else []
        sentences = (explanations.quorum_sentence(result, poll.method), explanations.ledger_sentence(result))
        conclusion = explanations.conclusion_sentence(result, poll.method, afterwards=True) + "。"
        items.append(MinuteItem(heading, (*(f"{text}。" for text in sentences if text), *votes, conclusion, *ending)))
    return items


def _votes(poll: Poll, result: CountResult) -> list[str]:
    """A sentence for each name elected or tied, in ballot order, then one for all who were not elected."""
    said = [
        explanations.name_sentence(result, row, poll.method) + "。"
        for row in result.results
        if row.outcome in ("elected", "tied")
    ]
    if lost := [_lost(row) for row in result.results if row.outcome in ("not_elected", "passed_over")]:
        said.append(f"未{explanations.seated(result)}：{'、'.join(lost)}。")
    return said


def _lost(row: NameResult) -> str:
    """田富（赞成 60 票，反对 70 票，弃权 15 票）: a name not elected, so that the minutes hold the whole result."""
    votes = row.votes
    counts = {"赞成": votes.approve, "反对": votes.against, "弃权": votes.abstain}
    said = ["另选"] if votes.write_in else []
    said += [f"{label} {count} 票" for label, count in counts.items() if count is not None]
    said += [explanations.OUTCOMES[row.outcome]] if row.outcome == "passed_over" else []
    return f"{row.name}（{'，'.join(said)}）"
