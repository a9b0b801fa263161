import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, islice
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest
import zxingcpp

from federation import documents
from federation.ballotbox.passes import new_pile, shown, shown_check
from federation.ballotbox.shares import numbered, split
from federation.documents import secret_papers, slips
from federation.documents.fonts import pip_fonts
from federation.documents.marks import Mark, Rule, Squares, Text
from federation.documents.samples.people import FEDERATION, MEETING
from federation.documents.slips import DEPTH, HEIGHT, TEAR, WIDTH, Strips
from federation.documents.typist import ASCENT, Typist
from federation.errors import Refused
from federation.facts.secret_papers import KeyLetter, PassSheet, PassSlip
from tests.documents import goldens
from tests.documents.reading import Glyph, glyphs, lines, page_count, rules, text_of, written

PAGE = "https://vote.example/b/members"
LONG = "某某" * 19 + "妇联"
OFFICES = ("执行委员会委员", "常务委员会委员", "主席", "副主席")
ROOT = Path(__file__).parents[2]


def pile(number: int, page: str = PAGE) -> tuple[PassSlip, ...]:
    """Passes as they are made, from a seed."""
    made = new_pile("试", number, Random(7).randbytes)
    codes = [(shown(each.code), shown_check(each.check_code)) for each in made]
    return tuple(PassSlip(code, check, f"{page}#{code}" if page else code) for code, check in codes)


def sheet(number: int = 6) -> PassSheet:
    return PassSheet(FEDERATION, MEETING, OFFICES[:1], PAGE, "presence", pile(number))


def letter() -> KeyLetter:
    words = tuple(numbered(split(bytes(range(16)), 3, 5, Random(7).randbytes)[1]))
    day = date(2020, 11, 20)
    key = "第 1 号密钥"
    return KeyLetter(FEDERATION, MEETING, OFFICES[:1], key, "监票甲", 2, 5, 3, words, "3fa9 01c4 77be e210", day)


def made(facts: PassSheet) -> bytes:
    return documents.pass_sheet(facts, fonts=pip_fonts())


def letter_of(facts: KeyLetter) -> bytes:
    return documents.key_letter(facts, fonts=pip_fonts())


def parts(pdf: bytes, number: int) -> tuple[list[Glyph], list[Glyph]]:
    """What is printed on one slip of a pile: left of the line to tear along, and right of it."""
    top = number % slips.DOWN * DEPTH
    found = [each for each in glyphs(pdf, number // slips.DOWN) if top < each.baseline < top + DEPTH]
    return [each for each in found if each.x < TEAR], [each for each in found if each.x > TEAR]


def strips(facts: PassSheet) -> Strips:
    return Strips(secret_papers._wording(facts), Typist(pip_fonts()))


def said(found: list[Glyph]) -> list[str]:
    """The lines of a part, without spaces."""
    return [written(line) for line in lines(found)]


def test_every_slip_says_its_own_code_and_on_the_stub_its_own_check_code() -> None:
    """In the order of the facts, over several sheets, with nothing of a neighbour's."""
    facts = sheet()
    pdf = made(facts)
    assert page_count(pdf) == 2
    for number, slip in enumerate(facts.slips):
        body, stub = ("".join(said(part)) for part in parts(pdf, number))
        assert re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}-\w", body) == [slip.code]
        assert re.findall(r"\w{4}-\w{4}-\w{4}", stub) == [slip.check_code]


def test_a_slip_says_what_it_is_for_and_where_it_is_used() -> None:
    """Federation, meeting, offices and the address to type, the four sentences each on a line of its own."""
    facts = replace(sheet(1), offices=OFFICES)
    body, stub = (said(part) for part in parts(made(facts), 0))
    assert MEETING in body
    assert any(line.startswith("投票凭证") for line in body)
    assert "选举：执行委员会委员、常务委员会委员、主席、副主席" in "".join(body)
    assert any(line.endswith(PAGE) for line in body)
    assert [line[2:] for line in body if re.match(r"\d\.", line)] == list(secret_papers.SECRECY)
    assert MEETING in "".join(stub)
    assert "选举：执行委员会委员、常务委员会委员、主席、副主席" in "".join(stub)


def test_text_copied_out_of_a_slip_has_each_code_on_its_line() -> None:
    """Who prints on other paper copies the codes: nothing is torn by the spaces between the characters."""
    facts = sheet()
    copied = re.split(r"[\s\f]+", text_of(made(facts)))
    assert [word for word in copied if "-" in word] == [
        code for slip in facts.slips for code in (slip.code, slip.check_code)
    ]


def test_a_meeting_without_the_federations_name_in_it_is_printed_with_it() -> None:
    """And with it in it, the name is not printed twice."""
    body, _ = parts(made(replace(sheet(1), meeting="第一次代表大会")), 0)
    assert said(body)[:2] == [FEDERATION, "第一次代表大会"]
    body, _ = parts(made(sheet(1)), 0)
    assert "".join(said(body)).count(FEDERATION) == 1


@pytest.mark.parametrize("page", [PAGE, "", "https://vote.women.example.org/federations/gaoxin/congress/members"])
def test_every_qr_code_holds_its_own_link(page: str) -> None:
    """Read from the page as a 150 dpi print would show it."""
    facts = replace(sheet(), page=page, slips=pile(6, page), specimen=True)
    assert read_back(made(facts)) == [slip.link for slip in facts.slips]


def read_back(pdf: bytes) -> list[str]:
    """What the QR codes of a document hold, from top to bottom."""
    found = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            codes = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil().convert("L"))
            found.extend(code.text for code in sorted(codes, key=lambda code: code.position.top_left.y))
    return found


