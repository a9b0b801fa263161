from dataclasses import replace
from itertools import pairwise

import pytest

from federation import documents
from federation.documents import samples
from federation.documents.fonts import pip_fonts
from federation.documents.samples import drafts, elections, meetings, people, roll
from federation.facts.papers import Minutes, SignInList
from tests.documents.reading import MM, glyphs, lines, page_count, page_size, rules, text_of, written

WITHIN = 0.5 * MM


def minutes_of(text: str) -> Minutes:
    return replace(meetings.minutes(), items=(), opening=text)


@pytest.fixture(scope="module")
def full_pages() -> bytes:
    """Three pages filled with one paragraph of nothing but full characters."""
    return documents.render("minutes", minutes_of("田" * 1400), fonts=pip_fonts())


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return documents.render("minutes", meetings.minutes(), fonts=pip_fonts())


def test_a_full_page_has_22_lines_of_28_characters(full_pages: bytes):
    """GB/T 9704-2012, 5.2.3."""
    body = [line for line in lines(glyphs(full_pages, 1)) if "田" in written(line)]
    assert [written(line) for line in body] == ["田" * 28] * 22


def test_the_text_block_keeps_the_margins_of_the_standard(full_pages: bytes):
    """Top 37 mm, left 28 mm, block 156 x 225 mm (5.2.1, 5.2.2); an em square begins 0.88 em above the baseline."""
    body = [glyph for glyph in glyphs(full_pages, 1) if glyph.text == "田"]
    assert min(glyph.x for glyph in body) == pytest.approx(28 * MM, abs=WITHIN)
    assert max(glyph.x for glyph in body) + 15.75 == pytest.approx((28 + 156) * MM, abs=1.5)
    assert max(glyph.x for glyph in body) + 15.75 <= (28 + 156) * MM
    assert min(glyph.baseline for glyph in body) - 0.88 * 15.75 == pytest.approx(37 * MM, abs=WITHIN)
    foot = max(glyph.baseline for glyph in body) + 0.12 * 15.75
    assert (37 + 225 - 1.5) * MM <= foot <= (37 + 225) * MM


def test_a_paragraph_is_indented_by_two_characters(full_pages: bytes):
    first = next(line for line in lines(glyphs(full_pages, 0)) if "田" in written(line))
    assert written(first) == "田" * 26
    assert first[0].x == pytest.approx(28 * MM + 2 * 15.75, abs=0.1)


def test_body_type_is_the_size_that_fits_and_titles_are_22_points():
    notice = documents.render("result_notice", elections.result_notice(), fonts=pip_fonts())
    sizes = {written(line): line[0].size for line in lines(glyphs(notice, 0))}
    assert sizes["选举结果公告"] == pytest.approx(22)
    assert next(size for text, size in sizes.items() if text.endswith("代表大会于")) == pytest.approx(15.75)


def test_page_numbers_stand_7_mm_below_the_block_right_on_odd_and_left_on_even_pages(full_pages: bytes):
    """一字线上距版心下边缘 7 mm；单页码居右空一字，双页码居左空一字 (7.5), in 14 pt."""
    for page, number in ((0, "1"), (1, "2"), (2, "3")):
        line = next(line for line in lines(glyphs(full_pages, page)) if written(line) == f"—{number}—")
        assert {glyph.size for glyph in line} == {14}
        assert (line[0].top + line[0].bottom) / 2 == pytest.approx((37 + 225 + 7) * MM, abs=WITHIN)
        if page % 2 == 0:
            assert line[-1].right == pytest.approx((28 + 156) * MM - 14, abs=WITHIN + 1)
        else:
            assert line[0].left == pytest.approx(28 * MM + 14, abs=WITHIN + 1)


def test_the_red_mark_begins_35_mm_below_the_top_of_the_block(minutes: bytes):
    """7.2.4: its upper edge, so that of the ink."""
    mark = lines(glyphs(minutes, 0))[0]
    assert min(glyph.top for glyph in mark) == pytest.approx((37 + 35) * MM, abs=WITHIN)


def test_the_red_rule_is_as_wide_as_the_block_and_4_mm_below_the_number(minutes: bytes):
    """7.2.7."""
    left, top, right, bottom = max(rules(minutes, 0), key=lambda box: box[2] - box[0])
    number = next(line for line in lines(glyphs(minutes, 0)) if "〔2020〕" in written(line))
    assert (left, right) == pytest.approx((28 * MM, (28 + 156) * MM), abs=1.6)
    assert (top + bottom) / 2 - (number[0].baseline + 0.12 * 15.75) == pytest.approx(4 * MM, abs=WITHIN)


