"""The comment period: what it takes in, how it is answered, when it closes, and what the journal may know."""

import json
from datetime import date

import pytest
from sqlalchemy import Engine

from federation.clock import SetClock
from federation.errors import FederationError, NotFound, Refused, WrongStage
from federation.facts.comments import WrittenAnswer, WrittenComment
from federation.services import comments, drafts
from tests.drafting import CHARTER, LAST_DAY, Founding

ROWS = [
    WrittenComment("某街道", "章程", "第一条", "写全称", "采纳", "已写全称", "第 2 行"),
    WrittenComment("某学校", "章程", "3", "任期三年", "", "", "第 3 行"),
]


@pytest.fixture
def founding(engine: Engine, clock: SetClock) -> Founding:
    """Comments are being asked for, from 2 to 12 November; it is the 2nd."""
    return Founding(engine, clock).commenting()


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def comment(text: str = "任期三年", clause: str = "第三条", draft: str = "charter") -> WrittenComment:
    return WrittenComment("某学校", draft, clause, text)


def answered(disposition: str, reason: str = "见第三条修改", number: int = 1) -> list[WrittenAnswer]:
    return [WrittenAnswer(str(number), disposition, reason)]


def test_the_period_opens_on_the_stated_day_and_a_repeat_changes_nothing(founding: Founding) -> None:
    """Another last day is another promise: exit 4."""
    assert not founding.do(comments.open_period, LAST_DAY).taken
    with pytest.raises(WrongStage):
        founding.do(comments.open_period, date(2020, 11, 20))
    found = founding.see(comments.disposition)
    assert (found.opens_on, found.ends_on, found.rows) == (date(2020, 11, 2), LAST_DAY, ())
    assert founding.lines("open_comments") == ['{"until":"2020-11-12"}']


@pytest.mark.parametrize("last", [date(2020, 11, 11), date(2020, 11, 1)])
def test_a_period_that_is_too_short_or_backwards_is_refused(engine: Engine, clock: SetClock, last: date) -> None:
    """Eleven days are the process's; nothing is kept of a refusal."""
    founding = Founding(engine, clock).drafted()
    with pytest.raises(Refused):
        founding.do(comments.open_period, last)
    with pytest.raises(NotFound):
        founding.see(comments.disposition)


def test_the_notice_is_recorded_once_for_each_channel(founding: Founding) -> None:
    """To whom, and which file."""
    assert founding.do(comments.publish, "各单位", "").taken
    assert founding.do(comments.publish, "代表团", "").taken
    assert not founding.do(comments.publish, "各单位", "").taken
    assert len(founding.lines("comment.publish")) == 2


def test_a_comment_is_numbered_and_tied_to_its_clause(founding: Founding) -> None:
    """By the clause's own name, however it was written."""
    assert founding.do(comments.add, comment(clause="3"))[1] == 1
    assert founding.do(comments.add, comment("写明级别", "第1条第一款"))[1] == 2
    rows = founding.see(comments.disposition).rows
    assert [(row.number, row.draft, row.clause) for row in rows] == [
        (1, "示例区妇女联合会章程", "第三条"),
        (2, "示例区妇女联合会章程", "第一条第一款"),
    ]


def test_the_journal_does_not_know_who_said_what(founding: Founding) -> None:
    """Numbers, clauses and dispositions only: neither source nor text nor reason."""
    founding.do(comments.add, comment())
    founding.do(comments.take_in, ROWS[:1], "a" * 64)
    founding.do(comments.answer, answered("采纳"))
    lines = [line for act in ("comment.add", "comment.import", "answer") for line in founding.lines(act)]
    assert [json.loads(line) for line in lines] == [
        {"clause": "第三条", "draft": "charter", "number": 1},
        {"answered": 1, "file": "a" * 64, "first": 2, "last": 2},
        {"answers": {"1": "adopted"}},
    ]


