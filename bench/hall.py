"""
A hall that votes: a thousand delegates within a minute, and how many casts a second beside a bare skeleton.

    python bench/hall.py [DELEGATES] [--url postgresql://… --workers 4] [--seconds 60]

The server runs in a process of its own, by `federation serve`. Every delegate opens the page of her pass with its
style and script, reviews and casts, on a connection of her own; screens of the hall look on, where there is such a
page. Then 64 connections cast as fast as they are answered, in turn with bench/_bare.py, the same server and the same
database writing one durable row a request. The database given by `--url` must be empty.
"""

import argparse
import asyncio
import contextlib
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

import uvloop
from _hall import MARKS, Congress, bare, free_port, served

from federation import db
from federation.ballotbox.answers import Answer
from tests.web.crowd import FORM, Line, Voter

CONNECTIONS, ROUNDS, CASTS, SCREENS = 64, 3, 2000, 4
STATICS = ("base.css", "ballots.css", "codes.js", "ballots.js")
Times = dict[str, list[float]]


def main(delegates: int, url: str, workers: int, seconds: float) -> None:
    """Measure both, and print them."""
    with tempfile.TemporaryDirectory() as folder, db.disposed(db.engine_for(url or f"{folder}/hall.db")) as engine:
        db.upgrade(engine)
        congress = Congress.of(engine, delegates, Path(folder))
        asked = engine.url.render_as_string(hide_password=False)
        port = free_port()
        with served(asked, port, workers):
            told(uvloop.run(minute(congress, port, seconds)), delegates, seconds)
        compare(congress, asked, workers)


async def minute(congress: Congress, port: int, seconds: float) -> Times:
    """Every delegate votes, each at a moment of her own; what each kind of request took."""
    times: Times = defaultdict(list)
    chance, end = random.Random(2020), perf_counter() + seconds
    voters = [Voter(code, MARKS) for code in congress.codes]
    async with asyncio.TaskGroup() as hall:
        for voter in voters:
            hall.create_task(delegate(voter, port, chance.uniform(0, seconds), times))
        for _ in range(SCREENS):
            hall.create_task(screen(port, end))
    assert {voter.told for voter in voters} == {Answer.IN_BOX}
    assert len(congress.rows("sealed_ballots")) == len(voters)
    return times


async def delegate(voter: Voter, port: int, at: float, times: Times) -> None:
    """One voter from the link of her pass to the end screen."""
    await asyncio.sleep(at)
    line = Line(port)
    begun = perf_counter()
    await voter.opens(line)
    times["page"].append(perf_counter() - begun)
    begun = perf_counter()
    for name in STATICS:
        await line.ask("GET", f"/static/x/{name}")
    times["style and script"].append((perf_counter() - begun) / len(STATICS))
    begun = perf_counter()
    await voter.reviews(line)
    times["review"].append(perf_counter() - begun)
    begun = perf_counter()
    await voter.casts(line)
    times["cast"].append(perf_counter() - begun)
    line.close()


async def screen(port: int, end: float) -> None:
    """The hall's screen, where this program has one: its events are read until the minute is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /screen-live/congress HTTP/1.1\r\nhost: hall.test\r\n\r\n")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(end - perf_counter()):
            while await reader.read(65536):
                pass
    writer.close()


def told(times: Times, delegates: int, seconds: float) -> None:
    """Middle and 99th percentile of each kind, in milliseconds."""
    print(f"{delegates} delegates within {seconds:.0f} s")
    for kind, taken in times.items():
        last = statistics.quantiles(taken, n=100)[98]
        print(f"  {kind:16} {len(taken):6} p50 {statistics.median(taken) * 1e3:6.1f} ms  p99 {last * 1e3:6.1f} ms")


def compare(congress: Congress, url: str, workers: int) -> None:
    """Casts a second at so many connections, ours and the skeleton's in turn, and the ratio of the two."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    codes, form = congress.more_passes(CASTS), []
    for _ in range(ROUNDS):
        for name, server in (("ours", served), ("bare", bare)):
            congress.emptied()
            port = free_port()
            with server(url, port, workers):
                form = form or uvloop.run(empty_form(port))
                rates[name].append(uvloop.run(rate(port, [request(form, code) for code in codes])))
    ours, bare_ = (statistics.median(rates[name]) for name in ("ours", "bare"))
    for name, found in rates.items():
        print(f"  {name}: {' '.join(f'{each:.0f}' for each in found)} a second at {CONNECTIONS} connections")
    print(f"  ratio {ours / bare_:.2f}")


async def empty_form(port: int) -> list[tuple[str, str]]:
    voter, line = Voter("", MARKS), Line(port)
    await voter.opens(line)
    line.close()
    return voter.form


def request(form: Sequence[tuple[str, str]], code: str) -> bytes:
    """A cast, made ready to be sent."""
    fields = [(name, value) for name, value in form if name != "token"]
    body = urlencode([*fields, ("token", code), ("code", code), *MARKS, ("act", "cast")])
    return f"POST /v/members HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n{FORM}\r\n{body}".encode()


async def rate(port: int, requests: Sequence[bytes]) -> float:
    """Requests answered a second; the first few warm the server up."""
    await one_after_another(port, iter(requests[:50]))
    left, begun = iter(requests[50:]), perf_counter()
    await asyncio.gather(*(one_after_another(port, left) for _ in range(CONNECTIONS)))
    return (len(requests) - 50) / (perf_counter() - begun)


async def one_after_another(port: int, requests) -> None:  # type: ignore[no-untyped-def]
    line = Line(port)
    for each in requests:
        status, answer = await line.send(each)
        assert status == 200, status
        assert "你的票已在票箱".encode() in answer, answer.decode()
    line.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    options.add_argument("delegates", type=int, nargs="?", default=1000)
    options.add_argument("--url", default="")
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--seconds", type=float, default=60)
    main(**vars(options.parse_args()))