def test_a_stub_cannot_vote_and_a_body_cannot_check() -> None:
    """The stub is kept for years: no code, no QR code; the pass may lie about once it is spent: no check code."""
    (slip,) = pile(1)
    marks = strips(sheet(1))
    assert not any(isinstance(mark, Squares) for mark in marks.stub(slip))
    assert written_on(marks.stub(slip)).count(slip.check_code) == 1
    assert slip.check_code not in written_on(marks.body(slip))
    assert written_on(marks.body(slip)).count(slip.code) == 1
    assert not any(part in written_on(marks.stub(slip)) for part in slip.code.split("-")[:4])


def written_on(marks: Iterable[Mark]) -> str:
    return "".join(mark.text for mark in marks if isinstance(mark, Text))


def test_without_a_page_the_qr_code_is_the_code_and_no_address_is_named() -> None:
    facts = replace(sheet(1), page="", slips=pile(1, ""))
    body, _ = (said(part) for part in parts(made(facts), 0))
    assert "到投票处扫码，或者输入凭证代码。" in body
    assert "网址" not in "".join(body)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("presence", "开箱计票后，用核对码可核对你的票已计入；自己收好，不给人看。"),
        ("paper", "开箱计票后，用核对码可看到所计的票面，请勿示人。"),
    ],
)
def test_a_stub_says_what_its_check_code_shows(check: str, sentence: str) -> None:
    """`record.check` of the method: nobody is promised a paper that she will not see, or shown one unwarned."""
    _, stub = parts(made(replace(sheet(1), check=check)), 0)
    assert "".join(said(stub)).endswith(sentence)


FITTED = {
    "plain": sheet(1),
    "specimen": replace(sheet(1), specimen=True),
    "four offices": replace(sheet(1), offices=OFFICES, check="paper"),
    "long": replace(sheet(1), federation=LONG, meeting=LONG[::-1], offices=OFFICES, page=PAGE + "/x" * 30),
    "longest": replace(sheet(1), federation=LONG, meeting=LONG[::-1], offices=(LONG,) * 4, page="", check="paper"),
    "widest": replace(sheet(1), slips=(PassSlip("WWWW-WWWW-WWWW-WWWW-W", "MMMM-WWWW-MMMM", PAGE),)),
}


@pytest.mark.parametrize("name", FITTED)
def test_nothing_stands_outside_its_part_of_the_slip(name: str) -> None:
    """Names of forty characters are set smaller; 5 mm along every cut and along the tear stay white."""
    facts = FITTED[name]
    marks, white = strips(facts), 5 / 25.4 * 72
    for left, right, part in ((0.0, TEAR, marks.body), (TEAR, WIDTH, marks.stub)):
        boxes = [box(mark) for mark in part(facts.slips[0])]
        assert min(each[0] for each in boxes) >= left + white - 0.1
        assert max(each[2] for each in boxes) <= right - white + 0.1
        assert min(each[1] for each in boxes) >= white
        assert max(each[3] for each in boxes) <= DEPTH - white


@pytest.mark.parametrize("name", FITTED)
def test_nothing_on_a_slip_covers_anything_else(name: str) -> None:
    """Lines keep clear of each other; the word across a specimen alone lies under them."""
    facts = FITTED[name]
    marks = strips(facts)
    every = [mark for part in (marks.body, marks.stub) for mark in part(facts.slips[0])]
    boxes = [box(mark) for mark in every if not (isinstance(mark, Text) and mark.angle)]
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


