"""The ledger of a count: the figures its rules ask for, and the sums that must come out."""

from collections.abc import Iterable, Iterator, Mapping

from federation.errors import Finding, Misused
from federation.facts.counting import Ledger, NameVotes, Votes
from federation.rules.ledger import most_issued
from federation.rules.methods import ElectionMethod

IN_CHINESE = {
    "due": "应到",
    "present": "实到",
    "issued": "发出",
    "voted": "投票人数",
    "returned": "收回",
    "valid": "有效票",
    "invalid": "无效票",
}
_CHECK = "核对报告单后重新填写"


def missing_figures(ledger: Ledger, figures: Iterable[str]) -> tuple[str, ...]:
    """Those of these figures that the ledger lacks, each once."""
    return tuple(name for name in dict.fromkeys(figures) if ledger.figure(name) is None)


def ask_figures(method: ElectionMethod, ledger: Ledger, asked: Mapping[str, Iterable[str]]) -> None:
    """Raise `Misused` naming every figure that a rule asks for and the ledger lacks; `asked` is by the rule's key."""
    lacking = {key: missing_figures(ledger, figures) for key, figures in asked.items()}
    names = list(dict.fromkeys(name for missing in lacking.values() for name in missing))
    if names:
        typed = ",".join(f"{name}=…" for name in names)
        raise Misused(
            "账目缺少 " + "、".join(f"{name}（{IN_CHINESE[name]}）" for name in names),
            [
                Finding(f"办法的 {key} 要用到 {'、'.join(missing)}", method.clause(key), f"在 --ledger 中补上 {typed}")
                for key, missing in lacking.items()
                if missing
            ],
        )


def ledger_findings(method: ElectionMethod, ledger: Ledger) -> Iterator[Finding]:
    """Say which of the figures given cannot all be true."""
    due, present, issued = ledger.due, ledger.present, ledger.issued
    if due is not None and present is not None and present > due:
        yield Finding(f"实到 {present} 人多于应到 {due} 人，多 {present - due} 人", remedy=_CHECK)
    if issued is not None and present is not None:
        yield from _issued_findings(method, issued, present, due)
    if ledger.returned is not None and ledger.valid is not None and ledger.invalid is not None:
        total = ledger.valid + ledger.invalid
        if total != ledger.returned:
            problem = f"有效票 {ledger.valid} + 无效票 {ledger.invalid} = {total} 张，不等于收回 {ledger.returned} 张"
            yield Finding(problem, remedy=_CHECK)


def _issued_findings(method: ElectionMethod, issued: int, present: int, due: int | None) -> Iterator[Finding]:
    """No more papers than people present and those they vote for, who are among the absent."""
    per_voter = method.proxy.per_voter
    limit = most_issued(present, present * (1 + per_voter) if due is None else due, per_voter)
    if issued > limit:
        allowed = f"实到 {present} 人" + (f"及其可代投的 {limit - present} 人" if limit > present else "")
        yield Finding(f"发出选票 {issued} 张多于{allowed}", method.clause("proxy.per_voter"), _CHECK)


def paper_findings(ledger: Ledger, found: Mapping[str, int]) -> Iterator[Finding]:
    """Say where the ledger gives another number than the papers themselves."""
    for name, number in found.items():
        given = ledger.figure(name)
        if given is not None and given != number:
            problem = f"账目记{IN_CHINESE[name]} {given} 张，选票文件中是 {number} 张，相差 {abs(given - number)} 张"
            yield Finding(problem, remedy="核对选票文件与报告单")


def vote_findings(method: ElectionMethod, seats: int, ledger: Ledger, votes: Votes) -> Iterator[Finding]:
    """
    Say which votes cannot come from this many valid papers.

    For each listed name approve + against + abstain is the number of valid papers; less only where an unreadable sign
    counts for nothing, or where the method has but some of the three. All approvals together fill at most every seat
    on every paper, and exactly that where exactly so many must be chosen. Of hands there are no papers: each of those
    present raises hers at most once a name, and nobody is made to.
    """
    papers = ledger.present if ledger.valid is None else ledger.valid
    if papers is None:
        return
    if method.write_in.allowed == "no" and (written := [entry.name for entry in votes.names if entry.write_in]):
        problem = f"办法不设另选他人，计票表却有 {'、'.join(written)}"
        yield Finding(problem, method.clause("write_in.allowed"), "删去这些人，所涉选票按办法处理后重新计票")
    whose = f"实到 {papers} 人" if method.form == "hands" else f"有效票 {papers} 张"
    for entry in votes.names:
        yield from _name_findings(method, papers, whose, entry)
    clause = method.clause("ballot.choose")
    choose, approvals = method.ballot.choose, sum(entry.approve for entry in votes.names)
    sum_line = f"赞成（含另选）合计 {approvals} 票，{whose} × 名额 {seats} = {papers * seats}"
    if choose != "any" and approvals > papers * seats:
        yield Finding(f"{sum_line}，多出 {approvals - papers * seats}", clause, _CHECK)
    if choose == "exactly" and approvals < papers * seats:
        yield Finding(f"{sum_line}，每票须选足，还差 {papers * seats - approvals}", clause, _CHECK)


def _name_findings(method: ElectionMethod, papers: int, whose: str, entry: NameVotes) -> Iterator[Finding]:
    """One name's votes against the number of valid papers, or of those whose hands were counted."""
    counts = {"赞成": entry.approve, "反对": entry.against, "弃权": entry.abstain}
    given = {label: count for label, count in counts.items() if count is not None}
    total = sum(given.values())
    sum_line = f"{entry.name}：{' + '.join(f'{label} {count}' for label, count in given.items())} = {total}"
    partial = entry.write_in or method.ballot.marks.select_only or method.ballot.unclear == "that_part"
    whole = method.form == "ballot" and not partial
    if total > papers:
        yield Finding(f"{sum_line}，多于{whose}", method.clause("ballot.marks"), _CHECK)
    elif whole and total < papers:
        problem = f"{sum_line}，少于{whose}，差 {papers - total}"
        yield Finding(problem, method.clause("ballot.unclear"), _CHECK)
