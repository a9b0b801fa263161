"""Papers entered by two tellers: each apart, compared, settled, signed off, undone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from federation import db
from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused, WrongStage
from federation.facts.counting import NameVotes, Paper, Votes
from federation.models import EntryBatch, EntryDraft, EntrySettlement, EntryTurn, OpenedBallot, PaperBatch, PaperEntry
from federation.rules.entries import Difference
from federation.services import ballots, counts, entries, federations, selection, sign_offs, tally_sheets
from federation.services.comparisons import listed
from federation.services.poll_records import PollRecord
from tests import databases
from tests.entering import BOTH, BOX, FIRST, JUDGE, LIST, OTHER, Table
from tests.staging import copied


@pytest.fixture(params=databases.BOTH)
def table(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[Table]:
    """Nine papers of four candidates, none entered."""
    with copied(request, "opened_box", lambda engine: Table(engine, clock).unsealed(tmp_path)) as engine:
        yield Table.resumed(engine, clock)


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def rows(table: Table, model: type) -> int:
    with db.reading(table.engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def journalled(table: Table, verb: str) -> list[dict[str, object]]:
    return [json.loads(facts) for act, facts in table.lines() if act == f"enter.members.{verb}"]


def otherwise(papers: tuple[Paper, ...], **changes: Paper) -> list[Paper]:
    """The papers with some of them read otherwise: `_3` is the third."""
    return [changes.get(f"_{number}", paper) for number, paper in enumerate(papers, 1)]


def test_two_equal_entries_signed_off_count_as_the_file_would(table: Table) -> None:
    """One result, whichever way the papers came in."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    assert table.signed_off().taken
    table.at("members", counts.count, table.act())
    twice = table.result("members")
    assert twice["ledger"]["valid"] + twice["ledger"]["invalid"] == len(BOX)
    assert {row["name"] for row in twice["results"]} == {*LIST, "向晚晴"}


def test_nothing_counts_before_it_is_signed_off(table: Table) -> None:
    """`count` asks for it, and says what to type."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    with pytest.raises(Refused) as refused:
        table.at("members", counts.count, table.act())
    assert problems(refused) == [
        "members：箱内纸质选票 9 张，已录入 0 张",
        "members：第 1 批还没有由两名计票人签认",
    ]
    assert "--batch 批号 --contest members" in refused.value.findings[0].remedy


def test_each_paper_put_is_kept_and_the_teller_goes_on_where_she_was(table: Table) -> None:
    """A crash between two papers loses neither; the other teller's place is her own."""
    table.puts(FIRST, BOX[:4])
    progress = table.as_(FIRST, entries.begin, "1", None)
    assert (progress.entered, progress.papers, progress.finished) == (4, 9, False)
    assert table.as_(OTHER, entries.begin, "1", None).entered == 0
    assert table.as_(FIRST, entries.put, "1", BOX[4]).entered == 5
    assert table.as_(FIRST, entries.take_back, "1").entered == 4
    assert len(journalled(table, "begin")) == 2


def test_a_pile_is_finished_at_its_last_paper_and_holds_no_more(table: Table) -> None:
    """Not before, and not beyond."""
    table.puts(FIRST, BOX[:8])
    with pytest.raises(Refused) as refused:
        table.as_(FIRST, entries.finish, "1")
    assert problems(refused) == ["第 1 批共 9 张，只录了 8 张"]
    table.as_(FIRST, entries.put, "1", BOX[8])
    with pytest.raises(Refused):
        table.as_(FIRST, entries.put, "1", BOX[8])
    assert table.as_(FIRST, entries.finish, "1").taken
    assert not table.as_(FIRST, entries.finish, "1").taken
    with pytest.raises(Refused):
        table.as_(FIRST, entries.take_back, "1")


