"""Where a federation stands: the shape of `status --json`, a contract."""

from dataclasses import dataclass
from typing import Any

from federation.errors import Finding


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that leaves the present state, what stands in its way, and the command that takes it."""

    event: str
    label: str
    command: str
    findings: tuple[Finding, ...]
    aside: bool = False
    """True for a way out of the process, not on."""
    offered: bool = True
    """False where the step is not on the table at all: its `when` does not hold."""

    @property
    def ready(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        findings = [
            {"problem": found.problem, "clause": found.clause, "remedy": found.remedy} for found in self.findings
        ]
        return {
            "event": self.event,
            "label": self.label,
            "command": self.command,
            "ready": self.ready,
            "findings": findings,
        }


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """One case and those below it."""

    case: str
    process: str
    label: str
    state: str
    state_label: str
    since: str
    ended: bool
    allows: tuple[str, ...]
    next: tuple[NextStep, ...]
    papers_due: tuple[str, ...]
    children: tuple["CaseStatus", ...] = ()
    hints: tuple[str, ...] = ()
    """For each act in `allows`, the command it is typed with; empty where it has none of its own."""
    warnings: tuple[Finding, ...] = ()
    """Of a root case: what nothing stands in the way of yet, and what is better seen to in time."""

    def as_json(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "process": self.process,
            "label": self.label,
            "state": self.state,
            "state_label": self.state_label,
            "since": self.since,
            "allows": list(self.allows),
            "next": [step.as_json() for step in self.next],
            "papers_due": list(self.papers_due),
            "children": [child.as_json() for child in self.children],
        }
