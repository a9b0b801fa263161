"""The congress of tests/services/stage.py, ready for its ballot."""

from pathlib import Path

import pytest

from tests.services.stage import full, officers, officers_by_phone, ordered, ordered_by_phone, phones, ready

__all__ = ["full", "officers", "officers_by_phone", "ordered", "ordered_by_phone", "phones", "ready"]

HERE = Path(__file__).parent
CLOSE_TO_THE_DATABASE = frozenset(
    f"test_{noun}"
    for noun in ("ballots", "cases", "casting", "databases", "journal", "polls", "scrubbing", "steps", "unsealing")
)
"""What locks, clones, scrubs or writes rows past the mapper: each database does that in its own way."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The other services, which only ask and add rows, are tried on PostgreSQL in `make test-repeats`."""
    for item in items:
        apart = item.path.parent == HERE and item.path.stem not in CLOSE_TO_THE_DATABASE
        if apart and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.repeat)
