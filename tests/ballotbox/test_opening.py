"""Opening many boxes: in the order given, a few chunks at work at once, whatever an executor does first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from federation.ballotbox.envelope import Envelope
from federation.ballotbox.opening import WINDOW, CheckCodes, faulty, opened
from federation.ballotbox.passes import new_pile
from federation.ballotbox.seal import BoxKey, new_secret, seal
from federation.facts.counting import Paper

FORM = Envelope.of([3], [2], written=False)
KEY = BoxKey.of(new_secret())
CODES = [each.check_code for each in new_pile("a/b/c", 3 * WINDOW)]
BOXES = [seal(KEY.public, FORM.packed(check, [Paper("++-")])) for check in CODES]


def test_an_executor_gives_the_ballots_in_their_order_more_chunks_than_are_at_work_at_once() -> None:
    """Three times as many as the window, and a faulty one in the midst."""
    boxes = [*BOXES[:5], b"\0" * len(BOXES[0]), *BOXES[5:]]
    alone = list(opened(boxes, KEY, FORM))
    assert [ballot.check for ballot in alone] == [*CODES[:5], "", *CODES[5:]]
    assert alone[5] == faulty("unopenable")
    with ThreadPoolExecutor(2) as pool:
        assert list(opened(boxes, KEY, FORM, pool, chunk=1)) == alone
        assert list(opened(boxes, KEY, FORM, pool, chunk=4)) == alone


@pytest.mark.parametrize("several", [False, True])
def test_a_box_is_read_as_it_is_opened_and_never_as_a_whole(several: bool) -> None:
    """Memory does not grow with it: before the first ballot is out no more is drawn than is at work."""
    drawn = 0

    def streamed() -> Iterator[bytes]:
        nonlocal drawn
        for box in BOXES:
            drawn += 1
            yield box

    with ThreadPoolExecutor(2) as pool:
        ballots = opened(streamed(), KEY, FORM, pool if several else None, chunk=2)
        next(ballots)
        assert drawn == (2 * WINDOW if several else 2)
        assert len(list(ballots)) == len(BOXES) - 1


def test_a_ballot_sealed_anew_under_a_code_that_is_there_is_a_duplicate_whatever_it_says() -> None:
    """Somebody who knows a check code and the public key seals another ballot: one of the two counts, not both."""
    again = seal(KEY.public, FORM.packed(CODES[2], [Paper("---")]))
    judged = list(CheckCodes().judged(opened([*BOXES[:4], again], KEY, FORM)))
    assert judged[4] == faulty("duplicate")
    assert [ballot.check for ballot in judged[:4]] == CODES[:4]
