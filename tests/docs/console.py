"""What a page tells its reader to type, and a terminal that types it, in process and in a folder of its own."""

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from federation.clock import Clock
from federation.commands import federation

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """One command of a page, and the lines that the page shows below it."""

    command: str
    shown: tuple[str, ...]


def typed(page: Path) -> list[Typed]:
    """The commands of a page's ```console blocks, in order."""
    found = []
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        for entry in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, *shown = entry.splitlines()
            found.append(Typed(command, tuple(line for line in shown if line not in ("", "…"))))
    return found


class Terminal:
    """Types commands one after another, and keeps what a shell keeps: the variables and the last exit code."""

    def __init__(self, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = clock
        self.monkeypatch = monkeypatch
        self.code = 0

    def type(self, command: str, input: str | IO[bytes] | None = None) -> str:
        """What the terminal shows; `input` is what is typed at the prompts of the command."""
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            last, self.code = self.code, 0
            return str(last)
        if words[0] == "export":
            self.monkeypatch.setenv(*words[1].split("=", 1))
            return ""
        assert words[0] == "federation", f"only federation, export and echo $? are typed here: {command}"
        result = CliRunner().invoke(federation, words[1:], obj=self.clock, input=input)
        self.code = result.exit_code
        return result.output

    def follow(self, page: Path) -> None:
        """Type a whole page: what it shows appears, in its order, and only what it says fails does."""
        commands = typed(page)
        for at, (step, after) in enumerate(zip(commands, [*commands[1:], Typed("", ())], strict=True)):
            output = self.type(step.command)
            lines = iter(output.splitlines())
            for line in step.shown:
                assert line in lines, (
                    f"{page.name}, command {at}: {step.command}\nshould show: {line}\nshows:\n{output}"
                )
            if after.command != "echo $?":
                assert self.code == 0, f"{page.name}, command {at}: {step.command}\nexit {self.code}\n{output}"


def block_of(page: Path, heading: str) -> list[str]:
    """The commands of the one ```sh block below a heading: what cannot be typed without the hall's own papers."""
    section = page.read_text(encoding="utf-8").partition(heading)[2]
    section = re.split(r"^##+ ", section, maxsplit=1, flags=re.MULTILINE)[0]
    [block] = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return str(block).replace("\\\n", " ").splitlines()


def clean(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nothing of the machine's settings reaches the commands, which run in this folder."""
    for name in [name for name in os.environ if name.startswith("FEDERATION_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / ".state"))
    monkeypatch.chdir(folder)
