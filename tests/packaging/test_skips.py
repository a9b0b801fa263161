"""In continuous integration a skipped test is a failed one (tests/skips.py)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

SKIPPED = {
    "by_a_mark": "import pytest\n@pytest.mark.skip\ndef test_one(): pass\n",
    "by_a_condition": "import pytest\n@pytest.mark.skipif(True, reason='no')\ndef test_one(): pass\n",
    "by_a_call": "import pytest\ndef test_one(): pytest.skip('no')\n",
    "by_a_fixture": "import pytest\n@pytest.fixture\ndef tool(): pytest.skip('no')\ndef test_one(tool): pass\n",
    "as_a_whole": "import pytest\npytest.importorskip('a_library_nobody_has')\ndef test_one(): pass\n",
}
PASSES = {"passes": "def test_one(): pass\n"}
FAILS_AS_EXPECTED = {"fails": "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_one(): assert False\n"}


def run(folder: Path, files: dict[str, str], ci: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run these tests with nothing of ours but the rule on skips, loaded as tests/conftest.py loads it."""
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    (folder / "conftest.py").write_text("pytest_plugins = ['tests.skips']\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--continue-on-collection-errors", *options]
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "in a worker"])
def test_whatever_is_skipped_fails_in_continuous_integration(tmp_path: Path, options: tuple[str, ...]):
    """A skip there would hide a dependency that is missing; `make test` spreads the tests over workers."""
    done = run(tmp_path, SKIPPED | PASSES, "true", *options)
    assert done.returncode == 1, done.stdout
    faults = {line.split()[1].partition("::")[0] for line in done.stdout.splitlines() if line[:5] in ("FAILE", "ERROR")}
    assert faults >= {f"test_{name}.py" for name in SKIPPED}, done.stdout
    assert "1 passed" in done.stdout


def test_a_whole_file_skipped_fails_the_run_by_itself(tmp_path: Path):
    """pytest counts files apart from tests."""
    done = run(tmp_path, {"as_a_whole": SKIPPED["as_a_whole"]} | PASSES, "true")
    assert done.returncode == 1, done.stdout


def test_a_skip_stays_a_skip_on_ones_own_desk(tmp_path: Path):
    """There it is somebody's own decision."""
    done = run(tmp_path, SKIPPED | PASSES, "")
    assert done.returncode == 0, done.stdout
    assert f"1 passed, {len(SKIPPED)} skipped" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path):
    """pytest reports both with the same word."""
    done = run(tmp_path, FAILS_AS_EXPECTED | PASSES, "true")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 xfailed" in done.stdout
