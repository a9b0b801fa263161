"""The code of a voting pass: random, typed by hand, hard to mistype, and stored only as a hash."""

import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.ballotbox.passes import (
    ALPHABET,
    LENGTH,
    new_code,
    new_pile,
    pass_hash,
    read_check_code,
    read_code,
    shown,
)
from federation.errors import Misused

SECRETS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
BYTES = st.binary(min_size=10, max_size=10)


def code_of(data: bytes) -> str:
    return new_code(lambda _: data)


@given(BYTES)
def test_a_code_has_sixteen_characters_of_eighty_bits_and_a_check(data: bytes) -> None:
    """Nothing of the randomness is lost: other bytes, other code."""
    code = code_of(data)
    assert len(code) == 17
    assert set(code) <= set(ALPHABET)
    value = 0
    for sign in code[:LENGTH]:
        value = value * 32 + ALPHABET.index(sign)
    assert value == int.from_bytes(data, "big")


def test_the_alphabet_has_no_look_alikes() -> None:
    """I and L look like 1, O looks like 0; U is left out by custom."""
    assert len(set(ALPHABET)) == 32
    assert set(string.ascii_uppercase + string.digits) - set(ALPHABET) == set("ILOU")


@given(BYTES)
def test_a_code_is_read_as_it_is_printed(data: bytes) -> None:
    """Groups of four, the check character apart."""
    code = code_of(data)
    assert shown(code).count("-") == 4
    assert read_code(shown(code)) == code[:LENGTH]


@given(BYTES)
def test_case_width_separators_and_look_alikes_do_not_matter(data: bytes) -> None:
    """As a thumb types it on a telephone, also with a Chinese keyboard."""
    code = code_of(data)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    seen = code.replace("0", "o").replace("1", "l")
    for typed in (code.lower(), f" {code[:5]} {code[5:]}\n", wide, seen, code.replace("1", "I"), "—".join(code)):
        assert read_code(typed) == code[:LENGTH]


@given(BYTES, st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_a_slip(data: bytes, place: int, sign: str) -> None:
    """Also in the check character itself."""
    code = code_of(data)
    typed = code[:place] + sign + code[place + 1 :]
    if typed == code:
        assert read_code(typed) == code[:LENGTH]
    else:
        with pytest.raises(Misused):
            read_code(typed)


@given(BYTES, st.integers(0, LENGTH - 1))
def test_two_neighbours_in_the_wrong_order_are_a_slip(data: bytes, place: int) -> None:
    """The commonest slip of all."""
    code = code_of(data)
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        with pytest.raises(Misused):
            read_code(typed)


@pytest.mark.parametrize("typed", ["", "0" * 16, "0" * 18, "U" * 17, "凭证凭证", "0000-0000-0000-0000-1"])
def test_what_is_no_code_is_a_slip_and_never_repeated_in_the_message(typed: str) -> None:
    """A message may end on a screen or in a log."""
    with pytest.raises(Misused) as refused:
        read_code(typed)
    assert not typed or typed not in str(refused.value)


def test_the_check_code_in_place_of_the_code_is_told_to_be_one_and_the_other_way_round() -> None:
    """Both stand on the same pass, and people type the one that they were told to keep."""
    one = new_pile("congress/members", 1)[0]
    with pytest.raises(Misused, match="这是存根上的核对码"):
        read_code(one.check_code)
    with pytest.raises(Misused, match="这是凭证上投票用的代码"):
        read_check_code(one.code)


@given(SECRETS, st.text(st.sampled_from("0123456789abcdef"), min_size=32, max_size=32))
def test_what_is_stored_is_the_hash_over_the_word_the_poll_and_the_secret(secret: str, poll: str) -> None:
    """SHA-256, hex; the same secret in another poll is another hash."""
    assert pass_hash(poll, secret) == hashlib.sha256(b"pass\0" + poll.encode() + b"\0" + secret.encode()).hexdigest()
    assert pass_hash(poll, secret) != pass_hash(poll[::-1] + "0", secret)


def test_codes_come_from_the_system_and_never_twice() -> None:
    """Ten thousand draws of eighty bits."""
    assert len({new_code() for _ in range(10_000)}) == 10_000
