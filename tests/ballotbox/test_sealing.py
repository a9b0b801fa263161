"""Envelope, seal, shares, ceremony, opening: a ballot as seen from outside, and how a key is split and proved."""

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from federation.ballotbox import ceremony, shares
from federation.ballotbox.ceremony import covering, new_key_set, prove, typed_back
from federation.ballotbox.envelope import Envelope, is_name
from federation.ballotbox.opening import CheckCodes, Opened, faulty, opened
from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH, new_pile, read_check_code, shown_check
from federation.ballotbox.seal import OVERHEAD, BoxKey, fingerprint, new_secret, seal
from federation.errors import Misused, Refused
from federation.facts.counting import Mark, Paper, WriteIn

CHECKS = st.text(ALPHABET, min_size=CHECK_LENGTH, max_size=CHECK_LENGTH)
MARKS = st.text("".join(Mark), min_size=5, max_size=5)
WRITTEN = st.lists(
    st.builds(WriteIn, st.text("张三李四·", min_size=1, max_size=4).filter(is_name), st.booleans()), max_size=3
)
PAPERS = st.builds(Paper, MARKS, WRITTEN.map(tuple))
FORM = Envelope.of([5, 5], [3, 2], written=True)


@given(CHECKS, PAPERS, PAPERS)
def test_every_ballot_of_a_poll_is_packed_to_one_length_and_read_back(check: str, one: Paper, other: Paper) -> None:
    """Whatever is on it, and whether it is read by its pattern or by its JSON."""
    content = FORM.packed(check, [one, other])
    assert len(content) == FORM.length
    assert FORM.unpacked(content) == (check, (one, other))
    assert FORM.plain(content) == FORM.lined(content)


@given(st.binary(max_size=FORM.length))
def test_whatever_else_is_no_ballot_is_told_by_a_value_error(content: bytes) -> None:
    """Random bytes, padded to the length or not."""
    for text in (content, content.ljust(FORM.length)):
        with pytest.raises((ValueError, RecursionError)):
            FORM.unpacked(text)


MALFORMED = [
    ["AAAAAAAAAAAA", [["+++++", []]]],  # a contest missing
    ["AAAAAAAAAAAA", [["+++++", []], ["++++", []]]],  # a mark missing
    ["AAAAAAAAAAAA", [["+++++", []], ["++++x", []]]],  # no mark
    ["AAAAAAAAAAAA", [["+++++", ["张三"]], ["+++++", []]]],  # no sign before the name
    ["AAAAAAAAAAAA", [["+++++", ["+"]], ["+++++", []]]],  # no name
    ["AAAAAAAAAAAA", [["+++++", ["+张\n三"]], ["+++++", []]]],  # two lines
    ["AAAAAAAAAAAA", [["+++++", [7]], ["+++++", []]]],
    ["AAAAAAAAAAA", [["+++++", []], ["+++++", []]]],  # a short code
    ["AAAAAAAAAAAI", [["+++++", []], ["+++++", []]]],  # a look-alike
    [["AAAAAAAAAAAA"], [["+++++", []], ["+++++", []]]],
    {"AAAAAAAAAAAA": [["+++++", []], ["+++++", []]]},
    None,
]  # fmt: skip


@pytest.mark.parametrize("data", MALFORMED, ids=json.dumps)
def test_json_of_another_form_is_no_ballot(data: object) -> None:
    """And its box is returned as a faulty one, opened by whichever way."""
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode().ljust(FORM.length)
    with pytest.raises(ValueError, match=r"^no "):
        FORM.unpacked(content)
    key = BoxKey.of(new_secret())
    assert list(opened([seal(key.public, content)], key, FORM)) == [faulty("malformed")]


def test_the_length_grows_with_the_sheet_and_with_room_for_names() -> None:
    """A multiple of thirty-two; no room where nothing is written in."""
    assert Envelope.of([60], [15], written=True).length % 32 == 0
    assert Envelope.of([60], [15], written=False).length < Envelope.of([60], [15], written=True).length
    with pytest.raises(Refused, match="没有投票"):
        FORM.packed(
            "A" * 12, [Paper("+++++", tuple(WriteIn(f"很长的姓名{n}", True) for n in range(30))), Paper("+++++")]
        )


@given(st.binary(min_size=1, max_size=200))
def test_a_seal_opens_with_its_key_and_with_no_other(content: bytes) -> None:
    """libsodium's sealed box, whichever way the ephemeral key was drawn; never twice the same."""
    key, other = BoxKey.of(new_secret()), BoxKey.of(new_secret())
    boxes = [seal(key.public, content), seal(key.public, content, lambda size: b"\x05" * size)]
    for box in boxes:
        assert len(box) == len(content) + OVERHEAD
        assert bindings.crypto_box_seal_open(box, key.public, key.private) == key.opened(box) == content
        assert other.opened(box) is None
        assert key.opened(box[:-1]) is key.opened(b"") is key.opened(bytes([box[0] ^ 1]) + box[1:]) is None
    assert seal(key.public, content) != boxes[0]
    assert "private" not in repr(key)
    assert len(fingerprint(key.public)) == 19


