"""Methods, papers and files that the tests of counting share."""

from pathlib import Path

from federation.facts.counting import CountResult, Ledger, Mark, NameVotes, Paper, Round, Votes, WriteIn
from federation.rules.ballots import PaperJudge
from federation.rules.counting import Tally, decide, question
from federation.rules.methods import ElectionMethod, load_method

CASES = Path(__file__).parent / "rules" / "cases"
NAMES = ("丁玉兰", "王秀英", "李桂芳", "赵小梅")


def method_text(top: str = "", tables: str = "", *, seats: int = 2, contest: str = "") -> str:
    """A method file of one contest; what a test leaves out has its default."""
    return f"""
title = "某区妇联选举办法"
{top}
{tables}
[[contest]]
id = "members"
office = "执行委员会委员"
seats = {seats}
{contest}
"""


def method_of(top: str = "", tables: str = "", *, seats: int = 2, contest: str = "") -> ElectionMethod:
    """The method of that file."""
    return load_method(method_text(top, tables, seats=seats, contest=contest))


def paper(marks: str, *written: str, stray: bool = False, illegible: bool = False) -> Paper:
    """A paper from marks such as ○×空? and names such as ○周敏 or ?周敏."""
    letters = {"○": Mark.APPROVE, "×": Mark.AGAINST, "空": Mark.ABSTAIN, "?": Mark.UNCLEAR, "无": Mark.NOT_CHOSEN}
    names = tuple(WriteIn(name.lstrip("○?"), name.startswith("○"), name.startswith("?")) for name in written)
    return Paper("".join(letters[mark] for mark in marks), names, stray, illegible)


def judge_of(
    tables: str = "", *, seats: int = 2, names: int = 2, delegates: tuple[str, ...] | None = None
) -> PaperJudge:
    """The judge of papers with the first so many names."""
    return PaperJudge(method_of(tables=tables), seats, NAMES[:names], delegates)


def tally_of(judge: PaperJudge, papers: list[Paper]) -> Tally:
    """These papers, judged and added up."""
    tally = Tally(judge)
    for one in papers:
        tally.add(one)
    return tally


def totals(*rows: tuple[int, ...], written: dict[str, int] | None = None) -> Votes:
    """A tally sheet: (approve, against, abstain) of the first names, and approvals of written ones."""
    padded = [(*row, None, None)[:3] if len(row) < 3 else row for row in rows]
    listed = [NameVotes(name, False, *row) for name, row in zip(NAMES, padded, strict=False)]
    return Votes((*listed, *(NameVotes(name, True, votes, None, None) for name, votes in (written or {}).items())))


def outcome(
    method: ElectionMethod,
    votes: Votes,
    ledger: Ledger | None = None,
    *,
    round: str = "first",
    seats: int | None = None,
) -> CountResult:
    """The result of one round; without a ledger thirty are due, present and vote validly."""
    return decide(question(method, "members", Round.parse(round), seats), ledger or full_ledger(30), votes)


def full_ledger(number: int, **other: int) -> Ledger:
    """Everyone due is present, and every paper comes back valid."""
    figures = dict.fromkeys(("due", "present", "issued", "voted", "returned", "valid"), number)
    return Ledger(**{**figures, "invalid": 0, **other})
