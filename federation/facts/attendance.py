"""A roll as the check-in desk sees it, and how many are there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One person of the roll at the check-in desk."""

    number: int
    displayed: str
    unit: str
    kind: str
    may_vote: bool
    presence: str
    """present, left, absent, or empty: nothing said yet."""
    late: bool
    absence: str

    @property
    def here(self) -> bool:
        return self.presence == "present"


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is there in numbers; `needed` is None where no rule of quorum is in force yet."""

    due: int
    present: int
    observers: int
    needed: int | None = None
    rule: str = ""

    @property
    def reached(self) -> bool:
        return self.needed is not None and self.present >= self.needed

    @property
    def missing(self) -> int:
        """How many more make the quorum."""
        return max(0, (self.needed or 0) - self.present)
