"""`paper templates`, `paper preview`: a secretary's own prose."""

from pathlib import Path

import pytest

from federation.documents import PAPERS
from federation.resources import built_in
from tests.documents.reading import text_of
from tests.services.stage import Stage, ready
from tests.shell import Run, answer

__all__ = ["ready"]


def at(stage: Stage) -> Run:
    from tests import shell

    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


@pytest.fixture(autouse=True)
def _own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
        monkeypatch.delenv(name, raising=False)


def copied(run: Run) -> Path:
    run("paper", "templates", "--copy", "我的模板", code=0)
    return Path("我的模板/documents")


def test_all_templates_are_copied_for_editing(run: Run) -> None:
    folder = copied(run)
    assert {path.name for path in folder.iterdir()} == {path.name for path in built_in("documents").glob("*.txt")}
    assert {f"{kind}.txt" for kind in PAPERS} == {path.name for path in folder.iterdir()}
    copied(run)  # a copy that nobody edited is no loss


def test_an_edited_template_is_never_written_over_unawares(run: Run) -> None:
    """It is named; only --overwrite takes it."""
    edited = copied(run) / "minutes.txt"
    edited.write_text("# 我的纪要", encoding="utf-8")
    said = run("paper", "templates", "--copy", "我的模板", code=5).stderr
    assert str(edited) in said
    assert "ballot.txt" not in said
    assert edited.read_text(encoding="utf-8") == "# 我的纪要"
    run("paper", "templates", "--copy", "我的模板", "--overwrite", code=0)
    assert edited.read_bytes() == (built_in("documents") / "minutes.txt").read_bytes()


def test_the_list_says_which_template_is_in_use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option or by setting, the option first; what is not in the folder is the program's own."""
    folder = copied(run)
    (folder / "minutes.txt").write_text("# 我的纪要", encoding="utf-8")
    (folder / "ballot.txt").unlink()

    def states(*options: str) -> dict[str, tuple[bool, bool]]:
        rows = answer(run("paper", "templates", "--json", *options, code=0))
        assert [row["kind"] for row in rows] == list(PAPERS)
        return {row["kind"]: (row["own"], row["edited"]) for row in rows}

    assert set(states().values()) == {(False, False)}
    expected = {"minutes": (True, True), "ballot": (False, False), "sign_in_list": (True, False)}
    assert expected.items() <= states("--templates", "我的模板").items()
    monkeypatch.setenv("FEDERATION_TEMPLATES", "我的模板")
    assert expected.items() <= states().items()
    assert "自己的，改过" in run("paper", "templates", code=0).stdout


@pytest.mark.parametrize("folder", ["没有", "."])
def test_a_folder_without_templates_is_a_wrong_call(run: Run, folder: str) -> None:
    assert "--copy" in run("paper", "templates", "--templates", folder, code=2).stderr
    assert "--copy" in run("paper", "preview", "minutes", "--out", "a.pdf", "--templates", folder, code=2).stderr


@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_can_be_previewed_before_there_is_anything(run: Run, kind: str, tmp_path: Path) -> None:
    """With facts that are made up, and say so across every page; no database is needed for it."""
    told = answer(run("--db", "sqlite:///none.db", "paper", "preview", kind, "--out", "样张.pdf", "--json", code=0))
    assert told == {"file": "样张.pdf", "kind": kind, "short_id": "", "sample": True}
    pages = text_of(Path("样张.pdf").read_bytes()).split("\f")[:-1]
    assert all("样本" in page for page in pages)
    assert not (tmp_path / "none.db").exists()


def test_a_preview_shows_the_edited_template_with_the_facts_of_the_case(ready: Stage) -> None:
    run = at(ready)
    template = copied(run) / "sign_in_list.txt"
    template.write_text("# 本会签到\n应到的有{{ due }}人。", encoding="utf-8")
    run("paper", "preview", "签到册", "--templates", "我的模板", "--out", "样张.pdf", code=0)
    text = text_of(Path("样张.pdf").read_bytes())
    assert "本会签到" in text
    assert "应到的有9人" in text
    assert "预览" in text
    run("paper", "preview", "sign_in_list-congress", "--out", "样张.pdf", code=0)
    assert "本会签到" not in text_of(Path("样张.pdf").read_bytes())
    run("paper", "preview", "sign_in_list", "--sample", "--out", "样张.pdf", code=0)
    assert "样本" in text_of(Path("样张.pdf").read_bytes())
    assert "虚构" in run("paper", "preview", "minutes", "--out", "样张.pdf", code=0).stdout
    run("paper", "preview", "海报", "--out", "样张.pdf", code=3)


