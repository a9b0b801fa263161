"""The prose of a method and its data are one document: where a clause and the key it stands for differ in a number."""

from collections.abc import Iterator
from dataclasses import replace
from math import floor

from federation.errors import Finding
from federation.rules.clauses import Document, parse_document
from federation.rules.methods import Contest, ElectionMethod, Surplus
from federation.rules.methods.candidates import extra_candidates, surplus_sum
from federation.rules.methods.statements import Share, extra_numbers, seat_numbers, shares
from federation.rules.thresholds import Bar, Base, Threshold


def agreement_findings(method: ElectionMethod, text: str, where: str) -> Iterator[Finding]:
    """
    Say which clause contradicts the key that `[[provision]]` says it stands for, with both values.

    Only the clause named for just that key is looked at, and only where it states one such number: what a clause says
    of something else is no contradiction. A meeting votes on the prose and the program follows the data.
    """
    document = parse_document(text)
    yield from _bars(method, document, where)
    for contest in method.contests:
        yield from _seats(method, contest, document, where)
        yield from _surplus(method, contest, document, where)


def _bars(method: ElectionMethod, document: Document, where: str) -> Iterator[Finding]:
    bars: dict[str, Bar] = {"quorum": method.quorum, "adoption": method.adoption, "motions": method.motions}
    bars |= {"elected": method.elected, "tie.elected": method.tie.elected, "shortage.elected": method.shortage.elected}
    named = {key: label for key in bars if (label := _label(method, (key,)))}
    for key, label in named.items():
        sharing = {str(bars[other]) for other, its in named.items() if its == label}
        stated = [share for share in shares(_text(document, label)) if not share.of_seats]
        if (
            key == "quorum"
        ):  # 到会代表过半数: those present are the subject there, and never what they are compared with
            stated = [replace(share, base=None) if share.base is Base.PRESENT else share for share in stated]
        if len(sharing) == 1 and len(stated) == 1 and not stated[0].limit and not _agrees(stated[0], bars[key]):
            yield _finding(label, key, stated[0].words, f"{bars[key]}，即{bars[key].in_chinese()}", where)


def _agrees(share: Share, bar: Bar) -> bool:
    """True where nothing that the phrase states is otherwise in the data."""
    if not isinstance(bar, Threshold):
        return False
    same_sign = share.strict is None or share.strict == bar.strict
    return share.fraction == bar.fraction and same_sign and share.base in (None, bar.base)


def _seats(method: ElectionMethod, contest: Contest, document: Document, where: str) -> Iterator[Finding]:
    label = _label(method, _contest_keys(contest, "seats"))
    stated = list(seat_numbers(_text(document, label)))
    if len(stated) == 1 and _alone(method, contest, label, "seats") and stated[0][0] != contest.seats:
        yield _finding(label, f"contest.{contest.id}.seats", stated[0][1], f"应选 {contest.seats} 名", where)


def _surplus(method: ElectionMethod, contest: Contest, document: Document, where: str) -> Iterator[Finding]:
    label = _label(method, _contest_keys(contest, "surplus"))
    if not _alone(method, contest, label, "surplus"):
        return
    text, rule = _text(document, label), contest.surplus
    given, key = surplus_sum(rule, contest.seats), f"contest.{contest.id}.surplus"
    ratios = [share for share in shares(text) if share.base is None and not share.limit]
    numbers = list(extra_numbers(text))
    if len(ratios) == 1 and not numbers and not _surplus_agrees(ratios[0], rule, contest.seats):
        yield _finding(label, key, ratios[0].words, given, where)
    if len(numbers) == 1 and not ratios and numbers[0][0] != extra_candidates(rule, contest.seats):
        yield _finding(label, key, numbers[0][1], given, where)


def _surplus_agrees(share: Share, rule: Surplus, seats: int) -> bool:
    """
    True where the data's rule is what the prose states, or more where the prose states the least (不低于百分之十).

    A fixed number agrees with a share that gives it, rounded either way.
    """
    if rule.ratio is not None:
        return rule.ratio == share.fraction or (share.strict is not None and rule.ratio > share.fraction)
    exact = share.fraction * seats
    return rule.count in (floor(exact), -floor(-exact)) or (share.strict is not None and rule.count > exact)


def _contest_keys(contest: Contest, key: str) -> tuple[str, ...]:
    return (f"contest.{contest.id}.{key}", f"{contest.id}.{key}", f"contest.{key}")


def _alone(method: ElectionMethod, contest: Contest, label: str, key: str) -> bool:
    """True where the clause is named for no other contest's key: one number cannot be two contests' rule."""
    others = (other for other in method.contests if other.id != contest.id)
    return label != "" and all(_label(method, _contest_keys(other, key)) != label for other in others)


def _label(method: ElectionMethod, keys: tuple[str, ...]) -> str:
    """The clause named for just one of these keys, not for its table."""
    clauses = {provision.key: provision.clause for provision in method.provisions}
    return next((clauses[key] for key in keys if key in clauses), "")


def _text(document: Document, label: str) -> str:
    clause = document.find(label) if label else None
    return clause.text if clause else ""


def _finding(label: str, key: str, said: str, given: str, where: str) -> Finding:
    problem = f"{label}写的是“{said}”，数据文件的 {key} 是 {given}"
    return Finding(problem, f"{where}{label}", "改正条文或数据文件，两处须一致")
