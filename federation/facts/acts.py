"""Who acts, and when they say it happened."""

import datetime as dt
from dataclasses import dataclass
from datetime import date, datetime

from federation.clock import BEIJING
from federation.errors import Refused

ACTS = {
    "draft": "增改文稿",
    "comment": "登记意见",
    "answer": "答复意见",
    "request": "报送请示",
    "reply": "登记批复",
    "filing": "备案",
    "roll": "增改代表名册",
    "review": "代表资格审查",
    "agenda": "编排议程",
    "check_in": "签到",
    "motion": "举手表决",
    "duties": "确定监票人、计票人",
    "plan": "制定选举安排",
    "nominate": "提名",
    "withdraw": "撤回提名",
    "passes": "制发投票凭证",
    "ceremony": "密钥仪式",
    "secret": "销毁机密文书",
    "cast": "投票",
    "late_passes": "登记预留凭证",
    "exchange": "凭证换领纸质选票",
    "dispute": "登记争议",
    "scrub": "清除投票痕迹",
    "hand_in": "收回未用的凭证",
    "unseal": "开启凭证选票",
    "rule_on_box": "就存疑的票箱作决定",
    "enter": "录入纸质选票",
    "follow_up": "再投一轮或主席团决定",
    "export": "导出选票供复核",
}
"""What may be done in a state without leaving it, each with its Chinese label."""


@dataclass(frozen=True, slots=True)
class Stated:
    """When an officer says that something happened: a Beijing day, with the time of day where she gave one."""

    day: date
    time: dt.time | None = None

    @classmethod
    def of(cls, instant: datetime) -> "Stated":
        """The stated time of an act recorded as it happens."""
        local = instant.astimezone(BEIJING)
        return cls(local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None))

    @classmethod
    def parse(cls, text: str) -> "Stated":
        """Read `2020-11-02` or `2020-11-02 09:00`; ValueError for anything else."""
        if len(text) == 10:
            return cls(date.fromisoformat(text))
        local = datetime.strptime(text.replace("T", " "), "%Y-%m-%d %H:%M")
        return cls(local.date(), local.time())

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}" + (f" {self.time:%H:%M}" if self.time else "")

    def precedes(self, other: "Stated") -> bool:
        """True where this is certainly earlier: a day without a time is the whole of that day."""
        if self.day != other.day or self.time is None or other.time is None:
            return self.day < other.day
        return self.time < other.time


@dataclass(frozen=True, slots=True)
class Act:
    """An officer's word: who, with whom, when it happened, when it was recorded (UTC)."""

    by: str
    stated: Stated
    recorded_at: datetime
    second: str = ""
    """The second person of a two-person act; empty where nobody was named."""

    def must_not_be_future(self) -> None:
        """Refuse a stated time later than now: what has not happened cannot be recorded."""
        if Stated.of(self.recorded_at).precedes(self.stated):
            raise Refused(f"所填时间 {self.stated} 晚于现在，尚未发生的事不能记录")
