"""Papers about who prepares a founding."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class PreparatoryGroupList:
    """筹备组名单, as of the day the group was formed."""

    head: PaperHead
    occasion: str
    """What it prepares: 某某妇女联合会成立."""
    basis: str
    """Who decided on it, as the officer noted it; may be empty."""
    names: tuple[str, ...]
