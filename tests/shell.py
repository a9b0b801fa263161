"""The command line as an officer meets it, run inside the test's own process."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result

from federation.clock import Clock
from federation.commands import federation

Run = Callable[..., Result]

NAME = "示例区妇女联合会"


def runner(url: str, clock: Clock) -> Run:
    """
    `run("status", "--json")`: one command on this database; `code` is the exit code it must have.

    The officer is named by the test, with `--as`, as everywhere.
    """

    def run(*args: str, code: int | None = None, input: str | None = None) -> Result:
        result = CliRunner().invoke(federation, ["--db", url, *map(str, args)], obj=clock, input=input)
        if code is not None:
            assert result.exit_code == code, f"{args}: exit {result.exit_code}\n{result.stdout}{result.stderr}"
        return result

    return run


def founded(run: Run) -> None:
    """A federation is registered, 王秘书 is its first officer, and its founding is under way."""
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    run("found", "--as", "王秘书", code=0)


def answer(result: Result) -> Any:
    """What a command printed as JSON."""
    return json.loads(result.stdout)