def test_differences_show_once_both_have_finished_and_not_before(table: Table) -> None:
    """Until then neither can look at the other's."""
    table.entered(FIRST, BOX)
    table.puts(OTHER, otherwise(BOX, _3=Paper("+++0")))
    assert table.facts().differences == ()
    table.as_(OTHER, entries.finish, "1")
    assert table.facts().differences == (
        Difference(3, "邓云舒", "反对", "赞成"),
        Difference(3, "田富", "赞成", "弃权"),
    )


def test_a_pile_that_differs_is_not_signed_off_until_it_is_corrected(table: Table) -> None:
    """The correction is journalled by its place and the number of fields, never by its marks."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, otherwise(BOX, _3=Paper("+++0")))
    with pytest.raises(Refused) as refused:
        table.signed_off()
    assert problems(refused)[0] == "第 3 张 邓云舒：孙计票录反对，周计票录赞成"
    assert table.as_(OTHER, entries.correct, "1", 3, BOX[2]).taken
    assert not table.as_(OTHER, entries.correct, "1", 3, BOX[2]).taken
    assert journalled(table, "correct") == [{"batch": "1", "contest": "members", "fields": 2, "paper": 3}]
    assert table.signed_off().taken
    assert not table.signed_off().taken


def test_a_scrutineer_settles_a_doubtful_paper_with_a_reason(table: Table) -> None:
    """Her word goes before both entries, and neither teller corrects what is settled."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, otherwise(BOX, _3=Paper("+++0")))
    assert table.as_(JUDGE, sign_offs.settle, "1", 3, Paper("++-?"), "第四格涂改，看不清").taken
    assert table.facts().settled == (3,)
    assert table.facts().differences == ()
    with pytest.raises(Refused):
        table.as_(FIRST, entries.correct, "1", 3, BOX[2])
    table.signed_off()
    with db.reading(table.engine) as session:
        marks = sorted(json.loads(row.marks)["marks"] for row in session.scalars(select(PaperEntry)))
    assert marks == sorted(["++-?", *(paper.marks for paper in BOX if paper is not BOX[2])])
    assert journalled(table, "sign_off")[0]["settled"] == [3]


def test_nobody_settles_without_a_reason_before_the_end_or_her_own_papers(table: Table) -> None:
    """郑监票 is a teller as well: what she entered, another scrutineer settles. A teller settles nothing."""
    table.entered(FIRST, BOX)
    table.puts(BOTH, BOX)
    with pytest.raises(Refused) as refused:
        table.as_(JUDGE, sign_offs.settle, "1", 1, BOX[0], "涂改")
    assert problems(refused) == ["第 1 批两名计票人还没有都录完"]
    table.as_(BOTH, entries.finish, "1")
    for name, reason in ((BOTH, "涂改"), (JUDGE, " "), (FIRST, "涂改")):
        with pytest.raises(Refused):
            table.as_(name, sign_offs.settle, "1", 1, BOX[0], reason)
    with pytest.raises(NotFound):
        table.as_(JUDGE, sign_offs.settle, "1", 10, BOX[0], "涂改")
    assert rows(table, EntrySettlement) == 0


