"""The sheet on which papers are counted by hand."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead, Serving


@dataclass(frozen=True, slots=True)
class TallySheet:
    """计票表: a row a name, with empty boxes for 正, five votes each. Blank: it is printed before the count."""

    head: PaperHead
    office: str
    round_label: str
    seats: int
    candidates: tuple[str, ...]
    columns: tuple[str, ...]
    """What is counted for each name: 赞成, then 不赞成 and 弃权 where the method has such marks."""
    written: int
    """Empty rows for other names; 0 where the method bars them."""
    boxes: int
    """Boxes in a row."""
    papers: int
    """Papers that one sheet takes at most: five a box."""
    serving: Serving
