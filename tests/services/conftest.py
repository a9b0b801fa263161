"""The congress of tests/services/stage.py, ready for its ballot."""

from tests.services.stage import officers, ready

__all__ = ["officers", "ready"]