def test_the_same_words_from_the_same_source_are_one_comment(founding: Founding) -> None:
    """Typed twice, or typed after a file was taken in."""
    assert founding.do(comments.add, comment())[0].taken
    outcome, number = founding.do(comments.add, comment(clause="第3条"))
    assert (outcome.taken, number) == (False, 1)
    founding.do(comments.take_in, ROWS[:1], "a" * 64)
    outcome, number = founding.do(comments.add, WrittenComment("某街道", "charter", "第一条", "写全称"))
    assert (outcome.taken, number) == (False, 2)


def test_a_comment_on_no_clause_of_the_text_is_refused(founding: Founding) -> None:
    """第九条 of a text of three."""
    with pytest.raises(Refused) as refused:
        founding.do(comments.add, comment(clause="第九条"))
    assert problems(refused) == ["《示例区妇女联合会章程》没有条款“第九条”"]


def test_comments_count_until_the_last_day_ends(founding: Founding, clock: SetClock) -> None:
    """What arrived in time may be recorded later, with its day; what came after may not."""
    clock.advance(days=10)
    assert founding.do(comments.add, comment("末日来信"))[0].taken
    clock.advance(days=1)
    assert founding.do(comments.add, comment("补记"), on="2020-11-12")[0].taken
    with pytest.raises(Refused) as refused:
        founding.do(comments.add, comment("迟到"))
    assert problems(refused) == ["2020年11月13日不在征求意见期（2020年11月2日至2020年11月12日）内"]


def test_comments_are_taken_only_while_they_are_asked_for(engine: Engine, clock: SetClock) -> None:
    """Exit 4 before the period opens, whatever is wrong with the comment besides."""
    founding = Founding(engine, clock).drafted()
    for clause in ("第三条", "第九条"):
        with pytest.raises(WrongStage):
            founding.do(comments.add, comment(clause=clause))
    with pytest.raises(WrongStage):
        founding.do(comments.take_in, ROWS, "a" * 64)
    with pytest.raises(WrongStage):
        founding.do(comments.publish, "各单位", "")


def test_a_file_is_taken_in_with_its_answers_and_only_once(founding: Founding) -> None:
    """Known by its hash."""
    assert founding.do(comments.take_in, ROWS, "a" * 64).taken
    rows = founding.see(comments.disposition).rows
    assert [(row.clause, row.disposition, row.reason) for row in rows] == [
        ("第一条", "采纳", "已写全称"),
        ("第三条", "", ""),
    ]
    with pytest.raises(Refused) as refused:
        founding.do(comments.take_in, ROWS, "a" * 64)
    assert problems(refused) == ["这份文件 2020-11-02 09:00 已经导入过"]


def test_every_bad_row_is_named_and_no_row_is_taken_in(founding: Founding) -> None:
    """A good row beside bad ones waits for the corrected file."""
    bad = [
        *ROWS,
        WrittenComment("", "章程", "第一条", "改", "", "", "第 4 行"),
        WrittenComment("甲", "x", "1", "改", "", "", "第 5 行"),
    ]
    with pytest.raises(Refused) as refused:
        founding.do(comments.take_in, bad, "a" * 64)
    assert problems(refused) == ["第 4 行：没有写反馈人或单位", "第 5 行：没有文稿“x”"]
    assert founding.see(comments.disposition).rows == ()


def test_a_row_that_repeats_another_is_named(founding: Founding) -> None:
    """In the file, or from before: counted twice, it would weigh twice in the table."""
    founding.do(comments.add, WrittenComment("某街道", "charter", "第一条", "写全称"))
    again = WrittenComment("某学校", "charter", "第三条", "任期三年", "", "", "第 4 行")
    with pytest.raises(Refused) as refused:
        founding.do(comments.take_in, [*ROWS, again], "a" * 64)
    assert problems(refused) == ["第 2 行：与已登记的第 1 条相同", "第 4 行：与第 3 行相同"]


