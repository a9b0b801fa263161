"""`paper list`, `make`, `all`: what can be made now, and making it."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests import shell
from tests.services.stage import Stage, ready
from tests.shell import Run, answer

__all__ = ["ready"]


def at(stage: Stage) -> Run:
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


@pytest.fixture(autouse=True)
def _own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
        monkeypatch.delenv(name, raising=False)


def test_before_anything_there_is_no_paper(founded: Run) -> None:
    """And it says so."""
    assert founded("paper", "list", code=0).stdout == "现在还没有可做的文书\n"
    assert answer(founded("paper", "list", "--json", code=0)) == []
    founded("paper", "make", "ballot", code=3)


def test_a_paper_is_listed_with_what_it_is_about(ready: Stage) -> None:
    """Its id is what `paper make` wants; 现况 says that its facts may still change."""
    run = at(ready)
    rows = {row["short_id"]: row for row in answer(run("paper", "list", "--json", code=0))}
    assert rows["ballot-congress-members"]["kind"] == "ballot"
    assert not rows["ballot-congress-members"]["frozen"]
    assert "选票" in run("paper", "list", code=0).stdout


def test_a_paper_is_made_by_its_id_or_its_kind_and_again_with_the_same_bytes(ready: Stage) -> None:
    """Whole or not at all; where it is put may be said."""
    run = at(ready)
    run("paper", "make", "ballot-congress-members", "--out", "a.pdf", code=0)
    run("paper", "make", "ballot", "--dir", "papers", code=0)
    made = Path("a.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert Path("papers/ballot-congress-members.pdf").read_bytes() == made
    assert "ballot-congress-members" in run("paper", "make", "minutes-congress", code=3).stderr
    run("paper", "make", code=2)


def test_all_papers_are_those_listed(ready: Stage) -> None:
    """A file each."""
    run = at(ready)
    ready.announced(["++0"] * 9)
    listed = {row["short_id"] for row in answer(run("paper", "list", "--json", code=0))}
    made = answer(run("paper", "all", "--dir", "papers", "--json", code=0))
    assert {Path(name).stem for name in made} == listed
    assert {path.stem for path in Path("papers").iterdir()} == listed
    assert {"tally_report-congress-members", "result_notice-congress"} <= listed


def test_ballots_come_in_one_file_as_many_as_are_asked_for_and_all_alike(ready: Stage) -> None:
    """The file for the printer is not the paper of the archive, which stays one copy beside it."""
    run = at(ready)
    made = answer(run("paper", "make", "选票", "--copies", "150", "--json", code=0))
    assert made == ["papers/ballot-congress-members-x150.pdf"]
    with pdfium.PdfDocument(Path(made[0]).read_bytes()) as printed:
        assert len(printed) == 150
        texts = {page.get_textpage().get_text_range() for page in printed}
    assert len(texts) == 1
    run("paper", "make", "选票", "--copies", "0", code=2)
    run("paper", "make", "选票", "--copies", "10001", code=2)
