"""
The voting pass (投票凭证): a random secret that a voter draws from a pile, and what is stored of it.

Sixteen characters of 5 bits (80 bits) and a check character, from an alphabet without look-alikes. Only the hash
SHA-256("pass" ‖ poll ‖ secret) is kept, and the voter keeps the check code (核对码), 60 bits of
SHA-256("check" ‖ poll ‖ secret): neither leads to the other without the secret, nor either of them to a person.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from federation.errors import Misused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without I, L, O and U: the first three look like digits, the last is left out by custom."""
LENGTH = 16
CHECK_LENGTH = 12
_REDUCTION = 0b100101
"""x⁵ + x² + 1, which is primitive: the check is a polynomial over GF(32) taken at x."""

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass as it is printed: the code that votes, and on the stub the code that checks. Never stored."""

    code: str
    check_code: str


def new_code(random: RandomBytes = secrets.token_bytes) -> str:
    """A fresh code with its check character, without spaces."""
    digits = _written(int.from_bytes(random(10), "big"), LENGTH)
    return digits + _check(digits)


def new_pile(poll: str, number: int, random: RandomBytes = secrets.token_bytes) -> list[Pass]:
    """
    So many passes for a poll, in an order that says nothing: that of their random codes.

    No two share a code or a check code: a pass whose check code is there already is drawn anew.
    """
    codes: dict[str, str] = {}
    while len(codes) < number:
        code = new_code(random)
        codes.setdefault(check_code(poll, code[:LENGTH]), code)
    return [Pass(code, check) for check, code in codes.items()]


def shown(code: str) -> str:
    """The code as it is printed: groups of four, the check character apart."""
    return grouped(code[:LENGTH]) + "-" + code[LENGTH:]


def shown_check(check: str) -> str:
    """The check code as it is printed: groups of four."""
    return grouped(check)


def read_code(typed: str) -> str:
    """
    The secret of a code as typed: case and full-width folded, separators dropped, look-alikes read as what they are.

    Of a link, as a scanner reads it from the pass, the fragment is the code.
    Raises `Misused` where the check character does not fit: a slip of the finger, not a false pass; and where it is the
    check code of the stub.
    """
    code = folded(typed.rpartition("#")[2])
    head = code[:LENGTH]
    if not code:
        raise Misused("没有输入凭证代码")
    if len(code) == CHECK_LENGTH and not _foreign(code):
        raise Misused(f"这是存根上的核对码，投票用凭证上的代码（共 {LENGTH + 1} 位）")
    if len(code) != LENGTH + 1 or _foreign(code) or _check(head) != code[LENGTH]:
        raise Misused("凭证代码输入有误，请对照凭证再输入一次（共 17 位，不分大小写）")
    return head


def read_check_code(typed: str) -> str:
    """A check code as typed; Misused where it cannot be one."""
    code = folded(typed)
    if len(code) == LENGTH + 1 and not _foreign(code):
        raise Misused(f"这是凭证上投票用的代码，核对用存根上的核对码（共 {CHECK_LENGTH} 位）")
    if len(code) != CHECK_LENGTH or _foreign(code):
        raise Misused(f"核对码输入有误，请对照存根再输入一次（共 {CHECK_LENGTH} 位，不分大小写）")
    return code


def _foreign(code: str) -> bool:
    """True where a code has a character that none has."""
    return any(sign not in ALPHABET for sign in code)


def pass_hash(poll: str, secret: str) -> str:
    """What is stored of a pass: hex SHA-256 over the word, the poll's name and the secret."""
    return hashlib.sha256(f"pass\0{poll}\0{secret}".encode()).hexdigest()


def check_code(poll: str, secret: str) -> str:
    """What the voter keeps: the first 60 bits of SHA-256 over the word, the poll's name and the secret."""
    digest = hashlib.sha256(f"check\0{poll}\0{secret}".encode()).digest()
    return _written(int.from_bytes(digest[:8], "big") >> 4, CHECK_LENGTH)


def token_hash(token: str) -> str:
    """What a pass keeps of the form it was spent by, until the poll closes."""
    return hashlib.sha256(f"token\0{token}".encode()).hexdigest()


def folded(typed: str) -> str:
    """Case and full-width folded, separators dropped, look-alikes read as what they are."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in folded if not sign.isspace() and sign not in "-–—_.")
    return code.translate(str.maketrans("OIL", "011"))


def grouped(code: str) -> str:
    """A code as it is printed and read aloud: groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _written(value: int, length: int) -> str:
    """A number as characters of five bits each."""
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(5 * (length - 1), -1, -5))


def _check(digits: str) -> str:
    """One more character of the same alphabet; it betrays any one wrong character and any swap of two neighbours."""
    value = 0
    for digit in digits:
        value = (value << 1) ^ (_REDUCTION if value & 16 else 0) ^ ALPHABET.index(digit)
    return ALPHABET[(value << 1) ^ (_REDUCTION if value & 16 else 0)]
