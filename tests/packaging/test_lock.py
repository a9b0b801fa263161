"""constraints.txt: what a fresh clone installs, to the byte, from wherever pip is told to look."""

import re
import tomllib
from pathlib import Path

TOP = Path(__file__).parents[2]
LOCK = (TOP / "constraints.txt").read_text()
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement: str) -> str:
    """The distribution that a requirement asks for."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return canonical(found[0])


def locked() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))


def test_everything_asked_for_is_locked():
    """A dependency added to pyproject.toml without `make lock` would be missing from a fresh clone."""
    project = PROJECT["project"]
    asked = [*PROJECT["build-system"]["requires"], *project["dependencies"]]
    asked += [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    assert {named(requirement) for requirement in asked} <= locked()


def test_every_locked_distribution_has_a_version_and_a_hash():
    """pip is told --require-hashes: one line without would refuse the whole file."""
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE).strip())
    assert len(entries) == len(locked())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_address_of_a_registry_is_committed():
    """Where packages come from is the business of pip's own settings on each machine."""
    assert re.findall(r"https?://|file://|--index-url|--extra-index-url|--find-links| @ ", LOCK) == []
