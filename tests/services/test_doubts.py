"""A box in doubt: what blocks the announcement, what does not, and the two ways on: a decision, or another ballot."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from federation import db
from federation.ballotbox.passes import pass_hash, read_check_code, read_code
from federation.ballotbox.seal import OVERHEAD, seal
from federation.errors import Misused, Refused, WrongStage
from federation.facts.counting import Paper
from federation.models import Elected, Election, SealedBallot, VotingPass
from federation.services import casting, counts, doubts, polls, rounds
from tests.services.stage import Stage


def spoiled(stage: Stage) -> None:
    """Three boxes as somebody with the database might leave them: garbage, a seal of nothing, a ballot copied."""
    boxes = sorted(stage.rows("sealed_ballots"), key=repr)
    key, length = bytes.fromhex(str(stage.rows("ballot_keys")[0][3])), len(boxes[0][2])
    with db.transaction(stage.engine) as session:
        for row, box in (
            (boxes[0], b"\x07" * length),
            (boxes[1], seal(key, b'{"a":1}'.ljust(length - OVERHEAD))),
            (boxes[2], boxes[3][2]),
        ):
            session.execute(update(SealedBallot).where(SealedBallot.key == row[0]).values(box=box))


def test_ballots_that_do_not_open_are_returned_invalid_and_block_the_announcement(full: Stage) -> None:
    """They never stop the rest; the presidium decides, or the election is void and held again."""
    full.closed()
    spoiled(full)
    full.counted_back().unsealed()
    assert sorted(str(row[2]) for row in full.rows("opened_ballots"))[-3:] == [
        '{"fault":"duplicate"}', '{"fault":"malformed"}', '{"fault":"unopenable"}',
    ]  # fmt: skip
    full.at("members", counts.count, full.act())
    ledger = full.result("members")["ledger"]
    assert (ledger["returned"], ledger["valid"], ledger["invalid_because"]) == (12, 9, {"illegible": 3})
    with full.refused(Refused, "有 3 张密封选票打不开或不合格式"):
        full.at("members", counts.announce, full.act())
    full.at("members", doubts.rule, "主席团会议决定：该三张按无效票计", full.act())
    assert not full.at("members", doubts.rule, "主席团会议决定：该三张按无效票计", full.act()).taken
    full.at("members", counts.announce, full.act())


def test_a_doubtful_box_may_be_declared_void_after_the_count_and_voted_again(full: Stage) -> None:
    """A rerun instead of a decision; where nothing is in doubt neither is to be had."""
    full.closed()
    spoiled(full)
    full.counted_back().unsealed()
    full.at("members", counts.count, full.act())
    full.at("members", polls.declare, False, full.act())
    assert full.state("members") == "void"
    full.at("members", rounds.rerun, full.act())
    assert full.listed("members.2") == full.listed("members")


def test_where_nothing_is_in_doubt_there_is_nothing_to_decide(full: Stage) -> None:
    """A decision about a sound box would be one about its result."""
    full.boxed({"members": [Paper("++-")] * 12})
    with full.refused(Refused, "票箱没有存疑之处"):
        full.at("members", doubts.rule, "决定", full.act())
    with full.refused(Refused, "票箱没有存疑之处"):
        full.at("members", polls.declare, False, full.act())
    full.at("members", counts.announce, full.act())


def test_a_missing_pass_that_could_change_the_outcome_blocks_the_announcement(phones: Stage) -> None:
    """Thirteen approvals where thirteen are needed: one missing pass could have brought another name across."""
    codes = phones.passes(13)
    phones.open(11, 13)
    for code in codes[:12]:
        phones.cast(code, members="++-")
    phones.boxed({"members": [Paper("+--")] * 2 + [Paper("+-0")] * 9})
    with phones.refused(Refused, "争议 0 起、未交回凭证 1 份，足以影响委员的结果"):
        phones.at("members", counts.announce, phones.act())


def test_a_check_code_that_is_missing_is_a_dispute_also_after_the_opening(full: Stage) -> None:
    """Whoever does not find her ballot is counted among those in doubt before anything is announced."""
    full.boxed({"members": [Paper("+--")] + [Paper("0--")] * 11})
    full.at("members", doubts.dispute, 1, full.two())
    with full.refused(Refused, "争议 1 起"):
        full.at("members", counts.announce, full.act())


def test_a_ballot_added_without_a_pass_is_found_at_the_closing_and_blocks(full: Stage) -> None:
    """Sealed ballots and spent passes are counted apart: the difference is nobody's vote."""
    box = sorted(full.rows("sealed_ballots"), key=repr)[0]
    with db.transaction(full.engine) as session:
        session.add(SealedBallot(election_id=session.query(Election).one().case_id, box=bytes(reversed(box[2]))))
    full.closed()
    full.returned(0)
    with full.refused(Refused, "凭证选票收回 13 张，多于领出的凭证 12 份"):
        full.at("members", polls.declare, True, full.act())


