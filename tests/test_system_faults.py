"""No English of the operating system reaches a user: every refusal is worded by its number."""

import errno
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from federation.commands import federation
from federation.errors import Misused
from federation.services.secret_files import write_once
from federation.system_faults import cause, in_chinese

LATIN = re.compile(r"[A-Za-z]{2,}")
FEDERATION = Path(__file__).parent.parent / "federation"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "没有这个文件或文件夹，请核对路径"),
        (errno.EISDIR, "这是文件夹，不是文件，请写明其中的哪个文件"),
        (errno.EACCES, "没有读写的权限，请换一个有权限的位置"),
        (errno.ENOSPC, "磁盘已满，请腾出空间"),
    ],
)
def test_a_refusal_of_the_system_says_in_chinese_why_and_what_to_do(number: int, said: str) -> None:
    """The common ones by name."""
    assert in_chinese(OSError(number, os.strerror(number))) == said


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_number_of_the_system_is_left_in_english(number: int) -> None:
    """Also a rare one: then its number is told, for whoever has to look it up."""
    error = OSError(number, os.strerror(number))
    assert not LATIN.search(in_chinese(error))
    assert in_chinese(error).startswith(cause(error) + "，")


def test_a_fault_without_a_number_is_worded_too() -> None:
    """Such as one that a library raises itself."""
    assert not LATIN.search(in_chinese(OSError("something broke")))


def test_nothing_in_the_program_shows_the_words_of_the_system() -> None:
    """`strerror` is English on every machine; who needs it asks `system_faults`."""
    assert [file.name for file in FEDERATION.rglob("*.py") if "strerror" in file.read_text(encoding="utf-8")] == []


def test_a_secret_paper_that_cannot_be_written_is_refused_in_chinese(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(Misused, match="没有这个文件或文件夹，请核对路径") as refused:
        write_once(tmp_path / "无" / "凭证.pdf", b"")
    assert "No such" not in str(refused.value)


def test_a_file_that_cannot_be_written_at_all_is_a_wrong_call(tmp_path: Path) -> None:
    """A file stands where a folder should."""
    (tmp_path / "占用").touch()
    out = tmp_path / "占用" / "选举办法.toml"
    refused = CliRunner().invoke(federation, ["method", "new", "--preset", "county", "--out", str(out)])
    assert refused.exit_code == 2
    assert refused.stderr == f"写不了 {out}：已经有同名的文件或文件夹，请换一个名称\n"


def test_what_no_command_foresaw_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 6, in Chinese, from the one boundary."""

    def unplugged(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "选举办法.toml")

    monkeypatch.setattr("federation.commands.method.write_whole", unplugged)
    refused = CliRunner().invoke(federation, ["method", "new", "--preset", "county", "--out", "选举办法.toml"])
    assert refused.exit_code == 6
    assert refused.stderr == "读写 选举办法.toml 没有办成：磁盘或网络读写出错，请检查后再试\n"
