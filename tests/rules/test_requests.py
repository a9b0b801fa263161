"""What may be asked of the party committee, and when its answer can have come."""

from datetime import date

import pytest

from federation.facts.acts import Stated
from federation.facts.snapshot import ElectionFacts, MeetingFacts, RollFacts, Snapshot
from federation.rules.requests import answer_findings, closed, subject_faults, subject_findings, subject_label

AT = Stated(date(2020, 11, 2))


def snapshot(lists: str = "", state: str = "") -> Snapshot:
    """A case with a congress; `lists` stands for its candidates, `state` for where its election is."""
    meeting = MeetingFacts("congress", "大会", "called", "method", "", RollFacts(), lists_sha256=lists)
    polls = (ElectionFacts("members", "congress", state, "ballot", "", ()),) if state else ()
    return Snapshot("founding-1", "founding", "convened", 1, AT, meetings=(meeting,), elections=polls)


@pytest.mark.parametrize(
    ("subject", "faults"),
    [
        ("congress", 0),
        ("result", 0),
        ("hall_rent", 0),
        ("candidates:congress", 0),
        ("candidates", 1),
        ("candidates:", 1),
        ("candidates:plenary", 1),
        ("congress:plenary", 1),
        ("Congress", 1),
        ("大会", 1),
        ("", 1),
        ("a" * 40, 0),
        ("a" * 41, 1),
    ],
)
def test_a_subject_is_one_word_and_candidates_are_asked_for_by_meeting(subject: str, faults: int):
    """A process file names the subject its guards look for."""
    known = frozenset({"congress", "candidates", "result", "hall_rent", "a" * 40, "a" * 41})
    assert len(list(subject_faults(subject, ("congress",), known))) == faults


def test_a_word_that_no_process_waits_for_is_no_subject():
    """A slip of the pen is told with what may be asked for."""
    [fault] = subject_faults("congres", ("congress",), frozenset({"congress", "result"}))
    assert fault == "没有“congres”这种请示事项；本流程有：congress、result"


def test_a_subject_is_said_in_chinese():
    """A federation's own word stands as it is."""
    said = [subject_label(subject) for subject in ("congress", "candidates:plenary", "hall_rent")]
    assert said == ["召开大会", "候选人名单（plenary）", "hall_rent"]


@pytest.mark.parametrize(("lists", "refused"), [("", True), ("a" * 64, False)])
def test_candidates_are_asked_for_once_there_are_some(lists: str, refused: bool):
    """The approval covers the list put before the committee."""
    assert bool(list(subject_findings(snapshot(lists), "candidates:congress"))) is refused


@pytest.mark.parametrize(
    ("state", "refused"), [("", True), ("counted", True), ("announced", False), ("continued", False)]
)
def test_a_result_is_reported_once_one_was_announced(state: str, refused: bool):
    """An approval in advance would pass for that of the result."""
    assert bool(list(subject_findings(snapshot(state=state), "result"))) is refused


def test_the_congress_is_asked_for_at_any_time():
    """Nothing need be there yet."""
    assert list(subject_findings(snapshot(), "congress")) == []


@pytest.mark.parametrize(("at", "early"), [("2020-11-01", True), ("2020-11-02", False), ("2020-11-02 08:59", True)])
def test_an_answer_comes_after_what_it_answers(at: str, early: bool):
    """A day without a time is the whole of that day."""
    assert bool(list(answer_findings("2020-11-02 09:00", Stated.parse(at)))) is early


@pytest.mark.parametrize(
    ("text", "paragraphs", "closing"),
    [
        ("拟召开大会。", ("拟召开大会。",), "妥否，请批示。"),
        ("拟召开大会。妥否，请批示。", ("拟召开大会。",), "妥否，请批示。"),
        ("拟召开大会。\n\n　　妥否，请批示", ("拟召开大会。",), "妥否，请批示。"),
        ("拟召开大会，当否，请予批复。", ("拟召开大会。",), "当否，请予批复。"),
        ("请批示的事项有两件。", ("请批示的事项有两件。",), "妥否，请批示。"),
        ("", (), "妥否，请批示。"),
    ],
)
def test_a_request_closes_with_its_phrase_once(text: str, paragraphs: tuple[str, ...], closing: str) -> None:
    """妥否，请批示。 is not said twice where the officer wrote it herself."""
    assert closed(text.splitlines()) == (paragraphs, closing)
