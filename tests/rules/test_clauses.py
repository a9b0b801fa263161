"""A charter as 章 and 条, and what changed between two versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.rules.clauses import Clause, numbering_findings, parse_document, redline, spans

CHARTER = """\
# 某园区妇女联合会章程

（征求意见稿）

## 第一章　总则
第一条　本会是妇女的群众组织。
第二条 本会的任务是：
（一）团结妇女；
（二）服务妇女。

## 第二章　组织
**第三条** 每届任期五年。
第四条：本会设主席一名。
第三条规定的任期从当选之日算起。
"""


def test_clauses_are_read_without_blank_lines_between_them() -> None:
    """Markdown would merge them into one paragraph; a charter typed in a hurry has no blank lines."""
    document = parse_document(CHARTER)
    assert document.title == "某园区妇女联合会章程"
    assert document.preamble == "（征求意见稿）"
    assert document.chapters == ("第一章 总则", "第二章 组织")
    assert [clause.label for clause in document.clauses] == ["第一条", "第二条", "第三条", "第四条"]
    tasks = "本会的任务是：\n（一）团结妇女；\n（二）服务妇女。"
    assert document.clauses[1] == Clause("第一章 总则", 2, "第二条", tasks)


def test_a_line_that_only_mentions_a_clause_opens_none() -> None:
    """第三条规定的… belongs to the clause it stands in."""
    assert parse_document(CHARTER).clauses[3].text == "本会设主席一名。\n第三条规定的任期从当选之日算起。"


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("第五条　正文", 5, "正文"),
        ("第五条 正文", 5, "正文"),
        ("第五条：正文", 5, "正文"),
        ("第五条正文", 5, "正文"),
        ("第 5 条 正文", 5, "正文"),
        ("### 第五条 正文", 5, "正文"),
        ("**第五条** 正文", 5, "正文"),
        ("- 第五条 正文", 5, "正文"),
        ("第一百零二条 正文", 102, "正文"),
        ("　　第十条　第三条所列各项除外。", 10, "第三条所列各项除外。"),
    ],
)
def test_the_ways_of_writing_a_clause(line: str, number: int, text: str) -> None:
    """Plain text and Markdown, numerals and figures."""
    clause = parse_document(f"标题\n{line}").clauses[0]
    assert (clause.number, clause.text) == (number, text)


@pytest.mark.parametrize(
    "line", ["第五条规定的任期", "第五条、第六条不适用。", "第五条第二款除外。", "依照第五条办理。", "第甲条 正文"]
)
def test_a_mention_of_a_clause_is_text(line: str) -> None:
    """Only a number, then the clause's own words, open a clause."""
    assert parse_document(f"标题\n第一条 正文\n{line}").clauses[0].text == f"正文\n{line}"


@pytest.mark.parametrize(
    ("labels", "problems"),
    [
        ("第一条 第二条 第三条", []),
        ("第一条 第三条", ["第三条之前缺第二条"]),
        ("第一条 第五条", ["第五条之前缺第二条至第四条"]),
        ("第一条 第二条 第二条 第三条", ["第二条重复，或排在更后的条款之后"]),
        ("第二条 第一条", ["第二条之前缺第一条", "第一条重复，或排在更后的条款之后"]),
        ("", ["没有找到“第一条”这样的条款"]),
    ],
)
def test_gaps_and_repetitions_in_the_numbering_are_found(labels: str, problems: list[str]) -> None:
    """Provisions and comments point at clauses by number: each must be there once."""
    document = parse_document("标题\n" + "\n".join(f"{label} 正文" for label in labels.split()))
    findings = list(numbering_findings(document, "章程"))
    assert [finding.problem for finding in findings] == problems
    assert all(finding.clause.startswith("章程") for finding in findings)


def test_an_empty_clause_is_found() -> None:
    """A clause without words is a slip of the copyist."""
    (finding,) = numbering_findings(parse_document("标题\n第一条\n第二条 正文"), "章程")
    assert (finding.problem, finding.clause) == ("第一条没有内容", "章程第一条")


def test_a_clause_is_found_by_its_label_in_words_or_figures() -> None:
    """Comments come with 第三条 or 第3条."""
    document = parse_document(CHARTER)
    assert document.find("第三条") == document.find("第3条") == document.clauses[2]
    assert document.find("第九条") is None
    assert document.find("序言") is None


