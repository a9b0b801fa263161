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
    older: bool = False
    """True where the paper is older than the record: it says nothing of what was done after it was signed."""

    def lines(self) -> list[str]:
        """What an officer reads."""
        older = (
            "这张纸比记录旧：它签字之后，选举又有上列办理，纸证明不了那一部分。"
            "请用最后一份选举结果公告或会议纪要上的校验码再核验（--against）"
        )
        said = {"consistent": "一致（consistent）：记录自相一致", "authentic": "真实（authentic）：与签过字的纸相符"}
        verdict = f"结论：{said[self.word]}"
        return [*map(shown, self.checked), verdict, *([older] if self.older else [])]

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("word", "kind", "checked", "anchored", "unanchored")}
