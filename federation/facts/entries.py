"""What the paper desk shows a teller: her piles, the paper before her, and, once both are done, where they differ."""

from dataclasses import dataclass

from federation.facts.counting import Paper


@dataclass(frozen=True, slots=True)
class Key:
    """A mark that may be entered for a name, with the key for it."""

    key: str
    mark: str
    word: str
    sign: str


@dataclass(frozen=True, slots=True)
class DeskDifference:
    """One field on which the two read otherwise."""

    paper: int
    field: str
    mine: str
    hers: str


@dataclass(frozen=True, slots=True)
class DeskPile:
    """A pile as one teller may see it: of the other's entry only whether it is done, until both are."""

    number: str
    papers: int
    entered: int | None
    """By herself; None where she has not begun."""
    finished: bool
    other: str
    """Who else enters it; empty where nobody does."""
    other_finished: bool
    taken: bool
    """True where two others enter it."""
    differences: tuple[DeskDifference, ...]
    settled: tuple[int, ...]
    signed_off: bool

    @property
    def alone(self) -> bool:
        """True where nobody but this teller has begun it, so that she may give it up by herself."""
        return self.entered is not None and not self.other and not self.signed_off

    @property
    def agreed(self) -> bool:
        """True where nothing stands in the way of signing it off."""
        return self.finished and self.other_finished and not self.differences and not self.signed_off


@dataclass(frozen=True, slots=True)
class DeskContest:
    """A contest whose papers are being entered."""

    short_id: str
    office: str
    round_label: str
    box: int
    """Papers found in the box."""
    signed_off: int
    piles: tuple[DeskPile, ...]


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """The form of one paper of a contest."""

    short_id: str
    office: str
    seats: int
    names: tuple[str, ...]
    keys: tuple[Key, ...]
    boxes: int
    """Names that may be written in."""
    needs_sign: bool
    empty: str
    """The mark of a box left blank."""
    stray_voids: bool
    """True where a mark that does not belong there makes the whole paper void."""
    pile: DeskPile
    paper: Paper | None = None
    """The paper as it was entered, where it is to be corrected."""
    position: int = 0
    last: str = ""
    """In words, the paper put before this one: what a key that went wrong has made of it is seen at once."""

    @property
    def differing(self) -> frozenset[str]:
        """The fields on which the other teller read the paper before this one otherwise."""
        return frozenset(one.field for one in self.pile.differences if self.paper and one.paper == self.position)
