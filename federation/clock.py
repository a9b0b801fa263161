"""
Time enters the program here and nowhere else.

Days are Beijing days at a fixed UTC+8. The rules never ask what time it is: they are told. No option and no variable
of the installed program moves the clock; the demo and the tests pass a `SetClock`.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "UTC+8")


class Clock(Protocol):
    """Whatever can say which instant it is."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC, without fractions of a second."""
        ...


class SystemClock:
    """The clock of the installed program."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)


class SetClock:
    """A clock that stands where it is put; for the demo and for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        """Move on by `timedelta(**by)`."""
        self.at += timedelta(**by)


def beijing_day(instant: datetime) -> date:
    """The calendar day in Beijing at this instant."""
    return instant.astimezone(BEIJING).date()


def chinese_date(day: date) -> str:
    """A date as GB/T 9704 writes it: Arabic numerals without leading zeros, `2020年11月2日`."""
    return f"{day.year}年{day.month}月{day.day}日"