def test_names_present_are_whole_and_aligned_under_the_first(minutes: bytes):
    """10.3: 回行时与冒号后的首字对齐."""
    page = lines(glyphs(minutes, page_count(minutes) - 1))
    first = next(place for place, line in enumerate(page) if written(line).startswith("出席："))
    last = next(place for place, line in enumerate(page) if written(line).startswith("请假："))
    start = page[first][3].x
    assert page[first][0].x == pytest.approx(28 * MM + 2 * 15.75, abs=0.1)
    assert last - first > 2
    assert [line[0].x for line in page[first + 1 : last]] == pytest.approx([start] * (last - first - 1), abs=0.1)
    names = "".join(written(line) for line in page[first:last]).removeprefix("出席：").split("、")
    ends = [written(line).rstrip("、").split("、")[-1].removeprefix("出席：") for line in page[first:last]]
    assert set(ends) <= set(names)


@pytest.mark.parametrize("filler", range(20, 46))
def test_no_heading_stands_alone_at_the_foot_of_a_page(filler: int):
    """Whatever stands above it: the heading moves to the next page with its text."""
    facts = meetings.minutes(1)
    pdf = documents.render("minutes", replace(facts, opening="田" * (28 * filler - 2)), fonts=pip_fonts())
    for page in range(page_count(pdf)):
        body = [line for line in lines(glyphs(pdf, page)) if line[0].size == pytest.approx(15.75)]
        assert not written(body[-1]).startswith(("一、", "二、", "三、"))


@pytest.mark.parametrize("filler", range(12, 24))
def test_a_line_that_leads_in_a_list_stays_with_it(filler: int):
    facts = replace(elections.result_notice(), preamble="田" * (28 * filler - 3) + "：")
    pages = text_of(documents.render("result_notice", facts, fonts=pip_fonts())).split("\f\n")[:-1]
    assert not any(page.split("\n— ")[0].endswith("：") for page in pages)


@pytest.mark.parametrize("filler", range(10, 22))
def test_a_signature_never_stands_on_a_page_without_text(filler: int):
    facts = replace(elections.result_notice(), preamble="田" * (28 * filler - 2), elected=())
    pdf = documents.render("result_notice", facts, fonts=pip_fonts())
    page = next(page for page in text_of(pdf).split("\f\n") if "2020年11月2日" in page)
    assert page.startswith("田") or "选举结果公告" in page
    assert "现予公告" in page


@pytest.mark.parametrize("names", range(3, 12))
def test_nobody_signs_a_page_without_the_conclusion_and_the_figures(names: int):
    """However long the table is, what is signed stands beside the signatures."""
    rows = tuple(elections.result(name, place) for place, name in enumerate(people.NAMES[:names]))
    facts = replace(elections.tally_report(), results=rows, elected=people.NAMES[:names])
    pages = text_of(documents.render("tally_report", facts, fonts=pip_fonts())).split("\f\n")
    page = next(page for page in pages if "（监督甲）" in page)
    assert "应选名额已满，选举有效。" in page
    assert "应到150人，实到148人；发出选票148张，收回147张，有\n效145张，无效2张。" in page


def test_nobody_signs_as_a_chief_whom_the_meeting_did_not_name():
    """A line that nobody can sign is left out."""
    printed = text_of(documents.render("tally_report", elections.tally_report(), fonts=pip_fonts()))
    assert all(chief in printed for chief in ("总监票人", "总计票人"))
    facts = replace(elections.tally_report(), chief_scrutineer="", chief_teller="")
    printed = text_of(documents.render("tally_report", facts, fonts=pip_fonts()))
    assert not any(chief in printed for chief in ("总监票人", "总计票人"))


def test_the_head_of_a_table_comes_again_on_every_page():
    pdf = documents.render("sign_in_list", long_sign_in_list(60), fonts=pip_fonts())
    pages = text_of(pdf).split("\f\n")[:-1]
    assert len(pages) > 3
    assert all("序号" in page and "签名" in page for page in pages)


def long_sign_in_list(count: int) -> SignInList:
    facts = roll.sign_in_list()
    rows = tuple(replace(facts.rows[0], number=number) for number in range(1, count + 1))
    return replace(facts, rows=rows)


