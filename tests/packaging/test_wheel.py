"""What `make wheel` builds, and that it runs where there is no checkout."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from federation import __version__
from federation.db import SCHEMA

TOP = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
LIBRARIES = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})

# Python is started so that it reads neither PYTHONPATH nor .pth files: our libraries are there, the checkout is not.
PREAMBLE = """
import sys
from pathlib import Path
count = int(sys.argv.pop(1))
sys.path[:0] = sys.argv[1:1 + count]
del sys.argv[1:1 + count]
"""

Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, TOP], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds our wheel, installed, and nothing else."""
    target = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--no-index", "--target", target, wheel], check=True)
    return target


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run a few lines of Python with the installed package, in an empty folder."""

    def run(lines: str, *arguments: str) -> str:
        places = [str(installed), *LIBRARIES]
        command = [sys.executable, "-I", "-S", "-c", PREAMBLE + lines, str(len(places)), *places, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def files_of(folder: str) -> set[str]:
    """The files of a folder of the checkout that belong to the product."""
    found = {file.relative_to(TOP / folder) for file in (TOP / folder).rglob("*") if file.is_file()}
    return {file.as_posix() for file in found if "__pycache__" not in file.parts and not file.name.startswith(".")}


def test_nothing_is_installed_beside_the_package(names: set[str]):
    """A top-level `alembic` or `templates` would overwrite somebody else's files."""
    assert {name.split("/")[0] for name in names} == {"federation", f"women_federation-{__version__}.dist-info"}


def test_the_whole_package_is_in_it(names: set[str]):
    """Tables beside the modules too."""
    assert {f"federation/{name}" for name in files_of("federation")} <= names


@pytest.mark.parametrize(("folder", "inside"), [("templates", ""), ("alembic", "alembic/"), ("examples", "examples/")])
def test_the_data_folders_travel_inside_the_package(names: set[str], folder: str, inside: str):
    """design.md section 1: in a checkout they stay at the top, in the wheel they lie in federation/_data."""
    assert {f"federation/_data/{inside}{name}" for name in files_of(folder)} <= names


def test_no_font_is_in_it(names: set[str]):
    """The faces come with their own package and their own licence, or from the machine."""
    assert [name for name in names if name.lower().endswith((".ttf", ".otf", ".ttc", ".woff", ".woff2"))] == []


def test_nothing_half_made_is_in_it(names: set[str]):
    """Neither compiled modules nor somebody's database."""
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db"))] == []


def test_the_licence_is_in_it_and_named(wheel: Path):
    """MIT, as LICENSE says."""
    about = f"women_federation-{__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(f"{about}/licenses/LICENSE") == (TOP / "LICENSE").read_bytes()
        assert "License-Expression: MIT" in archive.read(f"{about}/METADATA").decode()


def test_the_command_runs_from_the_wheel(run: Run):
    """`federation --version`, with the entry point that pip makes a script of."""
    point = "federation.commands:main"
    module, function = point.split(":")
    assert f"federation = {point}" in (TOP / "pyproject.toml").read_text().replace('"', "")
    assert __version__ in run(f"from {module} import {function}; {function}()", "--version")


def test_the_installed_package_is_the_one_that_runs(run: Run, installed: Path):
    """Otherwise these tests would be about the checkout."""
    said = run("import federation.resources as r; print(r.__file__, r.resource('alembic', '.'), sep='\\n')").split("\n")
    assert [Path(line).is_relative_to(installed.resolve()) for line in said if line] == [True, True]


def test_the_installed_package_makes_a_database(run: Run):
    """The migrations it carries are found and run."""
    lines = "from federation.db import engine_for, revision, upgrade\n"
    lines += "engine = engine_for('sqlite:///made.db')\nupgrade(engine)\nprint(revision(engine))"
    assert run(lines).strip() == SCHEMA


@pytest.mark.repeat
def test_the_installed_package_plays_its_example(run: Run, tmp_path: Path):
    """`federation demo`, as whoever installed it first types it: example, templates, migrations and faces are there."""
    said = run("from federation.commands import main; main()", "demo")
    assert (
        said
        == "演示完成：demo。文书在 demo/papers，按顺序归档的在 demo/归档（00 号是归档目录），结果在 demo/summary.json\n"
    )
    summary = json.loads((tmp_path / "demo" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["delegates"], summary["state"]) == (0, "archived")
    assert sorted(summary["papers"]) == sorted(file.name for file in (tmp_path / "demo" / "papers").iterdir())
    assert "已经完成" in run("from federation.commands import main; main()", "demo")


def test_the_installed_package_makes_up_an_example(run: Run, tmp_path: Path):
    """The texts that generated examples share are in it too."""
    lines = "from pathlib import Path\nfrom federation.demonstration.generated import write_example\n"
    run(lines + "write_example(Path(), 9, 1)")
    assert (tmp_path / "scenario.toml").is_file()
