"""The server killed while a hall votes: who was told that her ballot is in the box has it there, and nobody has two."""

import asyncio
import resource
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from federation import db
from federation.ballotbox.answers import Answer
from federation.clock import BEIJING, SetClock
from tests import postgres
from tests.databases import BOTH, disposed
from tests.faults.boxes import Throng, must_be_whole, unanswered
from tests.faults.dying import Kill, served
from tests.services.stage import LISTS, ONE, Stage, _stage
from tests.web.crowd import vote


@pytest.fixture(params=BOTH)
def throng(request: pytest.FixtureRequest) -> Iterator[Throng]:
    yield from _stage(request, "throng", ONE, LISTS, Throng)  # type: ignore[arg-type]


def url_of(stage: Stage) -> str:
    return stage.engine.url.render_as_string(hide_password=False)


def test_before_and_after_commits_and_started_again(throng: Throng) -> None:
    """
    A few points here, fifty random moments in `make soak`. Whoever had no answer presses the same button again: before
    the commit her ballot is put into the box now, after it she is told that it is there.
    """
    voters = throng.voting()
    for kill in (Kill("before", 1), Kill("after", 1), Kill("before", 3), Kill("after", 2)):
        before = must_be_whole(throng, voters)
        with served(url_of(throng), kill) as server:
            asyncio.run(vote(unanswered(voters)[:32], server.port))
            assert server.killed(), str(kill)
        found = must_be_whole(throng, voters)
        if kill == Kill("before", 1):
            assert found == before
        if kill == Kill("after", 1):
            assert found > before
    lost = must_be_whole(throng, voters) - sum(voter.told == Answer.IN_BOX for voter in voters)
    with served(url_of(throng)) as server:
        asyncio.run(vote(unanswered(voters), server.port))
    assert must_be_whole(throng, voters) == len(voters)
    assert lost > 0
    assert [voter.told for voter in voters].count(Answer.ALREADY) == lost
    throng.declared(15).unsealed()
    assert len(throng.rows("opened_ballots")) == len(voters)


@pytest.fixture
def own_server() -> Iterator[Path]:
    """The folder of a PostgreSQL server that may be killed; a short one, because a socket's path must be short."""
    folder = Path(tempfile.mkdtemp(prefix="federation-")).resolve()
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder)


@pytest.mark.postgresql
def test_with_postgresql_killed_under_the_server(own_server: Path, tmp_path: Path) -> None:
    """
    The pages stay: whoever meets the database dead is told that it does not go now, and later presses the same button.

    All of the database's processes are killed, so that nothing is written that was not.
    """
    url = postgres.started_durable(own_server)
    clock = SetClock(datetime(2020, 11, 2, 9, tzinfo=BEIJING))
    with disposed(url) as engine:
        db.upgrade(engine)
        throng = Throng.built(engine, clock, tmp_path, ONE, LISTS)
        voters = throng.voting()  # type: ignore[attr-defined]
        for kill in (Kill("before", 2), Kill("after", 2)):
            with served(url, replace(kill, database=own_server)) as server:
                asyncio.run(vote(unanswered(voters)[:32], server.port))
                refused = [voter for voter in unanswered(voters) if voter.refused]
                assert refused, str(kill)
                postgres.started_durable(own_server)
                engine.dispose()
                must_be_whole(throng, voters)
                asyncio.run(vote(refused, server.port))
                asyncio.run(vote(unanswered(refused), server.port))
                assert not unanswered(refused)
            must_be_whole(throng, voters)
        with served(url) as server:
            asyncio.run(vote(unanswered(voters), server.port))
        assert must_be_whole(throng, voters) == len(voters)


@pytest.mark.parametrize("throng", ["sqlite"], indirect=True)
def test_a_disk_that_is_full_in_the_middle_of_the_poll(throng: Throng) -> None:
    """Told that it does not go now, nothing torn; once there is room the same button casts. Holds for root too."""
    voters = throng.voting()
    log = db.database_file(throng.engine).with_name(f"{db.database_file(throng.engine).name}-wal")
    with served(url_of(throng)) as server:
        asyncio.run(vote(voters[:5], server.port))
        process = server.process.pid
        assert process
        room = log.stat().st_size + 20_000, resource.RLIM_INFINITY
        _, unlimited = resource.prlimit(process, resource.RLIMIT_FSIZE, room)
        asyncio.run(vote(voters[5:], server.port))
        refused = [voter for voter in voters if voter.refused]
        assert refused
        assert refused == unanswered(voters)
        assert must_be_whole(throng, voters) == len(voters) - len(refused)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        asyncio.run(vote(refused, server.port))
        assert {voter.told for voter in voters} == {Answer.IN_BOX}
    assert must_be_whole(throng, voters) == len(voters)
