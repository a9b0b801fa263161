"""The congress of tests/services/stage.py, ready for its ballot."""

from tests.services.stage import officers, officers_by_phone, ordered, ordered_by_phone, phones, ready

__all__ = ["officers", "officers_by_phone", "ordered", "ordered_by_phone", "phones", "ready"]