def test_every_row_of_a_long_table_is_printed_once():
    pdf = documents.render("sign_in_list", long_sign_in_list(60), fonts=pip_fonts())
    assert text_of(pdf).count("龚䶮") == 60


def test_a_comment_longer_than_a_page_goes_on_overleaf_and_loses_nothing():
    facts = drafts.comment_table()
    text = "".join(f"第{number}句。" for number in range(1, 400))
    row = replace(facts.rows[0], text=text)
    pdf = documents.render("comment_table", replace(facts, rows=(row,)), fonts=pip_fonts())
    assert page_count(pdf) > 2
    printed = text_of(pdf).replace("\n", "")
    assert all(f"第{number}句" in printed for number in (1, 100, 200, 300, 399))


def test_the_comment_table_lies_on_its_side():
    pdf = documents.render("comment_table", drafts.comment_table(), fonts=pip_fonts())
    assert page_size(pdf) == pytest.approx((297, 210), abs=0.1)


def test_a_ballot_is_a5_where_everything_fits_and_a4_where_not():
    few = documents.render("ballot", elections.ballot(), fonts=pip_fonts())
    many = documents.render("ballot", elections.large_ballot(), fonts=pip_fonts())
    assert page_size(few) == pytest.approx((148, 210), abs=0.1)
    assert page_size(many) == pytest.approx((210, 297), abs=0.1)
    assert page_count(few) == page_count(many) == 1


def test_a_ballot_too_long_for_one_side_goes_on_overleaf_with_its_headings():
    """Both sides say which they are: the same on every paper, so they tell no two apart."""
    facts = elections.large_ballot()
    names = tuple(name + unit for name in people.NAMES for unit in "东南西")
    pdf = documents.render(
        "ballot", replace(facts, contests=(elections.contest("代表", 100, names),)), fonts=pip_fonts()
    )
    first, second = text_of(pdf).split("\f\n")[:-1]
    assert second.startswith("符号 姓名")
    assert first.endswith("第 1 页，共 2 页\n")
    assert second.endswith("第 2 页，共 2 页\n")
    assert all(f"\n{name}" in first + second or f" {name}" in first + second for name in names)


def test_boxes_for_the_sign_are_large_enough_for_a_thick_pen():
    """The narrowest box on the fullest ballot: 18 x 11 mm."""
    pdf = documents.render("ballot", elections.large_ballot(), fonts=pip_fonts())
    upright = sorted({round(left + (right - left) / 2, 1) for left, _, right, _ in rules(pdf, 0) if right - left < 2})
    level = sorted({round(top, 1) for _, top, _, bottom in rules(pdf, 0) if bottom - top < 2})
    assert min(b - a for a, b in pairwise(upright)) == pytest.approx(18 * MM, abs=1)
    heights = [b - a for a, b in pairwise(level)]
    assert sum(height == pytest.approx(11 * MM, abs=1) for height in heights) == 12


def test_a_ballot_carries_no_code_and_no_number_that_tells_two_papers_apart():
    """domain.md section 3: a number or mark on the paper voids it."""
    plain = documents.render("ballot", elections.ballot(), fonts=pip_fonts())
    other = replace(elections.ballot(), head=replace(people.HEAD, check_code="f" * 64))
    assert documents.render("ballot", other, fonts=pip_fonts()) == plain
    assert "校验码" not in text_of(plain)


def test_other_papers_carry_the_check_code_on_every_page(minutes: bytes):
    pages = text_of(minutes).split("\f\n")[:-1]
    assert all(f"校验码：{people.CODE}" in page for page in pages)


def test_a_paper_of_the_demonstration_says_so_on_every_page():
    facts = replace(meetings.minutes(), head=replace(people.HEAD, specimen=True))
    pages = text_of(documents.render("minutes", facts, fonts=pip_fonts())).split("\f\n")[:-1]
    assert all("演示" in page for page in pages)
    assert "演示" not in text_of(documents.render("minutes", meetings.minutes(), fonts=pip_fonts()))


def test_nothing_is_printed_outside_the_page():
    for kind, facts in samples.SAMPLES.values():
        pdf = documents.render(kind, facts, fonts=pip_fonts())
        width, height = (side * MM for side in page_size(pdf))
        for page in range(page_count(pdf)):
            assert all(glyph.left > 8 * MM and glyph.right < width - 8 * MM for glyph in glyphs(pdf, page))
            assert all(glyph.top > 8 * MM and glyph.bottom < height - 8 * MM for glyph in glyphs(pdf, page))
