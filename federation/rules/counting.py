"""
Deciding one round: from the ledger and everyone's votes to who is elected and what follows.

No quorum: postponed, nothing is counted. More papers than the method allows: void, nothing is counted. Else those who
reach the bar pass, the best of them fill the seats, a tie across the cut goes to the method's ladder, and a shortage to
its clause. Papers are judged and added up by `tallies`; this file does not know where votes come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from federation.errors import Finding, refuse_if
from federation.facts.counting import BarResult, CountResult, Ledger, NameResult, Next, Quorum, Votes
from federation.rules.balances import ask_figures, ledger_findings, missing_figures, paper_findings, vote_findings
from federation.rules.ledger import returned_excess
from federation.rules.methods import ElectionMethod
from federation.rules.orders import announced, listed_then_written
from federation.rules.seats import Question, Settled, bar_key, outcome_findings, question, settle
from federation.rules.tallies import Tally
from federation.rules.thresholds import Bar, Plurality, chinese_fraction

__all__ = ["Question", "Tally", "bar_result", "decide", "question", "quorum_of", "void_findings"]

NO_VOTES = Votes()
NO_STROKES: Mapping[str, str] = MappingProxyType({})


def quorum_of(method: ElectionMethod, ledger: Ledger) -> Quorum:
    """Whether enough of those due are present, counted anew before every ballot."""
    ask_figures(method, ledger, {"quorum": (method.quorum.base, "present")})
    present = ledger.present or 0
    needed = method.quorum.needed_of(ledger.figure(method.quorum.base) or 0)
    return Quorum(str(method.quorum), needed, present, present >= needed)


def void_findings(method: ElectionMethod, ledger: Ledger) -> tuple[Finding, ...]:
    """
    Say that the whole election is void: more papers came back than the method allows.

    The chair declares this before any tallying. A show of hands has no papers, and is asked only what it gives.
    """
    over = method.void.returned_over
    if method.form == "ballot":
        ask_figures(method, ledger, {"void.returned_over": ("returned", over)})
    if ledger.returned is None:
        return ()
    clause = method.clause("void.returned_over")
    excess = returned_excess(returned=ledger.returned, limit=ledger.figure(over), over=over, clause=clause)
    return tuple(replace(finding, remedy="以原候选人名单重新选举") for finding in excess)


def decide(
    asked: Question, ledger: Ledger, votes: Votes = NO_VOTES, known: Mapping[str, str] = NO_STROKES
) -> CountResult:
    """
    The outcome of one round.

    Raises `Misused` naming every figure that a rule asks for and that is missing, and `Refused` with the arithmetic
    where the ledger or the votes do not balance. `known` are strokes of characters that the table lacks.
    """
    method, ledger = asked.method, _with_returned(ledger, votes)
    _ask(asked, ledger, "quorum", "void", "count")
    quorum = quorum_of(method, ledger)
    refuse_if("账目不平", ledger_findings(method, ledger))
    if not quorum.holds:
        return _uncounted(asked, ledger, quorum, "postpone", [_quorum_finding(method, ledger, quorum)])
    _ask(asked, ledger, "void", "count")
    if void := void_findings(method, ledger):
        return _uncounted(asked, ledger, quorum, "rerun", void)
    ledger = _with_papers(ledger, votes)
    _ask(asked, ledger, "count")
    refuse_if("票数不平", vote_findings(method, asked.seats, ledger, votes))
    return _counted(asked, ledger, quorum, votes, known)


def _ask(asked: Question, ledger: Ledger, *stages: str) -> None:
    """
    Ask for what the first of these stages needs; if any of it is missing, name what the later ones lack as well.

    A later stage is not asked before its turn: a meeting short of its quorum need not know its valid papers.
    """
    base = () if isinstance(asked.bar, Plurality) else (str(asked.bar.base),)
    papers = asked.method.form == "ballot"
    figures: dict[str, dict[str, tuple[str, ...]]] = {
        "quorum": {"quorum": (asked.method.quorum.base, "present")},
        "void": {"void.returned_over": ("returned", asked.method.void.returned_over) if papers else ()},
        "count": {bar_key(asked.contest.id, asked.round): base, "ballot": ("valid", "invalid") if papers else ()},
    }
    if any(missing_figures(ledger, names) for names in figures[stages[0]].values()):
        ask_figures(asked.method, ledger, {key: names for stage in stages for key, names in figures[stage].items()})


def _with_returned(ledger: Ledger, votes: Votes) -> Ledger:
    """The ledger with the number of papers there are; with a tally sheet alone, as it was."""
    if votes.valid is None or votes.invalid is None:
        return ledger
    returned = votes.valid + votes.invalid
    refuse_if("账目与选票不符", paper_findings(ledger, {"returned": returned}))
    return replace(ledger, returned=returned)


def _with_papers(ledger: Ledger, votes: Votes) -> Ledger:
    """The ledger with what judging the papers gave; with a tally sheet alone, as it was."""
    if votes.valid is None or votes.invalid is None:
        return ledger
    refuse_if("账目与选票不符", paper_findings(ledger, {"valid": votes.valid, "invalid": votes.invalid}))
    return replace(ledger, valid=votes.valid, invalid=votes.invalid, invalid_because=votes.invalid_because)


def _uncounted(asked: Question, ledger: Ledger, quorum: Quorum, then: Next, findings: Sequence[Finding]) -> CountResult:
    """The result of a round in which no paper was looked at."""
    return _result(asked, ledger, quorum, Settled((), (), (), then), (), tuple(findings))


def _counted(asked: Question, ledger: Ledger, quorum: Quorum, votes: Votes, known: Mapping[str, str]) -> CountResult:
    """The result of a round whose votes are known and balance."""
    needed = bar_result(asked.bar, ledger).needed or 0
    rows, unordered = listed_then_written(votes.names, asked.method.ballot.order, known)
    settled = settle(asked, [row for row in rows if row.approve >= needed])
    results = tuple(NameResult(row, row.approve >= needed, settled.outcome(row)) for row in rows)
    findings = (*outcome_findings(asked, ledger, settled), *unordered)
    elected = announced(settled.elected, asked.method.announce.order, known)
    return _result(asked, ledger, quorum, replace(settled, elected=elected), results, findings)


def _result(
    asked: Question,
    ledger: Ledger,
    quorum: Quorum,
    settled: Settled,
    results: tuple[NameResult, ...],
    findings: tuple[Finding, ...],
) -> CountResult:
    return CountResult(
        contest=asked.contest.id,
        office=asked.contest.office,
        round=asked.round,
        seats=asked.seats,
        quorum=quorum,
        ledger=ledger,
        threshold=bar_result(asked.bar, ledger),
        results=results,
        elected=tuple(row.name for row in settled.elected),
        tied=tuple(row.name for row in settled.tied),
        seats_left=asked.seats - len(settled.elected),
        next=settled.next,
        findings=findings,
    )


def bar_result(bar: Bar, ledger: Ledger) -> BarResult:
    """The bar with its arithmetic, as far as its base is known."""
    if isinstance(bar, Plurality):
        return BarResult(str(bar), None, 0)
    base = ledger.figure(bar.base)
    return BarResult(str(bar), base, None if base is None else bar.needed_of(base))


def _quorum_finding(method: ElectionMethod, ledger: Ledger, quorum: Quorum) -> Finding:
    """Say that too few are present, with the arithmetic."""
    base = method.quorum.base.counted(ledger.figure(method.quorum.base) or 0)
    problem = f"实到 {quorum.present} 人，未达到法定人数 {quorum.needed} 人（{method.quorum.verb()}{base}的"
    problem += f"{chinese_fraction(method.quorum.fraction)}）"
    return Finding(problem, method.clause("quorum"), f"到会人数达到 {quorum.needed} 人后再表决，或改期")