@pytest.mark.parametrize("name", FITTED)
def test_four_modules_around_a_qr_code_stay_white(name: str) -> None:
    """ISO/IEC 18004: the quiet zone, or old phones do not find it."""
    facts = FITTED[name]
    marks = strips(facts).body(facts.slips[0])
    (code,) = (mark for mark in marks if isinstance(mark, Squares))
    left, top, right, bottom = box(code)
    zone = (left - 4 * code.side, top - 4 * code.side, right + 4 * code.side, bottom + 4 * code.side)
    assert zone[0] > 0
    assert zone[1] > 0
    assert not any(overlap(zone, box(mark)) for mark in marks if mark is not code)


Box = tuple[float, float, float, float]


def box(mark: Mark) -> Box:
    """What a mark covers: left, top, right, bottom; of turned text, a square around it that is large enough."""
    if isinstance(mark, Squares):
        return mark.x, mark.y, mark.x + len(mark.rows[0]) * mark.side, mark.y + len(mark.rows) * mark.side
    assert isinstance(mark, Text)
    wide = sum(mark.face.width(sign) for sign in mark.text) * mark.size + mark.spacing * (len(mark.text) - 1)
    if mark.angle:
        assert 0 < mark.angle < 30
        return mark.x, mark.y - wide / 2 - mark.size, mark.x + wide, mark.y
    top = mark.y - ASCENT * mark.size
    return mark.x, top, mark.x + wide, top + mark.size


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 0.01 and other[1] < one[3] - 0.01


def test_cuts_go_straight_through_the_sheet_and_the_lines_to_tear_along_lie_below_one_another() -> None:
    """Three cuts and one perforation for a whole pile."""
    found = rules(made(sheet(4)), 0)
    across = sorted((top + bottom) / 2 for left, top, right, bottom in found if right - left > 0.99 * WIDTH)
    down = [(left + right) / 2 for left, top, right, bottom in found if bottom - top > 0.99 * HEIGHT]
    assert across == pytest.approx([DEPTH, 2 * DEPTH, 3 * DEPTH], abs=0.5)
    assert down == pytest.approx([TEAR], abs=0.5)


def test_where_a_sheet_is_not_full_nothing_is_drawn_below_the_last_slip() -> None:
    """A strip without a code is no pass, and must not look like one."""
    page = next(iter(islice(slips.sheets(pile(6), secret_papers._wording(sheet()), Typist(pip_fonts())), 1, None)))
    deepest = [max(mark.y, mark.to_y) if isinstance(mark, Rule) else box(mark)[3] for mark in page.marks]
    assert max(deepest) == pytest.approx(2 * DEPTH)


def test_every_slip_of_the_demonstration_is_marked_on_both_its_parts() -> None:
    """样本: whoever cuts the sheet apart has no part that could pass for a real one."""
    pdf = made(replace(sheet(), specimen=True))
    for number in range(6):
        assert all({"样", "本"} <= {each.text for each in part} for part in parts(pdf, number))
    assert "样" not in text_of(made(sheet()))


@pytest.mark.parametrize("field", ["federation", "meeting", "offices", "page"])
def test_a_pass_with_a_character_without_a_face_is_refused(field: str) -> None:
    """As every paper is: never a box, and the finding names where it stands."""
    facts = replace(sheet(1), **{field: ("主ꀀ席",) if field == "offices" else "某ꀀ某"})
    with pytest.raises(Refused, match="投票凭证不能印制") as refusal:
        made(facts)
    assert any("U+A000" in finding.problem for finding in refusal.value.findings)


@pytest.mark.parametrize("field", ["federation", "meeting", "offices", "label", "holder", "fingerprint"])
def test_a_key_letter_with_a_character_without_a_face_is_refused(field: str) -> None:
    facts = replace(letter(), **{field: ("主ꀀ席",) if field == "offices" else "某ꀀ某"})
    with pytest.raises(Refused, match="监票人密钥函不能印制") as refusal:
        letter_of(facts)
    assert any("U+A000" in finding.problem for finding in refusal.value.findings)


def test_no_refusal_quotes_a_code_or_a_word() -> None:
    """A message is shown, copied and logged."""
    code, word = "Z9ꀀY-8X7W", "zyxꀀwv"
    for facts, secret, printed in (
        (replace(sheet(1), slips=(PassSlip(code, "ABCD", PAGE),)), code, made),
        (replace(sheet(1), slips=(PassSlip("ABCD", code, PAGE),)), code, made),
        (replace(letter(), words=((1, word),)), word, letter_of),
    ):
        with pytest.raises(Refused) as refusal:
            printed(facts)
        assert "U+A000" in str(refusal.value)
        assert secret[:4] not in str(refusal.value)
        assert secret[-4:] not in str(refusal.value)


