"""
A hall that votes: a thousand delegates within a minute, and how many casts a second beside a bare skeleton.

    python bench/hall.py [DELEGATES] [--url postgresql://… --workers 4] [--seconds 60]

The server runs in a process of its own, by `federation serve`. Every delegate opens the page of her pass with its style
and script, reviews and casts, on a connection of her own. Two desks find somebody and register that she goes or is
back, every two seconds each, and listen to the figures; screens of the hall look on. Then 64 connections cast as fast
as they are answered, in turn with bench/_bare.py, the same server and the same database writing one durable row a
request. The database given by `--url` must be empty.
"""

import argparse
import asyncio
import contextlib
import itertools
import random
import re
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

CONNECTIONS, ROUNDS, CASTS, SCREENS, DESKS = 64, 3, 2000, 4, 2
PAUSE = 2.0
"""Seconds from one person to the next at a desk."""
STATICS = ("base.css", "ballots.css", "ballots.js")
Times = dict[str, list[float]]


def main(delegates: int, url: str, workers: int, seconds: float) -> None:
    """Measure both, and print them."""
    with tempfile.TemporaryDirectory() as folder, db.disposed(db.engine_for(url or f"{folder}/hall.db")) as engine:
        db.upgrade(engine)
        congress = Congress.of(engine, delegates, Path(folder))
        codes = [congress.desk(f"签到台{number}") for number in range(1, DESKS + 1)]
        asked = engine.url.render_as_string(hide_password=False)
        port = free_port()
        with served(asked, port, workers):
            told(uvloop.run(minute(congress, codes, port, seconds)), delegates, seconds)
        compare(congress, asked, workers)


async def minute(congress: Congress, codes: Sequence[str], port: int, seconds: float) -> Times:
    """Every delegate votes, each at a moment of her own, while desks work; what each kind of request took."""
    times: Times = defaultdict(list)
    chance, end = random.Random(2020), perf_counter() + seconds
    voters = [Voter(code, MARKS) for code in congress.codes]
    async with asyncio.TaskGroup() as hall:
        for voter in voters:
            hall.create_task(delegate(voter, port, chance.uniform(0, seconds), times))
        for number, code in enumerate(codes, 1):
            hall.create_task(desk(code, str(number), port, end, times))
        screens = [hall.create_task(looked_on(Line(port), "/screen-live/congress", end)) for _ in range(SCREENS)]
    assert all(task.result() > seconds / PAUSE / 2 for task in screens)  # desks change what a screen shows
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


async def desk(code: str, number: str, port: int, end: float, times: Times) -> None:
    """A check-in desk: somebody is found, and goes or is back; the figures follow beside it."""
    line = Line(port)
    await line.ask("POST", "/desk", [("code", code)])
    live = Line(port)
    live.cookie = line.cookie
    async with asyncio.TaskGroup() as beside:
        beside.create_task(looked_on(live, "/desk/check-in/live", end))
        acts = itertools.cycle(["leave", "arrive"])
        while perf_counter() < end:
            begun = perf_counter()
            _, page = await line.ask("GET", f"/desk/check-in?q={number}")
            token = re.findall(r'name="form_token" value="([^"]*)"', page)[0]
            status, answer = await line.ask(
                "POST", "/desk/check-in", [("form_token", token), ("act", f"{next(acts)}:{number}")]
            )
            assert status == 200, answer
            times["desk"].append((perf_counter() - begun) / 2)
            await asyncio.sleep(PAUSE)
    line.close()


async def looked_on(line: Line, path: str, end: float) -> int:
    """A page that follows the hall, until the minute is over; how often it was told something."""
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(f"GET {path} HTTP/1.1\r\nhost: hall.test\r\ncookie: {line.cookie}\r\n\r\n".encode())
    events = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(end - perf_counter()):
            while heard := await reader.read(65536):
                events += heard.count(b"data: ")
    writer.close()
    return events


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
