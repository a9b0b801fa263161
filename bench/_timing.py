"""What the benches share."""

from collections.abc import Callable
from time import perf_counter


def timed(work: Callable[[], None]) -> float:
    """Seconds, the best of two."""
    best = float("inf")
    for _ in range(2):
        begun = perf_counter()
        work()
        best = min(best, perf_counter() - begun)
    return best
