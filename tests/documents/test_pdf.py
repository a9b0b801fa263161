import io
import os
import re
import subprocess
import sys
import tracemalloc

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from federation import documents
from federation.documents import samples
from federation.documents.embedding import to_unicode
from federation.documents.fonts import pip_fonts
from federation.documents.marks import Sheet
from federation.documents.pdf import Properties, draw
from federation.documents.samples import elections, meetings
from federation.documents.sfnt import MADE_AT, font_file
from federation.documents.typist import Typist
from tests.documents.reading import page_count, text_of
from tests.documents.test_secret_papers import sheet


def test_characters_beyond_the_basic_plane_are_mapped_as_surrogates():
    """A bare 5-digit number is read as two other characters."""
    assert "<0001> <D840DD64>" in to_unicode(["", "𠅤"])
    assert "<0001> <7530>" in to_unicode(["", "田"])


@pytest.mark.parametrize(("count", "sections"), [(99, [99]), (100, [100]), (101, [100, 1]), (255, [100, 100, 55])])
def test_a_section_of_the_map_has_at_most_100_entries(count: int, sections: list[int]):
    """Adobe Technical Note 5411, and readers that stop reading after a hundred."""
    found = to_unicode(["", *map(chr, range(0x4E00, 0x4E00 + count))])
    assert [int(number) for number in re.findall(r"(\d+) beginbfchar", found)] == sections
    assert len(re.findall(r"^<....> <....>$", found, re.MULTILINE)) == count + 1  # and the range of all codes


def test_every_character_of_a_crowded_page_can_be_copied_out():
    """More than 256 of one face, with some beyond U+FFFF on either side."""
    fonts = pip_fonts()
    beyond = [chr(code) for code in range(0x20000, 0x2A000) if not fonts.missing(chr(code))][:20]
    common = [chr(code) for code in range(0x4E00, 0x4E00 + 290)]
    text = "".join([*beyond[:10], *common, *beyond[10:]])
    rows = [text[start : start + 20] for start in range(0, len(text), 20)]
    marks = [mark for place, row in enumerate(rows) for mark in Typist(fonts).put(row, 50, 50 + 30 * place, 16)]
    pdf = draw([Sheet(600, 800, tuple(marks))], Properties("试", "试"))
    assert len(beyond) == 20
    assert pdf.count(b"/FontFile2") == 1
    assert text_of(pdf).split() == rows


def test_an_embedded_face_is_sound_and_tells_no_time():
    """Another reader opens it and finds the outlines and the widths; a date of making would give other bytes later."""
    face = pip_fonts().choice("fangsong", "田").face
    outlines = [face.outline(sign) for sign in ("", "田", " ", "i")]
    with TTFont(io.BytesIO(font_file(outlines, face.measures)), checkChecksums=2) as font:
        assert (font["head"].created, font["head"].modified) == (MADE_AT, MADE_AT)
        drawn = [font["glyf"][name] for name in font.getGlyphOrder()]
        assert [font["hmtx"][name][0] for name in font.getGlyphOrder()] == [each.width for each in outlines]
        assert [glyph.numberOfContours for glyph in drawn] == [0, 5, 0, 2]
        assert font["maxp"].maxPoints == max(each.points for each in outlines)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_font_is_embedded_as_a_subset(name: str):
    kind, facts = samples.SAMPLES[name]
    pdf = documents.render(kind, facts, fonts=pip_fonts())
    fonts = re.findall(rb"/FontName /(\S+)", pdf)
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+Noto", font) for font in fonts)
    assert pdf.count(b"/FontFile2") == len(fonts)
    assert b"Helvetica" not in pdf


def test_papers_made_one_after_the_other_do_not_share_characters():
    """The second paper's own characters are drawn, and the first paper made again is the first paper."""
    first = documents.render("ballot", elections.ballot(), fonts=pip_fonts())
    second = documents.render("minutes", meetings.minutes(), fonts=pip_fonts())
    assert documents.render("ballot", elections.ballot(), fonts=pip_fonts()) == first
    assert documents.render("minutes", meetings.minutes(), fonts=pip_fonts()) == second


DIGEST = """
import hashlib
from federation import documents
from federation.documents.fonts import pip_fonts
from federation.documents.samples import SAMPLES
for kind, facts in {order}(list(SAMPLES.values())):
    print(kind, hashlib.sha256(documents.render(kind, facts, fonts=pip_fonts())).hexdigest())
"""


def test_the_same_facts_give_the_same_bytes_in_another_process_and_order():
    """A paper can always be made again: whatever the hash seed, and whatever was printed before it."""
    made = [digests(seed, order) for seed, order in (("1", "list"), ("2", "reversed"))]
    assert len(made[0]) == len(samples.SAMPLES)
    assert made[0] == made[1]


def digests(seed: str, order: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", DIGEST.format(order=order)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(run.stdout.split("\n"))[1:]


def test_importing_the_papers_loads_no_engine():
    """Commands list the kinds of papers without paying for fonts, templates and PDF."""
    code = "import sys, federation.documents; print({'reportlab', 'fontTools', 'jinja2'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_three_thousand_ballots_are_drawn_once_and_every_page_is_the_same():
    """A printer takes one file; nothing may tell two ballots apart, so they share the very page content."""
    one = documents.render("ballot", elections.large_ballot(), fonts=pip_fonts())
    many = documents.render("ballot", elections.large_ballot(), fonts=pip_fonts(), copies=3000)
    assert page_count(many) == 3000
    with pikepdf.open(io.BytesIO(many)) as pdf:
        assert len({(page.Contents.objgen, page.Resources.objgen, str(page.MediaBox)) for page in pdf.pages}) == 1
        with pikepdf.open(io.BytesIO(one)) as single:
            assert pdf.pages[2999].Contents.read_bytes() == single.pages[0].Contents.read_bytes()


def test_copies_of_a_paper_of_several_pages_come_one_whole_after_the_other():
    minutes = documents.render("minutes", meetings.minutes(), fonts=pip_fonts())
    pages = text_of(documents.render("minutes", meetings.minutes(), fonts=pip_fonts(), copies=2)).split("\f\n")
    assert pages == [*(text_of(minutes).split("\f\n")[:-1] * 2), ""]


def test_a_pile_of_passes_takes_no_more_memory_than_its_file_and_a_few_sheets():
    """Each sheet is written and packed before the next is laid out."""
    documents.pass_sheet(sheet(8), fonts=pip_fonts())
    tracemalloc.start()
    small = len(documents.pass_sheet(sheet(40), fonts=pip_fonts())), tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    large = len(documents.pass_sheet(sheet(400), fonts=pip_fonts())), tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert large[1] - small[1] < 6 * (large[0] - small[0])


def test_who_waits_for_passes_hears_how_far_they_are():
    told: list[int] = []
    documents.pass_sheet(sheet(10), fonts=pip_fonts(), told=told.append)
    assert told == [4, 4, 2]
