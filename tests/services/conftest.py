"""The congress of tests/services/stage.py, ready for its ballot."""

from tests.services.stage import full, officers, officers_by_phone, ordered, ordered_by_phone, phones, ready

__all__ = ["full", "officers", "officers_by_phone", "ordered", "ordered_by_phone", "phones", "ready"]