def test_a_paper_is_made_from_a_template_of_ones_own(ready: Stage) -> None:
    """And a wrong name in it is refused with its line and the names there are."""
    run = at(ready)
    template = copied(run) / "sign_in_list.txt"
    template.write_text("# 本会签到\n应到的有{{ due }}人。", encoding="utf-8")
    run("paper", "make", "sign_in_list", "--templates", "我的模板", "--out", "a.pdf", code=0)
    assert "应到的有9人" in text_of(Path("a.pdf").read_bytes())
    run("paper", "all", "--templates", "我的模板", "--dir", "全部", code=0)
    assert "应到的有9人" in text_of(Path("全部/sign_in_list-congress.pdf").read_bytes())
    template.write_text("# 本会签到\n应到的有{{ dew }}人。", encoding="utf-8")
    said = run("paper", "make", "sign_in_list", "--templates", "我的模板", "--out", "b.pdf", code=5).stderr
    assert "第 2 行" in said
    assert "due、" in said
    assert not Path("b.pdf").exists()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("# 纪要\n{{ wrong }}", "第 2 行：没有名为“wrong”的事实"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "循环太多"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", "引用了自己"),
        ("{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}", "循环太多"),
        ('{% include "minutes.txt" %}', "引用了自己"),
        ("{% for i in range(99999) %}{{ '某某高新技术产业开发区妇女联合会第一次代表大会' }}\n{% endfor %}", "太长"),
        ("{% for i in range(100000000) %}甲{% endfor %}", "循环太多"),
        ("{{ '甲' * 3000000000 }}", "太大"),
        ("{{ 9 ** 9 ** 9 }}", "太大"),
        ("{{ ''.ljust(2000000000) }}", "不能这样使用"),
        ("{{ '' | center(2000000000) }}", "语法不对"),
        ("{{ [1, 2] | random }}", "语法不对"),
        ("{% if %}", "第 1 行：语法不对"),
    ],
)
def test_a_template_that_is_at_fault_is_refused_with_what_to_do(run: Run, template: str, said: str) -> None:
    """It comes to an end, too: nobody has to wait for a loop that has none, or lose what else is open."""
    file = copied(run) / "minutes.txt"
    file.write_text(template, encoding="utf-8")
    result = run("paper", "preview", "minutes", "--sample", "--templates", "我的模板", "--out", "a.pdf", code=5)
    assert said in result.stderr
    assert "文书模板 minutes.txt 有误" in result.stderr
    assert not Path("a.pdf").exists()


def test_a_template_that_cannot_be_read_is_refused_with_what_to_do(run: Run) -> None:
    """In another encoding, or a folder in its place."""
    file = copied(run) / "minutes.txt"
    file.write_bytes("# 纪要".encode("gb18030"))
    preview = ("paper", "preview", "minutes", "--sample", "--templates", "我的模板", "--out", "a.pdf")
    assert "另存为 UTF-8" in run(*preview, code=5).stderr
    file.unlink()
    file.mkdir()
    assert "读不了" in run(*preview, code=5).stderr
    assert str(file) in run("paper", "templates", "--copy", "我的模板", code=5).stderr


def test_templates_are_not_copied_into_a_file(run: Run) -> None:
    Path("文件").write_text("", encoding="utf-8")
    assert "写不了模板文件夹" in run("paper", "templates", "--copy", "文件", code=2).stderr
    run("paper", "templates", "--copy", "模板", code=0)
    (Path("模板") / "documents" / "minutes.txt").unlink()
    (Path("模板") / "documents" / "minutes.txt").mkdir()
    assert "换一个文件夹" in run("paper", "templates", "--copy", "模板", "--overwrite", code=2).stderr
