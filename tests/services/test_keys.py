"""Keys of ballot boxes: what a ceremony leaves, reserves, and that no key serves two boxes."""

import json
from dataclasses import replace
from typing import Any

from federation.ballotbox.ceremony import new_key_set
from federation.errors import NotFound, Refused, WrongStage
from federation.services import keys
from tests.services.stage import HOLDERS, Stage


def test_a_ceremony_is_held_by_two_scrutineers_for_a_box_without_a_key(phones: Stage) -> None:
    """n ≥ 3, 2 ≤ t < n, holders are scrutineers of the meeting, a box has one key."""

    def held(holders: tuple[str, ...], threshold: int) -> object:
        sets = [new_key_set(max(2, threshold), max(3, len(holders)))]
        sets[0] = type(sets[0])(sets[0].public, threshold, sets[0].shares)
        return phones.at("members", keys.record_ceremony, sets, holders, (), {}, phones.two())

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


def test_a_key_once_rebuilt_is_never_used_again(full: Stage) -> None:
    """Its state says so, and a reserve is a key of its own."""
    full.declared(0).unsealed()
    assert [row[6] for row in full.rows("ballot_keys")] == ["rebuilt"]
    with full.refused(WrongStage):
        full.keyed()


def told(stage: Stage, act: str) -> Any:
    """The facts of the last line of this act."""
    return [json.loads(facts) for name, facts in stage.lines() if name == act][-1]


def test_a_ceremony_leaves_public_keys_names_and_the_hashes_of_its_letters(ordered_by_phone: Stage) -> None:
    """Who holds, who was there, what the reserves are; of no share a single word, in no table."""
    stage = ordered_by_phone
    sets = [new_key_set(2, 3) for _ in range(2)]
    stage.at(
        "chair", keys.record_ceremony, sets, HOLDERS, ("王芳",), {"乙.pdf": "b" * 64, "甲.pdf": "a" * 64}, stage.two()
    )
    assert told(stage, "ceremony.hold") == {
        "number": 1,
        "public": sets[0].public.hex(),
        "threshold": 2,
        "holders": [*HOLDERS],
        "present": ["王芳"],
        "letters": ["a" * 64, "b" * 64],
        "files": {"a" * 64: "甲.pdf", "b" * 64: "乙.pdf"},
        "reserves": {"2": sets[1].public.hex()},
    }
    kept = str(stage.dump())
    assert not [share for one in sets for share in one.shares if " ".join(share.split()[:3]) in kept]
    stage.at("vice_chairs", keys.use_reserve, 2, stage.two())
    assert told(stage, "ceremony.reserve") == {
        "number": 2, "public": sets[1].public.hex(), "threshold": 2, "holders": [*HOLDERS],
    }  # fmt: skip


def test_a_key_that_opened_a_box_is_void_or_is_not_there_serves_no_other(ordered_by_phone: Stage) -> None:
    """Each is told apart, and which reserves there are."""
    stage = ordered_by_phone
    codes = stage.passes(12, "chair")
    stage.keyed("chair", reserves=2)
    stage.open(12, 12, "chair").cast(codes[0], "chair", chair="+")
    stage.declared(0, "chair").unsealed("chair")
    with stage.refused(Refused, "第 1 号密钥已经开过箱"):
        stage.at("vice_chairs", keys.use_reserve, 1, stage.two())
    with stage.refused(NotFound, "没有第 9 号密钥；备用的有：2、3"):
        stage.at("vice_chairs", keys.use_reserve, 9, stage.two())
    for act in (stage.act(), replace(stage.two(), second="")):
        with stage.refused(Refused, "启用备用密钥"):
            stage.at("vice_chairs", keys.use_reserve, 2, act)
    stage.at("vice_chairs", keys.use_reserve, 2, stage.two())
    with stage.refused(Refused, "本票箱已有密钥"):
        stage.at("vice_chairs", keys.use_reserve, 3, stage.two())
    stage.at("chair", keys.void_reserves, stage.two())
    with stage.refused(NotFound, "备用的有：无"):
        stage.at("vice_chairs", keys.use_reserve, 9, stage.two())
    assert told(stage, "duties.void_reserves")["numbers"] == [3]


def test_a_void_reserve_is_used_by_none(ordered_by_phone: Stage) -> None:
    """Its letters were torn up before the hall."""
    stage = ordered_by_phone
    stage.keyed("chair", reserves=1)
    stage.at("chair", keys.void_reserves, stage.two())
    with stage.refused(Refused, "第 2 号密钥已经作废"):
        stage.at("vice_chairs", keys.use_reserve, 2, stage.two())
    with stage.refused(Refused, "作废备用密钥"):
        stage.at("chair", keys.void_reserves, stage.act())
