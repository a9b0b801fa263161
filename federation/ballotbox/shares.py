"""
The key of the box, split among scrutineers: any t of n rebuild it, fewer learn nothing (SLIP-39).

A share is twenty words of a fixed list of 1,024, the last three of which are a checksum. Each word stands with its
number on the letter, and may be typed as the word, as its first four letters or as the number. The only file that knows
shamir_mnemonic.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from threading import Lock

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics, shamir
from shamir_mnemonic.wordlist import WORDLIST

from federation.ballotbox.passes import RandomBytes
from federation.errors import Misused

WORDS = 20
"""Words in a share of a secret of 128 bits."""
_PREFIX = 4
"""No two words of the list begin with the same four letters."""
_NUMBERS = {word: number for number, word in enumerate(WORDLIST, 1)}
_PREFIXES = {word[:_PREFIX]: word for word in WORDLIST}
_drawing = Lock()


def split(secret: bytes, threshold: int, holders: int, random: RandomBytes | None = None) -> list[str]:
    """A share for each holder, its words separated by spaces; `random` is for the demonstration alone."""
    with _drawn_from(random):
        groups: list[list[str]] = generate_mnemonics(1, [(threshold, holders)], secret, iteration_exponent=0)
    return groups[0]


@contextmanager
def _drawn_from(random: RandomBytes | None) -> Iterator[None]:
    with _drawing:
        system = shamir.RANDOM_BYTES
        shamir.RANDOM_BYTES = random or system
        try:
            yield
        finally:
            shamir.RANDOM_BYTES = system


def numbered(share: str) -> list[tuple[int, str]]:
    """The words of a share with their numbers in the list, 1 to 1024."""
    return [(_NUMBERS[word], word) for word in share.split()]


def read_share(typed: str) -> str:
    """
    A share as typed, as whole words.

    Misused says which word is not in the list, how many are missing, or that the checksum fails.
    """
    given = unicodedata.normalize("NFKC", typed).lower().replace(",", " ").replace("，", " ").replace("、", " ").split()
    words = [_word(text, place) for place, text in enumerate(given, 1)]
    if len(words) != WORDS:
        raise Misused(f"一份份额是 {WORDS} 个词，输入了 {len(words)} 个。请对照密钥函再输入一次")
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise Misused("各词都在词表中，但校验不符：有的词抄错了，或次序颠倒。请对照密钥函再输入一次") from None
    return " ".join(words)


def _word(text: str, place: int) -> str:
    if text.isdecimal() and 1 <= int(text) <= len(WORDLIST):
        return str(WORDLIST[int(text) - 1])
    word = text if text in _NUMBERS else _PREFIXES.get(text[:_PREFIX]) if len(text) >= _PREFIX else None
    if word is None or not word.startswith(text):
        raise Misused(
            f"第 {place} 个词“{text[:20]}”不在词表中。请对照密钥函再输入一次（可只写前四个字母，或写它的编号）"
        )
    return word


def set_of(share: str) -> int:
    """The number that all shares of one secret bear, and by which sets are told apart."""
    return int(Share.from_mnemonic(share).identifier)


def place_of(share: str) -> int:
    """Which of the holders' shares this is, from 1."""
    return int(Share.from_mnemonic(share).index) + 1


def threshold_of(share: str) -> int:
    """How many shares rebuild the secret."""
    return int(Share.from_mnemonic(share).member_threshold)


def rebuild(shares: Sequence[str]) -> bytes:
    """The secret of shares read; Misused where they are too few or do not belong together."""
    if len({set_of(share) for share in shares}) > 1:
        raise Misused("这些份额不是同一把钥匙的：请各人核对密钥函上的会议、选举和第几号密钥，都用本票箱的那一份再输")
    distinct = {place_of(share): share for share in shares}
    needed = threshold_of(shares[0]) if shares else 0
    if not shares or len(distinct) < needed:
        raise Misused(f"不同的份额只有 {len(distinct)} 份，须有 {needed or '规定的'} 份才能开启")
    try:
        return bytes(combine_mnemonics(list(islice(distinct.values(), needed))))
    except MnemonicError:
        raise Misused("这些份额合不成钥匙：请核对是不是同一次密钥仪式的") from None