@pytest.mark.parametrize(("by", "second"), [(FIRST, ""), (FIRST, FIRST), (FIRST, "吴计票"), ("吴计票", FIRST)])
def test_a_pile_is_signed_off_by_the_two_who_entered_it(table: Table, by: str, second: str) -> None:
    """Not by one alone, not by one twice, not by a third."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    with pytest.raises(Refused):
        table.as_(by, sign_offs.sign_off, "1", second=second)
    assert rows(table, PaperBatch) == 0


def test_one_entry_alone_is_not_signed_off(table: Table) -> None:
    """Twice means twice: also for one who brings a second name."""
    table.entered(FIRST, BOX)
    with pytest.raises(Refused) as refused:
        table.signed_off()
    assert problems(refused) == ["第 1 批只有一人录入"]


def test_a_third_teller_and_another_number_of_papers_are_refused(table: Table) -> None:
    """A pile has two tellers, who counted it to the same number."""
    table.as_(FIRST, entries.begin, "1", 5)
    with pytest.raises(Refused) as refused:
        table.as_(OTHER, entries.begin, "1", 4)
    assert problems(refused) == ["第 1 批先录的计票人点的是 5 张，现在说是 4 张"]
    table.as_(OTHER, entries.begin, "1", 5)
    with pytest.raises(Refused):
        table.as_("吴计票", entries.begin, "1", 5)


def test_piles_hold_no_more_than_the_box(table: Table) -> None:
    """Nine papers: five and four, and not one more."""
    table.as_(FIRST, entries.begin, "1", 5)
    for papers in (0, -1, 5):
        with pytest.raises(Refused):
            table.as_(FIRST, entries.begin, "2", papers)
    assert table.as_(FIRST, entries.begin, "甲", None).papers == 4
    with pytest.raises(Refused):
        table.as_(FIRST, entries.begin, "3", None)


def test_who_is_no_teller_and_who_stands_enters_nothing(table: Table) -> None:
    """王秘书 has no such role; 田富 has, and is on the list."""
    with db.transaction(table.engine) as session:
        federations.add_officer(session, selection.federation(session, ""), "田富", ("teller",), table.act())
    for name in ("王秘书", JUDGE, "田富"):
        with pytest.raises(Refused):
            table.as_(name, entries.begin, "1", None)
    assert rows(table, EntryBatch) == 0


def test_a_paper_has_a_mark_for_every_name(table: Table) -> None:
    """Exit 2 for one too many or too few; unknown piles and papers are exit 3."""
    table.as_(FIRST, entries.begin, "1", None)
    for marks in ("+++", "+++++"):
        with pytest.raises(Misused):
            table.as_(FIRST, entries.put, "1", Paper(marks))
    with pytest.raises(NotFound):
        table.as_(FIRST, entries.put, "2", BOX[0])
    with pytest.raises(NotFound):
        table.as_(FIRST, entries.correct, "1", 1, BOX[0])
    with pytest.raises(NotFound):
        table.as_(OTHER, entries.put, "1", BOX[0])


def test_signing_off_leaves_nothing_that_knew_the_order(table: Table) -> None:
    """Only papers under random keys; who entered them is still on record, in the journal too."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    assert rows(table, EntryDraft) == 18
    table.signed_off()
    assert (rows(table, EntryDraft), rows(table, EntrySettlement), rows(table, PaperEntry)) == (0, 0, 9)
    assert [(teller.name, teller.entered) for teller in table.facts().tellers] == [(FIRST, 9), (OTHER, 9)]
    (line,) = journalled(table, "sign_off")
    assert (line["papers"], line["tellers"]) == (9, [FIRST, OTHER])
    assert not any('"marks"' in facts for _, facts in table.lines())


def test_two_piles_of_equal_papers_are_two_piles(table: Table) -> None:
    """A pile that approves everybody is common; its number tells it from the next."""
    for batch, papers in (("1", [BOX[0]] * 4), ("2", [BOX[0]] * 4), ("3", [BOX[0]])):
        table.entered(FIRST, papers, batch)
        table.entered(OTHER, papers, batch)
        assert table.signed_off(batch).taken
    assert rows(table, PaperEntry) == 9


def test_piles_are_listed_by_their_numbers(table: Table) -> None:
    """The tenth after the second; piles with names last."""
    for number in ("10", "甲", "2"):
        table.as_(FIRST, entries.begin, number, 1)
    assert [row.number for row in table.at_round("members", listed)] == ["2", "10", "甲"]


