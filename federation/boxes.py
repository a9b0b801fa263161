"""
Ballot and tally files: from a table to papers and votes, and back.

A file holds what the papers bear, not what it counts for: judging is the law's. Written back, a file gives the same
papers and so the same result, byte for byte.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import IO

from federation.errors import Finding, refuse_if
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.ballots import empty_mark
from federation.rules.methods import Marks
from federation.spreadsheets import Cell, cell_text, read_table, write_table

WORDS = {"赞成": Mark.APPROVE, "反对": Mark.AGAINST, "弃权": Mark.ABSTAIN}
FACE = "票面"
_WRITE_IN = re.compile(r"另选\s*(\d*)")
NAME_HEADINGS = ("name", "姓名", "候选人", "代表姓名")
_MOST = 20
"""Findings shown of one file: a wrong column makes one in every row."""


def clean_name(cell: Cell) -> str:
    """A name as printed: spaces between Chinese characters, put there to align, are taken out."""
    return re.sub(r"(?<=[^\x00-\u2e7f])\s+(?=[^\x00-\u2e7f])", "", cell_text(cell))


def parts_of(text: str) -> list[str]:
    """What is listed in one answer, 谭慧、彭雪茵: the signs that people put between names, and between numbers."""
    return [part for piece in re.split("[,，、﹑;；]", text) if (part := piece.strip())]


def names_of(text: str) -> list[str]:
    """Every name of an answer, as printed."""
    return [name for part in parts_of(text) if (name := clean_name(part))]


def is_several(name: str) -> bool:
    """True for a name that is several people's: counted as one it would be somebody's whom nobody knows."""
    return len(parts_of(name)) > 1


class _Signs(dict[Cell, str]):
    """The mark a cell stands for; what is no sign of the method is unclear."""

    def __init__(self, marks: Marks) -> None:
        signs = {Mark.APPROVE: marks.approve, Mark.AGAINST: marks.against, Mark.ABSTAIN: marks.abstain}
        self.known: dict[str, str] = {word: mark for word, mark in WORDS.items() if signs[mark] is not None}
        self.known |= {sign: mark for mark, sign in signs.items() if sign is not None}
        self.known.setdefault("", empty_mark(marks))
        self.strange: Counter[str] = Counter()
        super().__init__(self.known.items())

    def __missing__(self, cell: Cell) -> str:
        text = cell_text(cell)
        if text not in self.known and text not in ("?", "？", "") and len(self.strange) < _MOST:
            self.strange[text[:10]] += 1
        return self.known.get(text, Mark.UNCLEAR)


class BallotFile:
    """A file with one row for each returned paper of one contest."""

    def __init__(self, path: Path, marks: Marks, listed: Sequence[str] = ()) -> None:
        self.table = read_table(path)
        self.marks = marks
        self._signs = _Signs(marks)
        header = [clean_name(name) for name in self.table.header]
        self._face = header.index(FACE) if FACE in header else -1
        written = {at: match for at, name in enumerate(header) if (match := _WRITE_IN.fullmatch(name))}
        self._written = sorted(written, key=lambda at: int(written[at][1] or 0))
        columns = {name: at for at, name in enumerate(header) if at != self._face and at not in written}
        self.listed = tuple(listed) or tuple(columns)
        refuse_if(f"{path.name} 的表头与候选人名单不符", list_findings(self.listed, columns))
        self._columns = [columns[name] for name in self.listed]
        self._findings: list[Finding] = []

    def papers(self, returned: int | None = None) -> Iterator[Paper]:
        """
        The papers one by one; `returned` is the number reported, where it is known.

        Raises `Refused` at the end with the rows that cannot be read, so all of them are seen at once. A row without
        any cell is a blank paper where a paper may look like that (a workbook, a single column); at the very end of
        a file it may also be nothing, and only the reported number can tell.
        """
        self._findings.clear()
        pick = _picker(self._columns)
        width, blank = len(self.table.header), Paper(empty_mark(self.marks) * len(self.listed))
        empties_count = self.table.kind == "xlsx" or width == 1
        seen = pending = 0
        for number, cells in self.table.raw_rows():
            if not any(cell is not None for cell in cells):
                pending += empties_count
                continue
            for _ in range(pending):
                yield blank
            seen, pending = seen + pending + 1, 0
            if len(cells) != width:
                cells = self._fitted(number, cells)
            marks = "".join(map(self._signs.__getitem__, pick(cells)))
            if self._written or self._face >= 0:
                yield self._whole(number, cells, marks)
            else:
                yield Paper(marks)
        yield from [blank] * self._papers_at_end(pending, seen, returned)
        refuse_if(f"{self.table.path.name} 有读不了的内容", self._findings)

    def warnings(self) -> Iterator[Finding]:
        """Say which cells were taken for unclear signs though something readable stands in them; ask after reading."""
        for text, number in self._signs.strange.items():
            signs = "、".join(f"“{sign}”" for sign in self._signs.known if sign)
            problem = f"“{text}”（{number} 处）不是办法规定的符号，按不清楚处理"
            yield Finding(problem, remedy=f"如系录入之误，改为 {signs}")

    def _papers_at_end(self, pending: int, seen: int, returned: int | None) -> int:
        """How many of the empty rows that end the file are blank papers."""
        if pending and returned is None:
            problem = f"末尾有 {pending} 个空行，分不清是空白票还是多余的行"
            self._note(Finding(problem, remedy="在 --ledger 中写明 returned=收回张数，或删去空行"))
        return max(0, min(pending, (returned or 0) - seen))

    def _fitted(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The row at the header's width; a workbook leaves out empty cells, a CSV must have those of the candidates."""
        width = len(self.table.header)
        if any(cell_text(cell) for cell in cells[width:]):
            self._note(Finding(f"第 {number} 行有 {len(cells)} 格，表头只有 {width} 列", remedy="检查该行的逗号"))
        if self.table.kind == "csv" and len(cells) <= max(self._columns):
            self._note(Finding(f"第 {number} 行只有 {len(cells)} 格，候选人没有写全", remedy="空格也要用逗号隔开"))
        filler = None if self.table.kind == "xlsx" else ""
        return [*cells[:width], *[filler] * (width - len(cells))]

    def _whole(self, number: int, cells: Sequence[Cell], marks: str) -> Paper:
        """The paper of a row that has more columns than the candidates'."""
        face = cell_text(cells[self._face]).lower() if self._face >= 0 else ""
        if face not in ("", "stray", "illegible"):
            self._note(Finding(f"第 {number} 行{FACE}写了“{face}”", remedy="只能留空，或写 stray、illegible"))
        write_ins = tuple(
            entry for at in self._written if cells[at] and (entry := write_in_of(cells[at], self.marks)) is not None
        )
        for entry in write_ins:
            if is_several(entry.name):
                remedy = "一格写一人，分写在“另选1”“另选2”等列"
                self._note(Finding(f"第 {number} 行另选的一格里写了几个人：“{entry.name}”", remedy=remedy))
        return Paper(marks, write_ins, face == "stray", face == "illegible")

    def _note(self, finding: Finding) -> None:
        """Keep a finding, up to the most that anyone reads."""
        if len(self._findings) < _MOST:
            self._findings.append(finding)


