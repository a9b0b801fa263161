"""Opening the box: after scrub and declaration, by enough shares, all or nothing; faults stop nothing and are told."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import update

from federation import db
from federation.ballotbox.ceremony import new_key_set
from federation.ballotbox.envelope import Envelope
from federation.ballotbox.seal import OVERHEAD, seal
from federation.errors import Misused, NotReady, Refused, WrongStage
from federation.facts.counting import Paper, WriteIn
from federation.models import Election, SealedBallot
from federation.services import (
    casting,
    counts,
    doubts,
    keys,
    passes,
    polls,
    rounds,
    scrubbing,
    secret_files,
    unsealing,
)
from tests.services.stage import HOLDERS, Stage


@pytest.fixture
def full(phones: Stage) -> Stage:
    """Twelve passes drawn and all cast, twelve papers handed out."""
    codes = phones.passes(12)
    phones.open(12, 12)
    for code in codes:
        phones.cast(code)
    return phones


def stages(stage: Stage) -> None:
    """What stands in the way of opening, one after the other."""
    with stage.refused(WrongStage, "办理时机：选举有效"):
        stage.unsealed()
    stage.at("members", polls.close_poll, stage.act())
    stage.at("members", polls.count_returned, 0, None, stage.two())
    stage.at("members", polls.declare, True, stage.act())
    with stage.refused(Refused, "还没有清除投票先后的痕迹"):
        stage.unsealed()
    stage.closed()


def test_a_box_is_opened_closed_scrubbed_and_declared_valid_and_not_before(full: Stage) -> None:
    """close → returned → declare → unseal, each refused before the one before it; once open it is open."""
    stages(full)
    assert full.unsealed().taken
    before = full.dump()
    assert not full.unsealed().taken
    assert full.dump() == before
    assert len(full.rows("opened_ballots")) == len(full.rows("check_codes")) == 12


def test_too_few_shares_or_those_of_another_key_open_nothing(full: Stage) -> None:
    """One holder alone, the same share twice, another ceremony's shares; nor one officer alone."""
    full.declared(0)
    strange = new_key_set(2, 3).shares
    for shares, kind, said in (
        (full.shares[:1], Misused, "不同的份额只有 1 份"),
        ([full.shares[0]] * 2, Misused, "不同的份额只有 1 份"),
        (strange[:2], Refused, "不是本票箱的密钥"),
        ([full.shares[0], strange[1]], Misused, "不是同一把钥匙的"),
    ):
        with full.refused(kind, said):
            full.at("members", unsealing.unseal, shares, full.two())
    with full.refused(Refused, "须两名监票人"):
        full.at("members", unsealing.unseal, full.shares[:2], full.act())
    full.at("members", unsealing.unseal, full.shares[1:], full.two())


def test_a_key_once_rebuilt_is_never_used_again(full: Stage) -> None:
    """Its state says so, and a reserve is a key of its own."""
    full.declared(0).unsealed()
    assert [row[6] for row in full.rows("ballot_keys")] == ["rebuilt"]
    with full.refused(WrongStage):
        full.keyed()


def test_nothing_is_counted_while_the_box_is_shut(full: Stage) -> None:
    """Ballots that nobody has opened would be votes left out."""
    full.declared(0)
    with full.refused(Refused, "凭证选票 12 张还没有开启"):
        full.at("members", counts.count, full.act())
    full.unsealed()
    full.at("members", counts.count, full.act())
    assert full.result("members")["ledger"]["valid"] == 12


def test_several_processes_open_what_one_opens(full: Stage) -> None:
    """Any executor; the same ballots, the same hashes in the journal."""
    full.declared(0)
    with ProcessPoolExecutor(2) as pool, db.transaction(full.engine) as session:
        poll = full.poll(session, "members")
        pair = unsealing.key_of(keys.of_poll(session, poll), full.shares[:2])
        envelope = Envelope.of([3], [2], written=poll.method.write_in.allowed != "no")
        boxes = [row[2] for row in full.rows("sealed_ballots")]
        alone = list(unsealing.opened(boxes, pair, envelope))
        assert list(unsealing.opened(boxes, pair, envelope, pool, 5)) == alone
    told: list[int] = []
    full.at("members", unsealing.unseal, full.shares[:2], full.two(), progress=told.append)
    assert sum(told) == 12


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


