"""Rendered pages measured: what GB/T 9704-2012 asks of a red head, of headings, of the foot of a page and of 版记."""

import re
from dataclasses import replace

import pytest

from federation import documents
from federation.documents.compose import compose
from federation.documents.fonts import pip_fonts
from federation.documents.furniture import Furniture
from federation.documents.linebreak import CLOSING, OPENING
from federation.documents.markup import read
from federation.documents.pdf import Properties, draw
from federation.documents.samples import SAMPLES, drafts, elections, meetings, people
from federation.errors import Refused
from tests.documents.reading import MM, codes_on, face_of, glyphs, lines, page_count, rules, text_of, written
from tests.documents.test_secret_papers import overlap

WITHIN = 0.5 * MM
LEFT, RIGHT, TOP, FOOT = 28 * MM, (28 + 156) * MM, 37 * MM, (37 + 225) * MM


def page_of(source: str) -> bytes:
    """A paper from a template's output."""
    return draw(compose(read(source, "x.txt"), pip_fonts(), Furniture()), Properties("试", "试"))


@pytest.fixture(scope="module")
def red() -> bytes:
    return documents.render("result_notice", elections.red_headed_notice(), fonts=pip_fonts())


def wide(pdf: bytes, number: int) -> list[tuple[float, float, float, float]]:
    """The rules across a page from top to bottom: left end, height, right end, thickness."""
    boxes = sorted((box for box in rules(pdf, number) if box[2] - box[0] > 100 * MM), key=lambda box: box[1])
    thick = [(bottom - top) / 2 for _, top, _, bottom in boxes]  # a box is as much wider on every side
    return [
        (left + by, (top + bottom) / 2, right - by, by)
        for (left, top, right, bottom), by in zip(boxes, thick, strict=True)
    ]


def test_a_red_head_stands_where_the_standard_puts_it(red: bytes):
    """7.2.4, 7.2.5, 7.2.7: mark 35 mm below the top of the block, centred; number, red rule 4 mm below it."""
    mark, _, number, *_ = lines(glyphs(red, 0))
    assert min(glyph.top for glyph in mark) == pytest.approx(TOP + 35 * MM, abs=WITHIN)
    for line in (mark, number):
        assert (line[0].left + line[-1].right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=WITHIN)
    assert written(number) == "高新妇联〔2020〕1号"
    ((left, height, right, _),) = wide(red, 0)
    assert (left, right) == pytest.approx((LEFT, RIGHT), abs=WITHIN)
    assert height - (number[0].baseline + 0.12 * 15.75) == pytest.approx(4 * MM, abs=WITHIN)


def test_the_title_stands_two_lines_below_the_red_rule_in_22_points(red: bytes):
    """7.3.1: 2 号小标宋体字, 红色分隔线下空二行; an em square begins 0.88 em above the baseline."""
    title = next(line for line in lines(glyphs(red, 0)) if line[0].size == pytest.approx(22))
    ((_, height, _, _),) = wide(red, 0)
    assert title[0].baseline - 0.88 * 22 - height == pytest.approx(2 * 29.5, abs=WITHIN)
    assert (title[0].x + title[-1].x + 22) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=WITHIN)


def test_without_a_letterhead_nothing_on_the_paper_is_red():
    plain = documents.render("result_notice", elections.result_notice(), fonts=pip_fonts())
    assert wide(plain, 0) == []
    assert "文件" not in text_of(plain)


RED = (
    "congress_request_red",
    "congress_request_unnumbered",
    "comment_notice_red",
    "meeting_notice_red",
    "result_report",
)


@pytest.mark.parametrize("name", RED)
def test_every_paper_with_a_number_has_a_red_head_where_its_body_has_one_and_nowhere_else(name: str):
    """Mark, red rule and 版记 come with the letterhead and go with it; the number is printed either way."""
    kind, facts = SAMPLES[name]
    red = documents.render(kind, facts, fonts=pip_fonts())
    bare = replace(facts, head=replace(facts.head, letterhead=""))
    plain = documents.render(kind, bare, fonts=pip_fonts())
    assert len(wide(red, 0)) == 1
    assert "文件" in text_of(red)
    assert f"{facts.head.day.year}年{facts.head.day.month}月{facts.head.day.day}日印发" in text_of(red)
    assert wide(plain, 0) == []
    assert re.findall("文件|签发人|日印发", text_of(plain)) == []
    assert all(facts.number in text_of(pdf) for pdf in (red, plain))


def test_on_a_paper_that_goes_up_the_number_stands_left_and_the_signer_right():
    """7.2.5, 7.2.6: each one character in; the name is written in by hand."""
    kind, facts = SAMPLES["congress_request_red"]
    line = next(
        line for line in lines(glyphs(documents.render(kind, facts, fonts=pip_fonts()), 0)) if "签发人" in written(line)
    )
    assert written(line) == "高新妇筹〔2020〕1号签发人："
    assert line[0].x == pytest.approx(LEFT + 15.75, abs=WITHIN)
    assert line[-1].x + 5 * 15.75 + 15.75 == pytest.approx(RIGHT, abs=WITHIN)


