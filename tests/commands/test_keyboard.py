"""Keys as a terminal gives them: each for itself, however fast they are pressed."""

import os
import pty
import sys
import termios
from collections.abc import Iterator

import pytest

from federation.commands.keyboard import keys


@pytest.fixture
def master(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The far end of a terminal that this process takes for its keyboard."""
    far, near = pty.openpty()
    with open(near, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield far
    os.close(far)


def test_keys_pressed_at_once_come_one_by_one(master: int) -> None:
    """None is lost between two of them; Enter is one, and Ctrl-D is the end."""
    with keys() as pressed:
        os.write(master, "1２？\r王\x04".encode())
        assert [pressed.key() for _ in range(6)] == ["1", "２", "？", "\n", "王", ""]


def test_an_arrow_is_one_key_and_none_of_ours(master: int) -> None:
    """Its last letter must not be read as a mark."""
    with keys() as pressed:
        os.write(master, b"\x1b[A")
        assert pressed.key() == "\x1b"
        os.write(master, b"1")
        assert pressed.key() == "1"


def test_a_name_is_typed_with_backspace_and_read_to_its_enter(master: int) -> None:
    """What follows is the next key."""
    with keys() as pressed:
        os.write(master, "张山\x7f三\r1".encode())
        assert pressed.line("姓名") == "张三"
        assert pressed.key() == "1"


@pytest.mark.usefixtures("master")
def test_the_terminal_is_afterwards_as_it_was() -> None:
    """Also where the command failed: else the officer types blind."""
    before = termios.tcgetattr(sys.stdin.fileno())
    during = []

    def fail() -> None:
        with keys():
            during.append(termios.tcgetattr(sys.stdin.fileno()))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert during != [before]
    assert termios.tcgetattr(sys.stdin.fileno()) == before
