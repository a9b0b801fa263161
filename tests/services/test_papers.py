"""Papers: offered as the meeting comes to them, frozen with the act they report, the same bytes when made again."""

from pathlib import Path

import pypdfium2
from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.documents import render
from federation.documents.fonts import pip_fonts
from federation.errors import NotFound
from federation.facts.counting import Paper
from federation.services import attendance, counts, meetings, papers, polls, rounds
from tests.documents.reading import text_of
from tests.polling import Polling
from tests.services.stage import ONE, Stage

RARE = ("龚䶮", "陈𠅤", "阿依古丽·买买提")
BALLOT, REPORT, NOTICE = "ballot-congress-members", "tally_report-congress-members", "result_notice-congress"


def pdf(stage: Stage, short_id: str) -> bytes:
    with db.reading(stage.engine) as session:
        order = papers.order(session, stage.root(session), short_id)
    return render(order.kind, order.facts, fonts=pip_fonts())


def words(data: bytes) -> str:
    return "".join(text_of(data).split())


def test_papers_are_offered_as_the_meeting_comes_to_them(engine: Engine, clock: SetClock, tmp_path: Path) -> None:
    """A paper is there from the act on that gives it its facts, and stays."""
    Polling(engine, clock).sitting(tmp_path, ONE).nominated(members=("马秋澜", "邓云舒", "田富"))
    stage = Stage(engine, clock, tmp_path)
    assert not {BALLOT, REPORT, NOTICE} & set(stage.offered())
    assert "sign_in_list-congress" in stage.offered()
    stage.at("members", polls.print_papers, 9, stage.act())
    assert BALLOT in stage.offered()
    stage.open(9).boxed({"members": [Paper("++0")] * 9})
    assert stage.offered()[REPORT]
    assert NOTICE not in stage.offered()
    stage.at("members", counts.announce, stage.act())
    assert stage.offered()[NOTICE]
    assert "minutes-congress" not in stage.offered()
    stage.do(meetings.adjourn)
    assert stage.offered()["minutes-congress"]
    assert {BALLOT, REPORT, NOTICE} <= set(stage.offered())


def test_a_paper_that_is_not_there_yet_is_not_found_and_those_there_are_named(ready: Stage) -> None:
    """Exit 3, with what can be made now."""
    with ready.refused(NotFound, BALLOT):
        ready.facts_of(REPORT)


def test_facts_once_frozen_do_not_change_as_the_meeting_goes_on(ready: Stage) -> None:
    """The report of a count is of that count, with its 校验码, whatever follows."""
    ready.announced(["++0"] * 4 + ["+0+"] * 4)
    report = ready.facts_of(REPORT)
    assert report.head.check_code
    ready.at_round("members", rounds.supplement, (), (), "", ready.act())
    ready.at("members.2", polls.print_papers, 9, ready.act())
    ready.do(attendance.left, ["9"])
    ready.announced(["+-"] * 8, "members.2")
    ready.do(meetings.adjourn)
    assert ready.facts_of(REPORT) == report
    assert ready.facts_of(f"{REPORT}.2") != report


def test_the_notice_names_everyone_elected_so_far(ready: Stage) -> None:
    """A later announcement replaces it: one notice a meeting."""
    ready.announced(["++0"] * 4 + ["+0+"] * 4)
    assert [row.names for row in ready.facts_of(NOTICE).elected] == [("马秋澜",)]
    ready.at_round("members", rounds.supplement, (), (), "", ready.act())
    ready.at("members.2", polls.print_papers, 9, ready.act())
    ready.announced(["+-"] * 9, "members.2")
    assert [row.names for row in ready.facts_of(NOTICE).elected] == [("马秋澜", "邓云舒")]


def test_a_paper_made_again_has_the_same_bytes(ready: Stage) -> None:
    """Also after the case went on: same facts, same bytes."""
    ballot = pdf(ready, BALLOT)
    ready.announced(["++0"] * 9)
    report = pdf(ready, REPORT)
    ready.do(meetings.adjourn)
    assert pdf(ready, BALLOT) == ballot
    assert pdf(ready, REPORT) == report


def test_a_ballot_carries_its_names_and_signs_and_no_number(phones: Stage) -> None:
    """Two sheets of one poll are the same sheet."""
    text = words(pdf(phones, BALLOT))
    assert all(name in text for name in ("马秋澜", "邓云舒", "田富", "赞成的画“○”", "多于2名的为无效票"))
    assert not [code for code in phones.passes(12) if code[:4] in text]


def test_rare_characters_and_the_middle_dot_can_be_read_back_from_every_paper(
    engine: Engine, clock: SetClock, tmp_path: Path
) -> None:
    """龚䶮, 陈𠅤, 阿依古丽·买买提: printed as they are and extracted as they are."""
    method = ONE.replace("seats = 2", "seats = 3").replace("surplus = { count = 1 }", 'surplus = "equal"')
    Polling(engine, clock).sitting(tmp_path, method).nominated(members=RARE)
    stage = Stage(engine, clock, tmp_path)
    stage.at("members", polls.print_papers, 9, stage.act())
    stage.announced(["+++"] * 9)
    stage.do(meetings.adjourn)
    for short_id in (BALLOT, REPORT, NOTICE, "minutes-congress"):
        text = words(pdf(stage, short_id))
        assert [name for name in RARE if name not in text] == [], short_id
    with pypdfium2.PdfDocument(pdf(stage, NOTICE)) as document:
        assert len(document) == 1
