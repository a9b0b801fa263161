"""The screen at which one voter after another votes: what the one has chosen is not for the eyes of the next."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


def is_terminal() -> bool:
    """True where somebody sits before the screen: a pipe has nothing to wipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def wiped() -> Iterator[None]:
    """Whatever is shown in here is gone afterwards, also where it ended in a refusal or was broken off."""
    try:
        yield
    finally:
        wipe()


def wipe() -> None:
    """Clear the terminal, and what could be scrolled back to; elsewhere nothing."""
    if not is_terminal():
        return
    if sys.platform == "win32":
        click.clear()
    else:
        click.echo("\x1b[H\x1b[2J\x1b[3J", nl=False)


def next_voter() -> None:
    """Wait until the voter has read her answer, and take that off the screen too."""
    if not is_terminal():
        return
    with wiped():
        try:
            click.prompt("请按回车，换下一位", default="", show_default=False)
        except click.Abort:
            return  # her ballot is in the box: nothing was broken off
