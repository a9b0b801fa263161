"""`count`: anyone counts a ballot again, from the method and the papers alone. No database, nothing kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from federation.boxes import BallotFile, read_names
from federation.commands.files import read_text
from federation.commands.shell import command
from federation.errors import Misused
from federation.facts.counting import FIGURES, CountResult, Ledger, Round, Votes
from federation.rules.ballots import PaperJudge
from federation.rules.counting import Question, Tally, decide, question, quorum_of
from federation.rules.explanations import explain
from federation.rules.methods import ElectionMethod, load_method
from federation.stroke_files import read_strokes
from federation.tally_sheets import read_totals

_FILE = click.Path(path_type=Path)
_EXAMPLE = """\
federation count 选举办法.toml --contest members --ballots 选票.csv --ledger due=150,present=148,issued=148
federation count 选举办法.toml --contest chair --totals 计票表.csv \\
    --ledger due=31,present=30,issued=30,returned=30,valid=30,invalid=0"""


@dataclass(frozen=True, slots=True)
class CountFiles:
    """The files of a count: ballots or totals, and what they may need beside them."""

    ballots: Path | None = None
    totals: Path | None = None
    candidates: Path | None = None
    delegates: Path | None = None
    strokes: Path | None = None


@command("count", example=_EXAMPLE)
@click.argument("method_file", metavar="选举办法.toml", type=_FILE)
@click.option("--contest", metavar="编号", help="选举项目；办法中只有一项时可省")
@click.option("--ballots", metavar="文件", type=_FILE, help="选票文件：每张收回的选票一行（CSV 或 XLSX）")
@click.option("--totals", metavar="文件", type=_FILE, help="计票表：每位候选人一行，只有合计票数时用")
@click.option("--candidates", metavar="文件", type=_FILE, help="候选人名单（name 一列，按选票顺序）；可省")
@click.option("--delegates", metavar="文件", type=_FILE, help="代表名单（name 一列），办法规定只能另选代表时用")
@click.option(
    "--strokes", metavar="文件", type=_FILE, help="已设定的笔画（character、digits 两列），笔画表上没有的字才用"
)
@click.option("--ledger", metavar="账目", default="", help="due=应到,present=实到,issued=发出,voted=投票…")
@click.option(
    "--round",
    "round_text",
    metavar="轮次",
    default="first",
    help="第几轮：first 首轮、rerun 重新选举、runoff 再次投票、primary 预选、supplementary:N 第 N 次另行选举",
)
@click.option("--seats", metavar="名额", type=int, help="本轮名额；再次投票和另行选举必须写明")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def count(
    method_file: Path,
    contest: str | None,
    ballots: Path | None,
    totals: Path | None,
    candidates: Path | None,
    delegates: Path | None,
    strokes: Path | None,
    ledger: str,
    round_text: str,
    seats: int | None,
    as_json: bool,
) -> None:
    """按选举办法计票：谁当选，凭什么，下一步是什么。

    只看选举办法和选票（或计票表），不用数据库，任何人都可以重算一遍。
    """
    figures = parse_ledger(ledger)
    round = Round.parse(round_text)
    method = load_method(read_text(method_file), method_file.name)
    asked = question(method, contest or _only_contest(method), round, seats)
    files = CountFiles(ballots, totals, candidates, delegates, strokes)
    show(counted(asked, figures, files), method, as_json)


def counted(asked: Question, figures: Ledger, files: CountFiles) -> CountResult:
    """The result of one round from its files alone."""
    listed = read_names(files.candidates) if files.candidates else ()
    pool = read_names(files.delegates) if files.delegates else None
    known = read_strokes(files.strokes) if files.strokes else {}
    if files.ballots and not files.totals:
        return _count_papers(asked, figures, files.ballots, listed, pool, known)
    if files.totals and not files.ballots:
        return decide(asked, figures, Votes(read_totals(files.totals, asked.method.ballot.marks, listed)), known)
    raise Misused("请用 --ballots 给出选票文件，或用 --totals 给出计票表，二者取一")


def parse_ledger(text: str) -> Ledger:
    """The figures of `due=150,present=148`; each known, once, and a whole number."""
    figures: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in re.split("[,，]", text))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in FIGURES:
            raise Misused(f"账目中没有“{name}”这一项，可写 {'、'.join(FIGURES)}")
        if name in figures:
            raise Misused(f"账目中 {name} 写了两次")
        if not re.fullmatch(r"\d{1,9}", number, re.ASCII):
            raise Misused(f"账目中 {name} 应是整数，而不是“{number}”，写作 {name}=150")
        figures[name] = int(number)
    return replace(Ledger(), **figures)  # type: ignore[arg-type]  # the names are those of the figures alone


def _only_contest(method: ElectionMethod) -> str:
    """The method's one contest; where it has several, one must be named."""
    if len(method.contests) == 1:
        return method.contests[0].id
    there = "、".join(f"{contest.id}（{contest.office}）" for contest in method.contests)
    raise Misused(f"办法中有几个选举项目，请用 --contest 指明：{there}")


def _count_papers(
    asked: Question,
    figures: Ledger,
    path: Path,
    listed: tuple[str, ...],
    pool: tuple[str, ...] | None,
    known: Mapping[str, str],
) -> CountResult:
    """Judge and add up the papers, one by one; without a quorum they are only numbered."""
    box = BallotFile(path, asked.method.ballot.marks, listed)
    if not quorum_of(asked.method, figures).holds:
        papers = sum(1 for _ in box.papers(figures.returned))
        return decide(asked, figures, Votes(valid=papers, invalid=0), known)
    tally = Tally(PaperJudge(asked.method, asked.seats, box.listed, pool))
    for paper in box.papers(figures.returned):
        tally.add(paper)
    for finding in box.warnings():
        click.echo(f"留意：{finding}", err=True)
    return decide(asked, figures, tally.votes(), known)


def show(result: CountResult, method: ElectionMethod, as_json: bool) -> None:
    """Print the result as one object, or in sentences."""
    if as_json:
        click.echo(result.printed())
        return
    for sentence in explain(result, method):
        click.echo(sentence)
    for finding in result.findings:
        click.echo(f"  · {finding}")
