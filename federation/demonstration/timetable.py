"""The day of the two meetings of a generated example: motions, polls and decisions, each at its time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from federation.clock import BEIJING
from federation.demonstration.further import CountedContest, CountedRound

PLACE = "衡岭高新技术产业开发区"
DAY = datetime(2020, 11, 26, tzinfo=BEIJING)

ON_PAPER = {"opened": 10, "closed": 20, "returned": 22, "declared": 23, "entered": 28, "counted": 30, "announced": 35}
"""Minutes from the start of a ballot to each of its acts."""
WITH_PHONES = {
    "ceremony": 0,
    "opened": 15,
    "closed": 40,
    "returned": 45,
    "declared": 48,
    "entered": 65,
    "unsealed": 75,
    "counted": 80,
    "announced": 90,
}

CONGRESS_MOTIONS = (
    ("agenda", "", "大会议程", 5),
    ("presidium", "", "大会主席团和秘书长名单", 10),
    ("credentials", "", "代表资格审查报告", 20),
    ("method", "method", "选举办法（草案）", 40),
    ("charter", "charter", "章程（草案）", 55),
    ("scrutineers", "", "监票人、计票人名单", 65),
)
"""Subject, draft, text, and minutes after the opening."""
PLENARY_MOTIONS = (
    ("method", "method:plenary", "主席、副主席选举办法（草案）", 10),
    ("scrutineers", "", "监票人、计票人名单", 15),
)
LATE_AFTER = 25
"""Minutes after the opening at which the one who is late comes in."""


@dataclass(slots=True)
class Timetable:
    """What was planned so far. `ends_at` is when the last of it was over."""

    ends_at: datetime
    polls: dict[str, dict[str, Any]] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)

    def add(self, meeting: str, contest: CountedContest, planned_at: datetime) -> None:
        """The rounds of a contest, each five minutes after the one before, and what the presidium decided at last."""
        for round in contest.rounds:
            starts_at = self.ends_at + timedelta(minutes=5)
            self.polls[round.id] = self._poll(meeting, round, planned_at, starts_at)
            self.ends_at = self.polls[round.id]["announced_at"]
            planned_at = self.ends_at + timedelta(minutes=5)
        if contest.left_to_presidium:
            self.ends_at = planned_at
            self.decisions.append(_decision(contest, planned_at))

    def _poll(self, meeting: str, round: CountedRound, planned_at: datetime, starts_at: datetime) -> dict[str, Any]:
        phones, papers, present = round.phones, round.returned - round.phones, round.result.ledger.present or 0
        passes = present - papers
        table: dict[str, Any] = {
            "meeting": meeting,
            "contest": round.result.contest,
            "box": f"box-{round.id}.csv",
            "present": present,
            "planned_at": planned_at,
            "phone_rows": phones,
        }
        if phones:
            spare = present // 8
            table["shares"] = {"of": 5, "needed": 3}
            drawn = {"printed": passes + spare, "drawn": passes, "voided": spare}
            table["passes"] = drawn | {"handed_in": passes - phones, "missing": 0}
        table["papers"] = {"printed": papers + 5 + papers // 10, "issued": papers, "replaced": 0, "returned": papers}
        acts = WITH_PHONES if phones else ON_PAPER
        return table | {f"{act}_at": starts_at + timedelta(minutes=minutes) for act, minutes in acts.items()}


def _decision(contest: CountedContest, at: datetime) -> dict[str, Any]:
    """What the presidium decided where the method's rounds are used up: a tie by lot, a shortage not to be filled."""
    last = contest.rounds[-1]
    note = f"尚缺{last.result.office}{last.result.seats_left}名，主席团决定暂缺，留待执行委员会以后的全体会议补选。"
    if contest.by_lot:
        note = "再次投票票数仍然相等，主席团决定当场抽签，抽中的当选。"
    return {"contest": last.id, "elect": contest.by_lot, "note": note, "at": at}


def motions(
    meeting: str,
    wanted: Iterable[tuple[str, str, str, int]],
    opened_at: datetime,
    present: int,
    late: int,
    draw: Random,
) -> list[dict[str, Any]]:
    """The motions of a meeting with the hands counted; `late` are not there for the first of them."""
    rows: list[dict[str, Any]] = []
    for subject, draft, text, minutes in wanted:
        here = present - (late if minutes < LATE_AFTER else 0)
        against, abstain = (int(draw.random() * (1 + here // share)) for share in (100, 50))
        hands = {"present": here, "approve": here - against - abstain, "against": against, "abstain": abstain}
        of = {"draft": draft} if draft else {}
        at = opened_at + timedelta(minutes=minutes)
        rows.append({"meeting": meeting, "subject": subject, **of, "text": text, "at": at, "hands": hands})
    return rows


def meetings(congress_ends: datetime, opened_at: datetime, plenary_ends: datetime) -> dict[str, dict[str, Any]]:
    """The two meetings: the congress opens at nine, the plenary when the congress has been over for a while."""
    called_at = congress_ends + timedelta(minutes=10)
    return {
        "congress": {
            "title": f"{PLACE}第一次妇女代表大会暨妇女联合会成立大会",
            "method": "method",
            "session_no": 1,
            "held_on": DAY.date(),
            "place": "衡岭高新区综合楼一号会议厅",
            "called_at": DAY - timedelta(days=7) + timedelta(hours=17),
            "noticed_at": DAY - timedelta(days=7) + timedelta(hours=17, minutes=30),
            "checkin_from": DAY + timedelta(hours=8, minutes=20),
            "opened_at": DAY + timedelta(hours=9),
            "adjourned_at": congress_ends,
            "agenda": [*(f"通过{text}" for _, _, text, _ in CONGRESS_MOTIONS), "选举第一届执行委员会委员"],
        },
        "plenary": {
            "title": f"{PLACE}妇女联合会第一届执行委员会第一次全体会议",
            "method": "method:plenary",
            "session_no": 1,
            "held_on": DAY.date(),
            "place": "衡岭高新区综合楼三号会议室",
            "called_at": called_at,
            "noticed_at": called_at,
            "checkin_from": opened_at - timedelta(minutes=20),
            "opened_at": opened_at,
            "adjourned_at": plenary_ends,
            "agenda": [*(f"通过{text}" for _, _, text, _ in PLENARY_MOTIONS), "选举主席", "选举副主席"],
        },
    }
