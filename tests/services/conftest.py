"""The congress of tests/services/stage.py, ready for its ballot."""

from tests.services.stage import officers, ordered, ready

__all__ = ["officers", "ordered", "ready"]