def test_ballots_cast_with_a_pass_and_a_tally_sheet_make_one_result(table: Table) -> None:
    """One result and one ledger of both channels."""
    marks = json.dumps([["+++-", []]])
    with db.transaction(table.engine) as session:
        election = table.poll(session, "members").election
        election.drawn, election.handed_out, election.phones, election.papers = 2, 7, 2, 7
        election.spent, election.box, election.faulty = 2, "opened", 0
        session.add_all(OpenedBallot(election_id=election.case_id, marks=marks) for _ in range(2))
    sheet = sheet_of((6, 1, 0), (5, 2, 0), (4, 3, 0), (3, 3, 1), valid=7, invalid=0)
    table.as_(FIRST, tally_sheets.hand_in, sheet)
    assert table.as_(OTHER, tally_sheets.hand_in, sheet).signed_off
    table.at("members", counts.count, table.act())
    result = table.result("members")
    assert (result["ledger"]["issued"], result["ledger"]["returned"], result["ledger"]["valid"]) == (9, 9, 9)
    votes = {row["name"]: (row["approve"], row["against"], row["abstain"]) for row in result["results"]}
    assert votes == {
        "丁一禾": (8, 1, 0),
        "马秋澜": (7, 2, 0),
        "邓云舒": (6, 3, 0),
        "田富": (3, 5, 1),
        "向晚晴": (1, None, None),
    }


@pytest.mark.parametrize("signed", [True, False])
def test_a_pile_is_undone_with_a_reason_and_entered_anew(table: Table, signed: bool) -> None:
    """Signed off or not; nothing of it is left."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    if signed:
        table.signed_off()
    with pytest.raises(Refused):
        table.as_("王秘书", sign_offs.undo, "1", " ")
    assert table.as_("王秘书", sign_offs.undo, "1", "混入了另一项的选票").taken
    for model in (EntryBatch, EntryTurn, EntryDraft, PaperBatch, PaperEntry):
        assert rows(table, model) == 0
    assert journalled(table, "undo_batch")[0]["signed_off"] is signed
    assert table.as_(OTHER, entries.begin, "1", 5).papers == 5


def test_a_signed_pile_is_neither_entered_again_nor_undone_as_a_file(table: Table) -> None:
    """It has a command of its own, which says who and why."""
    table.entered(FIRST, BOX)
    table.entered(OTHER, BOX)
    table.signed_off()
    with pytest.raises(Refused):
        table.as_(FIRST, entries.begin, "1", None)
    with pytest.raises(Refused):
        table.at_round("members", ballots.remove_batch, "", "误录", table.act())
    assert rows(table, PaperEntry) == 9


def test_nothing_is_entered_after_the_count(table: Table) -> None:
    """Exit 4."""
    table.enter("members", BOX)
    table.at("members", counts.count, table.act())
    for service, args in ((entries.begin, ("1", None)), (sign_offs.undo, ("1", "误录"))):
        with pytest.raises((WrongStage, NotFound)):
            table.as_(FIRST, service, *args)
    with pytest.raises(WrongStage):
        table.as_(FIRST, entries.begin, "1", None)


def sheet_of(*rows: tuple[int, int, int], valid: int = 8, invalid: int = 1) -> Votes:
    names = [NameVotes(name, False, *votes) for name, votes in zip(LIST, rows, strict=True)]
    return Votes((*names, NameVotes("向晚晴", True, 1, None, None)), valid, invalid)


SHEET = sheet_of((6, 2, 0), (5, 3, 0), (4, 4, 0), (3, 4, 1))
SLIPPED = sheet_of((6, 2, 0), (3, 5, 0), (4, 4, 0), (3, 4, 1))


def test_two_equal_tally_sheets_are_signed_off_and_make_the_result(table: Table) -> None:
    """As totals, where a meeting keeps no papers; the first sheet alone counts for nothing."""
    first = table.as_(FIRST, tally_sheets.hand_in, SHEET)
    assert (first.signed_off, first.tellers) == (False, (FIRST,))
    with pytest.raises(Refused):
        table.at("members", counts.count, table.act())
    second = table.as_(OTHER, tally_sheets.hand_in, SHEET)
    assert second.signed_off
    table.at("members", counts.count, table.act())
    result = table.result("members")
    assert (result["ledger"]["valid"], result["ledger"]["invalid"]) == (8, 1)
    assert [(row["name"], row["approve"]) for row in result["results"]][:2] == [("丁一禾", 6), ("马秋澜", 5)]


def test_written_names_in_two_orders_are_one_sheet_and_stand_in_the_record_by_name(table: Table) -> None:
    """No teller's order is the right one, and a record has one spelling."""
    written = (NameVotes("向晚晴", True, 1, None, None), NameVotes("卫思齐", True, 1, None, None))
    listed = sheet_of((6, 2, 0), (5, 3, 0), (4, 4, 0), (3, 4, 1)).names[:-1]
    table.as_(FIRST, tally_sheets.hand_in, Votes((*listed, *written), 8, 1))
    assert table.as_(OTHER, tally_sheets.hand_in, Votes((*listed, *written[::-1]), 8, 1)).signed_off
    with db.reading(table.engine) as session:
        found = PollRecord(session, table.poll(session, "members"), True, None).members()["poll.json"]()
    [round] = json.loads(b"".join(found))["rounds"]
    assert [row[0] for row in round["tally_sheet"]["names"]] == [*LIST, "卫思齐", "向晚晴"]


