"""A small congress at the command line, so that a story can begin with what is particular about it."""

import json
from pathlib import Path

import pytest

from tests import halls
from tests.halls import AS, convened
from tests.shell import Run

CONGRESS = ("--meeting", "congress", *AS)
SCRUTINEERS = ("赵监票", "钱监票")
TWO = ("--as", SCRUTINEERS[0], "--with", SCRUTINEERS[1])
METHOD = """
title = "示例大会选举办法"
quorum = ">= 2/3 of due"
elected = "> 1/2 of due"

[ballot]
order = "as_listed"

[shortage]
then = "supplementary"

[[contest]]
id = "members"
office = "委员"
seats = 2
surplus = { count = 1 }
"""


def called(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, method: str = METHOD) -> None:
    """Nine delegates are called to a congress with this method before it; two scrutineers are registered."""
    monkeypatch.setattr(halls, "METHOD", method)
    for name in SCRUTINEERS:
        run("officer", "add", name, "--role", "scrutineer", *AS, code=0)
    convened(run, folder)


def approved(run: Run, *lists: tuple[str, ...]) -> None:
    """The elections are planned; each list is a contest and its names; the party committee approves them."""
    run("election", "plan", *CONGRESS, code=0)
    for contest, *names in lists:
        run("election", "nominate", *names, "--contest", contest, *AS, code=0)
    ask(run, "candidates:congress", "2号")


def ask(run: Run, subject: str, number: str) -> None:
    """A request is sent and agreed to."""
    run("request", "file", subject, "--to", "示例党工委", *AS, code=0)
    run("request", "reply", subject, "--number", f"示例〔2020〕{number}", *AS, code=0)


def opened(run: Run) -> None:
    """All nine are there; the method and the scrutineers are adopted by all of them."""
    run("meeting", "checkin", "--all", *CONGRESS, code=0)
    run("meeting", "quorum", *CONGRESS, code=0)
    carried(run, "method")
    run("draft", "adopt", "method", *AS, code=0)
    run("election", "scrutineers", "--chief", "向晚晴", "--teller", "丁一禾", *CONGRESS, code=0)
    carried(run, "scrutineers")


def carried(run: Run, subject: str, present: int = 9) -> None:
    """A question is put and everybody is for it."""
    run("motion", "put", subject, *AS, code=0)
    run("motion", "record", "--approve", present, "--against", 0, "--abstain", 0, *AS, code=0)


def voted(run: Run, contest: str, *boxes: tuple[str, list[str]], printed: int = 9) -> str:
    """
    One poll from its printing to its announcement, and what was announced.

    Each box is a contest and its papers, a string of signs each; one poll may hold several.
    """
    run("election", "papers", "--number", printed, "--contest", contest, *AS, code=0)
    return balloted(run, contest, *boxes)


def balloted(run: Run, contest: str, *boxes: tuple[str, list[str]]) -> str:
    """One poll from its opening to its announcement."""
    on, papers = ("--contest", contest), len(boxes[0][1])
    run("election", "open", "--handed-out", papers, *on, *AS, code=0)
    run("election", "close", *on, *AS, code=0)
    run("election", "returned", "--papers", papers, *on, *TWO, code=0)
    run("election", "declare", "valid", *on, *AS, code=0)
    for own, marks in boxes:
        run("election", "enter", box(run, own, marks), "--contest", own, *AS, code=0)
    run("election", "count", *on, *AS, code=0)
    return str(run("election", "announce", *on, *AS, code=0).stdout)


def box(run: Run, contest: str, marks: list[str]) -> Path:
    """The papers of a box as the tellers typed them: a row each, ○, × and 空."""
    rows = json.loads(run("election", "list", "--json", code=0).stdout)
    names = next(row["candidates"] for row in rows if row["contest"] == contest)
    lines = [names, *([sign.replace("空", "") for sign in paper] for paper in marks)]
    file = Path(f"box-{contest}.csv")
    file.write_text("".join(",".join(cells) + "\n" for cells in lines), encoding="utf-8")
    return file.absolute()
