from functools import cache

import pytest
from PIL import ImageChops

from federation import documents
from federation.documents.fonts import pip_fonts
from federation.documents.samples import SAMPLES
from tests.documents import goldens
from tests.documents.reading import text_of


@cache
def printed(name: str) -> bytes:
    kind, facts = SAMPLES[name]
    return documents.render(kind, facts, fonts=pip_fonts())


def test_every_kind_of_paper_has_a_sample():
    assert {kind for kind, _ in SAMPLES.values()} == set(documents.PAPERS)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_says_what_it_said_when_it_was_last_read(name: str):
    goldens.check_text(name, text_of(printed(name)))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_looks_as_it_looked_when_it_was_last_seen(name: str):
    pages = goldens.pictures(printed(name))
    for number, page in enumerate(pages, 1):
        goldens.check_picture(f"{name}-{number}", page)
    assert len(list(goldens.GOLDEN.glob(f"{name}-*.png"))) == len(pages)


def test_a_page_that_moved_by_a_millimetre_does_not_pass_for_the_same():
    page = goldens.pictures(printed("minutes"))[0]
    moved = ImageChops.offset(page, 0, round(goldens.SCALE * 72 / 25.4))
    assert goldens.difference(page, page) == ""
    assert "differ" in goldens.difference(moved, page)
