"""
What secret papers say: 投票凭证 and 监票人密钥函.

They are rendered in memory and written once; nothing of this is ever stored, frozen or made again.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PassSlip:
    """One pass as printed: the code in groups, the check code in groups, and what the QR code holds."""

    code: str = field(repr=False)
    check_code: str = field(repr=False)
    link: str = field(repr=False)
    """The address of the ballot page with the code in its fragment, or the code alone where there is no page."""


@dataclass(frozen=True, slots=True)
class PassSheet:
    """投票凭证: a pile of passes for one poll, in the order in which they are printed."""

    federation: str
    meeting: str
    """Full title of the meeting."""
    offices: tuple[str, ...]
    """What is elected on the sheet, in sheet order."""
    page: str
    """The address of the ballot page to type by hand; empty where there is none."""
    check: str
    """What a check code shows (`record.check` of the method): presence or paper."""
    slips: tuple[PassSlip, ...] = field(repr=False)
    specimen: bool = False
    """True for the demonstration: every slip is marked 样本."""


@dataclass(frozen=True, slots=True)
class KeyLetter:
    """监票人密钥函: one holder's share of the key of one ballot box."""

    federation: str
    meeting: str
    offices: tuple[str, ...]
    """Empty for a reserve set, which belongs to no poll yet."""
    label: str
    """Which key, as printed: 第 1 号密钥, or 备用密钥（第 2 号） …"""
    holder: str
    place: int
    """Which share, from 1."""
    holders: int
    threshold: int
    words: tuple[tuple[int, str], ...] = field(repr=False)
    """The words of the share, each with its number in the list of 1,024."""
    fingerprint: str
    """Of the public key, as all letters of one set bear it."""
    day: date
    specimen: bool = False
