"""
A bare skeleton of casting: the same server, the same database, one durable row a request, commits shared.

    python bench/_bare.py URL PORT WORKERS

It takes a form's bytes unread, knows no pass and seals nothing: what casting costs is what it takes beyond this.
"""

import asyncio
import sys
import threading
import uuid
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import text
from uvicorn.supervisors import Multiprocess

from federation import db
from federation.web import serving
from federation.web.casts import MOST

ROW = b"x" * 300
INSERT = text("INSERT INTO bare (key, box) VALUES (:key, :box)")


def site(url: str) -> FastAPI:
    """The application: one address that writes a row."""
    engine = db.engine_for(url)
    waiting: SimpleQueue[Future[None]] = SimpleQueue()
    app = FastAPI(openapi_url=None, telemetry={"tracing": False, "metrics": False, "logs": False})

    def write() -> None:
        while True:
            batch = [waiting.get()]
            while len(batch) < MOST:
                try:
                    batch.append(waiting.get_nowait())
                except Empty:
                    break
            with engine.execution_options(writes=True).begin() as connection:
                connection.execute(INSERT, [{"key": uuid.uuid4().hex, "box": ROW} for _ in batch])
            for each in batch:
                each.set_result(None)

    @app.post("/v/members")
    async def cast(request: Request) -> Response:
        await request.body()
        done: Future[None] = Future()
        waiting.put(done)
        await asyncio.wrap_future(done)
        return Response("你的票已在票箱", media_type="text/plain")

    threading.Thread(target=write, daemon=True).start()
    return app


def main(url: str, port: int, workers: int) -> None:
    """Serve as `federation serve` does."""
    with db.disposed(db.engine_for(url)) as engine, engine.execution_options(writes=True).begin() as connection:
        kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
        connection.execute(text(f"CREATE TABLE IF NOT EXISTS bare (key VARCHAR(32) PRIMARY KEY, box {kind})"))
    listening = serving.listening(serving.Serving(url, port=port))
    config = uvicorn.Config(partial(site, url), factory=True, workers=workers, access_log=False, log_level="error")
    if workers > 1:
        Multiprocess(config, sockets=[listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
