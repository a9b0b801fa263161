"""
What `make test` leaves to `make test-repeats`, so that it stays short: the gate runs both.

On PostgreSQL the services that lock, clone, scrub or write rows past the mapper are tried at once; what only asks and
adds rows does the same there, and is repeated. Stopping a program at one point after the other takes long by its
nature. Each command alone is typed on PostgreSQL in `make soak` only: the stories type all of them there.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
ON_POSTGRESQL = {
    "services": frozenset(
        ("ballots", "cases", "casting", "databases", "journal", "polls", "scrubbing", "steps", "unsealing")
    ),
    "web": frozenset(("casts",)),
}
"""Folder → nouns that are tried on PostgreSQL at once, because each database does them in its own way."""
LONG = frozenset(f"test_{what}_killed" for what in ("archive", "casting", "demo")) | {"test_kills"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them."""
    for item in items:
        if item.path.parent == HERE / "commands" and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.soak)
        elif _is_left(item):
            item.add_marker(pytest.mark.repeat)


def _is_left(item: pytest.Item) -> bool:
    folder, file = item.path.parent, item.path.stem
    if folder.parent != HERE:
        return False
    if folder.name == "faults":
        return file in LONG
    at_once = ON_POSTGRESQL.get(folder.name)
    return at_once is not None and item.get_closest_marker("postgresql") is not None and file[5:] not in at_once