def _picker(columns: Sequence[int]) -> Callable[[Sequence[Cell]], Iterable[Cell]]:
    """Takes the candidates' cells out of a row, in listed order."""
    if len(columns) == 1:
        return lambda cells: (cells[columns[0]],)
    return itemgetter(*columns)


def write_in_of(cell: Cell, marks: Marks) -> WriteIn | None:
    """
    A written name with its sign, ○张三; None where no name is written.

    A sign that is not the approve sign, or a question mark, before the name or in its place makes it unclear.
    """
    text = cell_text(cell)
    signs = sorted(filter(None, (marks.approve, marks.against, marks.abstain, "?", "？")), key=len, reverse=True)
    sign = next((sign for sign in signs if text.startswith(sign)), "")
    name, signed = clean_name(text.removeprefix(sign)), sign != "" and sign == marks.approve
    if not name and (not sign or signed):
        return None
    return WriteIn(name, signed, unclear=bool(sign) and not signed)


def list_findings(listed: Sequence[str], columns: Collection[str], place: str = "列") -> Iterator[Finding]:
    """Say where the columns (or rows) are not the candidates', and which names stand twice."""
    if not listed:
        yield Finding("没有一个候选人", remedy=f"每{place}写一位候选人")
    yield from duplicate_findings(listed)
    for name in listed:
        if name not in columns:
            yield Finding(f"候选人{name}没有对应的一{place}", remedy="补上，或核对姓名")
    for name in columns:
        if name not in listed:
            remedy = "另选的人写在“另选1”等列（计票表则 write_in 写 yes），或核对姓名"
            yield Finding(f"“{name}”一{place}不是候选人", remedy=remedy)


