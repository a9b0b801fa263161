"""Secrets typed by hand: a pass, a share. Never an argument, which the shell would keep; never echoed."""

import sys

import click

from federation.errors import Misused


def ask(prompt: str, missing: str) -> str:
    """One line from a prompt without echo, or the next line of a pipe; Misused where nothing comes."""
    typed = click.prompt(prompt, hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not typed.strip():
        raise Misused(missing)
    return str(typed)
