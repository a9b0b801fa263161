"""What a ballot sheet says under its names: how to mark it, how many, what voids it. All from the method."""

from collections.abc import Iterator, Sequence

from federation.rules.methods import BallotRules, ElectionMethod, Marks

ORDERS = {"stroke_surname": "按姓氏笔画为序", "stroke_full_name": "按姓名笔画为序", "as_listed": ""}


def sheet_notes(method: ElectionMethod, seats: int) -> tuple[str, ...]:
    """The notes of one contest, whole sentences, in the order in which a voter needs them."""
    return (*_marking(method.ballot.marks), *_choosing(method, seats), *_write_ins(method), *_voiding(method.ballot))


def shared_notes(contests: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The notes that all contests of one sheet have, to be printed once; none where there is only one contest."""
    first, *others = contests
    return tuple(note for note in first if all(note in notes for notes in others)) if others else ()


def write_in_boxes(method: ElectionMethod, seats: int) -> int:
    """How many blank boxes the sheet offers: as many as the seats, and no more than four on one sheet."""
    return 0 if method.write_in.allowed == "no" else min(seats, 4)


def _marking(marks: Marks) -> Iterator[str]:
    parts = [f"赞成的{_sign(marks.approve)}"]
    if marks.against is not None:
        parts.append(f"不赞成的{_sign(marks.against)}")
    if marks.abstain is not None:
        parts.append(f"弃权的{_sign(marks.abstain)}")
    yield "在姓名旁的空格内，" + "，".join(parts) + "。"


def _sign(sign: str) -> str:
    return f"画“{sign}”" if sign else "不作任何记号"


def _choosing(method: ElectionMethod, seats: int) -> Iterator[str]:
    others = "（包括另选他人）" if method.write_in.allowed != "no" else ""
    match method.ballot.choose:
        case "at_most":
            yield f"赞成的人数{others}等于或者少于 {seats} 名的有效，多于 {seats} 名的为无效票。"
        case "exactly":
            yield f"赞成的人数{others}须恰好是 {seats} 名，多于或者少于 {seats} 名的为无效票。"
        case _:
            yield "赞成的人数不限。"


def _write_ins(method: ElectionMethod) -> Iterator[str]:
    rules = method.write_in
    if rules.allowed == "no":
        yield "不得另选他人。"
        return
    condition = (
        "如不赞成名单上的候选人，可以另选他人，每不赞成一名可以另选一名"
        if rules.per_against
        else "如不赞成名单上的候选人，可以另选他人"
    )
    lead = condition if rules.allowed == "with_against" or rules.per_against else "可以另选他人"
    pool = "，另选的须是本次大会代表" if rules.pool == "delegates" else ""
    sign = f"，并在其姓名旁的空格内{_sign(method.ballot.marks.approve)}" if rules.needs_sign else ""
    yield f"{lead}{pool}：在“另选他人”栏写上姓名{sign}。"


def _voiding(ballot: BallotRules) -> Iterator[str]:
    if ballot.blank == "invalid":
        yield "空白票为无效票。"
    if ballot.stray_mark_voids:
        yield "在票上写姓名、编号或作其他记号的为无效票。"
    if ballot.replace_spoiled:
        yield "写错了可以向工作人员换领一张，原票当场作废。"
