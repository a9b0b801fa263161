"""Papers typed one key a name: in a terminal without Enter after each, from a pipe character by character."""

import codecs
import os
import select
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Protocol

import click

from federation.boxes import clean_name, parts_of
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.ballots import empty_mark
from federation.rules.entries import MARKS_IN_CHINESE
from federation.rules.methods import ElectionMethod, Marks


class Way(Enum):
    """What a teller wants instead of a paper: the one before it once more, or to go on another time."""

    BACK = "back"
    LEAVE = "leave"


class Keys(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """The next key; empty where there are no more."""

    def line(self, question: str) -> str:
        """A line, asked for; empty where there is none."""


class Terminal:
    """
    A keyboard, key by key.

    The terminal hands over keys for as long as a pile is typed: changing its mode for every key would lose those that a
    fast typist presses in between.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def key(self) -> str:
        try:
            char = self._next()
        except (EOFError, KeyboardInterrupt):
            return ""
        return {"\r": "\n", "\x04": ""}.get(char, char)

    def _next(self) -> str:
        if sys.platform == "win32":
            return click.getchar()
        descriptor, char = sys.stdin.fileno(), ""
        while not char:
            if not (byte := os.read(descriptor, 1)):
                return ""
            char = self._decoder.decode(byte)
        while char == "\x1b" and select.select([descriptor], [], [], 0.02)[0]:
            os.read(descriptor, 1)  # the rest of an arrow or function key, which is no key of ours
        return char

    def line(self, question: str) -> str:
        text = ""
        while (key := self._asked(f"{question}：{text}")) not in ("", "\n"):
            text = text[:-1] if key in ("\x7f", "\b") else text + key if key.isprintable() else text
        click.echo("", err=True)
        return text.strip()

    def _asked(self, shown: str) -> str:
        click.echo(f"\r\x1b[K{shown}", nl=False, err=True)
        return self.key()


class Pipe:
    """What was typed beforehand: from a file or another program."""

    def key(self) -> str:
        while (char := sys.stdin.read(1)) == "\r":
            pass
        return char

    def line(self, question: str) -> str:
        click.echo(question, err=True)
        return sys.stdin.readline().strip()


@contextmanager
def keys() -> Iterator[Keys]:
    """The keyboard, or the pipe in its place."""
    if not sys.stdin.isatty():
        yield Pipe()
        return
    with _key_by_key():
        yield Terminal()


@contextmanager
def _key_by_key() -> Iterator[None]:
    """The terminal gives every key as it is pressed and does not show it; afterwards it is as it was."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def mark_keys(marks: Marks) -> dict[str, Mark]:
    """What each key says of a name; a mark the method does not have has no key."""
    signs = {"1": (Mark.APPROVE, marks.approve), "2": (Mark.AGAINST, marks.against), "3": (Mark.ABSTAIN, marks.abstain)}
    known = {key: mark for key, (mark, sign) in signs.items() if sign is not None}
    return known | {"0": empty_mark(marks), "?": Mark.UNCLEAR}


def legend(marks: Marks) -> str:
    """The keys, in two lines."""
    signs = {Mark.APPROVE: marks.approve, Mark.AGAINST: marks.against, Mark.ABSTAIN: marks.abstain}
    known = mark_keys(marks)
    names = [f"{key} {MARKS_IN_CHINESE[mark]}{signs.get(mark) or ''}" for key, mark in known.items() if key in "123"]
    rest = "a 其余全赞成  b 空白票  w 另选他人  x 多余记号  i 无法辨认  u 退一步  q 离开  回车 这张完"
    return f"按键：{'  '.join(names)}  0 空着  ? 不清\n      {rest}"


class Sheet:
    """One paper as it is typed: a mark for each name in ballot order, and what else stands on it."""

    def __init__(self, method: ElectionMethod, listed: Sequence[str], keys: Keys) -> None:
        self.method = method
        self.listed = listed
        self.keys = keys
        self.marks: Mapping[str, Mark] = mark_keys(method.ballot.marks)

    def read(self, title: str) -> Paper | Way:
        """The paper typed, or what the teller wants instead."""
        click.echo(title, err=True)
        self._states: list[Paper] = [Paper("")]
        while True:
            self._ask()
            key = unicodedata.normalize("NFKC", self.keys.key()).lower()
            paper = self._states[-1]
            if key in ("", "q"):
                return self._left(paper)
            if key == "u" and len(self._states) == 1:
                click.echo("退一张", err=True)
                return Way.BACK
            if key == "\n" and self._is_whole(paper):
                click.echo("", err=True)
                return self._filled(paper)
            self._press(key)

    def _ask(self) -> None:
        place = len(self._states[-1].marks)
        name = f"{place + 1} {self.listed[place]}" if place < len(self.listed) else "回车"
        click.echo(f"  {name}：", nl=False, err=True)

    def _press(self, key: str) -> None:
        """Do what one key says, and say what it did."""
        paper = self._states[-1]
        if key == "u":
            self._states.pop()
            click.echo("退一步", err=True)
        elif (after := self._after(key, paper)) is None:
            click.echo(self._refusal(key, paper), err=True)
        else:
            self._states.append(after)
            click.echo(self._said(paper, after), err=True)

    def _after(self, key: str, paper: Paper) -> Paper | None:
        """The paper after this key; None where the key says nothing here."""
        left = len(self.listed) - len(paper.marks)
        if key in self.marks and left:
            return Paper(paper.marks + self.marks[key], paper.write_ins, paper.stray, paper.illegible)
        match key:
            case "a" if left:
                return Paper(paper.marks + Mark.APPROVE * left, paper.write_ins, paper.stray, paper.illegible)
            case "b" if left == len(self.listed):
                return Paper(empty_mark(self.method.ballot.marks) * left, (), paper.stray, paper.illegible)
            case "w":
                return self._with_name(paper)
            case "x":
                return Paper(paper.marks, paper.write_ins, True, paper.illegible)
            case "i":
                return Paper(paper.marks, paper.write_ins, paper.stray, True)
        return None

    def _with_name(self, paper: Paper) -> Paper | None:
        """The paper with one more written name, or as many as are typed in one line; None where none is."""
        text = self.keys.line("另选他人的姓名（几人用顿号隔开；看不清的，前面加 ?）").replace("？", "?")
        written = tuple(self._written(part) for part in parts_of(text))
        return Paper(paper.marks, (*paper.write_ins, *written), paper.stray, paper.illegible) if written else None

    def _written(self, text: str) -> WriteIn:
        """A written name as typed; its sign is asked for only where the method asks for one."""
        name, unclear = clean_name(text.removeprefix("?")), text.startswith("?")
        signed = False
        if self.method.write_in.needs_sign and not unclear:
            click.echo(f"  {name}：姓名旁的符号，1 赞成  0 没有  ? 不清：", nl=False, err=True)
            while (sign := unicodedata.normalize("NFKC", self.keys.key())) not in ("", "0", "1", "?"):
                pass
            signed, unclear = sign == "1", sign == "?"
        return WriteIn(name, signed, unclear)

    def _is_whole(self, paper: Paper) -> bool:
        """True for a paper with a mark for every name, or whose face makes all of it void."""
        return len(paper.marks) == len(self.listed) or self._is_void(paper)

    def _is_void(self, paper: Paper) -> bool:
        return paper.illegible or (paper.stray and self.method.ballot.stray_mark_voids)

    def _filled(self, paper: Paper) -> Paper:
        left = len(self.listed) - len(paper.marks)
        marks = paper.marks + empty_mark(self.method.ballot.marks) * left
        return Paper(marks, paper.write_ins, paper.stray, paper.illegible)

    def _left(self, paper: Paper) -> Way:
        click.echo("" if paper == Paper("") else "这一张没有按回车，没有记下", err=True)
        return Way.LEAVE

    def _refusal(self, key: str, paper: Paper) -> str:
        if key == "\n":
            return f"还有 {len(self.listed) - len(paper.marks)} 人没有录"
        return (
            "姓名已录完，按回车"
            if key in self.marks or key in "ab"
            else f"没有“{key if key.isprintable() else '…'}”这个键"
        )

    def _said(self, before: Paper, after: Paper) -> str:
        if len(after.marks) > len(before.marks) + 1:
            return f"其余 {len(after.marks) - len(before.marks)} 人{MARKS_IN_CHINESE[Mark(after.marks[-1])]}"
        if len(after.marks) > len(before.marks):
            return MARKS_IN_CHINESE[Mark(after.marks[-1])]
        if len(after.write_ins) > len(before.write_ins):
            return f"另选 {'、'.join(entry.name or '（不清）' for entry in after.write_ins[len(before.write_ins) :])}"
        return "多余记号" if after.stray != before.stray else "无法辨认"


def shown(method: ElectionMethod, listed: Sequence[str], paper: Paper) -> str:
    """A paper as it stands, in a line."""
    names = [f"{name} {MARKS_IN_CHINESE[Mark(mark)]}" for name, mark in zip(listed, paper.marks, strict=True)]
    for entry in paper.write_ins:
        sign = "（不清）" if entry.unclear else "（有赞成符号）" if entry.signed and method.write_in.needs_sign else ""
        names.append(f"另选 {entry.name}{sign}")
    faces = [word for word, there in (("多余记号", paper.stray), ("无法辨认", paper.illegible)) if there]
    return "，".join([*names, *faces])
