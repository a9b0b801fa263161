"""A paper as a voter reads it back: every name with what it got, in words."""

import json
from collections.abc import Iterator, Sequence

from federation.facts.counting import Mark

IN_CHINESE = {
    Mark.APPROVE: "赞成",
    Mark.AGAINST: "反对",
    Mark.ABSTAIN: "弃权",
    Mark.UNCLEAR: "无法辨认",
    Mark.NOT_CHOSEN: "未选",
}


def seen(line: str, contests: Sequence[tuple[str, Sequence[str]]]) -> str:
    """
    The line of a ballot (`ballotbox.envelope`, without its check code) in words: office, names by mark, written ones.

    `contests` are the offices of the sheet with their names in ballot order.
    """
    return "\n".join(
        said
        for (office, names), paper in zip(contests, json.loads(line), strict=True)
        for said in _paper(office, names, paper)
    )


def _paper(office: str, names: Sequence[str], paper: tuple[str, list[str]]) -> Iterator[str]:
    marks, written = paper
    yield office
    for mark, word in IN_CHINESE.items():
        if chosen := [name for name, sign in zip(names, marks, strict=True) if sign == mark]:
            yield f"  {word}：{'、'.join(chosen)}"
    if written:
        yield f"  另选：{'、'.join(text[1:] for text in written)}"
