"""Opening the box: after scrub and declaration, by enough shares, all or nothing; faults stop nothing and are told."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from federation import db
from federation.ballotbox.ceremony import new_key_set
from federation.ballotbox.envelope import Envelope
from federation.errors import Misused, Refused, WrongStage
from federation.services import counts, keys, polls, rounds, unsealing
from tests.services.stage import Stage


def stages(stage: Stage) -> None:
    """What stands in the way of opening, one after the other."""
    with stage.refused(WrongStage, "办理时机：选举有效"):
        stage.unsealed()
    stage.at("members", polls.close_poll, stage.act())
    stage.returned(0)
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
    with ProcessPoolExecutor(2) as pool:
        full.at("members", unsealing.unseal, full.shares[:2], full.two(), executor=pool, progress=told.append)
    assert sum(told) == len(full.rows("opened_ballots")) == 12


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
