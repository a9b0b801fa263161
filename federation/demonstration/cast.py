"""Who is in a generated example: delegates and observers, who stands, who serves, who stays away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from federation.demonstration.tables import profile
from federation.rules.strokes import stroke_order
from federation.sampling import UNITS, SamplePerson, sample_people

ROLES = {
    "preparatory_group": ("preparatory_group", "presidium"),
    "secretary": ("secretary",),
    "chief_scrutineer": ("scrutineer",),
    "scrutineer": ("scrutineer",),
    "chief_teller": ("teller",),
    "teller": ("teller",),
}
"""What an officer of an example does, and the roles it takes."""

SCRUTINY = ((30, 1, 1), (60, 2, 2), (3001, 4, 6))
"""Below so many delegates: so many scrutineers and tellers, besides the chief of each."""

REASONS = ("因病", "因事", "值班")
WORK = (
    "从事群众工作多年，熟悉基层情况。",
    "业务骨干，热心为同事排忧解难。",
    "组织妇女读书会和志愿服务队。",
    "多次被评为本单位先进工作者。",
    "擅长调解家庭和邻里纠纷。",
    "关心女职工权益，联系一线班组。",
    "负责宣传和培训，善于沟通协调。",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody on the roll, delegates first, and what those do who do something. Names are distinct."""

    people: tuple[SamplePerson, ...]
    delegates: int
    standing: tuple[str, ...]
    """Candidates for the committee, in ballot order."""
    serving: Mapping[str, tuple[str, ...]]
    """By what they do, a key of `ROLES`. Nobody who scrutinises or counts stands."""
    ordinary: tuple[str, ...]
    """Delegates who neither stand nor serve, in roll order."""

    @property
    def others(self) -> list[str]:
        """Delegates who do not stand, and may be written in."""
        return [person.name for person in self.people[: self.delegates] if person.name not in self.standing]

    @property
    def absent(self) -> tuple[str, ...]:
        """Some of the ordinary delegates: a few in a hundred, so that there is a quorum, and nobody of a handful."""
        return self.ordinary[2::40] if len(self.ordinary) > 3 else ()

    @property
    def late(self) -> tuple[str, ...]:
        """One who comes after the opening, where there are enough to spare one."""
        return self.ordinary[5:6] if len(self.ordinary) > 10 else ()

    @property
    def leaving(self) -> tuple[str, ...]:
        """One who goes before the end, after the last ballot."""
        return self.ordinary[8:9] if len(self.ordinary) > 20 else ()


def cast_of(delegates: int, candidates: int, seed: int) -> Cast:
    """So many delegates, of whom so many stand for the committee; three observers, or one at a small congress."""
    observers = 3 if delegates >= 30 else 1
    drawn = sample_people(delegates + observers, seed)
    standing, free, watching = drawn[:candidates], drawn[candidates:delegates], drawn[delegates:]
    serving = _serving(standing, free, watching)
    busy = {name for names in serving.values() for name in names}
    units = {short: place for place, (_, short) in enumerate(UNITS)}
    roll = sorted(drawn[:delegates], key=lambda person: units[person.unit_short])
    busy |= {person.name for person in standing}
    ordinary = tuple(person.name for person in roll if person.name not in busy)
    names = tuple(stroke_order((person.name for person in standing), "surname"))
    return Cast((*roll, *watching), delegates, names, serving, ordinary)


def _serving(
    standing: Sequence[SamplePerson], free: Sequence[SamplePerson], watching: Sequence[SamplePerson]
) -> dict[str, tuple[str, ...]]:
    """
    Who does what. A congress of nine has too few for every task: an observer counts, candidates lead and keep minutes.

    Scrutineers and tellers are found first, because they may not be candidates; a chair and a secretary may.
    """
    size = len(standing) + len(free)
    scrutineers, tellers = next((most, more) for below, most, more in SCRUTINY if size < below)
    helpers, serving = [person.name for person in (*free, *watching)], dict[str, tuple[str, ...]]()
    for role, number in (
        ("chief_scrutineer", 1),
        ("scrutineer", scrutineers),
        ("chief_teller", 1),
        ("teller", tellers),
    ):
        serving[role], helpers = tuple(helpers[:number]), helpers[number:]
    delegates = {person.name for person in free}
    leaders = [*(name for name in helpers if name in delegates), *(person.name for person in standing)]
    return {"preparatory_group": (leaders[1],), "secretary": (leaders[0],)} | serving


def people_data(cast: Cast, nominations: Mapping[str, Sequence[str]], left_at: str) -> dict[str, object]:
    """The content of people.toml; `nominations` are candidates by contest, `left_at` is when she goes who leaves."""
    number = {person.name: place for place, person in enumerate(cast.people, 1)}
    person = {person.name: person for person in cast.people}
    (chair,), (secretary,) = cast.serving["preparatory_group"], cast.serving["secretary"]
    return {
        "presidium": [chair, secretary, *cast.ordinary[1:36:5]],
        "secretary_general": secretary,
        "presiding_chair": chair,
        "officer": [
            {"name": name, "number": number[name], "unit": person[name].unit, "roles": ROLES[role]}
            for role, names in cast.serving.items()
            for name in names
        ],
        "duties": {"congress": _duties(cast, 4, 6), "plenary": _duties(cast, 2, 2)},
        "candidate": [
            {
                "contest": contest,
                "name": name,
                "number": number[name],
                "profile": profile(person[name], _work(number[name])),
            }
            for contest, names in nominations.items()
            for name in names
        ],
        "attendance": {
            "congress": {
                "absent": [{"name": name, "reason": REASONS[at % 3]} for at, name in enumerate(cast.absent)],
                "late": [{"name": name, "at": "09:25"} for name in cast.late],
                "left": [{"name": name, "at": left_at} for name in cast.leaving],
            },
            "plenary": {"absent": [], "late": [], "left": []},
        },
    }


def _duties(cast: Cast, scrutineers: int, tellers: int) -> dict[str, object]:
    return {
        "chief_scrutineer": cast.serving["chief_scrutineer"][0],
        "scrutineers": cast.serving["scrutineer"][:scrutineers],
        "chief_teller": cast.serving["chief_teller"][0],
        "tellers": cast.serving["teller"][:tellers],
    }


def _work(number: int) -> str:
    return WORK[number % len(WORK)]