def duplicate_findings(names: Sequence[str]) -> Iterator[Finding]:
    """Say which names stand twice: names on one ballot are distinct as printed."""
    for name, times in Counter(names).items():
        if times > 1:
            yield Finding(f"{name}出现了 {times} 次", remedy=f"同名的加写单位以区别，如 {name}（三中）")


def read_names(path: Path) -> tuple[str, ...]:
    """The names of a list of candidates or delegates, in the order written; each must be distinct."""
    columns = {"name": NAME_HEADINGS, "delegate": ("delegate", "代表", "是否代表")}
    findings: list[Finding] = []
    names = []
    for row in read_table(path).rows(columns, optional=("delegate",)):
        if row.text("delegate").lower() not in ("", "yes", "no", "是", "否"):
            findings.append(Finding(f"第 {row.number} 行 delegate 写了“{row.text('delegate')}”", remedy="写 yes 或 no"))
        if name := clean_name(row.text("name")):
            names.append(name)
        else:
            findings.append(Finding(f"第 {row.number} 行没有姓名", remedy="补写姓名或删去该行"))
    refuse_if(f"{path.name} 不合格", [*findings[:_MOST], *duplicate_findings(names)])
    return tuple(names)


def write_ballots(target: Path | IO[str], marks: Marks, listed: Sequence[str], papers: Collection[Paper]) -> None:
    """Write papers as a file that `BallotFile` reads back as the same papers, in the order given."""
    boxes = max((len(paper.write_ins) for paper in papers), default=0)
    header = [*listed, *(f"另选{number}" for number in range(1, boxes + 1)), FACE]
    cells = mark_cells(marks)
    write_table(target, header, (_cells_of(paper, cells, boxes) for paper in papers))


def mark_cells(marks: Marks) -> dict[str, str]:
    """How each mark is written in a file: by its sign, or by its word where a spreadsheet would take the sign amiss."""
    signs = {Mark.APPROVE: marks.approve, Mark.AGAINST: marks.against, Mark.ABSTAIN: marks.abstain}
    words = {mark: word for word, mark in WORDS.items()}
    cells: dict[str, str] = {
        mark: words[mark] if sign[:1] in ("=", "+", "-", "@", "'") else sign
        for mark, sign in signs.items()
        if sign is not None
    }
    return {Mark.UNCLEAR: "?", Mark.NOT_CHOSEN: ""} | cells


def _cells_of(paper: Paper, cells: Mapping[str, str], boxes: int) -> list[str]:
    """One row; a paper both stray and illegible is written as stray, the reason that goes first."""
    signed = cells[Mark.APPROVE]
    names = [("?" if entry.unclear else signed if entry.signed else "") + entry.name for entry in paper.write_ins]
    face = "stray" if paper.stray else "illegible" if paper.illegible else ""
    return [*(cells.get(mark, "?") for mark in paper.marks), *names, *[""] * (boxes - len(names)), face]
