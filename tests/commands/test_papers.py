"""`paper list`, `make`, `all`: what can be made now, and making it."""

import hashlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select

from federation import db
from federation.models import MadePaper
from tests import shell
from tests.services.stage import Stage, ready
from tests.shell import Run, answer

__all__ = ["ready"]


def at(stage: Stage) -> Run:
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


@pytest.fixture(autouse=True)
def _own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
        monkeypatch.delenv(name, raising=False)


def test_before_anything_there_is_no_paper(founded: Run) -> None:
    """And it says so."""
    assert founded("paper", "list", code=0).stdout == "现在还没有可做的文书\n"
    assert answer(founded("paper", "list", "--json", code=0)) == []
    founded("paper", "make", "ballot", code=3)


def test_a_paper_is_listed_with_what_it_is_about(ready: Stage) -> None:
    """Its id is what `paper make` wants; 现况 says that its facts may still change."""
    run = at(ready)
    rows = {row["short_id"]: row for row in answer(run("paper", "list", "--json", code=0))}
    assert rows["ballot-congress-members"]["kind"] == "ballot"
    assert not rows["ballot-congress-members"]["frozen"]
    assert "选票" in run("paper", "list", code=0).stdout


def test_a_paper_is_made_by_its_id_or_its_kind_and_again_with_the_same_bytes(ready: Stage) -> None:
    """Whole or not at all; where it is put may be said."""
    run = at(ready)
    run("paper", "make", "ballot-congress-members", "--out", "a.pdf", code=0)
    run("paper", "make", "ballot", "--dir", "papers", code=0)
    made = Path("a.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert Path("papers/ballot-congress-members.pdf").read_bytes() == made
    assert "ballot-congress-members" in run("paper", "make", "minutes-congress", code=3).stderr
    run("paper", "make", code=2)


def test_all_papers_are_those_listed(ready: Stage) -> None:
    """A file each."""
    run = at(ready)
    ready.announced(["++0"] * 9)
    listed = {row["short_id"] for row in answer(run("paper", "list", "--json", code=0))}
    made = answer(run("paper", "all", "--dir", "papers", "--json", code=0))
    assert {Path(row["file"]).stem for row in made} == {row["short_id"] for row in made} == listed
    assert all(row["registered"] for row in made)
    assert {path.stem for path in Path("papers").iterdir()} == listed
    assert {"tally_report-congress-members", "result_notice-congress"} <= listed


def test_a_paper_is_made_in_another_format_too(ready: Stage) -> None:
    """By option, or by what the file is called; a ballot only as it is printed."""
    run = at(ready)
    run("paper", "make", "sign_in_list", "--format", "csv", code=0)
    csv = Path("papers/sign_in_list-congress.csv").read_bytes()
    assert csv.startswith("\ufeff序号,姓名".encode())
    run("paper", "make", "sign_in_list", "--out", "签到册.xlsx", code=0)
    assert load_workbook("签到册.xlsx").active["A4"].value == 1
    run("paper", "make", "签到册", "--out", "签到册.txt", "--format", "md", code=0)
    assert Path("签到册.txt").read_text(encoding="utf-8").startswith("# ")
    assert "只有 PDF" in run("paper", "make", "ballot", "--format", "md", code=5).stderr
    assert not Path("papers/ballot-congress-members.md").exists()
    assert "csv" in run("paper", "make", "ballot", "--format", "doc", code=2).stderr


def test_all_papers_are_made_in_another_format_but_those_that_have_none(ready: Stage) -> None:
    """A ballot is only printed, and a CSV holds tables; which papers are left out is said, and why."""
    run = at(ready)
    ready.announced(["++0"] * 9)
    listed = {row["short_id"] for row in answer(run("paper", "list", "--json", code=0))}
    result = run("paper", "all", "--format", "md", "--dir", "文字", code=0)
    assert {path.name for path in Path("文字").iterdir()} == {f"{id}.md" for id in listed - {"ballot-congress-members"}}
    assert result.stderr == "未制作 ballot-congress-members：选票只有 PDF 一种格式\n"
    result = run("paper", "all", "--format", "csv", "--dir", "表格", "--json", code=0)
    assert {Path(row["file"]).suffix for row in answer(result)} == {".csv"}
    assert Path("表格/sign_in_list-congress.csv").exists()
    assert not Path("表格/minutes-congress.csv").exists()
    assert result.stderr == ""
    assert "csv" in run("paper", "all", "--format", "doc", code=2).stderr


def made(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return sorted(session.scalars(select(MadePaper.sha256)))


def test_what_was_made_is_registered_once_by_the_hash_of_its_bytes(ready: Stage) -> None:
    """Made again it is the same paper; in another format it is another file."""
    run = at(ready)
    for _ in range(2):
        run("paper", "make", "ballot", "sign_in_list", code=0)
    assert made(ready.engine) == sorted(
        hashlib.sha256(path.read_bytes()).hexdigest() for path in Path("papers").iterdir()
    )
    run("paper", "make", "sign_in_list", "--format", "csv", code=0)
    assert len(made(ready.engine)) == 3


def read_only(stage: Stage) -> str:
    """The same database, by a URL through which nobody can write to it."""
    url = stage.engine.url
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///file:{url.database}?mode=ro&uri=true"
    options = {"options": "-c default_transaction_read_only=on"}
    return url.update_query_dict(options).render_as_string(hide_password=False)


def test_a_database_that_cannot_be_written_makes_papers_all_the_same_and_says_so(ready: Stage) -> None:
    """Kept read-only after the archive, or on a disk that is full: the facts are there, so the paper is."""
    run = shell.runner(read_only(ready), ready.clock)
    result = run("paper", "make", "ballot", "--out", "选票.pdf", code=0)
    assert result.stdout == "已制作 选票.pdf\n"
    assert "未登记：数据库是只读的" in result.stderr
    assert Path("选票.pdf").read_bytes().startswith(b"%PDF")
    row = answer(run("paper", "make", "ballot", "--out", "选票.pdf", "--json", code=0))[0]
    assert (row["registered"], row["sha256"]) == (False, hashlib.sha256(Path("选票.pdf").read_bytes()).hexdigest())
    verdict = answer(run("paper", "verify", "选票.pdf", "--json", code=0))
    assert (verdict["verdict"], verdict["registered"], verdict["current"]) == ("unchanged", False, True)


def test_ballots_come_in_one_file_as_many_as_are_asked_for_and_all_alike(ready: Stage) -> None:
    """The file for the printer is not the paper of the archive, which stays one copy beside it."""
    run = at(ready)
    made = answer(run("paper", "make", "选票", "--copies", "150", "--json", code=0))
    assert [row["file"] for row in made] == ["papers/ballot-congress-members-x150.pdf"]
    with pdfium.PdfDocument(Path(made[0]["file"]).read_bytes()) as printed:
        assert len(printed) == 150
        texts = {page.get_textpage().get_text_range() for page in printed}
    assert len(texts) == 1
    run("paper", "make", "选票", "--copies", "0", code=2)
    run("paper", "make", "选票", "--copies", "10001", code=2)


def test_a_paper_that_cannot_be_put_where_it_was_asked_for_is_a_wrong_call(ready: Stage) -> None:
    """A folder, a file in the place of a folder, a name too long: each with what to do."""
    run = at(ready)
    Path("文件").write_bytes(b"x")
    Path("文件夹.pdf").mkdir()
    for place, said in (("文件夹.pdf", "是文件夹"), ("文件/a.pdf", "请换一个名称"), ("名" * 200 + ".pdf", "名太长")):
        shown = run("paper", "make", "ballot", "--out", place, code=2).stderr
        assert said in shown
        assert "，请" in shown
    assert "请换一个名称" in run("paper", "all", "--dir", "文件", code=2).stderr
    assert {path.name for path in Path().iterdir() if path.suffix == ".pdf"} == {"文件夹.pdf"}