def test_a_ballot_added_without_a_pass_is_found_at_the_closing_and_blocks(full: Stage) -> None:
    """Sealed ballots and spent passes are counted apart: the difference is nobody's vote."""
    box = sorted(full.rows("sealed_ballots"), key=repr)[0]
    with db.transaction(full.engine) as session:
        session.add(SealedBallot(election_id=session.query(Election).one().case_id, box=bytes(reversed(box[2]))))
    full.closed()
    full.at("members", polls.count_returned, 0, None, full.two())
    with full.refused(Refused, "凭证选票收回 13 张，多于领出的凭证 12 份"):
        full.at("members", polls.declare, True, full.act())


def test_a_ceremony_is_held_by_two_scrutineers_for_a_box_without_a_key(phones: Stage) -> None:
    """n ≥ 3, 2 ≤ t < n, holders are scrutineers of the meeting, a box has one key."""

    def held(holders: tuple[str, ...], threshold: int) -> object:
        sets = [new_key_set(max(2, threshold), max(3, len(holders)))]
        sets[0] = type(sets[0])(sets[0].public, threshold, sets[0].shares)
        return phones.at("members", keys.record_ceremony, sets, holders, (), (), phones.two())

    for holders, threshold, said in (
        (HOLDERS[:2], 2, "至少要 3 名"),
        (HOLDERS, 1, "须不少于 2"),
        (HOLDERS, 3, "少于保管人数"),
        ((*HOLDERS[:2], HOLDERS[0]), 2, "写了两次"),
        ((*HOLDERS[:2], "丁一禾"), 2, "丁一禾不是本次会议的监票人"),
    ):
        with phones.refused(Refused, said):
            held(holders, threshold)
    held(HOLDERS, 2)
    with phones.refused(Refused, "本票箱已有密钥"):
        held(HOLDERS, 2)
    assert not [share for share in phones.lines() if "academic" in str(share)]


def test_reserve_keys_serve_further_polls_and_the_rest_are_voided_in_public(ordered_by_phone: Stage) -> None:
    """A reserve belongs to no poll until it is used; a void one is used by none."""
    stage = ordered_by_phone
    sets = stage.keyed("chair", reserves=2)
    stage.at("vice_chairs", keys.use_reserve, 2, stage.two())
    assert not stage.at("vice_chairs", keys.use_reserve, 2, stage.two()).taken
    with stage.refused(Refused, "已归另一票箱"):
        stage.at("chair", keys.use_reserve, 2, stage.two())
    stage.at("chair", keys.void_reserves, stage.two())
    assert not stage.at("chair", keys.void_reserves, stage.two()).taken
    assert sorted((row[1], row[6]) for row in stage.rows("ballot_keys")) == [(1, "ready"), (2, "ready"), (3, "void")]
    assert {row[3] for row in stage.rows("ballot_keys")} == {one.public.hex() for one in sets}


def test_a_secret_paper_is_deleted_by_two_once_and_only_if_it_is_the_one_made(phones: Stage) -> None:
    """Its hash is in the journal: another file, or the same one changed, is not what was made."""
    file = phones.folder / "pile.csv"
    phones.at("members", passes.make, 12, file, lambda pile: repr(pile).encode(), phones.act())
    with phones.refused(Refused, "须两名监票人"):
        phones.at("members", secret_files.destroy, file, phones.act())
    other = phones.folder / "other.csv"
    other.write_text("别的内容")
    with phones.refused(Refused, "不是本次选举制作的机密文书"):
        phones.at("members", secret_files.destroy, other, phones.two())
    assert phones.at("members", secret_files.destroy, file, phones.two()).taken
    file.write_bytes(bytes(file.stat().st_size))  # overwritten, and cut off before it was deleted
    assert not phones.at("members", secret_files.destroy, file, phones.two()).taken
    secret_files.shred(file)
    assert not file.exists()
    assert not phones.at("members", secret_files.destroy, file, phones.two()).taken
    with phones.refused(Misused, "没有找到文件"):
        phones.at("members", secret_files.destroy, phones.folder / "nowhere.csv", phones.two())


