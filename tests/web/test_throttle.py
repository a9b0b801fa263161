"""Failed codes: slower, never refused; and a good pass is never held up."""

import asyncio

import httpx2
import pytest
from starlette.testclient import TestClient

from federation.services import voting
from federation.web.throttle import FREE, LONGEST, MINUTE, Throttle
from tests.services.stage import Stage
from tests.web.hall import Voter
from tests.web.test_ballots import Hall, hall

__all__ = ["hall"]


class Clock:
    """Says what time it is, and moves when it is told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_hall_that_mistypes_is_answered_at_once_and_whoever_guesses_is_not() -> None:
    """The more failures in a minute, the slower each; never slower than the longest."""
    throttle = Throttle(Clock())
    waits = [throttle.failed() for _ in range(FREE + 200)]
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE] > 0
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST


def test_a_minute_later_all_is_forgotten() -> None:
    """Nobody stays locked out."""
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE + 50):
        throttle.failed()
    clock.at = MINUTE
    assert throttle.failed() == 0


class Noted:
    """Stands in the throttle's place, and says how often it was asked to hold an answer."""

    times = 0

    async def hold(self) -> None:
        self.times += 1


@pytest.fixture
def noted(hall: Hall) -> tuple[Noted, TestClient, list[str]]:
    _, client, codes = hall
    client.app.state.throttle = found = Noted()
    return found, client, codes


def test_only_the_answer_to_a_code_that_failed_is_held(noted: tuple[Noted, TestClient, list[str]]) -> None:
    """A vote is not, nor that a pass is used, nor a ballot looked at."""
    found, client, codes = noted
    for code, held in [(codes[0], 0), (codes[0], 0), ("0" * 17, 1), ("slip", 2), (codes[1], 2)]:
        voter = Voter(client)
        voter.fill(code, "++-")
        voter.cast()
        assert found.times == held, code


def test_a_check_code_that_is_not_there_is_held_too(noted: tuple[Noted, TestClient, list[str]], hall: Hall) -> None:
    """Sixty bits are guessed no faster."""
    found, client, codes = noted
    stage: Stage = hall[0]
    for code in codes:
        stage.cast(code)
    stage.declared(12).unsealed()
    stage.at("members", lambda _, poll: setattr(poll.case, "state", "announced"))
    client.post("/check/members", data={"code": "0" * 12})
    client.post("/check/members", data={"code": "x"})
    assert found.times == 2


class Held:
    """Stands in the throttle's place, and lets go of no failure before it is told to."""

    def __init__(self) -> None:
        self.waiting, self.go = 0, asyncio.Event()

    async def hold(self) -> None:
        self.waiting += 1
        await self.go.wait()


WRONG = ("0" * 17, "slip")
FLOOD = 200
"""More than threads, connections of the database and ballots of one transaction."""


@pytest.mark.parametrize("phones", ["sqlite"], indirect=True)
def test_while_failures_are_held_a_good_pass_votes(hall: Hall) -> None:
    """A hall behind one address, a flood of wrong codes: none of them keeps a thread or the writer of the box."""
    stage, client, codes = hall
    sheet = stage.at("members", lambda session, poll: voting.sheet_of(session, poll))
    form = {"list": sheet.fingerprint, "members:1": "+", "act": "cast"}

    async def flooded() -> None:
        client.app.state.throttle = held = Held()
        transport = httpx2.ASGITransport(client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://hall.test") as browser:
            wrong = [
                asyncio.create_task(browser.post("/v/members", data=form | {"code": WRONG[number % 2]}))
                for number in range(FLOOD)
            ]
            while held.waiting < FLOOD:
                await asyncio.sleep(0)
            for code in codes:
                assert (await browser.get("/v/members")).status_code == 200
                end = await browser.post("/v/members", data=form | {"code": code, "token": code})
                assert "你的票已在票箱" in end.text
            held.go.set()
            assert {answer.status_code for answer in await asyncio.gather(*wrong)} == {200}

    asyncio.run(flooded())
    assert len(stage.rows("sealed_ballots")) == len(codes)
