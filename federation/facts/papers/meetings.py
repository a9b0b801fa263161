"""Papers of a meeting."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is asked to come, under the name she is called by, and whether to attend (出席) or to sit in (列席)."""

    name: str
    attends: str


@dataclass(frozen=True, slots=True)
class MeetingNotice:
    """会议通知: one for everybody, or with `invited` a page for each of them in one file."""

    head: PaperHead
    to: str
    """Whom the one for everybody goes to."""
    invited: tuple[Invited, ...]
    """Empty: the notice for everybody."""
    held_on: date
    time: str
    """9:00, or empty where no hour was fixed."""
    place: str
    chair: str
    agenda: tuple[str, ...]
    voters: int
    """Those who may vote, as the roll stands; 0 while there is none."""
    observers: int
    number: str = ""
    """发文字号 or empty."""


@dataclass(frozen=True, slots=True)
class MinuteItem:
    heading: str
    """Without its number: the template writes 一、 二、 before it."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """会议纪要. `opening` is the sentence 「X年X月X日，X同志在X主持召开…。现将议定事项纪要如下：」."""

    head: PaperHead
    mark: str
    """The red mark, 某某妇女联合会第一次代表大会纪要."""
    number: str
    opening: str
    items: tuple[MinuteItem, ...]
    present: tuple[str, ...]
    """Names of those present, in roll order; the template decides whether to print them or their number."""
    absent: tuple[str, ...]
    observers: tuple[str, ...]
    late: tuple[str, ...] = ()
    """Those of `present` who came after the opening."""
    left: tuple[str, ...] = ()
    """Those of `present` who had left before the end."""