def test_a_changed_clause_shows_the_characters_that_changed() -> None:
    """修改对照表: not the whole sentence, only 五 for 三."""
    (change,) = redline(parse_document(CHARTER), parse_document(CHARTER.replace("任期五年", "任期三年")))
    assert (change.kind, change.label) == ("changed", "第三条")
    assert [(span.kind, span.text) for span in change.spans] == [
        ("same", "每届任期"),
        ("removed", "五"),
        ("added", "三"),
        ("same", "年。"),
    ]


def test_an_inserted_clause_leaves_the_others_only_renumbered() -> None:
    """第三条 becomes 第四条 with the same words: that is no change of substance."""
    old = parse_document("标题\n第一条 甲乙丙丁\n第二条 戊己庚辛\n第三条 子丑寅卯")
    new = parse_document("标题\n第一条 甲乙丙丁\n第二条 天地玄黄\n第三条 戊己庚辛\n第四条 子丑寅卯")
    assert [(change.kind, change.label) for change in redline(old, new)] == [
        ("added", "第二条"),
        ("renumbered", "第三条"),
        ("renumbered", "第四条"),
    ]


def test_a_clause_put_elsewhere_with_the_same_words_is_neither_removed_nor_new() -> None:
    """第一条 moved behind 第三条: three new numbers, no word struck out."""
    old = parse_document("章程\n第一条 甲甲甲。\n第二条 乙乙乙。\n第三条 丙丙丙。")
    new = parse_document("章程\n第一条 乙乙乙。\n第二条 丙丙丙。\n第三条 甲甲甲。")
    changes = [(change.kind, change.old and change.old.label, change.label) for change in redline(old, new)]
    assert changes == [
        ("renumbered", "第二条", "第一条"),
        ("renumbered", "第三条", "第二条"),
        ("renumbered", "第一条", "第三条"),
    ]


def test_a_removed_clause_stands_at_its_old_place() -> None:
    """Its old label is its name."""
    old = parse_document("标题\n第一条 甲乙丙丁\n第二条 戊己庚辛\n第三条 子丑寅卯")
    new = parse_document("标题\n第一条 甲乙丙丁\n第二条 子丑寅卯")
    changes = redline(old, new)
    assert [(change.kind, change.label) for change in changes] == [("removed", "第二条"), ("renumbered", "第二条")]
    assert changes[0].new is None


def test_a_clause_put_in_the_place_of_another_is_no_change_of_it() -> None:
    """Where nothing is alike, a redline of scattered characters would say nothing."""
    old, new = (parse_document(numbered([text, "戊己"])) for text in ("甲乙丙丁", "天地玄黄"))
    assert [change.kind for change in redline(old, new)] == ["removed", "added"]


def test_the_title_and_what_precedes_the_clauses_are_compared_too() -> None:
    """The label 征求意见稿 is dropped on adoption, and the redline says so."""
    (change,) = redline(parse_document(CHARTER), parse_document(CHARTER.replace("（征求意见稿）\n", "")))
    assert (change.kind, change.label) == ("changed", "序言")


def test_equal_documents_differ_in_nothing() -> None:
    """Spacing and Markdown signs are no difference."""
    assert redline(parse_document(CHARTER), parse_document(CHARTER.replace("**", "").replace("　", " "))) == ()


WORDS = st.text("甲乙丙丁，。", max_size=12)


@given(WORDS, WORDS)
def test_spans_contain_both_versions_whole(old: str, new: str) -> None:
    """Leaving out what came gives the old text; leaving out what went gives the new one."""
    merged = spans(old, new)
    assert "".join(span.text for span in merged if span.kind != "added") == old
    assert "".join(span.text for span in merged if span.kind != "removed") == new


def numbered(texts: list[str]) -> str:
    return "标题\n" + "\n".join(f"第{number}条 {text}" for number, text in enumerate(texts, 1))


@given(st.lists(WORDS.filter(bool), max_size=6), st.lists(WORDS.filter(bool), max_size=6))
def test_every_clause_of_both_versions_is_accounted_for(old: list[str], new: list[str]) -> None:
    """Clauses old = kept + removed; clauses new = kept + added: none is lost, none is shown twice."""
    changes = redline(*(parse_document(numbered(texts)) for texts in (old, new)))
    removed, added = ([c for c in changes if c.kind == kind] for kind in ("removed", "added"))
    assert len(old) - len(removed) == len(new) - len(added)
    assert len({c.old.number for c in changes if c.old}) == sum(c.old is not None for c in changes)
