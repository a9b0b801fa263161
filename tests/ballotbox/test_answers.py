"""What a voter is told: where no ballot is in the box the command line says so by its exit code as well."""

import pytest

from federation.ballotbox.answers import Answer, refusal_of, text_of
from federation.errors import Misused, NotFound, Refused, WrongStage


@pytest.mark.parametrize("answer", [Answer.IN_BOX, Answer.ALREADY])
def test_a_ballot_that_is_in_the_box_is_no_refusal(answer: Answer) -> None:
    """Also where the same form asks a second time: the voter has voted."""
    assert refusal_of(answer) is None
    assert text_of(answer).startswith("你的票已在票箱")


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (Answer.USED, Refused, "登记争议"),
        (Answer.VOID, Refused, "找监票人"),
        (Answer.EXCHANGED, Refused, "纸质选票投入票箱"),
        (Answer.OTHER_POLL, NotFound, "换用本项选举的凭证"),
        (Answer.UNKNOWN, NotFound, "核对凭证"),
        (Answer.CLOSED, WrongStage, "不能投票"),
        (Answer.OVER, WrongStage, "请把凭证交给监票人"),
        (Answer.SLIP, Misused, "再输入一次"),
    ],
)
def test_every_other_answer_is_a_refusal_of_its_kind_that_says_what_to_do(
    answer: Answer, kind: type[Exception], said: str
) -> None:
    """Used, void or exchanged 5; unknown or another poll's 3; closed 4; mistyped 2. None says that a vote was cast."""
    refusal = refusal_of(answer)
    assert type(refusal) is kind
    assert str(refusal) == text_of(answer)
    assert said in text_of(answer)
    assert "已在票箱" not in text_of(answer)


def test_every_answer_is_dealt_with() -> None:
    """One more answer gets a text and a kind, or this fails."""
    assert {answer for answer in Answer if refusal_of(answer) is None} == {Answer.IN_BOX, Answer.ALREADY}
    assert all(text_of(answer).strip() for answer in Answer)
