"""Requests and their replies, filings and their receipts."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage
from federation.facts.acts import Act
from federation.facts.papers import CongressRequest
from federation.facts.requests import Letter
from federation.models import Case, Federation
from federation.services import federations, papers, requests
from tests.drafting import Founding

TO = "示例区党工委"


@pytest.fixture
def founding(engine: Engine, clock: SetClock) -> Founding:
    """founding-1, being prepared."""
    return Founding(engine, clock)


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def listed(founding: Founding) -> list[tuple[str, int, str, str]]:
    return [(row.subject, row.number, row.reply, row.reply_number) for row in founding.see(requests.listed)]


def test_a_request_is_sent_and_answered(founding: Founding) -> None:
    """请示 → 批复; a repeat of either changes nothing."""
    assert founding.do(requests.file, "congress", TO, "").taken
    assert not founding.do(requests.file, "congress", TO, "").taken
    assert listed(founding) == [("congress", 1, "未批复", "")]
    assert founding.do(requests.reply, "congress", "某工委〔2020〕18号", True).taken
    assert not founding.do(requests.reply, "congress", "某工委〔2020〕18号", True).taken
    assert listed(founding) == [("congress", 1, "同意", "某工委〔2020〕18号")]
    assert not founding.do(requests.file, "congress", TO, "").taken


def test_a_pending_request_is_not_sent_otherwise(founding: Founding) -> None:
    """One question, one answer: exit 4."""
    founding.do(requests.file, "congress", TO, "")
    with pytest.raises(WrongStage) as refused:
        founding.do(requests.file, "congress", "另一机关", "")
    assert problems(refused) == ["关于召开大会的请示尚未批复"]


def test_a_returned_request_is_sent_again_under_the_next_number(founding: Founding) -> None:
    """With the same words too: it is another request. The reply then is to the latest."""
    founding.do(requests.file, "congress", TO, "")
    founding.do(requests.reply, "congress", "退1号", False, note="时间另定")
    assert founding.do(requests.file, "congress", TO, "").taken
    founding.do(requests.reply, "congress", "批2号", True)
    assert listed(founding) == [("congress", 1, "退回", "退1号"), ("congress", 2, "同意", "批2号")]


def test_a_reply_given_is_not_given_otherwise(founding: Founding) -> None:
    """Exit 4: another number, or the other answer."""
    founding.do(requests.file, "congress", TO, "")
    founding.do(requests.reply, "congress", "批1号", True)
    for number, approved in (("批2号", True), ("批1号", False)):
        with pytest.raises(WrongStage):
            founding.do(requests.reply, "congress", number, approved)


def test_a_reply_to_nothing_is_not_found(founding: Founding) -> None:
    """Exit 3: no request has that subject."""
    founding.do(requests.file, "congress", TO, "")
    with pytest.raises(NotFound):
        founding.do(requests.reply, "hall_rent", "批1号", True)


def test_a_reply_does_not_come_before_its_request(founding: Founding, clock: SetClock) -> None:
    """Stated times are checked against each other, not only against the case."""
    clock.advance(days=3)
    founding.do(requests.file, "congress", TO, "")
    with pytest.raises(Refused) as refused:
        founding.do(requests.reply, "congress", "批1号", True, on="2020-11-03")
    assert problems(refused) == ["所填时间 2020-11-03 早于报送的 2020-11-05 09:00"]
    assert founding.do(requests.reply, "congress", "批1号", True, on="2020-11-05").taken


def test_candidates_are_asked_for_by_meeting_and_not_before_there_are_some(founding: Founding) -> None:
    """Exit 2 without a meeting of this case, exit 5 without a list."""
    for subject in ("candidates", "candidates:nowhere"):
        with pytest.raises(Misused, match="candidates:congress、candidates:plenary"):
            founding.do(requests.file, subject, TO, "")
    with pytest.raises(Refused) as refused:
        founding.do(requests.file, "candidates:congress", TO, "")
    assert problems(refused) == ["还没有候选人名单"]


def test_a_result_is_not_asked_for_before_there_is_one(founding: Founding) -> None:
    """An approval of what nobody knows yet is none."""
    with pytest.raises(Refused) as refused:
        founding.do(requests.file, "result", TO, "")
    assert problems(refused) == ["选举还没有全部宣布结果"]


def test_nothing_is_sent_to_nobody(founding: Founding) -> None:
    """Exit 2 for an empty addressee or number, exit 5 for one that no table holds."""
    for error, to in ((Misused, " "), (Refused, "某" * 121)):
        with pytest.raises(error):
            founding.do(requests.file, "congress", to, "")
    founding.do(requests.file, "congress", "某" * 120, "")
    with pytest.raises(Misused):
        founding.do(requests.reply, "congress", "", True)


def test_a_case_that_has_ended_sends_nothing(founding: Founding) -> None:
    """Exit 4; what was sent before is still a repeat."""
    founding.do(requests.file, "congress", TO, "")
    founding.put("archived")
    assert not founding.do(requests.file, "congress", TO, "").taken
    with pytest.raises(WrongStage):
        founding.do(requests.file, "result", TO, "")


def test_what_no_process_waits_for_is_not_asked(founding: Founding) -> None:
    """A slip of the pen would stand in the journal for good."""
    with pytest.raises(Misused, match="没有“hall_rent”这种请示事项"):
        founding.do(requests.file, "hall_rent", TO, "")


def test_a_filing_is_sent_once_and_its_receipt_recorded(founding: Founding) -> None:
    """备案 comes after the appointment; each repeat changes nothing."""
    founding.put("appointed")
    assert founding.do(requests.send_filing, "示例市妇女联合会").taken
    assert not founding.do(requests.send_filing, "示例市妇女联合会").taken
    assert founding.do(requests.filing_reply, "妇备9号").taken
    assert not founding.do(requests.filing_reply, "妇备9号").taken
    (row,) = founding.see(requests.filings)
    assert (row.addressee, row.receipt, row.received_on) == ("示例市妇女联合会", "妇备9号", "2020-11-02 09:00")


def test_a_filing_is_not_sent_before_the_appointment(founding: Founding) -> None:
    """Exit 4; a receipt for nothing is exit 3."""
    with pytest.raises(WrongStage):
        founding.do(requests.send_filing, "示例市妇女联合会")
    with pytest.raises(NotFound):
        founding.do(requests.filing_reply, "妇备9号")


def test_another_filing_or_another_receipt_is_a_wrong_stage(founding: Founding) -> None:
    """Exit 4, with what is on record."""
    founding.put("appointed")
    founding.do(requests.send_filing, "示例市妇女联合会")
    founding.do(requests.filing_reply, "妇备9号")
    with pytest.raises(WrongStage):
        founding.do(requests.send_filing, "另一妇女联合会")
    with pytest.raises(WrongStage) as refused:
        founding.do(requests.filing_reply, "妇备10号")
    assert problems(refused) == ["回执文号 妇备9号"]


def paper(founding: Founding, short_id: str) -> CongressRequest:
    facts = founding.see(papers.order, short_id).facts
    assert isinstance(facts, CongressRequest)
    return facts


def test_the_paper_of_a_request_says_what_the_officer_wrote_and_closes_once(founding: Founding) -> None:
    """With its 发文字号, to one addressee, signed by the preparatory group on the day it was sent."""
    letter = Letter("示妇筹〔2020〕1号", "关于召开大会的请示", "拟召开大会。妥否，请批示。", ("议程",))
    founding.do(requests.file, "congress", TO, "", letter=letter)
    said = paper(founding, "congress_request-congress")
    assert (said.number, said.title, said.to) == (letter.number, letter.title, TO)
    assert (said.paragraphs, said.closing, said.attachments) == (("拟召开大会。",), "妥否，请批示。", ("议程",))
    assert said.head.signed_by == f"{said.head.federation}筹备组"
    assert not founding.do(requests.file, "congress", TO, "", letter=letter).taken
    with pytest.raises(WrongStage):
        founding.do(requests.file, "congress", TO, "", letter=replace(letter, text="另一事。"))


def test_a_request_that_nobody_wrote_out_is_put_together_from_the_case(founding: Founding) -> None:
    """What the methods elect is asked for by office and seats."""
    founding.drafted().do(requests.file, "congress", TO, "")
    said = paper(founding, "congress_request-congress")
    assert (said.title[:4], said.title[-3:]) == ("关于召开", "的请示")
    assert said.paragraphs[-1] == "拟选举执行委员会委员3名。"


def test_a_paper_sent_stays_as_it_was_and_a_further_request_has_its_own(founding: Founding) -> None:
    """A request that came back is sent again under the next number; both papers are kept."""
    founding.do(requests.file, "congress", TO, "", letter=Letter(text="第一次。"))
    founding.do(requests.reply, "congress", "退1号", False)
    founding.do(requests.file, "congress", TO, "", letter=Letter(text="第二次。"))
    assert paper(founding, "congress_request-congress").paragraphs == ("第一次。",)
    assert paper(founding, "congress_request-congress-2").paragraphs == ("第二次。",)


def test_a_request_that_is_waited_for_can_be_printed_before_it_is_sent(founding: Founding) -> None:
    """It has to be sealed to be sent; once sent it is what was sent, and that is all there is."""
    kinds = lambda: [slot.short_id for slot in founding.see(papers.available) if slot.kind == "congress_request"]  # noqa: E731
    founding.drafted()
    assert kinds() == []
    founding.put("submitted")
    assert kinds() == ["congress_request-congress"]
    draft = paper(founding, "congress_request-congress")
    assert (draft.to, draft.number, draft.paragraphs[-1]) == ("", "", "拟选举执行委员会委员3名。")
    founding.do(requests.file, "congress", TO, "")
    assert (kinds(), paper(founding, "congress_request-congress").to) == (["congress_request-congress"], TO)
    founding.do(requests.reply, "congress", "退1号", False)
    assert kinds() == ["congress_request-congress-2", "congress_request-congress"]
    founding.put("abandoned")
    assert kinds() == ["congress_request-congress"]


LETTER = Letter("示妇筹〔2020〕1号", "关于两件事的请示", "拟办两件事。")


def test_a_letter_that_was_returned_may_be_sent_again_under_its_number(founding: Founding) -> None:
    """It is the same matter; what it says now is a paper of its own."""
    founding.do(requests.file, "congress", TO, "", letter=LETTER)
    founding.do(requests.reply, "congress", "退1号", False)
    founding.do(requests.file, "congress", TO, "", letter=replace(LETTER, text="已修改。"))
    assert paper(founding, "congress_request-congress-2").paragraphs == ("已修改。",)


def test_the_preparatory_group_is_listed_as_it_was_formed(founding: Founding) -> None:
    """Whoever joins later is no part of what was decided that day."""

    def join(session: Session, root: Case, name: str, by: Act) -> None:
        of = session.get_one(Federation, root.federation_id)
        federations.add_officer(session, of, name, ("preparatory_group",), by)

    founding.do(join, "甲组员")
    assert "preparatory_group_list" not in [slot.short_id for slot in founding.see(papers.available)]
    founding.step("form_group")
    founding.do(join, "乙组员")
    assert founding.see(papers.order, "preparatory_group_list").facts.names == ("王秘书", "孙筹备", "甲组员")
