"""A story is typed at one command line, on SQLite and on PostgreSQL."""

from tests.commands.conftest import _surroundings, founded, run

__all__ = ["_surroundings", "founded", "run"]
