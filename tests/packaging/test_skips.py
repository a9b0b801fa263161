"""In continuous integration a skipped test is a failed one (tests/skips.py)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

WAYS_TO_SKIP = {
    "a mark": "import pytest\n@pytest.mark.skip\ndef test_one(): pass\n",
    "a condition": "import pytest\n@pytest.mark.skipif(True, reason='no')\ndef test_one(): pass\n",
    "a call": "import pytest\ndef test_one(): pytest.skip('no')\n",
    "a fixture": "import pytest\n@pytest.fixture\ndef tool(): pytest.skip('no')\ndef test_one(tool): pass\n",
    "a whole file": "import pytest\npytest.importorskip('a_library_nobody_has')\ndef test_one(): pass\n",
}


def run(folder: Path, text: str, ci: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run one file of tests, with nothing of ours but the rule on skips, and with one test that always passes."""
    (folder / "test_it.py").write_text(text)
    (folder / "test_other.py").write_text("def test_always_passes(): pass\n")
    (folder / "conftest.py").write_text("pytest_plugins = ['tests.skips']\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, "."]
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("way", WAYS_TO_SKIP)
def test_a_skip_fails_in_continuous_integration(way: str, tmp_path: Path):
    """A skip there would hide a dependency that is missing."""
    done = run(tmp_path, WAYS_TO_SKIP[way], "true")
    assert done.returncode != 0, done.stdout
    assert "skipped, which counts as failed here" in done.stdout


def test_a_skip_fails_in_a_worker_too(tmp_path: Path):
    """`make test` spreads the tests over workers."""
    assert run(tmp_path, WAYS_TO_SKIP["a call"], "true", "-n", "1").returncode != 0


def test_a_skip_stays_a_skip_on_ones_own_desk(tmp_path: Path):
    """There it is somebody's own decision."""
    done = run(tmp_path, WAYS_TO_SKIP["a call"], "")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path):
    """pytest reports both with the same word."""
    text = "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_one(): assert False\n"
    done = run(tmp_path, text, "true")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 xfailed" in done.stdout