def test_any_t_of_n_rebuild_the_key_and_fewer_do_not() -> None:
    """Every set of three of five; never two."""
    secret = new_secret()
    split = shares.split(secret, 3, 5)
    assert {shares.place_of(share) for share in split} == {1, 2, 3, 4, 5}
    for some in combinations(split, 3):
        assert shares.rebuild(some) == secret
    for few in combinations(split, 2):
        with pytest.raises(Misused, match="不同的份额只有 2 份，须有 3 份"):
            shares.rebuild(few)
    with pytest.raises(Misused):
        shares.rebuild([])


def test_a_share_may_be_typed_by_word_by_its_first_letters_or_by_number() -> None:
    """Folded, with commas or spaces, mixed as the typist likes."""
    [share, *_] = shares.split(new_secret(), 2, 3)
    words = shares.numbered(share)
    for typed in (
        share.upper(),
        "，".join(share.split()),
        " ".join(word[:4] for _, word in words),
        " ".join(f"{number:04}" for number, _ in words),
        "".join(chr(ord(sign) + 0xFEE0) if sign.isalpha() else sign for sign in share),
    ):
        assert shares.read_share(typed) == share


def test_a_mistyped_share_says_what_is_wrong_with_it() -> None:
    """Which word is not in the list, how many are missing, or that the checksum fails."""
    [share, *_] = shares.split(new_secret(), 2, 3)
    words = share.split()
    for typed, said in (
        (" ".join([*words[:6], "xylophone", *words[7:]]), "第 7 个词“xylophone”不在词表中"),
        (" ".join([*words[:6], f"{words[6][:4]}zz", *words[7:]]), "第 7 个词"),
        (" ".join([*words[:6], "1025", *words[7:]]), "第 7 个词“1025”"),
        (" ".join(words[:-1]), "输入了 19 个"),
        ("", "输入了 0 个"),
        (" ".join([words[1], words[0], *words[2:]]) if words[0] != words[1] else share[::-1], "校验不符"),
    ):
        with pytest.raises(Misused, match=said):
            shares.read_share(typed)


@pytest.mark.parametrize("holders", range(3, 10))
def test_the_sets_tried_at_a_ceremony_cover_every_holder(holders: int) -> None:
    """Whoever is left out might hold a share that opens nothing."""
    for threshold in range(2, holders):
        sets = list(covering(holders, threshold))
        assert {place for places in sets for place in places} == set(range(1, holders + 1))
        assert all(len(set(places)) == threshold for places in sets)


def test_a_ceremony_proves_every_share_and_refuses_one_that_is_not_hers() -> None:
    """Typed from the wrong letter, from another ceremony, or not at all."""
    key_set = new_key_set(2, 3)
    assert prove(key_set, [typed_back(key_set, place, share) for place, share in enumerate(key_set.shares, 1)])
    with pytest.raises(Misused, match="这是第 2 份，不是第 1 份"):
        typed_back(key_set, 1, key_set.shares[1])
    with pytest.raises(Misused, match="不是本次密钥仪式的份额"):
        typed_back(key_set, 1, new_key_set(2, 3).shares[0])
    with pytest.raises(Misused):
        prove(key_set, [*key_set.shares[:2], new_key_set(2, 3).shares[2]])
    other = ceremony.KeySet(new_key_set(2, 3).public, 2, key_set.shares)
    with pytest.raises(Refused, match="试开不成功"):
        prove(other, key_set.shares)
    assert key_set.shares[0].split()[0] not in repr(key_set)


def test_check_codes_are_each_kept_once_and_listed_in_their_order() -> None:
    """A second ballot with the same code is a duplicate, whatever it says."""
    pile = [each.check_code for each in new_pile("a/b/c", 500)]
    codes, ballots = CheckCodes(), [Opened(check, "x") for check in (*pile, pile[3], pile[3])]
    judged = list(codes.judged([*ballots, faulty("unopenable")]))
    assert [ballot.line for ballot in judged[500:]] == ['{"fault":"duplicate"}'] * 2 + ['{"fault":"unopenable"}']
    assert list(codes) == sorted(pile)


def test_a_check_code_is_read_as_it_is_printed_and_a_slip_is_told() -> None:
    """Groups of four, folded like the code of a pass."""
    [one] = new_pile("a/b/c", 1)
    assert read_check_code(f" {shown_check(one.check_code).lower()}\n") == one.check_code
    for typed in ("", "A" * 11, "A" * 13, "U" * 12):
        with pytest.raises(Misused):
            read_check_code(typed)
