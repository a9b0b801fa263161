"""`demo` as an officer types it: which folder it takes, what it leaves there, and that it is always the same."""

import fcntl
import hashlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, event

from federation.commands import federation

DEMO = ("demo", "--dir", "demo", "--delegates", "9")
COMMAND = [sys.executable, "-c", "from federation.commands import main; main()"]
LEFT = ["demo.json", "federation.db", "papers", "record-sealed.zip", "record.zip", "summary.json", "归档"]


def run(*args: str, code: int = 0) -> Result:
    """One command in the working directory."""
    result = CliRunner().invoke(federation, [*map(str, args)])
    assert result.exit_code == code, f"{args}: exit {result.exit_code}\n{result.stdout}{result.stderr}"
    return result


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and the moment it was last written."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def promised(folder: Path) -> dict[str, bytes]:
    """What is the same in every run: all but the database, whose keys are random."""
    return {name: data for name, (data, _) in contents(folder).items() if name != "federation.db"}


def table(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of nine delegates, complete; tests look at it and leave it as it is."""
    folder = tmp_path_factory.mktemp("played") / "demo"
    run("demo", "--dir", str(folder), "--delegates", "9")
    return folder


@pytest.fixture
def complete(played: Path, tmp_path: Path) -> Path:
    """A copy of it, under the name that is taken where none is given."""
    return Path(shutil.copytree(played, tmp_path / "demo"))


@pytest.fixture
def begun(complete: Path) -> Path:
    """The same, stopped before its papers were made."""
    for name in ("summary.json", "record.zip"):
        (complete / name).unlink()
    shutil.rmtree(complete / "papers")
    shutil.rmtree(complete / "归档")
    return complete


def test_a_demonstration_ends_in_the_archive(played: Path):
    """design.md section 6: database, papers, record, and a summary that says what came of it."""
    summary = table(played / "summary.json")
    assert sorted(os.listdir(played)) == LEFT
    assert summary["state"] == "archived"
    assert {office: len(names) for office, names in summary["elected"].items()} == {
        "执行委员会委员": 5,
        "主席": 1,
        "副主席": 1,
    }
    assert next(iter(summary["ledger"])) == "members"
    for figures in summary["ledger"].values():
        assert list(figures) == ["due", "present", "issued", "returned", "valid", "invalid"]
        assert figures["due"] >= figures["present"] >= figures["issued"] >= figures["returned"]
        assert figures["returned"] == figures["valid"] + figures["invalid"]


def test_the_summary_names_every_paper_with_its_hash(played: Path):
    """So that a copy can be compared by whoever has only the summary."""
    summary = table(played / "summary.json")
    made = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (played / "papers").iterdir()}
    assert summary["papers"] == made
    assert "result_notice-congress.pdf" in made
    assert summary["record"] == hashlib.sha256((played / "record.zip").read_bytes()).hexdigest()


def test_the_archive_holds_the_same_papers_numbered_and_their_index(played: Path):
    """A file each under a Chinese name, the index as number 00; nothing secret among them."""
    index, *filed = sorted((played / "归档").iterdir())
    assert index.name == "00-归档目录.pdf"
    assert [file.name[:2] for file in filed] == [f"{number:02}" for number in range(1, len(filed) + 1)]
    assert sorted(map(Path.read_bytes, filed)) == sorted(map(Path.read_bytes, (played / "papers").iterdir()))
    assert not [file.name for file in filed if "凭证" in file.name or "密钥" in file.name]


def test_the_summary_ends_the_journal(complete: Path):
    """The head in the summary is the hash of the journal's last line, and the chain holds."""
    database = ("--db", str(complete / "federation.db"))
    assert run(*database, "journal", "verify")
    lines = table_of(run(*database, "journal", "show", "--json"))
    assert lines[-1]["hash"] == table(complete / "summary.json")["journal_head"]
    run(*database, "db", "check")


def table_of(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_complete_demonstration_is_left_as_it_is(complete: Path):
    """It says so; no byte changes and no file is touched."""
    before = contents(complete)
    assert "已经完成，未作改动" in run(*DEMO).stdout
    assert contents(complete) == before


def test_a_note_beside_a_complete_demonstration_does_no_harm(complete: Path):
    """Nothing is going to be written, so nothing can be written over."""
    (complete / "读后.txt").write_text("很好", encoding="utf-8")
    assert "已经完成" in run(*DEMO).stdout


def test_a_demonstration_is_the_same_in_every_run(played: Path, tmp_path: Path):
    """In another folder and process, whatever the surroundings say of hashes, days, languages, fonts, templates."""
    (tmp_path / "fonts").mkdir()
    surroundings = {
        "PYTHONHASHSEED": "4711",
        "TZ": "America/Lima",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
        "FEDERATION_FONTS": str(tmp_path / "fonts"),
        "FEDERATION_TEMPLATES": str(tmp_path / "nowhere"),
        "FEDERATION_DATABASE_URL": "sqlite:///elsewhere.db",
        "FEDERATION_ACTOR": "别人",
    }
    subprocess.run(
        [*COMMAND, "demo", "--dir", "deep/in/here", "--delegates", "9"],
        cwd=tmp_path,
        env=os.environ | surroundings,
        check=True,
        capture_output=True,
    )
    assert promised(tmp_path / "deep/in/here") == promised(played)
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_begun_demonstration_is_carried_on(begun: Path, played: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is left of what was half-written; her own templates are out of sight meanwhile, and no longer."""
    monkeypatch.setenv("FEDERATION_TEMPLATES", "nowhere")
    (begun / ".summary.json.abcd1234").write_text("{")
    (begun / "papers").mkdir()
    (begun / "papers" / ".comment_table.pdf.abcd1234").write_text("%PDF")
    run(*DEMO)
    assert promised(begun) == promised(played)
    assert os.environ["FEDERATION_TEMPLATES"] == "nowhere"


def _other_seed(_folder: Path) -> tuple[str, ...]:
    return ("--seed", "2")


def _other_size(_folder: Path) -> tuple[str, ...]:
    return ("--delegates", "10")


def _other_version(folder: Path) -> tuple[str, ...]:
    mark = table(folder / "demo.json")
    (folder / "demo.json").write_text(json.dumps(mark | {"version": "0.0.1"}), encoding="utf-8")
    return ()


def _complete_and_other_version(folder: Path) -> tuple[str, ...]:
    (folder / "summary.json").write_text("{}")
    return _other_version(folder)


def _strange_file(folder: Path) -> tuple[str, ...]:
    (folder / "遗嘱.txt").write_text("重要", encoding="utf-8")
    return ()


def _strange_paper(folder: Path) -> tuple[str, ...]:
    (folder / "papers").mkdir()
    (folder / "papers" / "遗嘱.docx").write_bytes(b"PK")
    return ()


def _no_mark(folder: Path) -> tuple[str, ...]:
    (folder / "demo.json").unlink()
    return ()


def _mark_of_another_program(folder: Path) -> tuple[str, ...]:
    (folder / "demo.json").write_text("[1, 2]")
    return ()


def _mark_is_no_json(folder: Path) -> tuple[str, ...]:
    (folder / "demo.json").write_bytes(b"\xff\xfe{")
    return ()


def _lost_database(folder: Path) -> tuple[str, ...]:
    (folder / "federation.db").unlink()
    return ()


REFUSED = [
    _other_seed,
    _other_size,
    _other_version,
    _complete_and_other_version,
    _strange_file,
    _strange_paper,
    _no_mark,
    _mark_of_another_program,
    _mark_is_no_json,
    _lost_database,
]


@pytest.mark.parametrize("spoil", REFUSED, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_folder_that_is_not_this_demonstrations_is_refused(begun: Path, spoil: Any):
    """Exit 5 says what is there and what to do; no byte changes."""
    more = spoil(begun)
    before = contents(begun)
    refused = run(*DEMO, *more, code=5)
    assert "--dir" in refused.stderr
    assert f"不能在 {begun.name} 演示" in refused.stderr
    assert contents(begun) == before


def test_a_folder_with_somebodys_own_database_is_refused(tmp_path: Path):
    """`demo` may be a folder she works in."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "federation.db").write_bytes(b"")
    assert "federation.db" in run(*DEMO, code=5).stderr
    assert os.listdir(tmp_path / "demo") == ["federation.db"]


@pytest.mark.parametrize("where", ["letter.txt", "letter.txt/demo"])
def test_a_file_is_no_folder(tmp_path: Path, where: str):
    """Exit 2, and the file is as it was."""
    (tmp_path / "letter.txt").write_text("亲爱的")
    assert "letter.txt" in run("demo", "--dir", where, code=2).stderr
    assert (tmp_path / "letter.txt").read_text() == "亲爱的"


@pytest.mark.parametrize("delegates", ["8", "0", "-9", "3001"])
def test_a_size_that_no_example_has_is_a_usage_error(tmp_path: Path, delegates: str):
    """Nine to three thousand; exit 2, and no folder is made."""
    assert "9 到 3000" in run("demo", "--delegates", delegates, code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_two_do_not_play_in_one_folder_at_once(begun: Path):
    """The second is refused and changes nothing; the lock goes with the process that holds it."""
    before = contents(begun)
    holder = os.open(begun, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    try:
        assert "另一个窗口正在这里演示" in run(*DEMO, code=5).stderr
        assert contents(begun) == before
    finally:
        os.close(holder)


def test_a_demonstration_that_is_interrupted_says_how_to_go_on(begun: Path, played: Path):
    """Ctrl-C in the middle of the work, on a real signal."""

    def interrupt(_connection: object) -> None:
        signal.raise_signal(signal.SIGINT)

    event.listen(Engine, "commit", interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    try:
        assert "再运行一次即接着办" in run(*DEMO, code=2).stderr
    finally:
        signal.signal(signal.SIGINT, before)
        event.remove(Engine, "commit", interrupt)
    run(*DEMO)
    assert promised(begun) == promised(played)


@pytest.mark.parametrize("already", ["nothing", "begun"])
def test_a_full_disk(request: pytest.FixtureRequest, tmp_path: Path, already: str):
    """A limit on the size of files holds for root too: exit 6, and nothing half-made is left."""
    if already == "begun":
        request.getfixturevalue("begun")

    limited = ["sh", "-c", 'ulimit -f 32 && exec "$@"', "sh", *COMMAND, *DEMO]
    done = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 6, done.stderr
    assert "磁盘已满" in done.stderr
    assert not (tmp_path / "demo" / "summary.json").exists()
    assert list((tmp_path / "demo").rglob(".*")) == []


def test_progress_is_shown_on_a_terminal_and_nowhere_else(begun: Path, tmp_path: Path):
    """A bar for the scenes and one for the papers on a real pseudo-terminal; one line in a file."""
    pattern = shutil.copytree(begun, tmp_path / "pattern")
    reader, writer = pty.openpty()
    with subprocess.Popen([*COMMAND, *DEMO], cwd=tmp_path, stdout=writer, stdin=subprocess.DEVNULL) as process:
        os.close(writer)
        shown = _read_all(reader)
    os.close(reader)
    assert process.returncode == 0
    assert shown.count("100%") == 2
    assert "演示" in shown
    assert "文书" in shown
    shutil.rmtree(begun)
    pattern.rename(begun)
    piped = subprocess.run([*COMMAND, *DEMO], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (piped.returncode, piped.stderr) == (0, "")
    assert len(piped.stdout.splitlines()) == 1
    assert "演示完成" in piped.stdout


def _read_all(reader: int) -> str:
    shown = b""
    while True:
        try:
            part = os.read(reader, 4096)
        except OSError:  # the other end is closed: so Linux says it of a terminal
            part = b""
        if not part:
            return shown.decode()
        shown += part
