"""The journal of a record: an unbroken chain, and what it says of each poll."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from federation.ballotbox.record.archive import STRANGE, Archive, parsed
from federation.ballotbox.record.forms import fits
from federation.errors import Finding
from federation.rules.chain import canonical, line_hash

JOURNAL = "journal.jsonl"
_REMEDY = "以签过字的纸和另一份记录核对"


@dataclass(frozen=True, slots=True)
class Line:
    """One act that the record bears on: where it stands, what was done to what, and by which figures."""

    sequence: int
    subject: str
    act: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Chain:
    """The lines of one case and everything below it, and the hash of every line of the whole chain."""

    length: int = 0
    head: str = ""
    lines: list[Line] = field(default_factory=list)
    hashes: dict[str, int] = field(default_factory=dict)
    """Hash → sequence."""

    def of(self, subject: str) -> list[Line]:
        """The lines on one subject, in order."""
        return [line for line in self.lines if line.subject == subject]

    def settled(self, before: int = 1 << 62) -> dict[str, str]:
        """Every character whose strokes an officer settled before this line, as it was settled last."""
        lines = (line for line in self.lines if line.act == "settle_strokes" and line.sequence < before)
        return {line.facts["character"]: line.facts["digits"] for line in lines}

    def found(self, code: str) -> int | None:
        """The sequence of the line whose hash is this code; the whole of it: a part could be made to fit."""
        return self.hashes.get("".join(code.split()).lower())


def read(archive: Archive, case: str) -> tuple[Chain, list[Finding]]:
    """The chain, and the first place at which it is broken."""
    chain = Chain()
    for text in archive.lines(JOURNAL):
        if problem := _take(chain, text, case):
            return chain, [Finding(f"{JOURNAL} 第 {chain.length + 1} 行{problem}", "工作日志", _REMEDY)]
    return chain, []


def _take(chain: Chain, text: bytes, case: str) -> str:
    """Add one line; what is wrong with it, empty where nothing is."""
    try:
        line = parsed(text)
        fields = {name: line[name] for name in _FIELDS}
        if line.keys() != {*_FIELDS, "hash"} or canonical(line).encode() != text:
            return "不是规定的写法"
        if type(line["sequence"]) is not int or line["sequence"] != chain.length + 1:
            return "的序号不对：有行被删除、插入或重排"
        if line["previous_hash"] != chain.head:
            return "与前一行接不上：有行被改动、删除或插入"
        if line_hash(fields) != line["hash"]:
            return "内容与校验值不符：该行被改动过"
        if not fits(line, _LINE):
            return "的项目不合规定"
    except STRANGE:
        return "不是规定的写法"
    chain.length, chain.head = line["sequence"], line["hash"]
    chain.hashes[chain.head] = chain.length
    subject, act = line["subject"], line["act"]
    if subject == case or subject.startswith(f"{case}/") or act in _ELSEWHERE:
        chain.lines.append(Line(chain.length, subject, act, line["facts"]))
    return ""


_FIELDS = (
    "sequence", "stated", "recorded_at", "actor", "second", "role", "subject", "act", "facts", "previous_hash",
)  # fmt: skip
_LINE = {**dict.fromkeys((*_FIELDS, "hash"), str), "sequence": int, "facts": dict}
_ELSEWHERE = ("settle_strokes", "register")
"""Acts on the federation that a count follows."""


def polls_named(chain: Chain, case: str) -> Iterator[str]:
    """The subjects of the polls of a case on which anything was done: `case/meeting/sheet`."""
    yield from dict.fromkeys(line.subject for line in chain.lines if line.subject.count("/") == case.count("/") + 2)
