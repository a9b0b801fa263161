"""Who asks for much holds up nobody who votes: what takes long has threads of its own, and voters have theirs."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient

from federation.services import voting
from federation.web import faces
from federation.web.app import THREADS
from tests.web.hall import Voter
from tests.web.test_ballots import BOX, Hall, hall

__all__ = ["hall"]
PATIENCE = 30
ALL = THREADS + 4


class Blocked:
    """Something that does not come to an end before it may; how many are in it."""

    def __init__(self) -> None:
        self.may_end, self.inside = threading.Event(), threading.Semaphore(0)
        self.most, self.in_time, self._now, self._lock = 0, True, 0, threading.Lock()

    def __call__(self, *_: object) -> bytes:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.inside.release()
        self.in_time = self.may_end.wait(PATIENCE) and self.in_time
        with self._lock:
            self._now -= 1
        return b""


@contextmanager
def asked(client: TestClient, *addresses: str) -> Iterator[list["Future[object]"]]:
    """Browsers that ask all at once, and wait."""
    with ThreadPoolExecutor(len(addresses)) as browsers:
        yield [browsers.submit(client.get, address) for address in addresses]


def test_many_faces_are_made_one_after_another_and_hold_up_no_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every set of characters is work for a second, and there is no end of sets."""
    blocked = Blocked()
    monkeypatch.setattr(faces, "_part", blocked)
    signs = [f"{ord(sign):x}" for sign in faces.rare("".join(map(chr, range(0x3400, 0x3400 + ALL))))]
    with asked(client, *(f"/faces/{sign}.otf" for sign in signs)) as answers:
        assert blocked.inside.acquire(timeout=PATIENCE)
        assert client.get("/desk").status_code == 200
        assert blocked.most == 1
        blocked.may_end.set()
    assert len(signs) == len(answers) == ALL
    assert blocked.most == 1
    assert blocked.in_time


def test_pages_that_wait_for_the_database_hold_up_no_voter(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the rest of the hall reads, and however long that takes, a sheet is given out and cast."""
    stage, client, codes = hall
    blocked = Blocked()
    monkeypatch.setattr(voting, "opened_polls", blocked)
    with asked(client, *["/check"] * ALL):
        for _ in range(THREADS):
            assert blocked.inside.acquire(timeout=PATIENCE)
        voter = Voter(client)
        voter.fill(codes[0], "++-")
        assert BOX in voter.cast()
        blocked.may_end.set()
    assert blocked.most == THREADS
    assert blocked.in_time
    assert len(stage.rows("sealed_ballots")) == 1
