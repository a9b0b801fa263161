"""
The key ceremony: a key made, split, typed back, proved, and forgotten.

Everything here happens in one short-lived process. What leaves it is the public key and a letter for each scrutineer.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from federation.ballotbox import shares
from federation.ballotbox.passes import RandomBytes
from federation.ballotbox.seal import BoxKey, new_secret, seal
from federation.errors import Finding, Misused, Refused
from federation.rules.keys import FEWEST

_TEST = "试开票".encode()


@dataclass(frozen=True, slots=True)
class KeySet:
    """One key before it is forgotten: its public half, and a share for each holder."""

    public: bytes
    threshold: int
    shares: tuple[str, ...] = field(repr=False)


def ceremony_findings(holders: Sequence[str], threshold: int) -> Iterator[Finding]:
    """Say why a key may not be split so: n ≥ 3 and 2 ≤ t < n, each holder a person of her own."""
    rule, remedy = "密钥由监票人分管", "--holder 姓名 逐个写明，--threshold 写开箱所需人数"
    if len(set(holders)) != len(holders):
        yield Finding("同一人写了两次：一人只管一份", rule, remedy)
    if len(holders) < FEWEST:
        yield Finding(f"保管人只有 {len(holders)} 名，至少要 {FEWEST} 名", rule, remedy)
    elif not 2 <= threshold < len(holders):
        problem = f"开箱所需人数写了 {threshold}，须不少于 2、少于保管人数 {len(holders)}"
        yield Finding(problem, "一人不能独自开箱，缺一人也能开箱", remedy)


def new_key_set(threshold: int, holders: int, random: RandomBytes | None = None) -> KeySet:
    """A fresh key, split; its secret is not kept. `random` is for the demonstration alone."""
    secret = new_secret(random or secrets.token_bytes)
    return KeySet(BoxKey.of(secret).public, threshold, tuple(shares.split(secret, threshold, holders, random)))


def typed_back(key_set: KeySet, place: int, typed: str) -> str:
    """
    The share that a holder typed from her letter (`place` counts from 1), where it is hers.

    Misused says what is wrong: a word, the checksum, or somebody else's share.
    """
    share = shares.read_share(typed)
    if share == key_set.shares[place - 1]:
        return share
    if share in key_set.shares:
        raise Misused(f"这是第 {key_set.shares.index(share) + 1} 份，不是第 {place} 份：密钥函拿错了")
    raise Misused("这不是本次密钥仪式的份额：请对照密钥函再输入一次")


def prove(key_set: KeySet, typed: Sequence[str]) -> list[tuple[int, ...]]:
    """
    Open a test ballot with sets of t shares as typed back that together cover all n, and return those sets.

    Refused where one of them does not open it: then nothing of this ceremony may be used.
    """
    proved = list(covering(len(typed), key_set.threshold))
    for places in proved:
        key = BoxKey.of(shares.rebuild([typed[place - 1] for place in places]))
        if key.public != key_set.public or key.opened(seal(key_set.public, _TEST)) != _TEST:
            told = "、".join(map(str, places))
            raise Refused(
                "试开不成功", [Finding(f"第 {told} 份合起来打不开试开票", "密钥仪式", "作废全部密钥函，重新举行")]
            )
    return proved


def covering(holders: int, threshold: int) -> Iterator[tuple[int, ...]]:
    """Sets of t places among n, each place in one of them at least: 1 2, 3 4, then the last with the first again."""
    for start in range(1, holders + 1, threshold):
        yield tuple(sorted((place - 1) % holders + 1 for place in range(start, start + threshold)))
