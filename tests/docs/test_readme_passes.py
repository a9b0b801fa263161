"""The chapter on passes, typed after the chapter on the congress, with the papers that its hall would have at hand."""

import io
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import IO

import pypdfium2
import pytest

from federation.clock import BEIJING, SetClock
from tests.docs.console import ROOT, Terminal, block_of, clean, typed

PAGE = ROOT / "README.zh-CN.md"


def text_of(file: Path) -> str:
    """What a PDF says."""
    pdf = pypdfium2.PdfDocument(file)
    text = "\n".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    pdf.close()
    return text


class Holders(io.RawIOBase):
    """Standard input of the ceremony: each holder types what her letter says, which is there once she is asked."""

    def __init__(self) -> None:
        self.shares: list[str] = []
        self.left: bytes | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not len(buffer):
            return 0
        if self.left is None:
            self.shares = [share_in(letter) for letter in sorted(Path("密钥函").glob("*.pdf"))]
            self.left = lines(self.shares).encode()
        part, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def share_in(letter: Path) -> str:
    """The words of a share in their order."""
    rows = re.findall(r"(\d{1,2})\s+([a-z]+)\s+\d{4}", text_of(letter))
    return " ".join(word for _, word in sorted(rows, key=lambda row: int(row[0])))


def lines(words: list[str]) -> str:
    return "".join(f"{word}\n" for word in words)


class Hall:
    """
    The pile of passes, as it goes from hand to hand.

    Of 110 the first 15 are left over, 5 are kept back, of which 2 are drawn; of the others 3 are exchanged, 12 vote,
    and what is left is handed in.
    """

    def __init__(self) -> None:
        self.pile: list[str] = []
        self.holders = Holders()
        self.voided = 0

    def given(self, command: str) -> list[str | IO[bytes] | None]:
        """What is typed at the prompts of this command, each time that it is typed."""
        match command.split()[2]:
            case "ceremony" if "--holder" in command:
                return [self.holders]  # type: ignore[list-item]
            case "void-passes":
                self.voided += 1
                return [lines(self.pile[:15] if self.voided == 1 else self.pile[17:20])]
            case "exchange":
                return [lines(self.pile[20:23])]
            case "cast":
                return [f"{code}\n赞成：1-15\n" for code in self.pile[23:35]]
            case "hand-in":
                return [lines(self.pile[35:] + self.pile[15:17])]
            case "unseal":
                return [lines(self.holders.shares[:2])]
            case _:
                return [None]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The example founded up to the scrutineers, as the page has it typed, and 57 papers of its box."""
    clean(monkeypatch, tmp_path)
    for file in (ROOT / "examples" / "gaoxin").iterdir():
        shutil.copy(file, tmp_path)
    rows = (tmp_path / "box-members.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "票箱.csv").write_text(lines(rows[:58]), encoding="utf-8")
    at = Terminal(SetClock(datetime(2026, 1, 5, 9, tzinfo=BEIJING)), monkeypatch)
    for step in typed(PAGE):
        if step.command.startswith("federation election papers"):
            return at
        at.type(step.command)
    raise AssertionError("the page prints no papers")


def test_a_vote_with_passes_is_held_as_the_chapter_says(terminal: Terminal, tmp_path: Path) -> None:
    """From the pile of passes to the count: every command in its place, and nothing that it leaves out is wanted."""
    hall, said = Hall(), ""
    for command in block_of(PAGE, "## 八、"):
        for typed_in in hall.given(command):
            said = terminal.type(command, typed_in)
            assert terminal.code == 0, f"{command}\n{said}"
        if "--number 110" in command:
            hall.pile = re.findall(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]\b", text_of(tmp_path / "凭证.pdf"))
            assert len(set(hall.pile)) == len(hall.pile) == 110
    assert "收回选票 69 张" in said
    assert not (tmp_path / "凭证.pdf").exists()
    assert not (tmp_path / "密钥函").exists()
