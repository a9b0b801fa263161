"""
A skipped test is a failed one where CI=true.

Everything the tests need comes with pip, so a skip there can only mean that something is missing, and a green run
would hide it. On one's own desk a skip stays a skip.
"""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself, or is marked to be skipped, fails."""
    return _counted((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a whole file, as `importorskip` would have it."""
    return _counted((yield))


def _counted(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed here: {report.longrepr}"
    return report
