"""
A crowd of voters before a real server: each with a form of her own, which she sends again until it is answered.

Plain HTTP over asyncio's streams: whoever stands in for a thousand phones must not be the slowest of them.
"""

import asyncio
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from federation.ballotbox.answers import Answer, text_of

_TOLD = {text_of(answer): answer for answer in Answer}
_LEAD = re.compile(r'<p class="lead">([^<]*)</p>')
_HIDDEN = re.compile(r'name="(list|token)" value="([^"]*)"')
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"set-cookie: ([^;\r]+)", re.IGNORECASE)
FORM = "content-type: application/x-www-form-urlencoded\r\n"


class Line:
    """One connection, kept open from one request to the next, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] = ()) -> tuple[int, str]:
        """Status and text of the answer; ConnectionError where the server went away, before or in the middle."""
        body = urlencode(fields)
        head = f"{method} {path} HTTP/1.1\r\nhost: hall.test\r\ncontent-length: {len(body)}\r\n{FORM}"
        head += f"cookie: {self.cookie}\r\n\r\n" if self.cookie else "\r\n"
        status, answer = await self.send(f"{head}{body}".encode())
        return status, answer.decode()

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """A request made ready beforehand, and its answer."""
        try:
            if self._writer is None or self._reader is None:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if given := _COOKIE.search(head):
                self.cookie = given[1].decode()
            return int(head[9:12]), await self._reader.readexactly(int(length[1]) if length else 0)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise ConnectionError from error

    def close(self) -> None:
        """The connection is given up; the next request makes another."""
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None


@dataclass
class Voter:
    """Somebody with a pass and a form, and what she was told last."""

    code: str
    marks: Sequence[tuple[str, str]]
    poll: str = "members"
    form: list[tuple[str, str]] = field(default_factory=list)
    told: Answer | None = None
    refused: int = 0
    """How often she was told that it does not go now."""

    async def opens(self, line: Line) -> None:
        """The page is before her: its form has a token of its own."""
        status, page = await line.ask("GET", f"/v/{self.poll}")
        if status == 503:
            self.told_to_wait(page)
            return
        assert status == 200, page
        self.form = [(name, html.unescape(value)) for name, value in _HIDDEN.findall(page)]

    async def reviews(self, line: Line) -> str:
        """What her paper counts as."""
        status, page = await line.ask("POST", f"/v/{self.poll}", self.filled("review"))
        assert status == 200, page
        return page

    async def casts(self, line: Line) -> None:
        """The button pressed once, and the answer read."""
        status, page = await line.ask("POST", f"/v/{self.poll}", self.filled("cast"))
        if status == 200:
            lead = _LEAD.search(page)
            assert lead, page
            self.told = _TOLD[lead[1]]
        else:
            assert status == 503, page
            self.told_to_wait(page)

    def told_to_wait(self, page: str) -> None:
        """Politely: that it does not go now, and what to do."""
        assert "数据库暂不可用" in page, page
        assert "再试" in page or "检查" in page, page
        self.refused += 1

    def filled(self, act: str) -> list[tuple[str, str]]:
        return [*self.form, ("code", self.code), *self.marks, ("act", act)]


async def vote(voters: Sequence[Voter], port: int, at_once: int = 8) -> None:
    """All of them, so many at a time, each pressing the button once; until all have, or the server is gone."""
    waiting = iter(voters)

    async def one_after_another() -> None:
        line = Line(port)
        try:
            for voter in waiting:
                if not voter.form:
                    await voter.opens(line)
                if voter.form:
                    await voter.casts(line)
        except ConnectionError:
            pass  # whoever was not answered presses it again, when there is a server again
        finally:
            line.close()

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