def test_the_imprint_stands_on_the_foot_of_the_last_page():
    """7.4: rules as wide as the block, 0.35 mm first and last, 0.25 mm between; the last on the foot of the block."""
    copied = "某某市妇女联合会，某某高新技术产业开发区党工委，" * 3 + "各有关单位。"
    pdf = page_of(f"田禾\n@imprint {copied} | 某某妇女联合会办公室 | 2020年11月2日")
    found = wide(pdf, 0)
    assert [rule[3] for rule in found] == pytest.approx([0.35 * MM, 0.25 * MM, 0.35 * MM], abs=0.02)
    assert found[-1][1] == pytest.approx(FOOT, abs=WITHIN)
    assert all((left, right) == pytest.approx((LEFT, RIGHT), abs=WITHIN) for left, _, right, _ in found)
    small = [line for line in lines(glyphs(pdf, 0)) if line[0].size == pytest.approx(14)]
    first, second, *_, last = (line for line in small if "—" not in written(line))
    assert written(first).startswith("抄送：某某市")
    assert first[0].x == pytest.approx(LEFT + 14, abs=0.1)
    assert second[0].x == pytest.approx(LEFT + 14 + 3 * 14, abs=0.1)
    assert written(last) == "某某妇女联合会办公室2020年11月2日印发"
    assert last[0].x == pytest.approx(LEFT + 14, abs=0.1)
    assert last[-1].x + 14 == pytest.approx(RIGHT - 14, abs=0.1)


def test_an_imprint_without_copies_has_two_rules(red: bytes):
    last = page_count(red) - 1
    assert [rule[3] for rule in wide(red, last)] == pytest.approx([0.35 * MM] * 2, abs=0.02)


def test_an_imprint_that_finds_no_room_goes_to_the_foot_of_another_page():
    pdf = page_of("田" * (28 * 22 - 2) + "\n@imprint | 某某妇女联合会 | 2020年11月2日")
    assert page_count(pdf) == 2
    assert wide(pdf, 1)[-1][1] == pytest.approx(FOOT, abs=WITHIN)


def test_each_level_of_heading_has_its_face():
    """7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋; pip has 黑体 and one face for the others."""
    pdf = page_of("一、议程\n（一）报到\n1. 上午\n（1）签到\n正文")
    assert face_of(pdf, 0, "一、议程") == {"NotoSansSC-Regular"}
    assert all(face_of(pdf, 0, text) == {"NotoSerifSC-Regular"} for text in ("（一）报到", "1. 上午", "（1）签到"))
    heads = [line[0].x for line in lines(glyphs(pdf, 0))[:-1]]
    assert heads == pytest.approx([LEFT + 2 * 15.75] * 5, abs=0.1)


def test_a_landscape_page_keeps_its_block_and_its_number():
    """The sheet turned with its head at the binding edge: 28 mm above, 35 mm at the left, 225 x 156 mm."""
    pdf = documents.render("comment_table", drafts.comment_table(), fonts=pip_fonts())
    uprights = {round(left, 1) for left, _, right, _ in rules(pdf, 0) if right - left < 2}
    assert min(uprights) == pytest.approx(35 * MM, abs=1)
    assert max(uprights) <= (35 + 225) * MM
    title = lines(glyphs(pdf, 0))[0]
    assert title[0].baseline - 0.88 * 22 == pytest.approx(28 * MM, abs=WITHIN)
    number = next(line for line in lines(glyphs(pdf, 0)) if written(line) == "—1—")
    assert (number[0].top + number[0].bottom) / 2 == pytest.approx((28 + 156 + 7) * MM, abs=WITHIN)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_line_of_any_paper_begins_with_a_full_stop_or_ends_with_an_opening_mark(name: str):
    kind, facts = SAMPLES[name]
    pdf = documents.render(kind, facts, fonts=pip_fonts())
    for page in text_of(pdf).split("\f\n"):
        found = [line for line in page.split("\n") if line and not line.startswith("—")]
        assert not [line for line in found if line[0] in CLOSING - {"…", "·"}]
        assert not [line for line in found if line[-1] in OPENING]


CODED = ["minutes", "comment_table", "tally_report", "result_notice_red"]


@pytest.mark.parametrize("name", CODED)
def test_a_phone_reads_the_check_code_from_every_page(name: str):
    """At 150 dots to the inch, as a phone sees a print at arm's length."""
    kind, facts = SAMPLES[name]
    for found in codes_on(documents.render(kind, facts, fonts=pip_fonts())):
        assert [code[0] for code in found] == [people.CODE]


@pytest.mark.parametrize("name", CODED)
def test_nothing_is_printed_on_the_qr_code_or_its_white_border(name: str):
    """Neither page number nor 版记 nor a row of a table: four modules around it stay white (ISO/IEC 18004)."""
    kind, facts = SAMPLES[name]
    pdf = documents.render(kind, facts, fonts=pip_fonts())
    for number, ((_, left, top, right, bottom),) in enumerate(codes_on(pdf)):
        border = 4 * (right - left) / 37
        boxes = [(glyph.left, glyph.top, glyph.right, glyph.bottom) for glyph in glyphs(pdf, number)]
        drawn = [box for box in rules(pdf, number) if not (left - 1 <= box[0] <= right and top - 1 <= box[1] <= bottom)]
        zone = (left - border, top - border, right + border, bottom + border)
        assert [box for box in [*boxes, *drawn] if overlap(zone, box)] == []


def test_a_paper_without_a_check_code_has_no_qr_code():
    facts = replace(meetings.minutes(), head=replace(people.HEAD, check_code=""))
    assert codes_on(documents.render("minutes", facts, fonts=pip_fonts())) == [[], [], []]


def test_an_imprint_with_a_wrong_number_of_cells_is_refused():
    with pytest.raises(Refused, match="抄送机关、印发机关和印发日期"):
        page_of("@imprint 甲 | 乙")