def test_what_a_web_page_left_behind_unseen_stops_neither_paper() -> None:
    """A meeting whose other papers could be printed has these printed too."""
    unseen = FEDERATION[:2] + "\u200b" + FEDERATION[2:]
    assert FEDERATION in text_of(made(replace(sheet(1), federation=unseen, meeting="大会")))
    assert "监票乙丙" in text_of(letter_of(replace(letter(), holder="监票\ufeff乙丙")))


def test_a_key_letter_lists_each_word_with_its_place_and_its_number() -> None:
    """Twenty words; whoever mistypes one is told its place, and whoever cannot spell it types its number."""
    facts = letter()
    cells = [f"{place}{word}{number:04d}" for place, (number, word) in enumerate(facts.words, 1)]
    assert len(cells) == 20
    page = [written(line) for line in lines(glyphs(letter_of(facts), 0))]
    head = page.index("次序词编号次序词编号")
    assert page[head + 1 : head + 11] == [left + right for left, right in zip(cells[:10], cells[10:], strict=True)]


def test_a_key_letter_says_whose_it_is_what_it_opens_and_what_to_do() -> None:
    found = "".join(said(glyphs(letter_of(letter()), 0)))
    assert "第2份，共5份；任意3份即可开箱" in found
    assert f"保管人：监票甲会　议：{MEETING}选　举：执行委员会委员密　钥：第1号密钥".replace("　", "") in found
    assert "指纹：3fa901c477bee210" in found
    assert all(duty.replace(" ", "") in found for duty in secret_papers.DUTIES)
    assert all(word in found for word in ("全词、前四个字母或者编号", "骑缝签名", "不拍照", "立即报告总监票人"))
    assert "签名：（保管人监票甲）封存时间：" in found
    assert "样" not in found


def test_the_letter_of_a_reserve_set_says_what_becomes_of_it() -> None:
    """It belongs to no poll yet, and unused it is torn up before the hall."""
    found = text_of(letter_of(replace(letter(), offices=(), label="备用密钥（第 2 号）")))
    assert "备用，尚未用于任何一次投票" in found
    assert secret_papers.RESERVE in found


@pytest.mark.parametrize("offices", [OFFICES, (LONG,) * 4, ()])
def test_a_key_letter_is_one_side_however_long_the_names(offices: Sequence[str]) -> None:
    """A second page would be a secret that stays in the printer."""
    facts = replace(letter(), federation=LONG, meeting=LONG[::-1], offices=tuple(offices), holder=LONG, specimen=True)
    pdf = letter_of(facts)
    assert page_count(pdf) == 1
    assert {"样", "本"} <= {each.text for each in glyphs(pdf, 0)}


SECRET = {"pass_sheet": lambda: made(replace(sheet(3), specimen=True)), "key_letter": lambda: letter_of(letter())}


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_paper_says_and_looks_as_when_it_was_last_read(name: str) -> None:
    pdf = SECRET[name]()
    goldens.check_text(name, text_of(pdf))
    for number, page in enumerate(goldens.pictures(pdf), 1):
        goldens.check_picture(f"{name}-{number}", page)


@pytest.mark.parametrize("name", SECRET)
def test_every_font_of_a_secret_paper_is_embedded(name: str) -> None:
    pdf = SECRET[name]()
    fonts = re.findall(rb"/FontName /(\S+)", pdf)
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+Noto", font) for font in fonts)
    assert pdf.count(b"/FontFile2") == len(fonts)


DIGEST = """
import hashlib
from tests.documents.test_secret_papers import SECRET
for name in {order}(list(SECRET)):
    print(name, hashlib.sha256(SECRET[name]()).hexdigest())
"""


def test_the_same_facts_give_the_same_bytes_in_another_process_and_order() -> None:
    """The hash that the journal keeps is that of a file which could be made again from its facts, were they kept."""
    one, other = (sorted(digests(seed, order)) for seed, order in (("1", "list"), ("2", "reversed")))
    assert len(one) == len(SECRET)
    assert one == other


def digests(seed: str, order: str) -> Iterator[str]:
    run = subprocess.run(
        [sys.executable, "-c", DIGEST.format(order=order)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    yield from run.stdout.splitlines()


def test_importing_the_secret_papers_loads_no_engine() -> None:
    code = "import sys, federation.documents; print({'reportlab', 'fontTools', 'jinja2', 'segno'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_the_page_for_delegates_begins_with_the_sentences_of_the_pass() -> None:
    """One source: what a delegate reads at home is what she reads in the booth."""
    page = (ROOT / "docs" / "how-your-vote-stays-secret.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\d\. (.+)$", page.partition("\n## ")[0], re.MULTILINE)
    assert stated == list(secret_papers.SECRECY)
