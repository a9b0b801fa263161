"""
What every test may ask for: a clock that stands still here, databases in tests/databases.py.

Hypothesis tries the same examples every time, so that a run says something about the change and not about luck;
`make soak` looks for new ones. No deadlines: speed is measured in bench/.
"""

import os
from datetime import datetime

import pytest
from hypothesis import settings

from federation.clock import BEIJING, SetClock

os.environ["OPENPYXL_LXML"] = "False"  # tests load openpyxl by themselves, and may do so before federation does

pytest_plugins = ["tests.skips", "tests.databases", "tests.repeats"]

settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("soak", derandomize=False, deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("same")


@pytest.fixture
def clock() -> SetClock:
    """Nine o'clock on 2 November 2020 in Beijing, until the test moves it."""
    return SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING))