def test_a_server_that_keeps_traces_opens_no_poll_by_phone(phones: Stage) -> None:
    """PostgreSQL with a statement log: the remedy names the setting. SQLite has no such thing."""
    if phones.engine.dialect.name == "sqlite":
        with db.reading(phones.engine) as session:
            assert list(scrubbing.surroundings_findings(session)) == []
        return
    with db.transaction(phones.engine) as session:
        session.connection().exec_driver_sql("SET LOCAL log_statement = 'all'")
        [finding] = scrubbing.surroundings_findings(session)
        assert "log_statement = all" in finding.problem
        session.rollback()


def test_a_scrub_that_cannot_finish_says_so_and_is_done_again(full: Stage) -> None:
    """Another program is reading: the box stays unscrubbed, and stays shut."""
    if full.engine.dialect.name != "sqlite":
        return
    full.at("members", polls.close_poll, full.act())
    with db.reading(full.engine) as session:
        session.query(Election).one()
        with pytest.raises(NotReady, match="另有程序正在使用数据库"):
            scrubbing.scrub(full.engine)
    full.closed()
    assert full.at("members", lambda _, poll: poll.election.box) == "scrubbed"


def test_a_box_whose_holders_cannot_come_together_is_declared_void_and_voted_again(full: Stage) -> None:
    """By two, once valid and only while it is shut: the meeting votes again."""
    full.declared(0)
    with full.refused(Refused, "须两人一同办理"):
        full.at("members", polls.declare, False, replace(full.two(), second=""))
    full.at("members", polls.declare, False, full.two())
    assert full.state("members") == "void"
    full.at("members", rounds.rerun, full.act())


def test_an_opened_box_is_not_declared_unopened(full: Stage) -> None:
    """Who has seen the ballots does not send them away."""
    full.declared(0).unsealed()
    with full.refused(Refused, "已宣布有效的选举不再宣布无效"):
        full.at("members", polls.declare, False, full.two())


def test_a_check_code_that_is_missing_is_a_dispute_also_after_the_opening(full: Stage) -> None:
    """Whoever does not find her ballot is counted among those in doubt before anything is announced."""
    full.boxed({"members": [Paper("+--")] + [Paper("0--")] * 11})
    full.at("members", doubts.dispute, 1, full.two())
    with full.refused(Refused, "争议 1 起"):
        full.at("members", counts.announce, full.act())


def test_a_key_whose_letter_was_seen_is_void_before_the_poll_opens(phones: Stage) -> None:
    """Another ceremony gives the box another key."""
    phones.passes(12)
    phones.keyed()
    phones.at("members", keys.void_key, phones.two())
    assert not phones.at("members", keys.void_key, phones.two()).taken
    phones.open(12, 12)
    assert sorted(row[6] for row in phones.rows("ballot_keys")) == ["ready", "void"]
    with phones.refused(WrongStage):
        phones.at("members", keys.void_key, phones.two())


def test_names_that_would_not_be_read_again_are_refused_before_the_pass_is_touched(officers_by_phone: Stage) -> None:
    """A space or a sign that nobody sees: at the opening it would spoil the whole sheet."""
    stage = officers_by_phone
    codes = stage.passes(12, "chair")
    stage.open(12, 12, "chair")
    for name in ("张　三", "张\u200b三", "张\t三", " 张三", ""):
        with stage.refused(Refused, "看不见的字符"), db.transaction(stage.engine) as session:
            box = casting.box_of(session, stage.poll(session, "chair"))
            sheet = {"chair": Paper("--", (WriteIn(name, signed=True),)), "vice_chairs": Paper("++0")}
            casting.cast(session, box, codes[0], sheet)
    stage.cast(codes[0], "chair", chair="+0", vice_chairs="++0")
