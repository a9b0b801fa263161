"""The frame: Chinese help, nothing loaded before it is needed, one error boundary."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from federation.commands import CONTENTS
from federation.services import status
from tests.shell import NAME, Run, answer

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Error|Try|Missing|Show this message|required|default|No such)\b")


def child(folder: Path, code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """A Python process of its own, in which nothing is loaded yet."""
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ))


def test_help_loads_neither_database_nor_paper(tmp_path: Path):
    """`--help` answers at once; asserted by what was imported, not by the clock."""
    code = """
import sys
from federation.commands import federation
try:
    federation.main(["--help"])
except SystemExit as end:
    heavy = {"sqlalchemy", "alembic", "reportlab", "jinja2", "openpyxl", "transitions", "psycopg", "rich", "fontTools"}
    heavy |= {"fastapi", "uvicorn", "starlette"}
    print(end.code, sorted(heavy & sys.modules.keys()), file=sys.stderr)
"""
    done = child(tmp_path, code)
    assert done.stderr.strip() == "0 []"
    assert "用法" in done.stdout


def test_the_front_door_answers(tmp_path: Path):
    """`federation` as it is installed: one smoke test in a process of its own."""
    code = "from federation.commands import main; main()"
    done = child(tmp_path, code, "init", "gaoxin", NAME, "--as", "王秘书")
    assert (done.returncode, done.stderr) == (0, "")
    assert "已建库" in done.stdout
    assert (tmp_path / "federation.db").is_file()
    assert child(tmp_path, code, "status").returncode == 0


def test_the_help_is_chinese_throughout(run: Run):
    """Every command of the table of contents is listed with its line."""
    shown = run("--help", code=0).stdout
    assert not ENGLISH.search(shown)
    for name, (_, text) in CONTENTS.items():
        assert re.search(rf"^\s+{name}\s+{re.escape(text[:8])}", shown, re.MULTILINE), name


def test_no_arguments_at_all_show_the_help(run: Run):
    """Rather than nothing."""
    result = run()
    assert result.exit_code in (0, 2)
    assert "用法" in result.output
    assert not ENGLISH.search(result.output)


def test_the_version_is_told(run: Run):
    """Which program wrote this."""
    assert re.match(r"federation \d+\.\d+", run("--version", code=0).stdout)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nirgends",), "没有命令 nirgends"),
        (("case",), "还要写明子命令|用法"),
        (("case", "nirgends"), "没有命令 nirgends"),
        (("status", "--nirgends"), "没有选项 --nirgends"),
        (("status", "--jsn"), "是不是 .*--json"),
        (("status", "--case"), "选项 --case 用法不对"),
        (("init",), "缺少参数 编号"),
        (("officer", "add", "李监票"), "缺少选项 --role"),
        (("found", "--term", "eins"), "选项 --term 的值不合要求：要写整数"),
        (("journal", "show", "--last", "0"), "超出范围"),
        (("init", "gaoxin", NAME, "--level", "galaxy"), "可选：.*village"),
        (("status", "gaoxin"), "多余|用法不对"),
    ],
)
def test_a_usage_error_is_chinese_and_exit_2(run: Run, args: tuple[str, ...], said: str):
    """Nobody is answered in English, and the way to the help is named."""
    result = run(*args, code=2)
    assert re.search(said, result.output), result.output
    assert not ENGLISH.search(result.output), result.output
    assert re.search(r"[\u4e00-\u9fff]", result.output)


def test_an_error_speaks_json_where_it_is_asked_to(founded: Run):
    """design.md, section 6; on stdout, and nothing on stderr."""
    result = founded("step", "settle_drafts", "--as", "王秘书", "--json", code=4)
    fault = answer(result)
    assert list(fault) == ["error", "findings"]
    assert list(fault["error"]) == ["code", "message"]
    assert fault["error"]["code"] == 4
    assert [list(finding) for finding in fault["findings"]] == [["problem", "clause", "remedy"]]
    assert result.stderr == ""


def test_a_usage_error_speaks_json_too(run: Run):
    """Programs read exit codes and this."""
    assert answer(run("status", "--nirgends", "--json", code=2))["error"]["code"] == 2


def test_our_own_fault_has_a_number_and_no_traceback(founded: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Exit 1: the number for the officer, the traceback in the log, which is for its owner's eyes."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("王芳投了反对票")

    monkeypatch.setattr(status, "of_federation", broken)
    result = founded("status", "--case", "founding-1", code=1)
    assert "Traceback" not in result.output
    assert "ZeroDivisionError" not in result.output
    assert "王芳" not in result.output
    [number] = re.findall(r"编号 ([0-9a-f]{8}) ", result.stderr)
    log = tmp_path / "state" / "federation" / "federation.log"
    assert f"reference {number}: status" in log.read_text()
    assert "ZeroDivisionError" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_our_own_fault_speaks_json_too(founded: Run, monkeypatch: pytest.MonkeyPatch):
    """Exit 1, the same shape."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(status, "of_federation", broken)
    assert answer(founded("status", "--json", code=1))["error"]["code"] == 1


def test_the_log_holds_no_password_and_no_name(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The words of a command are not written down: among them may be a name, a mark, an address with a password."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    monkeypatch.setattr(status, "of_federation", broken)
    run("status", "--case", "王芳", code=3)
    run("status", code=1)
    words = (tmp_path / "state" / "federation" / "federation.log").read_text()
    assert "reference" in words
    assert "--db" not in words.partition("Traceback")[0]
