"""Papers about drafts: the notice, the text at each stage, and what changed from one to the next."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.facts.papers import RedlineRow, RedlineRun, Renumbered
from federation.models import Draft
from federation.services import comments, drafts, papers
from tests.drafting import CHARTER, LAST_DAY, Founding

LATER = "2020-11-13"
SECOND = CHARTER.replace("每届任期五年", "每届任期四年").replace("\n第二章", "第三条 本会设在示例区。\n\n第二章")
SECOND = SECOND.replace("第三条 本会每届", "第四条 本会每届")


@pytest.fixture
def founding(engine: Engine, clock: SetClock) -> Founding:
    """The comment period is open."""
    return Founding(engine, clock).commenting()


def facts(founding: Founding, short_id: str) -> Any:
    return founding.see(papers.order, short_id).facts


def offered(founding: Founding) -> list[str]:
    return [slot.short_id for slot in founding.see(papers.available)]


def revised(founding: Founding, clock: SetClock, text: str = SECOND) -> Founding:
    """The period is over, and the charter has a second version, submitted."""
    clock.at = clock.at.replace(day=13)
    founding.do(comments.close, on=LATER)
    founding.do(drafts.add, "charter", text, on=LATER)
    founding.do(drafts.submit, "charter", on=LATER)
    return founding


def test_the_notice_says_which_drafts_are_out_and_which_days_are_promised(founding: Founding) -> None:
    """Both ends of the period belong to it; what was published is published to somebody."""
    notice = facts(founding, "comment_notice")
    assert (notice.opens_on, notice.ends_on, notice.days) == (date(2020, 11, 2), LAST_DAY, 11)
    assert notice.drafts == ("示例区妇女联合会章程（征求意见稿）", "示例大会选举办法（征求意见稿）")
    assert (notice.to, notice.head.signed_by) == ("各有关单位，各位代表", f"{notice.head.federation}筹备组")
    founding.do(comments.publish, "各街道妇联", "")
    assert (facts(founding, "comment_notice").to, facts(founding, "comment_notice").number) == ("各街道妇联", "")
    founding.do(comments.publish, "各街道妇联", "", number="示妇筹〔2020〕2号")
    assert facts(founding, "comment_notice").number == "示妇筹〔2020〕2号"


def test_no_notice_before_the_period_is_open(engine: Engine, clock: SetClock) -> None:
    """The days are what it promises."""
    assert "comment_notice" not in offered(Founding(engine, clock).drafted())


def test_a_notice_made_again_names_the_drafts_that_were_out(founding: Founding, clock: SetClock) -> None:
    """Later versions and later drafts were never sent to anybody with it."""
    before = facts(founding, "comment_notice")
    revised(founding, clock).do(drafts.add, "method:plenary", CHARTER.replace("章程", "全会选举办法"), on=LATER)
    assert facts(founding, "comment_notice") == before


def test_a_text_is_offered_at_every_stage_it_has_come_to(founding: Founding, clock: SetClock) -> None:
    """What was out for comment stays what it was; the 草案 is what was submitted."""
    assert "draft_text-charter-draft" not in offered(founding)
    revised(founding, clock)
    assert [id for id in offered(founding) if "charter" in id] == [
        "redline-charter-draft", "draft_text-charter-comment", "draft_text-charter-draft",
    ]  # fmt: skip
    first, second = (facts(founding, f"draft_text-charter-{stage}") for stage in ("comment", "draft"))
    assert (first.stage, second.stage, second.adopted) == ("征求意见稿", "草案", "")
    assert [(part.headings, part.label) for part in first.parts] == [
        (("第一章 总则",), "第一条"), ((), "第二条"), (("第二章 组织",), "第三条"),
    ]  # fmt: skip
    assert [part.text for part in second.parts][-1] == "本会每届任期四年。"


def test_an_adopted_text_drops_its_stage_and_says_when_and_by_whom(founding: Founding, clock: SetClock) -> None:
    """domain.md: the label is dropped on adoption."""
    revised(founding, clock)

    def adopt(session: Any, *_: Any) -> None:
        session.query(Draft).filter_by(kind="charter").one().adopted_version = 2

    founding.do(adopt)
    text = facts(founding, "draft_text-charter-adopted")
    assert (text.stage, text.title) == ("", "示例区妇女联合会章程")
    assert text.adopted == "2020年11月13日妇女代表大会通过"
    assert "redline-charter-adopted" not in offered(founding)


def test_a_redline_shows_what_was_struck_out_and_what_was_put_in(founding: Founding, clock: SetClock) -> None:
    """A 条 that is new, one that changed and moved, and a number of those that stayed."""
    table = facts(revised(founding, clock), "redline-charter-draft")
    same, gone, new = (RedlineRun(text, kind) for text, kind in (
        ("本会每届任期", "same"), ("五", "removed"), ("四", "added"),
    ))  # fmt: skip
    end = RedlineRun("年。", "same")
    assert table.rows == (
        RedlineRow("", "第三条", "新增", (), (RedlineRun("本会设在示例区。", "added"),)),
        RedlineRow("第三条", "第四条", "修改", (same, gone, end), (same, new, end)),
    )
    assert (table.changed, table.added, table.removed, table.unchanged) == (1, 1, 0, 2)


def test_a_clause_that_only_moved_is_said_to_have_moved(founding: Founding, clock: SetClock) -> None:
    """It was neither struck out nor put in."""
    name, aim = "本会名称为示例区妇女联合会。", "本会的宗旨是服务妇女。"
    swapped = CHARTER.replace(name, "？").replace(aim, name).replace("？", aim)
    table = facts(revised(founding, clock, swapped), "redline-charter-draft")
    assert (table.rows, table.unchanged) == ((), 1)
    assert table.renumbered == (Renumbered("第二条", "第一条"), Renumbered("第一条", "第二条"))
