"""Papers are fit for an archive: checked against PDF/A-2b by a program that has nothing to do with what wrote them."""

import io
import zlib
from dataclasses import replace
from typing import Any

import page
import pikepdf
import pytest

from federation import documents
from federation.documents import archive
from federation.documents.fonts import pip_fonts
from federation.documents.samples import SAMPLES, meetings, people
from tests.documents.test_secret_papers import SECRET


def printed(name: str) -> bytes:
    kind, facts = SAMPLES[name]
    return documents.render(kind, facts, fonts=pip_fonts())


def faults(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(unpacked(pdf), profile="2b")
    assert report.is_compliant is not bool(report.failures)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def unpacked(pdf: bytes) -> bytes:
    """Without compression: packed data that end in a carriage return are a false alarm to the checker."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            made,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            fix_metadata_version=False,
        )
    return made.getvalue()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_paper_is_pdf_a_2b(name: str):
    assert faults(printed(name)) == []


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_paper_is_pdf_a_2b_too(name: str):
    assert faults(SECRET[name]()) == []


@pytest.mark.parametrize(
    ("true", "false"),
    [(b"/OutputIntents", b"/OutputIntentz"), (b"<pdfaid:part>2", b"<pdfaid:part>9"), (b"/FontFile2", b"/FontFileX")],
)
def test_the_checker_finds_what_is_missing(true: bytes, false: bytes):
    """It would not be worth asking otherwise."""
    sound = unpacked(printed("result_notice"))
    broken = sound.replace(true, false)
    assert broken != sound
    assert not page.is_pdf_compliant_bytes(broken, profile="2b")


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


def test_a_paper_names_its_language_and_its_own_title():
    """The window shows what the paper calls itself, not the name of a file; a reader aloud knows the tongue."""
    with opened(printed("minutes")) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == meetings.minutes().mark
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == meetings.minutes().mark
            assert metadata["dc:creator"] == [people.FEDERATION]
            assert metadata["dc:language"] == {"zh-CN"}
            assert metadata.pdfa_status == "2B"


def test_a_title_made_of_markup_stays_a_title():
    facts = replace(meetings.minutes(), mark="<b>&大会纪要")
    with opened(documents.render("minutes", facts, fonts=pip_fonts())) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "<b>&大会纪要"


def test_the_profile_of_colours_tells_no_time():
    """Its header would carry the moment of its making, and the same facts give other bytes."""
    archive._profile.cache_clear()
    first = zlib.decompress(archive._profile())
    archive._profile.cache_clear()
    assert zlib.decompress(archive._profile()) == first
    assert first[24:36] == b"\x07\xd0\0\1\0\1" + bytes(6)


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """The titles beside a paper with the pages they lead to, each followed by those below it."""
    with opened(pdf) as document:
        numbers = {each.objgen: number for number, each in enumerate(document.pages)}

        def walk(entries: Any, depth: int) -> Any:
            for entry in entries:
                yield "  " * depth + entry.title, numbers[entry.destination[0].objgen]
                yield from walk(entry.children, depth + 1)

        with document.open_outline() as outline:
            return list(walk(outline.root, 0))


def test_a_long_paper_has_its_headings_as_bookmarks():
    facts = meetings.minutes(3)
    items = (
        replace(facts.items[0], paragraphs=("（一）通过情况", *facts.items[0].paragraphs, "（二）说明")),
        *facts.items[1:],
    )
    found = bookmarks(documents.render("minutes", replace(facts, items=items), fonts=pip_fonts()))
    assert [title for title, _ in found] == [
        "一、审议通过选举办法", "  （一）通过情况", "  （二）说明", "二、审议通过章程", "三、选举产生第一届执行委员会",
    ]  # fmt: skip
    assert [number for _, number in found] == sorted(number for _, number in found)
    assert found[0][1] == 0
    assert found[-1][1] > 0


def test_a_paper_of_two_pages_has_no_bookmarks():
    facts = replace(meetings.minutes(1), present=("甲",))
    pdf = documents.render("minutes", facts, fonts=pip_fonts())
    with opened(pdf) as document:
        assert len(document.pages) == 2
        assert "/Outlines" not in document.Root
