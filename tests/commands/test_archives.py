"""`paper archive`: every paper in order in one folder, its index last."""

import hashlib
import re
from pathlib import Path

import pytest

from federation.commands.files import held
from federation.errors import Refused
from federation.facts.papers import PAPERS
from tests.commands.test_papers import at
from tests.documents.reading import page_count, text_of
from tests.services.stage import Stage, ready
from tests.shell import Run, answer

__all__ = ["ready"]


@pytest.fixture(autouse=True)
def _own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
        monkeypatch.delenv(name, raising=False)


def files(folder: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}


def test_the_archive_has_every_paper_numbered_and_an_index_of_pages_and_hashes(ready: Stage) -> None:
    """Number 00 is the index; it says of each file what the file is."""
    ready.announced(["++0"] * 9)
    run = at(ready)
    made = answer(run("paper", "archive", "--json", code=0))
    found = files("归档")
    assert [Path(name).name for name in made] == [*list(found)[1:], "00-归档目录.pdf"]
    listed = answer(run("paper", "list", "--json", code=0))
    assert len(found) == len(listed) + 1
    index = "".join(text_of(found.pop("00-归档目录.pdf")).split())
    for data in found.values():
        assert hashlib.sha256(data).hexdigest() in index
    assert f"以上共{len(found)}件，{sum(map(page_count, found.values()))}页" in index
    assert any("选举结果公告" in name for name in found)


def test_an_archive_made_again_is_the_same_to_the_last_byte(ready: Stage) -> None:
    """What a write that was stopped dead left behind is gone."""
    run = at(ready)
    run("paper", "archive", "--dir", "a", code=0)
    before = files("a")
    Path("a/.00-归档目录.pdf.abcd1234").write_bytes(b"%PDF")
    run("paper", "archive", "--dir", "a", code=0)
    assert files("a") == before


def test_a_folder_that_holds_anything_else_is_refused_and_left_alone(ready: Stage) -> None:
    """A scan of a signed paper is nobody's to write over, nor is a paper that has since another number."""
    run = at(ready)
    Path("a").mkdir()
    Path("a/扫描件.pdf").write_bytes(b"%PDF")
    assert "扫描件.pdf" in run("paper", "archive", "--dir", "a", code=5).stderr
    assert files("a") == {"扫描件.pdf": b"%PDF"}
    Path("b").write_bytes(b"")
    assert "不是文件夹" in run("paper", "archive", "--dir", "b", code=2).stderr
    assert "请核对路径" in run("paper", "archive", "--dir", "b/c", code=2).stderr
    run("paper", "archive", "--dir", "d", code=0)
    name, half = next(iter(files("d"))), "d/.00-归档目录.pdf.abcd1234"
    Path("d", name).unlink()
    Path("d", name).mkdir()
    Path(half).write_bytes(b"%PDF")
    assert name in run("paper", "archive", "--dir", "d", code=5).stderr
    assert Path(half).exists()


def test_two_do_not_archive_into_one_folder_at_once(ready: Stage) -> None:
    """Each would take the other's half-written files away; whoever comes second is told."""
    run = at(ready)
    Path("a").mkdir()
    with held(Path("a"), Refused("")):
        assert "另一个窗口正在这里归档" in run("paper", "archive", "--dir", "a", code=5).stderr
        assert files("a") == {}
    run("paper", "archive", "--dir", "a", code=0)


def test_an_archive_without_a_database_leaves_no_folder(run: Run) -> None:
    run("--db", "sqlite:///none.db", "paper", "archive", code=6)
    assert not Path("归档").exists()


def test_an_archive_is_made_from_templates_of_ones_own(ready: Stage) -> None:
    """As `paper make` makes them; the index has the hash of what lies there, and each is told to be of this case."""
    ready.announced(["++0"] * 9)
    run = at(ready)
    run("paper", "templates", "--copy", "我的模板", code=0)
    for name in ("sign_in_list", "archive_index"):
        file = Path(f"我的模板/documents/{name}.txt")
        file.write_text(file.read_text(encoding="utf-8") + "\n本会自定样式。\n", encoding="utf-8")
    made = answer(run("paper", "archive", "--templates", "我的模板", "--json", code=0))
    own = [file for file in made if "本会自定样式" in text_of(Path(file).read_bytes())]
    assert [("签到册" in own[0], "归档目录" in own[-1], len(own))] == [(True, True, 2)]
    index = "".join(text_of(Path(own[1]).read_bytes()).split())
    assert hashlib.sha256(Path(own[0]).read_bytes()).hexdigest() in index
    assert answer(run("paper", "verify", own[0], "--json", code=0))["registered"]
    assert "--copy" in run("paper", "archive", "--templates", "没有", code=2).stderr


def test_papers_are_listed_with_who_signs_them_and_offered_where_they_are_due(ready: Stage) -> None:
    """`status` names what is due in the present state, who signs it, and the command."""
    run = at(ready)
    rows = answer(run("paper", "list", "--json", code=0))
    assert {row["kind"]: row["signed_by"] for row in rows}["tally_sheet"] == PAPERS["tally_sheet"].signed_by
    ready.open(9).closed()
    assert "return_slip" not in run("status", code=0).stdout
    run("election", "returned", "--papers", 9, "--as", "赵监票", "--with", "孙监票", code=0)
    shown = run("status", code=0).stdout
    assert f"应出文书：收票报告单（{PAPERS['return_slip'].signed_by}）  → federation paper make return_slip\n" in shown
    run("paper", "make", "return_slip", code=0)


def test_whatever_is_in_the_archive_is_told_to_be_of_this_case(ready: Stage) -> None:
    """Every paper in it is registered as it is written, the index with them."""
    run = at(ready)
    ready.announced(["++0"] * 9)
    for file in answer(run("paper", "archive", "--dir", "归档", "--json", code=0)):
        found = answer(run("paper", "verify", file, "--json", code=0))
        assert (found["verdict"], found["registered"]) == ("unchanged", True)


_SPACED = re.compile(r"[\u4e00-\u9fff，。；：（）] \d|\d [\u4e00-\u9fff]")


def test_in_an_official_paper_no_space_stands_beside_a_figure(ready: Stage) -> None:
    """应到9人, as GB/T 9704-2012 prints it; the screen has 应到 9 人, which is easier to read there."""
    ready.announced(["++0"] * 9)
    run = at(ready)
    run("meeting", "adjourn", "--as", "王秘书", code=0)
    run("paper", "all", "--format", "md", code=0)
    papers = {file.name: file.read_text(encoding="utf-8") for file in Path("papers").glob("*.md")}
    assert "minutes-congress.md" in papers
    prose = [(name, line) for name, text in papers.items() for line in text.splitlines() if not line.startswith("|")]
    assert [(name, line) for name, line in prose if _SPACED.search(line)] == []
