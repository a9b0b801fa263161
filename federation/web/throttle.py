"""
Failed codes are slowed down, never refused: whoever guesses at passes waits longer each time.

All failures count together, because no address is looked at: a whole hall stands behind one. Only the answer to a code
that failed waits, so a good pass is never held up. A hall mistypes: the first of a minute are answered at once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

FREE = 20
"""Failures of a minute that are answered at once."""
MINUTE = 60.0
LONGEST = 5.0
"""Seconds that an answer waits at most."""
MANY = 1000
"""Failures remembered."""


class Throttle:
    """Counts the failures of the last minute of one process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: deque[float] = deque(maxlen=MANY)

    def failed(self) -> float:
        """Note a failure; how many seconds its answer waits."""
        now = self._now()
        while self._failures and self._failures[0] <= now - MINUTE:
            self._failures.popleft()
        self._failures.append(now)
        return float(min(LONGEST, max(0, len(self._failures) - FREE) * 0.1))

    async def hold(self) -> None:
        """Note a failure, and wait before it is answered."""
        if seconds := self.failed():
            await asyncio.sleep(seconds)
