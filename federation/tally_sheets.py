"""Tally-sheet files: the votes of each name where a meeting keeps no file of its papers."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from federation.boxes import NAME_HEADINGS, clean_name, duplicate_findings, is_several, list_findings
from federation.errors import Finding, refuse_if
from federation.facts.counting import NameVotes, Votes
from federation.rules.methods import Marks
from federation.spreadsheets import Row, read_table, write_table

_COLUMNS = {
    "candidate": ("candidate", *NAME_HEADINGS),
    "approve": ("approve", "赞成", "赞成票", "得票"),
    "against": ("against", "反对", "反对票", "不赞成"),
    "abstain": ("abstain", "弃权", "弃权票"),
    "write_in": ("write_in", "另选", "另选他人"),
}
_ANSWERS = {"": False, "no": False, "否": False, "yes": True, "是": True}


def read_totals(path: Path, marks: Marks, listed: Sequence[str] = ()) -> tuple[NameVotes, ...]:
    """
    The votes of the listed names in their order, then of the written ones.

    A column of a mark the method does not have may be missing. Raises `Refused` with every row that cannot be read.
    """
    missing = [key for key, sign in (("against", marks.against), ("abstain", marks.abstain)) if sign is None]
    sheet = _Reader(frozenset(missing))
    rows = [sheet.votes(row) for row in read_table(path).rows(_COLUMNS, optional=("write_in", *missing))]
    findings = [*sheet.findings, *duplicate_findings([row.name for row in rows])]
    candidates = [row.name for row in rows if not row.write_in]
    if listed or not candidates:
        findings += list_findings(listed, candidates, "行")
    refuse_if(f"{path.name} 不合格", findings[:20])
    order = list(listed) or candidates
    return tuple(sorted(rows, key=lambda row: len(order) if row.write_in else order.index(row.name)))


def write_totals(target: Path | IO[str], marks: Marks, votes: Votes) -> None:
    """Write votes as a file that `read_totals` reads back as the same votes."""
    signs = {"against": marks.against, "abstain": marks.abstain}
    columns = ["approve", *(key for key, sign in signs.items() if sign is not None)]
    rows = (
        [row.name, *(getattr(row, column) for column in columns), "yes" if row.write_in else ""] for row in votes.names
    )
    write_table(target, ["candidate", *columns, "write_in"], rows)


class _Reader:
    """Reads one row after another and keeps what is wrong with them."""

    def __init__(self, without: frozenset[str]) -> None:
        self.without = without
        self.findings: list[Finding] = []

    def votes(self, row: Row) -> NameVotes:
        """The votes of one row; what cannot be read is noted and read as nothing."""
        name, answer = clean_name(row.text("candidate")), row.text("write_in").lower()
        if not name:
            self._note(row, "没有姓名", "补写姓名或删去该行")
        if is_several(name):
            self._note(row, f"写了几个人：“{name}”", "一行写一人，各写各的票数")
        if answer not in _ANSWERS:
            self._note(row, f"write_in 写了“{answer}”", "另选的人写 yes，其余留空")
        write_in = _ANSWERS.get(answer, False)
        approve = self._count(row, "approve")
        against, abstain = (self._other(row, key, write_in) for key in ("against", "abstain"))
        return NameVotes(name, write_in, approve, against, abstain)

    def _count(self, row: Row, key: str) -> int:
        """A number of votes."""
        text = row.text(key)
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        self._note(row, f"{_COLUMNS[key][1]}写了“{text}”", "写不小于 0 的整数")
        return 0

    def _other(self, row: Row, key: str, write_in: bool) -> int | None:
        """A count that a written name, or a method without the mark, does not have: there it must be empty or 0."""
        if not write_in and key not in self.without:
            return self._count(row, key)
        if row.text(key) not in ("", "0"):
            why = "另选的人" if write_in else "本办法"
            self._note(row, f"{why}没有{_COLUMNS[key][1]}票，却写了“{row.text(key)}”", "留空")
        return None

    def _note(self, row: Row, problem: str, remedy: str) -> None:
        self.findings.append(Finding(f"第 {row.number} 行{problem}", remedy=remedy))