def test_a_file_without_rows_is_refused(founding: Founding) -> None:
    """For comments as for answers."""
    with pytest.raises(Refused):
        founding.do(comments.take_in, [], "a" * 64)
    with pytest.raises(Refused):
        founding.do(comments.answer, [])


def test_a_later_answer_replaces_the_earlier(founding: Founding) -> None:
    """Until closing; the same again changes nothing, a better reason is a change."""
    founding.do(comments.add, comment())
    assert founding.do(comments.answer, answered("采纳")).taken
    assert not founding.do(comments.answer, answered("采纳")).taken
    assert founding.do(comments.answer, answered("采纳", "任期改在第三条")).taken
    assert founding.do(comments.answer, answered("部分采纳")).taken
    (row,) = founding.see(comments.disposition).rows
    assert (row.disposition, row.reason) == ("部分采纳", "见第三条修改")
    assert len(founding.lines("answer")) == 3


def test_an_answer_to_no_comment_is_not_found(founding: Founding) -> None:
    """Exit 3 for one number; a row of a file is a fault of the file."""
    founding.do(comments.add, comment())
    with pytest.raises(NotFound):
        founding.do(comments.answer, answered("采纳", number=2))
    rows = [WrittenAnswer("1", "采纳", "照改", "第 2 行"), WrittenAnswer("2", "再议", "", "第 3 行")]
    with pytest.raises(Refused) as refused:
        founding.do(comments.answer, rows)
    assert problems(refused) == [
        "第 3 行：没有序号为 2 的意见",
        "第 3 行：“再议”不是处理结果",
        "第 3 行：没有写理由",
    ]
    assert founding.see(comments.disposition).rows[0].disposition == ""


def test_a_comment_answered_twice_in_one_file_is_refused(founding: Founding) -> None:
    """Which of them counts is not the program's to choose."""
    founding.do(comments.add, comment())
    rows = [WrittenAnswer("1", "采纳", "照改", "第 2 行"), WrittenAnswer("1", "未采纳", "已有规定", "第 3 行")]
    with pytest.raises(Refused) as refused:
        founding.do(comments.answer, rows)
    assert problems(refused) == ["第 1 条意见有几行答复"]


def test_the_period_does_not_close_on_its_last_day_nor_with_a_comment_unanswered(
    founding: Founding, clock: SetClock
) -> None:
    """Both at once; then each is cured."""
    founding.do(comments.add, comment())
    clock.advance(days=10)
    with pytest.raises(Refused) as refused:
        founding.do(comments.close)
    assert problems(refused) == ["征求意见期到 2020年11月12日 才届满", "还有 1 条意见未答复"]
    clock.advance(days=1)
    with pytest.raises(Refused) as refused:
        founding.do(comments.close)
    assert problems(refused) == ["还有 1 条意见未答复"]
    founding.do(comments.answer, answered("未采纳", "上级章程已定五年"))
    assert founding.do(comments.close).taken
    assert not founding.do(comments.close).taken
    assert founding.lines("close_comments") == ['{"adopted":0,"partly":0,"rejected":1,"total":1}']


def test_after_closing_nothing_is_answered_otherwise(founding: Founding, clock: SetClock) -> None:
    """The table has been made; the same answer again is a repeat, and the drafts may be revised."""
    founding.do(comments.add, comment())
    founding.do(comments.answer, answered("采纳"))
    clock.advance(days=11)
    founding.do(comments.close)
    assert not founding.do(comments.answer, answered("采纳")).taken
    for reason in ("上级章程已定", ""):
        with pytest.raises(WrongStage):
            founding.do(comments.answer, answered("未采纳", reason))
    assert founding.do(drafts.add, "charter", CHARTER.replace("五年", "三年")).number == 2
    assert founding.see(comments.disposition).rows[0].clause == "第三条"


def test_silence_is_no_opinion(founding: Founding, clock: SetClock) -> None:
    """A period without a comment closes like any other."""
    clock.advance(days=11)
    assert founding.do(comments.close).taken
