"""
What a screen may say of ballots while they are cast: a number that ties no ballot to a moment.

A number that goes up by one as somebody in the hall presses a button says who voted when; whoever holds a copy of the
box made in the poll would need no more. So it goes up in steps, and is looked at only now and then.
"""

from datetime import datetime

STEP = 10
"""Ballots: as many as a phone channel has at the very least, so that a step is never one person's."""
SECONDS = 20
"""Between two looks at the box."""


def stepped(cast: int) -> int:
    """The number of ballots cast as a screen may show it, down to the last whole step; the last few never show."""
    return cast - cast % STEP


def look_of(now: datetime) -> int:
    """The number of the look at the box to which this instant belongs: one look for everybody within it."""
    return int(now.timestamp()) // SECONDS
