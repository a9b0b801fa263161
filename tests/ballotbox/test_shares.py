"""Shares as they are typed, all the words of the list; and the randomness of a split, which is always the system's."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import shamir
from shamir_mnemonic.wordlist import WORDLIST

from federation.ballotbox import shares
from federation.errors import Misused

SECRET = bytes(range(16))
[SHARE, OTHER, _] = shares.split(SECRET, 2, 3, random.Random(1).randbytes)
WORDS = st.sampled_from(WORDLIST)


def test_any_word_may_be_typed_as_its_first_letters_or_its_number() -> None:
    """No two of the 1,024 share their first four letters, and the numbers run from 1."""
    assert len({word[:4] for word in WORDLIST}) == 1024
    met = set()
    for seed in range(40):
        for share in shares.split(SECRET, 2, 3, random.Random(seed).randbytes):
            words = share.split()
            met.update(words)
            for typed in ([word[:4] for word in words], [f"{WORDLIST.index(word) + 1}" for word in words]):
                assert shares.read_share(" ".join(typed)) == share
    assert len(met) > 800


@pytest.mark.parametrize("text", ["0", "1025", "abc", "zzzz", "-1", "1.0", "½", "academix"])
def test_a_word_that_is_not_in_the_list_is_told_by_its_place(text: str) -> None:
    """The holder of the letter looks at the seventh word and not at all of them."""
    words = SHARE.split()
    with pytest.raises(Misused, match="第 7 个词"):
        shares.read_share(" ".join([*words[:6], text, *words[7:]]))


@given(st.lists(st.tuples(st.integers(0, shares.WORDS - 1), WORDS), min_size=1, max_size=3))
def test_up_to_three_words_put_wrong_are_told_by_the_checksum(wrong: list[tuple[int, str]]) -> None:
    """Each of them in the list, so that nothing but the sum can tell."""
    words = SHARE.split()
    for place, word in wrong:
        words[place] = word
    if words == SHARE.split():
        return
    with pytest.raises(Misused, match="校验不符"):
        shares.read_share(" ".join(words))


@given(st.integers(0, shares.WORDS - 1), st.integers(0, shares.WORDS - 1))
def test_two_words_that_changed_places_are_told(one: int, other: int) -> None:
    """Also where they do not stand side by side."""
    words = SHARE.split()
    words[one], words[other] = words[other], words[one]
    if words != SHARE.split():
        with pytest.raises(Misused, match="次序颠倒"):
            shares.read_share(" ".join(words))


def test_what_was_mistyped_is_told_by_its_place_and_not_in_full() -> None:
    """A line pasted into the wrong prompt is not thrown back at the hall."""
    with pytest.raises(Misused) as refused:
        shares.read_share("x" * 300)
    assert "第 1 个词" in str(refused.value)
    assert "x" * 21 not in str(refused.value)


def test_shares_of_two_keys_do_not_belong_together_though_each_is_right() -> None:
    """A letter of another box, or of a reserve."""
    strange = shares.split(SECRET, 2, 3)[0]
    with pytest.raises(Misused, match="不是同一把钥匙的"):
        shares.rebuild([SHARE, strange])
    assert shares.rebuild([OTHER, SHARE]) == shares.rebuild([SHARE, OTHER, SHARE]) == SECRET


def test_what_a_demonstration_draws_from_is_gone_with_its_split() -> None:
    """Else the next ceremony of this process would be split by a seed that everybody knows."""
    system = shamir.RANDOM_BYTES
    one, same = (shares.split(SECRET, 2, 3, random.Random(5).randbytes) for _ in range(2))
    assert one == same
    with pytest.raises(ZeroDivisionError):
        shares.split(SECRET, 2, 3, lambda _: bytes(1 // 0))
    assert shamir.RANDOM_BYTES is system
    assert shares.split(SECRET, 2, 3) != shares.split(SECRET, 2, 3)