def test_of_two_ballots_under_one_check_code_one_counts(phones: Stage) -> None:
    """A program that casts otherwise than it was told: the pass is spent, the ballot bears the code of another stub."""
    pile = phones.pile(12)
    phones.open(12, 12)
    for code, _ in pile[:11]:
        phones.cast(code)
    with db.transaction(phones.engine) as session:
        box = casting.box_of(session, phones.poll(session, "members"))
        spent = VotingPass.hash == pass_hash(box.name, read_code(pile[11][0]))
        session.execute(update(VotingPass).where(spent).values(state="spent"))
        content = box.envelope.packed(read_check_code(pile[0][1]), [Paper("--+")])
        session.add(SealedBallot(election_id=box.election_id, box=seal(box.public or b"", content)))
    phones.closed().counted_back().unsealed()
    assert [str(row[2]) for row in phones.rows("opened_ballots")].count('{"fault":"duplicate"}') == 1
    assert {row[1] for row in phones.rows("check_codes")} == {read_check_code(check) for _, check in pile[:11]}
    phones.at("members", counts.count, phones.act())
    ledger = phones.result("members")["ledger"]
    assert (ledger["returned"], ledger["valid"], ledger["invalid_because"]) == (12, 11, {"illegible": 1})
    with phones.refused(Refused, "有 1 张密封选票打不开或不合格式"):
        phones.at("members", counts.announce, phones.act())


@pytest.mark.parametrize(("disputes", "blocked"), [(4, False), (5, True)])
def test_disputes_block_where_they_could_change_who_is_elected_and_only_there(
    full: Stage, disputes: int, blocked: bool
) -> None:
    """Seventeen approvals where thirteen are needed: four ballots cast otherwise change nothing, five could."""
    full.at("members", doubts.dispute, disputes, full.two())
    full.boxed({"members": [Paper("++-")] * 5 + [Paper("---")] * 7})
    if not blocked:
        with full.refused(Refused, "票箱没有存疑之处"):
            full.at("members", doubts.rule, "决定", full.act())
        full.at("members", counts.announce, full.act())
        return
    with full.refused(Refused, f"争议 {disputes} 起、未交回凭证 0 份，足以影响委员的结果", "decide --box"):
        full.at("members", counts.announce, full.act())
    full.at("members", doubts.rule, "主席团会议决定：结果有效", full.act())
    full.at("members", counts.announce, full.act())


def test_no_dispute_is_recorded_once_the_result_is_announced_and_the_way_on_is_said(full: Stage) -> None:
    """On the stub stands that the code is checked after the count: whoever finds out too late is told where to go."""
    full.boxed({"members": [Paper("++-")] * 12}).at("members", counts.announce, full.act())
    with full.refused(WrongStage, "结果已经宣布", "写成书面，交总监票人和主席团"):
        full.at("members", doubts.dispute, 1, full.two())


def test_disputes_and_missing_passes_are_added_up(phones: Stage) -> None:
    """Each alone could change nothing; together they could."""
    codes = phones.passes(14)
    phones.open(10, 14)
    for code in codes[:12]:
        phones.cast(code, members="++-")
    phones.at("members", doubts.dispute, 2, phones.two())
    phones.boxed({"members": [Paper("++-")] * 4 + [Paper("---")] * 6})
    with phones.refused(Refused, "争议 2 起、未交回凭证 2 份"):
        phones.at("members", counts.announce, phones.act())


def test_who_decides_about_a_doubtful_box_and_with_what_words(full: Stage) -> None:
    """主席团 or whoever writes for it, in words, after the count; what was decided last stands, all of it is told."""
    with full.refused(WrongStage):
        full.at("members", doubts.rule, "决定", full.act())
    full.closed()
    spoiled(full)
    full.counted_back().unsealed()
    full.at("members", counts.count, full.act())
    for note in ("", "  "):
        with full.refused(Misused, "--note"):
            full.at("members", doubts.rule, note, full.act())
    with full.refused(Refused, "不是"):
        full.at("members", doubts.rule, "决定", replace(full.two(), second=""))
    for note in ("按无效票计", "再议：按无效票计，结果有效"):
        assert full.at("members", doubts.rule, note, full.act()).taken
    assert [facts for act, facts in full.lines() if act == "rule_on_box"] == [
        '{"note":"按无效票计"}', '{"note":"再议：按无效票计，结果有效"}',
    ]  # fmt: skip


def test_a_rerun_after_a_doubtful_box_elects_and_the_void_count_elects_nobody(full: Stage) -> None:
    """Counted, void, voted again on paper: seats are those of the second ballot alone."""
    full.closed()
    spoiled(full)
    full.counted_back().unsealed()
    full.at("members", counts.count, full.act())
    full.at("members", polls.declare, False, full.act())
    assert not full.at("members", polls.declare, False, full.act()).taken
    with full.refused(WrongStage):
        full.at("members", counts.announce, full.act())
    full.at("members", rounds.rerun, full.act())
    full.at("members.2", polls.print_papers, 24, full.act())
    full.announced(["0++"] * 24, "members.2")
    with db.reading(full.engine) as session:
        assert sorted(session.scalars(select(Elected.name))) == ["田富", "邓云舒"]
