"""The pages of a paper, told without a library."""

import pytest

from federation import documents
from federation.documents.counting import page_count
from federation.documents.fonts import pip_fonts
from federation.documents.samples import SAMPLES
from tests.documents import reading


@pytest.mark.parametrize("name", SAMPLES)
def test_the_pages_counted_are_those_that_a_reader_finds(name: str):
    kind, facts = SAMPLES[name]
    pdf = documents.render(kind, facts, fonts=pip_fonts())
    assert page_count(pdf) == reading.page_count(pdf)


def test_what_is_no_paper_has_no_pages():
    with pytest.raises(ValueError, match="no page"):
        page_count(b"%PDF-1.4")


def test_a_certificate_is_a_page_for_each_person():
    """One file for all of them, a page for each to be handed out."""
    kind, facts = SAMPLES["certificate"]
    assert page_count(documents.render(kind, facts, fonts=pip_fonts())) == len(facts.certificates)


def test_every_paper_says_who_signs_it():
    assert [kind for kind, paper in documents.PAPERS.items() if not paper.signed_by] == []


@pytest.mark.parametrize(
    "name", [name for name, (kind, _) in SAMPLES.items() if kind.endswith("_slip") or kind == "sealing_list"]
)
def test_a_slip_goes_on_one_side(name: str):
    """Nobody in the hall signs the second page of a slip."""
    kind, facts = SAMPLES[name]
    assert page_count(documents.render(kind, facts, fonts=pip_fonts())) == 1


def test_a_sheet_to_count_on_has_its_head_again_on_every_page():
    kind, facts = SAMPLES["tally_sheet"]
    pages = reading.text_of(documents.render(kind, facts, fonts=pip_fonts())).split("\f")
    assert [("小计" in page) for page in pages if "赞成" in page] == [True, True]
