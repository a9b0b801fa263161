"""How far a long piece of work is, for who waits at a terminal."""

import contextlib
import sys
from collections.abc import Callable, Iterator

import click


@contextlib.contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal, moved on by calling what it gives; where errors go to a file or a program, nothing."""
    with click.progressbar(
        length=length, label=label, show_eta=False, hidden=not sys.stderr.isatty(), file=sys.stderr
    ) as shown:
        yield shown.update
