"""`federation serve`: what it refuses before it listens, what it warns of, and that it serves and ends."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from federation.web import serving
from tests.certificates import holder
from tests.shell import Run


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate and its key, as PEM files."""
    of = holder("localhost")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    cert.write_bytes(of.pem)
    key.write_bytes(of.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return cert, key


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[serving.Serving]:
    """What would be served, instead of serving it."""
    asked: list[serving.Serving] = []

    def run(serving: serving.Serving, listening: socket.socket) -> None:
        listening.close()
        asked.append(serving)

    monkeypatch.setattr(serving, "run", run)
    return asked


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_on_this_machine_alone_nothing_is_warned_of(founded: Run, served: list[serving.Serving], port: int) -> None:
    """What passes over the loopback nobody reads."""
    said = founded("serve", "--port", port, code=0).stderr
    assert f"会场网页已开通：http://127.0.0.1:{port}" in said
    assert "没有加密" not in said
    assert served[0].workers == 1


def test_plain_http_for_the_hall_is_served_with_a_warning(
    founded: Run, served: list[serving.Serving], port: int
) -> None:
    """Whoever is in the same network reads ballots and passes."""
    assert "没有加密" in founded("serve", "--host", "0.0.0.0", "--port", port, code=0).stderr
    assert served


def test_with_a_certificate_nothing_is_warned_of(
    founded: Run, served: list[serving.Serving], pair: tuple[Path, Path], port: int
) -> None:
    """Ballots travel encrypted."""
    cert, key = pair
    tls = ("--tls-cert", cert, "--tls-key", key)
    said = founded("serve", "--host", "0.0.0.0", "--port", port, *tls, code=0).stderr
    assert "https://" in said
    assert "没有加密" not in said
    assert served[0].tls


def test_a_certificate_without_its_key_is_refused(
    founded: Run, served: list[serving.Serving], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """Also one that is not there, and a key that is another's."""
    cert, key = pair
    founded("serve", "--tls-cert", cert, code=2)
    assert "没有找到文件" in founded("serve", "--tls-cert", cert, "--tls-key", tmp_path / "no", code=2).stderr
    assert "不是一对" in founded("serve", "--tls-cert", cert, "--tls-key", cert, code=2).stderr
    key.write_bytes(holder("other").key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert "不是一对" in founded("serve", "--tls-cert", cert, "--tls-key", key, code=2).stderr
    assert not served


def test_several_workers_want_postgresql(
    founded: Run, database_url: str, served: list[serving.Serving], port: int
) -> None:
    """SQLite has one writer; two processes of it would only wait for each other."""
    several = ("serve", "--workers", 3, "--port", port)
    if database_url.startswith("sqlite"):
        assert "PostgreSQL" in founded(*several, code=2).stderr
        assert not served
    else:
        founded(*several, code=0)
        assert served[0].workers == 3


def test_a_port_in_use_is_told(founded: Run, served: list[serving.Serving]) -> None:
    """With what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = founded("serve", "--port", taken.getsockname()[1], code=6).stderr
    assert "端口被占用" in said
    assert not served


def test_without_a_database_nothing_is_served(run: Run, served: list[serving.Serving], tmp_path: Path) -> None:
    """Only init, restore and demo create one."""
    assert "没有找到数据库" in run("serve", "--db", f"sqlite:///{tmp_path / 'none.db'}", code=6).stderr
    assert not served


def test_no_password_of_a_database_is_in_what_a_worker_is_told() -> None:
    """`repr` of what was asked for may stand in a fault."""
    assert "geheim" not in repr(serving.Serving("postgresql://user:geheim@host/db"))


@pytest.fixture
def child(database_url: str, port: int, pair: tuple[Path, Path]) -> Iterator[tuple[subprocess.Popen, int]]:
    """The server in a process of its own, over TLS, with two workers where the database lets it."""
    code = "from federation.commands import main; main()"
    workers = "1" if database_url.startswith("sqlite") else "2"
    words = ["serve", "--port", str(port), "--tls-cert", str(pair[0]), "--tls-key", str(pair[1]), "--workers", workers]
    command = [sys.executable, "-c", code, "--db", database_url, *words]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        yield process, port
        process.kill()


@pytest.mark.usefixtures("founded")
def test_it_serves_and_ends_when_it_is_told_to(child: tuple[subprocess.Popen, int], pair: tuple[Path, Path]) -> None:
    """One request over TLS, then the signal that a service manager sends; no address is in what it wrote."""
    process, port = child
    assert process.stderr is not None
    assert "已开通" in process.stderr.readline().decode()
    trusting = ssl.create_default_context(cafile=str(pair[0]))
    trusting.check_hostname = False
    with urllib.request.urlopen(f"https://127.0.0.1:{port}/", context=trusting, timeout=60) as answer:
        assert "现在没有正在进行的投票" in answer.read().decode()
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "server" not in answer.headers
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in said
    assert "127.0.0.1" not in said
