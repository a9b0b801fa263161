"""
Every way in which the program says no.

    FederationError           exit  HTTP   what it says
    ├── Misused                 2    400   a file, option, officer or figure is missing or ambiguous
    ├── NotFound                3    404   no such id, or no such officer
    ├── WrongStage              4    409   not lawful in this state, or another officer was faster
    ├── Refused                 5    422   the rules forbid it, or the content of a file is at fault
    └── NotReady                6    503   the database is locked, full, read-only, missing or older

Rules *yield* findings; services *raise* them, all at once. Two translators suffice: a click group, a web handler.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One obstacle: what is wrong, under which clause, and what to do (all Simplified Chinese; clause may be empty)."""

    problem: str
    clause: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        clause = f"（{self.clause}）" if self.clause else ""
        lead = "请先：" if self.remedy.startswith("federation") else ""
        remedy = f"。{lead}{self.remedy}" if self.remedy else ""
        return f"{self.problem}{clause}{remedy}"


class FederationError(Exception):
    """Something a person can put right. `message` is one line; the findings say the rest."""

    exit_code = 1
    http_status = 500

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        self.message = message
        self.findings = tuple(findings)
        super().__init__(message)

    def __str__(self) -> str:
        return "\n".join(
            [self.message + ("：" if self.findings else ""), *(f"  · {finding}" for finding in self.findings)]
        )


class Misused(FederationError):
    """The command lacks something: a file, an option, an officer, a figure; or what it names is not unique."""

    exit_code = 2
    http_status = 400


class NotFound(FederationError):
    """What was named is not there."""

    exit_code = 3
    http_status = 404


class WrongStage(FederationError):
    """The case is elsewhere: the step does not leave this state, or another officer has moved it."""

    exit_code = 4
    http_status = 409


class Refused(FederationError):
    """The rules forbid it; nothing was changed."""

    exit_code = 5
    http_status = 422


class NotReady(FederationError):
    """The database cannot serve: missing, locked, full, read-only, or of another schema."""

    exit_code = 6
    http_status = 503


def refuse_if(message: str, findings: Iterable[Finding]) -> None:
    """Raise `Refused` with every finding, if there is any."""
    if found := tuple(findings):
        raise Refused(message, found)
