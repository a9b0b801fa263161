"""
Pages that change by themselves: server-sent events, the same look at the database for everyone who looks on.

A process looks once a second, however many screens there are, and only while there are any. What is looked at is a
stamp (the head of a journal); what is shown is made anew only where that has changed, and is always the whole of it: a
browser that lost the server asks again, and is told everything.
"""

import asyncio
import contextlib
import json
import logging
import signal
from collections.abc import AsyncIterator, Callable, Hashable

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from federation.errors import FederationError
from federation.web.boundary import logged
from federation.web.site import Site

SECOND = 1.0
BEATS = 15.0
"""Seconds after which a browser hears of us even where nothing changed: a line that is dead is noticed."""
AGAIN = b"retry: 2000\n\n"
log = logging.getLogger("federation.web")


class Watch:
    """Something that is looked at for everyone who looks on."""

    def __init__(self, stamp: Callable[[], Hashable], made: Callable[[], str], every: float = SECOND) -> None:
        self._stamp, self._made, self._every = stamp, made, every
        self._seen: Hashable = None
        self._text, self._number, self._ended = "", 0, False
        self._changed = asyncio.Event()
        self._watchers = 0
        self._task: asyncio.Task[None] | None = None

    async def texts(self, beats: float = BEATS) -> AsyncIterator[str]:
        """What there is now and then whatever comes after it; empty where nothing has changed for a while."""
        self._watchers += 1
        if self._task is None:
            self._ended, self._task = False, asyncio.create_task(self._look_on())
        try:
            told = 0
            while not self._ended:
                changed = self._changed
                if self._number != told:
                    told = self._number
                    yield self._text
                    continue
                try:
                    async with asyncio.timeout(beats):
                        await changed.wait()
                except TimeoutError:
                    yield ""
        finally:
            self._watchers -= 1
            if not self._watchers and self._task:
                self._task.cancel()
                self._task = None

    async def _look_on(self) -> None:
        while not is_ending():
            try:
                await self._look()
            except FederationError:
                pass  # the database is away for a moment: what was shown stays
            except Exception as error:
                logged(error)
            await asyncio.sleep(self._every)
        self._ended = True
        self._wake()

    async def _look(self) -> None:
        if (stamp := await run_in_threadpool(self._stamp)) == self._seen and self._number:
            return
        text = await run_in_threadpool(self._made)
        self._seen = stamp
        if text != self._text or not self._number:
            self._text, self._number = text, self._number + 1
            self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def is_ending() -> bool:
    """
    True once the server was told to end: a stream would hold it up for as long as a screen hangs on the wall.

    The server puts its own handler behind the signal and has no other word for an application that is under way.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))


def watch(site: Site, key: Hashable, stamp: Callable[[], Hashable], made: Callable[[], str]) -> Watch:
    """The watch of this key in this process: begun by the first who asks."""
    found = site.kept.setdefault(("watch", key), Watch(stamp, made))
    assert isinstance(found, Watch)
    return found


def stream(watched: Watch) -> StreamingResponse:
    """What is watched as server-sent events."""
    return StreamingResponse(_events(watched), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(watched: Watch) -> AsyncIterator[bytes]:
    yield AGAIN
    async with contextlib.aclosing(watched.texts()) as texts:  # type: ignore[type-var]
        async for text in texts:
            yield f"data: {json.dumps(text, ensure_ascii=False)}\n\n".encode() if text else b":\n\n"
