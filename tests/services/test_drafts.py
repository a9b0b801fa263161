"""Drafts: versions that stay, submitted sound, adopted as they were put."""

import hashlib
import json

import pytest
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage
from federation.services import drafts
from tests.drafting import CHARTER, Founding
from tests.halls import METHOD, PROSE


@pytest.fixture
def founding(engine: Engine, clock: SetClock) -> Founding:
    """founding-1, being prepared."""
    return Founding(engine, clock)


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def test_the_first_version_opens_the_draft(founding: Founding) -> None:
    """Its title is the text's own, its case begins as 征求意见稿."""
    added = founding.do(drafts.add, "charter", CHARTER)
    assert (added.outcome.taken, added.number, added.title, added.clauses) == (True, 1, "示例区妇女联合会章程", 3)
    (row,) = founding.see(drafts.listed)
    assert (row.id, row.kind, row.meeting, row.state, row.state_label) == (
        "charter",
        "charter",
        "congress",
        "comment_draft",
        "征求意见稿",
    )


def test_a_method_belongs_to_the_meeting_it_governs(founding: Founding) -> None:
    """The process file says which: congress and plenary each adopt their own."""
    founding.do(drafts.add, "method", PROSE, data=METHOD)
    founding.do(drafts.add, "method:plenary", PROSE)
    assert [(row.id, row.meeting) for row in founding.see(drafts.listed)] == [
        ("method", "congress"),
        ("method:plenary", "plenary"),
    ]


def test_the_hash_is_over_prose_nul_and_data(founding: Founding) -> None:
    """What a meeting adopts, and anybody can compute."""
    founding.do(drafts.add, "method", PROSE, data=METHOD)
    expected = hashlib.sha256(PROSE.encode() + b"\0" + METHOD.encode()).hexdigest()
    assert founding.see(drafts.version, "method").sha256 == expected
    assert [json.loads(facts) for facts in founding.lines("draft")] == [{"number": 1, "sha256": expected, "clauses": 6}]


def test_the_latest_version_added_again_changes_nothing(founding: Founding) -> None:
    """But an earlier one added again is the next version: somebody went back to it."""
    founding.do(drafts.add, "charter", CHARTER)
    assert not founding.do(drafts.add, "charter", CHARTER).outcome.taken
    assert founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年")).number == 2
    assert founding.do(drafts.add, "charter", CHARTER).number == 3
    assert len(founding.lines("draft")) == 3


def test_a_new_title_alone_is_a_new_version(founding: Founding) -> None:
    """It is what papers print."""
    founding.do(drafts.add, "charter", CHARTER)
    assert founding.do(drafts.add, "charter", CHARTER, title="章程（修订）").number == 2
    assert not founding.do(drafts.add, "charter", CHARTER).outcome.taken


def test_data_may_come_later_and_then_stay(founding: Founding) -> None:
    """A correction of the prose keeps the data of the version before."""
    first = founding.do(drafts.add, "method", PROSE)
    assert [finding.problem for finding in first.ahead] == ["文稿 method 只有条文，没有数据文件"]
    assert founding.do(drafts.add, "method", PROSE, data=METHOD).number == 2
    third = founding.do(drafts.add, "method", PROSE + "第七条 示例。\n")
    assert (third.number, third.has_data, third.data_from, third.ahead) == (3, True, 2, ())
    assert founding.see(drafts.version, "method").data == METHOD


def test_faults_of_prose_and_data_are_said_at_once_and_change_nothing(founding: Founding) -> None:
    """Two of numbering, three of data: the writer corrects them in one go."""
    prose = "示例办法\n第一条 示例。\n第三条\n"
    data = METHOD.replace('quorum = ">= 2/3 of due"', 'quorum = "most"').replace("seats = 3", "seats = 0\nvotes = 1")
    with pytest.raises(Refused) as refused:
        founding.do(drafts.add, "method", prose, data=data)
    said = "".join(problems(refused))
    assert len(problems(refused)) == 5
    assert all(word in said for word in ("缺第二条", "没有内容", "“most”", "votes", "seats"))
    assert founding.see(drafts.listed) == []
    assert founding.lines("draft") == []


def test_a_text_without_clauses_is_refused(founding: Founding) -> None:
    """Comments, motions and findings all speak of clauses."""
    with pytest.raises(Refused) as refused:
        founding.do(drafts.add, "charter", "示例章程\n总则\n")
    assert problems(refused) == ["没有找到“第一条”这样的条款"]


@pytest.mark.parametrize("id", ["charter:congress", "method:nobody", "rules"])
def test_a_draft_no_meeting_knows_is_not_found(founding: Founding, id: str) -> None:
    """Exit 3, with those there may be."""
    with pytest.raises(NotFound, match="charter、method、method:plenary"):
        founding.do(drafts.add, id, CHARTER)


def test_a_charter_takes_no_data(founding: Founding) -> None:
    """Exit 2."""
    with pytest.raises(Misused):
        founding.do(drafts.add, "charter", CHARTER, data=METHOD)


def test_nothing_is_added_while_comments_are_made_on_it(founding: Founding) -> None:
    """The delegates comment on one text: exit 4. The same text again is a repeat even then."""
    founding.commenting()
    with pytest.raises(WrongStage):
        founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年"))
    with pytest.raises(WrongStage):
        founding.do(drafts.submit, "charter")
    assert not founding.do(drafts.add, "charter", CHARTER).outcome.taken


