"""`desk`: opened with a code shown once, listed without it, closed; and what `comments open` decides about the web."""

from pathlib import Path

from tests.halls import AT, convened
from tests.shell import Run, answer

OPEN = ("desk", "open", "签到台一", "--for", "check_in", "--until")


def test_a_desk_is_opened_listed_and_closed(founded: Run, tmp_path: Path) -> None:
    """Its code is in the answer to `open` and in no other."""
    convened(founded, tmp_path)
    facts = answer(founded(*OPEN, "18:00", *AT, "--json", code=0))
    assert (facts["officer"], facts["until"]) == ("王秘书", "2020-11-02 18:00")
    assert len(facts["code"].replace("-", "")) == 12
    listed = founded("desk", "list", "--meeting", "congress", code=0).stdout
    assert "签到台一" in listed
    assert facts["code"] not in listed + founded("journal", "show", code=0).stdout
    assert "已关闭" in founded("desk", "close", "签到台一", *AT, code=0).stdout
    assert "没有工作台" in founded("desk", "list", "--meeting", "congress", code=0).stdout
    assert "会场工作台（关闭）" in founded("journal", "show", code=0).stdout
    founded("desk", "close", "签到台一", *AT, code=3)


def test_a_desk_without_an_end_or_after_a_day_is_not_opened(founded: Run, tmp_path: Path) -> None:
    """2 for what cannot be read, 5 for what may not be."""
    convened(founded, tmp_path)
    founded(*OPEN, "傍晚", *AT, code=2)
    founded(*OPEN, "2020-11-04 09:00", *AT, code=5)
    founded("desk", "open", "录入台", "--for", "entry", "--until", "18:00", *AT, code=5)


def test_what_the_web_shows_of_comments_is_decided_with_whether_it_takes_any(founded: Run, tmp_path: Path) -> None:
    """One without the other would leave a silent default."""
    period = ("comments", "open", "--until", "2020-11-15", "--as", "王秘书")
    assert "一起写" in founded(*period, "--web", "named", code=2).stderr
    assert "一起写" in founded(*period, "--shows", "texts", code=2).stderr
    founded("step", "form_group", "--as", "王秘书", code=0)
    (tmp_path / "charter.md").write_text("# 章程\n\n第一条 示例。\n", encoding="utf-8")
    convened_drafts(founded, tmp_path)
    said = founded(*period, "--web", "named", "--shows", "texts", code=0).stdout
    assert "须写姓名或单位，公开意见内容" in said
    line = answer(founded("journal", "show", "--last", "1", "--json", code=0))[0]
    assert line["facts"] == {"until": "2020-11-15", "web": {"names": "named", "shows": "texts"}}


def convened_drafts(run: Run, folder: Path) -> None:
    """A charter and a method, each with a version."""
    from tests.halls import METHOD, PROSE

    (folder / "method.md").write_text(PROSE, encoding="utf-8")
    (folder / "method.toml").write_text(METHOD, encoding="utf-8")
    run("draft", "add", "charter", folder / "charter.md", "--as", "王秘书", code=0)
    run("draft", "add", "method", folder / "method.md", "--data", folder / "method.toml", "--as", "王秘书", code=0)
