"""The server's process: where it listens, what it speaks, how many workers it has, how it ends."""

import contextlib
import gc
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from federation import db
from federation.clock import SystemClock
from federation.errors import Finding, Misused, NotReady
from federation.web.app import create_app
from federation.web.site import Site

PATIENCE = 15
"""Seconds that the end of the server waits for answers under way."""
FILES = 65_536
"""Connections and files of one process, where the system allows so many."""
IDLE = 20
"""Seconds that a connection stays open without a request: long enough for a voter to go on to the next page."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What `federation serve` was asked for. It travels to the workers, so it holds nothing that is open."""

    url: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    tls_cert: Path | None = None
    tls_key: Path | None = None
    workers: int = 1

    @property
    def tls(self) -> bool:
        """True where the server itself speaks TLS."""
        return self.tls_cert is not None

    @property
    def address(self) -> str:
        """Where a browser on this machine or, for a name of its own, on another finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    @property
    def exposed(self) -> bool:
        """True where what passes between browser and server can be read on the way."""
        return not self.tls and not is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check(serving: Serving) -> None:
    """Refuse what could not be served, before anything listens."""
    if bool(serving.tls_cert) != bool(serving.tls_key):
        raise Misused("--tls-cert 和 --tls-key 要一起写")
    if serving.tls_cert and serving.tls_key:
        _must_fit(serving.tls_cert, serving.tls_key)
    with db.disposed(db.engine_for(serving.url)) as engine:
        db.must_be_current(engine)
        if serving.workers > 1 and engine.dialect.name == "sqlite":
            raise Misused("SQLite 只能用一个进程；要用多个进程（--workers），请改用 PostgreSQL")


def _must_fit(cert: Path, key: Path) -> None:
    for file in (cert, key):
        if not file.is_file():
            raise Misused(f"没有找到文件 {file}")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_no_password)
    except (ssl.SSLError, OSError, ValueError):
        raise Misused("证书与私钥读不了，或者不是一对；须是 PEM 格式，私钥不带密码") from None


def _no_password() -> str:
    raise ValueError("a key with a password would ask at the terminal, in every worker")


def site(serving: Serving) -> FastAPI:
    """The application of one worker; what is there by now stays, and is not looked through for garbage again."""
    app = create_app(Site(db.engine_for(serving.url), SystemClock(), serving.tls))
    gc.collect()
    gc.freeze()  # to look through it all would hold up a voter now and then
    return app


def run(serving: Serving, socket: socket.socket) -> None:
    """Serve until told to end. No line is logged for a request, and none names who asked."""
    _many_connections()
    config = uvicorn.Config(
        partial(site, serving),
        factory=True,
        host=serving.host,
        port=serving.port,
        workers=serving.workers,
        ssl_certfile=serving.tls_cert,
        ssl_keyfile=serving.tls_key,
        access_log=False,
        log_config=LOGGING,
        server_header=False,
        proxy_headers=False,  # whose address stands behind a proxy is nobody's business here
        lifespan="on",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=PATIENCE,
    )
    with contextlib.suppress(KeyboardInterrupt):  # raised once more after everything is closed
        if serving.workers > 1:
            Multiprocess(config, sockets=[socket]).run()
        else:
            uvicorn.Server(config).run(sockets=[socket])


def _many_connections() -> None:
    """
    As many connections as the system allows: a phone opens some, and keeps them for a while.

    A login's usual thousand files would be used up by a hall of that size, and then nobody else gets in.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows, where there is no such limit

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listening(serving: Serving) -> socket.socket:
    """The socket at the address asked for: from here on a browser is not turned away."""
    try:
        family = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)[0][0]
        found = socket.create_server((serving.host, serving.port), family=family, backlog=2048)
    except OSError:
        finding = Finding("端口被占用，或者这台机器没有这个地址", remedy="换一个 --port，或检查 --host")
        raise NotReady(f"不能在 {serving.address} 提供服务", [finding]) from None
    found.set_inheritable(True)
    return found


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "uvicorn": {"handlers": ["screen"], "level": "WARNING", "propagate": False},
        "federation.web": {"handlers": ["screen"], "level": "WARNING", "propagate": False},
    },
}
"""What goes wrong, to the screen; nothing of what goes right."""