def test_a_version_is_not_stated_before_the_one_before(founding: Founding, clock: SetClock) -> None:
    """Nor in the future; on the same day it may be."""
    founding.do(drafts.add, "charter", CHARTER)
    clock.advance(days=3)
    founding.do(drafts.add, "charter", CHARTER.replace("五年", "四年"))
    clock.advance(days=3)
    later = CHARTER.replace("五年", "三年")
    for day in ("2020-11-04", "2020-11-09"):
        with pytest.raises(Refused):
            founding.do(drafts.add, "charter", later, on=day)
    assert founding.do(drafts.add, "charter", later, on="2020-11-05").number == 3


def test_a_draft_is_not_stated_before_the_step_that_allowed_it(founding: Founding, clock: SetClock) -> None:
    """What the case allows now says nothing of what it allowed then."""
    clock.advance(days=3)
    founding.step("form_group")
    with pytest.raises(Refused):
        founding.do(drafts.add, "charter", CHARTER, on="2020-11-04")
    assert founding.do(drafts.add, "charter", CHARTER, on="2020-11-05").number == 1


def test_a_sound_draft_is_submitted_once(founding: Founding) -> None:
    """A repeat changes nothing; the draft may still be amended, and is then not submitted again."""
    founding.do(drafts.add, "charter", CHARTER)
    assert founding.do(drafts.submit, "charter").taken
    assert not founding.do(drafts.submit, "charter").taken
    assert founding.see(drafts.listed)[0].state_label == "草案"
    assert founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年")).number == 2
    with pytest.raises(WrongStage):
        founding.do(drafts.submit, "charter")


def test_a_draft_with_remains_of_another_term_is_not_submitted(founding: Founding) -> None:
    """第二届 in a first founding."""
    founding.do(drafts.add, "charter", CHARTER.replace("本会的宗旨", "第二届执行委员会的宗旨"))
    with pytest.raises(Refused) as refused:
        founding.do(drafts.submit, "charter")
    assert problems(refused) == ["第二条写的是“第二届”，本次应为“第一届”"]


def test_prose_and_data_that_say_different_numbers_are_not_submitted(founding: Founding) -> None:
    """The meeting would vote on the one and the program follow the other."""
    founding.do(
        drafts.add, "method", PROSE.replace("第五条 示例", "第五条 须有应到代表的五分之四以上到会"), data=METHOD
    )
    with pytest.raises(Refused) as refused:
        founding.do(drafts.submit, "method")
    assert problems(refused) == [
        "第五条写的是“须有应到代表的五分之四以上到会”，数据文件的 quorum 是 >= 2/3 of due，即不少于应到会人数的三分之二"
    ]


def test_a_method_that_departs_is_submitted_with_a_reason_and_never_blocked(founding: Founding) -> None:
    """The departures and the reason stand in the journal; said again without it, nothing changes."""
    low = METHOD.replace(">= 2/3 of due", "> 1/2 of due")
    added = founding.do(drafts.add, "method", PROSE, data=low)
    said = "法定人数为超过应到会人数的二分之一；通例不少于应到会人数的三分之二"
    assert [finding.problem for finding in added.departures] == [said]
    with pytest.raises(Refused) as refused:
        founding.do(drafts.submit, "method")
    assert [(found.problem, found.remedy) for found in refused.value.findings] == [
        (said, "federation draft submit method --attest 理由")
    ]
    with pytest.raises(Refused):
        founding.do(drafts.submit, "method", attest="  ")
    assert founding.do(drafts.submit, "method", attest="村级惯例").taken
    [line] = [json.loads(facts) for facts in founding.lines("submit_draft")]
    assert (line["departures"], line["attest"]) == ([said], "村级惯例")
    assert not founding.do(drafts.submit, "method").taken
    assert not founding.do(drafts.submit, "method", attest="村级惯例").taken
    with pytest.raises(WrongStage):
        founding.do(drafts.submit, "method", attest="另有理由")


def test_a_method_that_departs_nowhere_needs_no_reason_and_keeps_none(founding: Founding) -> None:
    """Its line is that of any draft."""
    founding.do(drafts.add, "method", PROSE, data=METHOD)
    founding.do(drafts.submit, "method", attest="多余")
    [line] = [json.loads(facts) for facts in founding.lines("submit_draft")]
    assert set(line) == {"number", "sha256"}


def test_a_draft_is_not_adopted_before_its_meeting_carried_it(founding: Founding) -> None:
    """Submitted is not adopted; the version in force stays empty."""
    founding.do(drafts.add, "charter", CHARTER)
    founding.do(drafts.submit, "charter")
    with pytest.raises(Refused) as refused:
        founding.do(drafts.adopt, "charter")
    assert problems(refused) == ["妇女代表大会还没有表决通过章程"]
    assert founding.see(drafts.listed)[0].adopted_version is None


def test_a_draft_is_compared_clause_by_clause(founding: Founding) -> None:
    """Without numbers, the last two versions."""
    founding.do(drafts.add, "charter", CHARTER)
    with pytest.raises(NotFound):
        founding.see(drafts.compare, "charter")
    founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年") + "第四条 附则。\n")
    found = founding.see(drafts.compare, "charter")
    assert [(change.label, change.kind) for change in found.changes] == [("第三条", "changed"), ("第四条", "added")]
    assert founding.see(drafts.compare, "charter", 2, 2).changes == ()
    assert [change.kind for change in founding.see(drafts.compare, "charter", 2, 1).changes] == ["changed", "removed"]


def test_an_earlier_version_stays_as_it_was(founding: Founding) -> None:
    """A version is never changed once added."""
    founding.do(drafts.add, "charter", CHARTER)
    founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年"))
    assert founding.see(drafts.version, "charter", 1).text == CHARTER
    with pytest.raises(NotFound):
        founding.see(drafts.version, "charter", 3)
    with pytest.raises(NotFound):
        founding.see(drafts.version, "method")