def test_tally_sheets_that_differ_go_back_and_are_handed_in_again(table: Table) -> None:
    """Field by field; the one corrected is journalled, the figures are not."""
    table.as_(FIRST, tally_sheets.hand_in, SHEET)
    differing = table.as_(OTHER, tally_sheets.hand_in, SLIPPED)
    assert differing.differences == (
        Difference(0, "马秋澜 赞成", "5", "3"),
        Difference(0, "马秋澜 反对", "3", "5"),
    )
    assert not table.as_(OTHER, tally_sheets.hand_in, SLIPPED).outcome.taken
    assert table.as_(OTHER, tally_sheets.hand_in, SHEET).signed_off
    assert len(journalled(table, "correct")) == 1
    assert not any('"马秋澜"' in facts for act, facts in table.lines() if act.startswith("enter"))
    with pytest.raises(Refused):
        table.as_(FIRST, tally_sheets.hand_in, SLIPPED)


def test_a_sheet_that_cannot_be_of_this_box_is_refused_with_the_arithmetic(table: Table) -> None:
    """Papers in the box = valid + invalid, and each name's votes are the valid papers."""
    with pytest.raises(Refused) as refused:
        table.as_(FIRST, tally_sheets.hand_in, sheet_of((6, 2, 0), (5, 3, 1), (4, 4, 0), (3, 4, 1), invalid=2))
    assert problems(refused) == [
        "箱内纸质选票 9 张，计票表的有效票 8 + 无效票 2 = 10 张",
        "马秋澜：赞成 5 + 反对 3 + 弃权 1 = 9，多于有效票 8 张",
    ]
    assert rows(table, EntryBatch) == 0


def test_a_contest_is_entered_by_papers_or_by_sheets(table: Table) -> None:
    """Not by both: its papers would count twice. A third teller hands in nothing."""
    table.as_(FIRST, entries.begin, "1", 4)
    with pytest.raises(Refused):
        table.as_(FIRST, tally_sheets.hand_in, SHEET)
    table.as_(FIRST, sign_offs.undo, "1", "改用计票表")
    table.as_(FIRST, tally_sheets.hand_in, SHEET)
    with pytest.raises(Refused):
        table.as_(OTHER, entries.begin, "1", 4)
    with pytest.raises(Misused):
        table.as_(OTHER, entries.begin, "计票表", None)
    table.as_(OTHER, tally_sheets.hand_in, SLIPPED)
    with pytest.raises(Refused):
        table.as_("吴计票", tally_sheets.hand_in, SHEET)
