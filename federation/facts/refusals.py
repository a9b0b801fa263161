"""A refusal as programs read it: from a command's `--json`, and from the addresses below /api/."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from federation.errors import FederationError, Finding


@dataclass(frozen=True, slots=True)
class Fault:
    """What was refused; `code` is the exit code that a command ends with."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The whole of it."""

    error: Fault
    findings: Sequence[Finding] = ()

    @classmethod
    def of(cls, error: FederationError) -> "Refusal":
        return cls(Fault(error.exit_code, error.message), error.findings)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
