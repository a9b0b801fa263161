"""What a meeting adopted by a show of hands."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class Scrutineer:
    duty: str
    """总监票人, 监票人, 总计票人, 计票人 or 唱票人."""
    name: str
    unit: str
    """From the roll; empty for somebody who is not on it."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """决议: one question carried by a show of hands, with its votes as they were recorded."""

    head: PaperHead
    title: str
    """关于…的决议."""
    number: str
    what: str
    """What was adopted: 《…选举办法》, or 监票人、计票人名单 without brackets."""
    document: bool
    """True for a text that stands on its own: a method or a charter."""
    due: int
    present: int
    approve: int
    against: int
    abstain: int
    silent: int
    """Those who raised no hand: 实到 = 同意 + 不同意 + 弃权 + 未表决."""
    threshold: str
    """The bar with its number and clause, one sentence."""
    people: tuple[Scrutineer, ...]
    """Where the list of scrutineers and tellers was adopted: everyone on it."""


@dataclass(frozen=True, slots=True)
class ScrutineerList:
    """监票人计票人名单: as it is put to the meeting, and as it was adopted."""

    head: PaperHead
    people: tuple[Scrutineer, ...]
    adopted: str
    """The vote that adopted it, one sentence; empty while the list waits for the vote."""
