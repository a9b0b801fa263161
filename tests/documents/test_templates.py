from dataclasses import replace
from pathlib import Path

import pytest

from federation import documents
from federation.documents.fonts import pip_fonts
from federation.documents.markup import read, wrap
from federation.documents.prose import chinese_number, tight
from federation.documents.samples import elections, meetings
from federation.errors import NotFound, Refused
from federation.facts.papers import Minutes
from tests.documents.reading import text_of

HOSTILE = (
    "<b>&{{x}}", "# x", "@table", "@row a | b", "a|b", r"\\x", "{% if %}", "@page ballot", "@seal x | y", "{# x #}",
)  # fmt: skip


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The federation's own template of the minutes, to be written."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setenv("FEDERATION_TEMPLATES", str(tmp_path))
    return folder / "minutes.txt"


def minutes(facts: Minutes | None = None) -> str:
    return text_of(documents.render("minutes", facts or meetings.minutes(), fonts=pip_fonts()))


def refusal(template: Path, text: str) -> str:
    template.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        minutes()
    return str(refused.value)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_made_of_markup_is_printed_as_it_is(name: str):
    """On the ballot, in a table, in a list and in a paragraph: what a fact says is never obeyed."""
    ballot = elections.ballot()
    sheet = replace(ballot, title=name, contests=(replace(ballot.contests[0], candidates=("马甲一", name, "郑丁四")),))
    printed = text_of(documents.render("ballot", sheet, fonts=pip_fonts()))
    assert printed.startswith(name + "\n")
    assert printed.count(name) == 2
    report = replace(elections.tally_report(), results=(replace(elections.tally_report().results[0], name=name),))
    assert name.replace(" ", "") in text_of(documents.render("tally_report", report, fonts=pip_fonts())).replace(
        " ", ""
    ).replace("\n", "")
    paper = minutes(replace(meetings.minutes(), opening=name, present=(name, "赵甲一")))
    assert paper.count(name) == 2
    assert f"出席：{name}、赵甲一" in paper


def test_a_fact_of_several_lines_stays_a_fact():
    printed = minutes(replace(meetings.minutes(), opening="第一段\n# 第二段\n@space"))
    assert "第一段\n# 第二段\n@space\n" in printed
    assert "甲 @row 乙" in minutes(replace(meetings.minutes(), present=("甲\n@row 乙",)))


def test_a_bar_in_a_fact_divides_no_cell():
    script = read(f"@table 甲 1 | 乙 2 <\n@row {wrap('a|b')} | {wrap('c')}{wrap('d')}", "x.txt")
    assert script.blocks[0].rows == (("a|b", "cd"),)


def test_a_federation_may_write_its_own_template(template: Path):
    template.write_text("# {{ head.federation }}\n\\# 记要\n本次会议有 {{ items | length }} 个议题。", encoding="utf-8")
    printed = minutes()
    assert "# 记要" in printed
    assert "本次会议有 3 个议题。" in printed


def test_a_misspelt_fact_is_refused_with_its_line_and_the_facts_there_are(template: Path):
    said = refusal(template, "# 题\n正文\n{{ openning }}")
    assert "第 3 行" in said
    assert "openning" in said
    assert "opening、" in said
    assert "items[].heading" in said
    assert "head.day" in said


def test_a_misspelt_part_of_a_fact_is_refused_too(template: Path):
    said = refusal(template, "{% for item in items %}\n{{ item.titel }}\n{% endfor %}")
    assert "titel" in said
    assert "第 2 行" in said


@pytest.mark.parametrize(
    "text", ["{{ opening", "{% if %}", "{{ opening | no_such_filter }}", "{{ opening + 1 }}", "{{ 1 // 0 }}"]
)
def test_a_template_that_cannot_be_worked_is_refused(template: Path, text: str):
    assert "minutes.txt" in refusal(template, f"# 题\n{text}")


@pytest.mark.parametrize("text", ["{{ head.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ items.__len__() }}"])
def test_a_template_reaches_nothing_but_the_facts(template: Path, text: str):
    """A template may come from elsewhere; it prints, and does nothing else."""
    assert "minutes.txt" in refusal(template, text)


def test_a_template_in_another_encoding_is_refused(template: Path):
    template.write_bytes("# 会议纪要".encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        minutes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@tabel 甲 1", "@table"),
        ("#题", "没有"),
        ("@row 甲", "@row 之前须有 @table"),
        ("@table 甲 1 | 乙 1\n@row 甲", "表有 2 列，此行有 1 格"),
        ("@table 甲", "所占宽度"),
        ("正文\n@page landscape", "第一行"),
        ("@page a3", "official"),
        ("@seal 甲", "各一"),
        ("@blank 2", "@choices"),
        ("@strokes 25 | 赞成", "1 到 24"),
        ("@strokes 20", "各种意见"),
    ],
)
def test_faulty_markup_is_refused_with_what_would_be_right(template: Path, text: str, said: str):
    assert said in refusal(template, text)


def test_all_faulty_lines_are_named_at_once(template: Path):
    said = refusal(template, "@one\n@two\n正文")
    assert "@one" in said
    assert "@two" in said


def test_a_kind_of_paper_that_is_not_there_is_not_found():
    with pytest.raises(NotFound, match="ballot（选票）"):
        documents.render("poster", meetings.minutes())


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_headings_are_numbered_in_chinese(number: int, written: str):
    assert chinese_number(number) == written


def test_spaces_around_figures_go_and_all_others_stay():
    assert tight("应到 150 人，需 2/3 of due") == "应到150人，需2/3 of due"
