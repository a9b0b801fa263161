"""Adding up papers as they come: what is kept does not grow with their number, and split boxes make the same whole."""

from collections import Counter

from federation.facts.counting import Mark, NameVotes, Paper, Votes
from federation.rules.ballots import REASONS, PaperJudge

_AT_ONCE = 1024
"""Papers whose marks are held back to be added up together, column by column."""


class Tally:
    """The papers of one box, judged and added up."""

    def __init__(self, judge: PaperJudge) -> None:
        self.judge = judge
        self._valid = 0
        self._invalid: Counter[str] = Counter()
        self._columns = {mark: [0] * len(judge.listed) for mark in (Mark.APPROVE, Mark.AGAINST, Mark.ABSTAIN)}
        self._write_ins: Counter[str] = Counter()
        self._waiting: list[str] = []

    @property
    def returned(self) -> int:
        """How many papers were added."""
        return self._valid + self._invalid.total()

    def add(self, paper: Paper) -> None:
        """Judge one paper and add it to the count."""
        invalid, marks, write_ins = self.judge.judge(paper)
        if invalid:
            self._invalid[invalid] += 1
            return
        self._valid += 1
        self._waiting.append(marks)
        if write_ins:
            self._write_ins.update(write_ins)
        if len(self._waiting) >= _AT_ONCE:
            self._add_up()

    def merge(self, other: "Tally") -> None:
        """Add another box of the same contest and round, as if its papers had been in this one."""
        if other.judge.listed != self.judge.listed:
            raise ValueError("the boxes are not of one list")
        other._add_up()
        self._valid += other._valid
        self._invalid.update(other._invalid)
        self._write_ins.update(other._write_ins)
        for mark, column in self._columns.items():
            self._columns[mark] = [mine + theirs for mine, theirs in zip(column, other._columns[mark], strict=True)]

    def votes(self) -> Votes:
        """Everyone's votes so far: listed names in ballot order, then the written ones by votes and name."""
        self._add_up()
        written = sorted(self._write_ins.items(), key=lambda entry: (-entry[1], entry[0]))
        return Votes(
            names=(*self._listed(), *(NameVotes(name, True, approve, None, None) for name, approve in written)),
            valid=self._valid,
            invalid=self._invalid.total(),
            invalid_because={reason: self._invalid[reason] for reason in REASONS if self._invalid[reason]},
        )

    def _listed(self) -> list[NameVotes]:
        """The votes of the listed names; a mark the method does not have has no count."""
        marks = self.judge.ballot.marks
        approve, against, abstain = self._columns.values()
        return [
            NameVotes(
                name,
                False,
                approve[column],
                None if marks.against is None else against[column],
                None if marks.abstain is None else abstain[column],
            )
            for column, name in enumerate(self.judge.listed)
        ]

    def _add_up(self) -> None:
        """Count the marks held back, a whole column of papers at a time."""
        width = len(self.judge.listed)
        marks = "".join(self._waiting)
        self._waiting.clear()
        for column in range(width):
            signs = marks[column::width]
            for mark, counts in self._columns.items():
                counts[column] += signs.count(mark)
