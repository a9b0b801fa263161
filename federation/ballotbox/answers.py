"""
What a voter is told who puts a ballot to the box: distinct, clear, and all of one length.

A watcher of the line learns from neither the length nor the work done which of them it was: every text has the same
number of characters of three bytes, and `services.casting` does the same for each.
"""

from enum import StrEnum

from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage


class Answer(StrEnum):
    """What became of a ballot."""

    IN_BOX = "in_box"
    ALREADY = "already"
    """The same form asks again: its ballot is in the box."""
    USED = "used"
    VOID = "void"
    EXCHANGED = "exchanged"
    OTHER_POLL = "other_poll"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    """Not begun, or by paper alone."""
    OVER = "over"
    SLIP = "slip"


_TEXTS = {
    Answer.IN_BOX: "你的票已在票箱。请收好存根，开箱计票后可凭核对码核对。",
    Answer.ALREADY: "你的票已在票箱，没有投第二次。请收好存根。",
    Answer.USED: "此凭证已被使用，这次没有再投。你自己投的，票已收到，不用再办。你没有投过的，请马上找监票人登记争议。",
    Answer.VOID: "此凭证已作废，没有投票。请找监票人。",
    Answer.EXCHANGED: "此凭证已换领纸质选票，没有投票。请把纸质选票投入票箱。",
    Answer.OTHER_POLL: "这是另一项选举的凭证，没有投票。请换用本项选举的凭证。",
    Answer.UNKNOWN: "没有这张凭证，没有投票。请核对凭证，或找监票人。",
    Answer.CLOSED: "现在不能投票：投票还没有开始，或者只用纸质选票。请听主持人宣布。",
    Answer.OVER: (
        "投票已经结束，这次没有投出。没有投过的，请把凭证交给监票人。"
        "投过而没有收到答复的，收好凭证和存根，计票后凭核对码可以查到。"
    ),
    Answer.SLIP: "凭证代码输入有误，请对照凭证再输入一次（共十七位，不分大小写）。",
}
_FILLER = "\u3000"
"""The ideographic space: as many bytes as any other character here, and invisible at a line's end."""
_LENGTH = max(map(len, _TEXTS.values()))
_REFUSALS: dict[Answer, type[FederationError]] = {
    Answer.USED: Refused,
    Answer.VOID: Refused,
    Answer.EXCHANGED: Refused,
    Answer.OTHER_POLL: NotFound,
    Answer.UNKNOWN: NotFound,
    Answer.CLOSED: WrongStage,
    Answer.OVER: WrongStage,
    Answer.SLIP: Misused,
}


def text_of(answer: Answer) -> str:
    """The answer as a sentence, as long as every other."""
    return _TEXTS[answer].ljust(_LENGTH, _FILLER)


def refusal_of(answer: Answer) -> FederationError | None:
    """The answer as a refusal; None where the ballot is in the box."""
    kind = _REFUSALS.get(answer)
    return kind(text_of(answer)) if kind else None
