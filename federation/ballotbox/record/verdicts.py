"""What may be said of a record, and what was seen of it."""

from dataclasses import dataclass
from typing import Any

from federation.ballotbox.record.texts import shown


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, line by line, and what may be said of the record."""

    word: str
    """consistent or authentic."""
    kind: str
    checked: tuple[str, ...]
    anchored: tuple[str, ...] = ()
    """Polls whose count stands at or before a line that a code on paper names."""
    unanchored: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """What an officer reads."""
        said = {"consistent": "一致（consistent）：记录自相一致", "authentic": "真实（authentic）：与签过字的纸相符"}
        return [*map(shown, self.checked), f"结论：{said[self.word]}"]

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("word", "kind", "checked", "anchored", "unanchored")}
