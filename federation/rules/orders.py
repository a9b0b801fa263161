"""The order in which names are reported and announced."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Literal

from federation.errors import Finding
from federation.facts.counting import NameVotes
from federation.rules.methods import Order
from federation.rules.methods.records import AnnounceOrder

Variant = Literal["surname", "full_name"]


def listed_then_written(
    rows: Sequence[NameVotes], order: Order, known: Mapping[str, str]
) -> tuple[list[NameVotes], tuple[Finding, ...]]:
    """
    Listed names in ballot order, then the written ones by approvals and strokes.

    A voter may write any character: one without known strokes stands last among its equals and is reported, for it
    must not hold up a count. Nobody's seat hangs on this order.
    """
    listed = [row for row in rows if not row.write_in]
    written = sorted((row for row in rows if row.write_in), key=lambda row: (-row.approve, row.name))
    ordered: list[NameVotes] = []
    findings: list[Finding] = []
    for _, equals in groupby(written, key=lambda row: row.approve):
        ordered += _by_strokes(list(equals), "full_name" if order == "stroke_full_name" else "surname", known, findings)
    return listed + ordered, tuple(findings)


def _by_strokes(
    rows: list[NameVotes], variant: Variant, known: Mapping[str, str], findings: list[Finding]
) -> list[NameVotes]:
    """Names of equal votes by strokes, those that cannot be ordered last."""
    if len(rows) < 2:
        return rows
    from federation.rules.strokes import UnknownCharacter, stroke_key

    placed, unplaced = [], []
    for row in rows:
        try:
            placed.append((stroke_key(row.name, variant, known), row))
        except UnknownCharacter as unknown:
            unplaced.append(row)
            problem = f"另选的{row.name}含笔画不明的字“{unknown.character}”，排在同票者之后"
            findings.append(Finding(problem, remedy="排列不影响当选；可先设定该字笔画"))
    return [row for _, row in sorted(placed, key=lambda entry: entry[0])] + unplaced


def announced(elected: Sequence[NameVotes], order: AnnounceOrder, known: Mapping[str, str]) -> tuple[NameVotes, ...]:
    """
    Those elected in announce order; they come in the order in which they are reported.

    By votes, equals keep that order: ballot order, the written names last. An unknown character is refused here:
    the order is read out before the meeting.
    """
    if order == "as_listed":
        return tuple(elected)
    if order == "by_votes":
        return tuple(sorted(elected, key=lambda row: -row.approve))
    from federation.rules.strokes import stroke_key

    variant: Variant = "surname" if order == "stroke_surname" else "full_name"
    return tuple(sorted(elected, key=lambda row: stroke_key(row.name, variant, known)))
