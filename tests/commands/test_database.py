"""`db`, `backup`, `restore`, as typed. What they do is tested in tests/services/test_databases.py."""

from pathlib import Path

from federation.clock import SetClock
from tests.shell import Run, answer, runner


def test_the_newest_schema_is_not_upgraded_again(founded: Run):
    """已是最新."""
    assert "已是最新" in founded("db", "upgrade", "--as", "王秘书", code=0).stdout
    founded("db", "upgrade", code=2)


def test_a_check_says_what_was_looked_at(founded: Run):
    """With counts; as JSON too."""
    shown = founded("db", "check", code=0).stdout
    assert "数据库完好" in shown
    assert "3 个案件" in shown
    checked = answer(founded("db", "check", "--json", code=0))
    assert checked["cases"] == 3
    assert [chain["of"] for chain in checked["chains"]] == ["database", "gaoxin"]


def test_a_backup_comes_back(founded: Run, tmp_path: Path, clock: SetClock):
    """The status of the copy is that of the original."""
    made = answer(founded("backup", "b.zip", "--as", "王秘书", "--json", code=0))
    copy = runner(f"sqlite:///{tmp_path / 'copy.db'}", clock)
    brought = answer(copy("restore", "b.zip", "--as", "王秘书", "--json", code=0))
    assert brought == made
    assert copy("status", "--json", code=0).stdout == founded("status", "--json", code=0).stdout
    copy("step", "form_group", "--as", "王秘书", code=0)


def test_neither_writes_over_anything(founded: Run, tmp_path: Path, clock: SetClock):
    """Exit 5, and what is there stays."""
    founded("backup", "b.zip", "--as", "王秘书", code=0)
    before = (tmp_path / "b.zip").read_bytes()
    assert "已经存在" in founded("backup", "b.zip", "--as", "王秘书", code=5).stderr
    assert "不覆盖" in founded("restore", "b.zip", "--as", "王秘书", code=5).stderr
    assert (tmp_path / "b.zip").read_bytes() == before
    (tmp_path / "empty.db").touch()
    runner(f"sqlite:///{tmp_path / 'empty.db'}", clock)("restore", "b.zip", "--as", "王秘书", code=5)


def test_both_need_an_officer(founded: Run, tmp_path: Path, clock: SetClock):
    """Exit 2; for restoring she must be an officer of the database in the backup (exit 3)."""
    founded("backup", "b.zip", code=2)
    founded("backup", "b.zip", "--as", "王秘书", code=0)
    copy = runner(f"sqlite:///{tmp_path / 'copy.db'}", clock)
    copy("restore", "b.zip", code=2)
    copy("restore", "b.zip", "--as", "无名氏", code=3)
    assert list(tmp_path.glob("*copy.db*")) == []


def test_a_damaged_backup_is_refused_by_name(founded: Run, tmp_path: Path, clock: SetClock):
    """And leaves no database behind."""
    founded("backup", "b.zip", "--as", "王秘书", code=0)
    (tmp_path / "b.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:-10])
    copy = runner(f"sqlite:///{tmp_path / 'copy.db'}", clock)
    assert "b.zip" in copy("restore", "b.zip", "--as", "王秘书", code=5).stderr
    copy("restore", "nirgends.zip", "--as", "王秘书", code=2)
    assert list(tmp_path.glob("*copy.db*")) == []
