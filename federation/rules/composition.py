"""What a body is made of: sex, age, nationality, party, sector, unit, in numbers and in percent of the whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from federation.rules.roll import Person, age_on

UNKNOWN = "未填写"
"""What was not entered is said to be so, never guessed and never left out of the whole."""

BANDS = (30, 40, 50, 60)
"""The last year of each band of ages but the last: 30岁以下, 31至40岁, …, 61岁以上."""


@dataclass(frozen=True, slots=True)
class Part:
    """Those who have one thing in common."""

    label: str
    number: int
    percent: str
    """Of the whole, 38.2%."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of a whole in six respects; in each the numbers add up to `total`."""

    total: int
    on: date
    """The day as of which the ages are."""
    sexes: tuple[Part, ...]
    ages: tuple[Part, ...]
    nationalities: tuple[Part, ...]
    parties: tuple[Part, ...]
    sectors: tuple[Part, ...]
    """Empty where nobody's is known: a roll need not say it."""
    units: tuple[Part, ...]


def composition(people: Iterable[Person], on: date) -> Composition:
    """What these people are, as of a day; everyone counts once in each respect."""
    everyone = list(people)
    return Composition(
        total=len(everyone),
        on=on,
        sexes=_parts(everyone, lambda person: person.sex),
        ages=_ages(everyone, on),
        nationalities=_parts(everyone, lambda person: person.nationality),
        parties=_parts(everyone, lambda person: person.party),
        sectors=_parts(everyone, lambda person: person.sector) if any(each.sector for each in everyone) else (),
        units=_parts(everyone, lambda person: person.unit),
    )


def percent(number: int, total: int) -> str:
    """
    A share to one decimal, half up and exact: 1 of 8 is 12.5%, 1 of 16 is 6.3%.

    Rounded one by one, shares need not add up to 100; a paper that prints them says so.
    """
    if not total:
        return "—"
    tenths = (Fraction(number * 1000, total) + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"


def _parts(people: Sequence[Person], respect: Callable[[Person], str]) -> tuple[Part, ...]:
    """The largest first, equals in roll order; those of whom it is not known come last."""
    counts = Counter(respect(person) or UNKNOWN for person in people)
    ordered = sorted(counts.items(), key=lambda each: (each[0] == UNKNOWN, -each[1]))
    return tuple(Part(label, number, percent(number, len(people))) for label, number in ordered)


def _ages(people: Sequence[Person], on: date) -> tuple[Part, ...]:
    """The bands that somebody is in, from the youngest up; those whose age is not known come last."""
    counts = Counter(_band(person, on) for person in people)
    return tuple(Part(_LABELS[band], counts[band], percent(counts[band], len(people))) for band in sorted(counts))


def _band(person: Person, on: date) -> int:
    if person.born_on is None:
        return len(BANDS) + 1
    age = age_on(person.born_on, on)
    return next((place for place, last in enumerate(BANDS) if age <= last), len(BANDS))


_LABELS = (
    f"{BANDS[0]}岁以下",
    *(f"{low + 1}至{high}岁" for low, high in pairwise(BANDS)),
    f"{BANDS[-1] + 1}岁以上",
    UNKNOWN,
)
