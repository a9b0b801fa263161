"""
What goes into a count and what comes out of it: papers, figures, votes, and the result as a chair would read it.

A paper here has no number and no place in a sequence: two papers with the same marks are the same paper.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from federation.errors import Finding, Misused

Kind = Literal["first", "rerun", "runoff", "primary", "supplementary"]
Outcome = Literal["elected", "not_elected", "tied", "passed_over"]
Next = Literal[
    "announce",
    "postpone",
    "rerun",
    "tie_runoff",
    "supplementary_ballot",
    "formal_ballot",
    "presidium_decision",
    "next_session",
]


class Mark(StrEnum):
    """What a voter said of one listed name. One letter each, so that a paper's marks are one short string."""

    APPROVE = "+"
    AGAINST = "-"
    ABSTAIN = "0"
    UNCLEAR = "?"
    NOT_CHOSEN = "."
    """Left blank where names are only chosen or not."""


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A name written by hand. `signed`: it carries the approve sign; `unclear`: the name or its sign cannot be read."""

    name: str
    signed: bool = False
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One returned paper of one contest: a mark for each listed name in ballot order, and the names written in."""

    marks: str
    write_ins: tuple[WriteIn, ...] = ()
    stray: bool = False
    illegible: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Which ballot of a contest this is; `number` counts supplementary ballots from 1 and is 0 elsewhere."""

    kind: Kind = "first"
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> "Round":
        """Read first, rerun, runoff, primary or supplementary:N."""
        kinds: dict[str, Kind] = {"first": "first", "rerun": "rerun", "runoff": "runoff", "primary": "primary"}
        if text in kinds:
            return cls(kinds[text])
        if match := re.fullmatch(r"supplementary:([1-9]\d?)", text, re.ASCII):
            return cls("supplementary", int(match[1]))
        raise Misused(f"没有“{text}”这种轮次，可写 first、rerun、runoff、primary、supplementary:1")

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}" if self.number else self.kind


@dataclass(frozen=True, slots=True)
class Ledger:
    """应到 实到 发出 投票 收回 有效 无效 of one round. None: not known, or not known yet."""

    due: int | None = None
    present: int | None = None
    issued: int | None = None
    voted: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    invalid_because: Mapping[str, int] = field(default_factory=dict)

    def figure(self, name: str) -> int | None:
        """The figure of this name."""
        figure: int | None = getattr(self, name)
        return figure


FIGURES = ("due", "present", "issued", "voted", "returned", "valid", "invalid")


@dataclass(frozen=True, slots=True)
class NameVotes:
    """One name's votes. A count is None where the method has no such mark, and for a write-in."""

    name: str
    write_in: bool
    approve: int
    against: int | None
    abstain: int | None


@dataclass(frozen=True, slots=True)
class Votes:
    """Everyone's votes, listed names first. `valid` None: from a tally sheet, and the ledger has that figure."""

    names: tuple[NameVotes, ...] = ()
    valid: int | None = None
    invalid: int | None = None
    invalid_because: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough were present."""

    rule: str
    needed: int
    present: int
    holds: bool


@dataclass(frozen=True, slots=True)
class BarResult:
    """The bar of this round with its arithmetic. `base` is None under plurality, both where it is not known."""

    rule: str
    base: int | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class NameResult:
    """One name's votes and what became of it."""

    votes: NameVotes
    passes: bool
    outcome: Outcome

    @property
    def name(self) -> str:
        """The name as printed or written."""
        return self.votes.name

    def as_json(self) -> dict[str, Any]:
        """One entry of `results`."""
        votes = self.votes
        return {
            "name": votes.name,
            "write_in": votes.write_in,
            "approve": votes.approve,
            "against": votes.against,
            "abstain": votes.abstain,
            "passes": self.passes,
            "outcome": self.outcome,
        }


@dataclass(frozen=True, slots=True)
class CountResult:
    """The whole outcome of one round: every figure that any paper, page or announcement about it may use."""

    contest: str
    office: str
    round: Round
    seats: int
    quorum: Quorum
    ledger: Ledger
    threshold: BarResult
    results: tuple[NameResult, ...]
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    seats_left: int
    next: Next
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> bool:
        """False where the meeting was short of its quorum, or the box was void: no paper was looked at."""
        return self.next not in ("postpone", "rerun")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CountResult":
        """The result that `as_json` wrote, without 投票人数; KeyError or TypeError where it is another thing."""
        return cls(
            contest=data["contest"],
            office=data["office"],
            round=Round.parse(data["round"]),
            seats=data["seats"],
            quorum=Quorum(**data["quorum"]),
            ledger=Ledger(**data["ledger"]),
            threshold=BarResult(**data["threshold"]),
            results=tuple(map(_name_result, data["results"])),
            elected=tuple(data["elected"]),
            tied=tuple(data["tied"]),
            seats_left=data["seats_left"],
            next=data["next"],
            findings=tuple(Finding(**finding) for finding in data["findings"]),
        )

    def printed(self) -> str:
        """The result as the one text that every count of the same papers prints, here or elsewhere."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1)

    def as_json(self) -> dict[str, Any]:
        """The object that `federation count --json` prints, its keys in the order promised."""
        return {
            "contest": self.contest,
            "office": self.office,
            "round": str(self.round),
            "seats": self.seats,
            "quorum": _fields(self.quorum, "rule", "needed", "present", "holds"),
            "ledger": {
                **_fields(self.ledger, "due", "present", "issued", "returned", "valid", "invalid"),
                "invalid_because": dict(self.ledger.invalid_because),
            },
            "threshold": _fields(self.threshold, "rule", "base", "needed"),
            "results": [result.as_json() for result in self.results],
            "elected": list(self.elected),
            "tied": list(self.tied),
            "seats_left": self.seats_left,
            "next": self.next,
            "findings": [_fields(finding, "problem", "clause", "remedy") for finding in self.findings],
        }


def _name_result(row: Mapping[str, Any]) -> NameResult:
    votes = NameVotes(row["name"], row["write_in"], row["approve"], row["against"], row["abstain"])
    return NameResult(votes, row["passes"], row["outcome"])


def _fields(record: object, *names: str) -> dict[str, Any]:
    """These fields of a record, in this order."""
    return {name: getattr(record, name) for name in names}
