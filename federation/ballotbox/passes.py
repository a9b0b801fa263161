"""
The voting pass (投票凭证): a random secret that a voter draws from a pile, and what is stored of it.

Sixteen characters of 5 bits (80 bits) and a check character, from an alphabet without look-alikes. Only the hash
SHA-256("pass" ‖ poll ‖ secret) is kept; nobody can get from it to the secret, nor from either to a person.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable

from federation.errors import Misused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without I, L, O and U: the first three look like digits, the last is left out by custom."""
LENGTH = 16
_REDUCTION = 0b100101
"""x⁵ + x² + 1, which is primitive: the check is a polynomial over GF(32) taken at x."""

RandomBytes = Callable[[int], bytes]


def new_code(random: RandomBytes = secrets.token_bytes) -> str:
    """A fresh code with its check character, without spaces."""
    value = int.from_bytes(random(10), "big")
    digits = "".join(ALPHABET[(value >> shift) & 31] for shift in range(75, -1, -5))
    return digits + _check(digits)


def shown(code: str) -> str:
    """The code as it is printed: groups of four, the check character apart."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4)) + "-" + code[LENGTH:]


def read_code(typed: str) -> str:
    """
    The secret of a code as typed: case and full-width folded, separators dropped, look-alikes read as what they are.

    Raises `Misused` where the check character does not fit: a slip of the finger, not a false pass.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in folded if not sign.isspace() and sign not in "-–—_.")
    code = code.translate(str.maketrans("OIL", "011"))
    head = code[:LENGTH]
    if len(code) != LENGTH + 1 or any(sign not in ALPHABET for sign in code) or _check(head) != code[LENGTH]:
        raise Misused("凭证代码输入有误，请对照凭证再输入一次（共 17 位，不分大小写）")
    return head


def pass_hash(poll: str, secret: str) -> str:
    """What is stored of a pass: hex SHA-256 over the word, the poll's key and the secret."""
    return hashlib.sha256(f"pass\0{poll}\0{secret}".encode()).hexdigest()


def _check(digits: str) -> str:
    """One more character of the same alphabet; it betrays any one wrong character and any swap of two neighbours."""
    value = 0
    for digit in digits:
        value = (value << 1) ^ (_REDUCTION if value & 16 else 0) ^ ALPHABET.index(digit)
    return ALPHABET[(value << 1) ^ (_REDUCTION if value & 16 else 0)]
