"""
An example of any size from one seed: the same files as `examples/gaoxin`, for nine delegates or three thousand.

Nothing forces an outcome. Papers are marked by chance from how well liked each candidate is. What a later file needs of
an earlier result is counted by the rules, as it would be at a meeting: the candidates for chair and vice-chairs are
named once the congress has elected its committee, a further ballot is held where the count before it asks for one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import count
from pathlib import Path
from random import Random
from string import Template
from typing import Any

from federation.demonstration.cast import Cast, cast_of, people_data
from federation.demonstration.further import CountedContest, counted_contest, counted_rounds
from federation.demonstration.tables import box_rows, csv_text, roll_rows, toml_text
from federation.demonstration.timetable import CONGRESS_MOTIONS, DAY, PLENARY_MOTIONS, Timetable, meetings, motions
from federation.errors import Misused
from federation.facts.counting import Ledger
from federation.rules.methods import ElectionMethod, expected_candidates, load_method
from federation.sampling import plain_box, sample_box

FEWEST, MOST = 9, 3000
FEWEST_WITH_PHONES = 60
"""A smaller congress votes on paper: a few phone ballots would be no secret."""

SEATS_FROM = ((9, 5), (20, 7), (50, 9), (80, 11), (120, 15), (250, 21), (500, 31), (1000, 35), (1500, 45), (2500, 55))
"""From so many delegates on, so many members of the committee."""
FEWEST_WITH_TWO_VICE_CHAIRS = 7
LIKING = (0.97, 0.85, 0.4)
"""In the plenary: how well liked the first of a list is, the second, the third."""

PROSE = (
    "comments.csv",
    "charter.md",
    "method-congress.md",
    "method-congress.toml",
    "method-plenary.md",
    "method-plenary.toml",
)
HEADING = "# 谁做什么。由程序生成；人物均为虚构。number 是名册序号，name 是名册上显示的姓名。"
CHANNELS = {
    False: ('["paper"]', "选举使用纸质选票。"),
    True: (
        '["paper", "phone"]',
        "选举使用纸质选票和手机投票两种方式，到会代表凭不记名的投票凭证自行选择，两种方式的票合并计算。",
    ),
}


def write_example(folder: Path, delegates: int, seed: int) -> None:
    """
    Write an example for this many delegates into an empty folder; the same number and seed give the same bytes.

    Raises `Misused` for fewer than 9 delegates, who could not fill a committee and count its papers, or more than 3000.
    """
    check_size(delegates)
    _Writer(folder, delegates, seed).write()


def check_size(delegates: int) -> None:
    """Refuse a number of delegates for which no example is written, before anything is."""
    if not FEWEST <= delegates <= MOST:
        raise Misused(f"代表人数应在 {FEWEST} 到 {MOST} 之间，而不是 {delegates}")


class _Writer:
    """Writes one example, file by file, each from those before it."""

    def __init__(self, folder: Path, delegates: int, seed: int) -> None:
        self.folder, self.delegates = folder, delegates
        self.by_phone = delegates >= FEWEST_WITH_PHONES
        self.seeds = count(seed * 1000 + 1)
        """A number for each thing left to chance, in the order in which they come."""
        seats = SEATS_FROM[bisect_right(SEATS_FROM, delegates, key=lambda row: row[0]) - 1][1]
        vice_seats = 2 if seats >= FEWEST_WITH_TWO_VICE_CHAIRS else 1
        channel_list, channels = CHANNELS[self.by_phone]
        self.words: dict[str, object] = {
            "delegates": delegates,
            "seats": seats,
            "vice_seats": vice_seats,
            "channel_list": channel_list,
            "channels": channels,
        }

    def write(self) -> None:
        for name in PROSE:
            self._put(name, self._frame(name))
        congress, plenary = (self._method(name) for name in ("congress", "plenary"))
        cast = cast_of(self.delegates, expected_candidates(congress.contest("members")), next(self.seeds))
        self._put("roll.csv", csv_text(roll_rows(cast.people, self.delegates)))
        members = self._members(cast, congress)
        nominations = _nominations(plenary, members.elected)
        contests = [self._contest(plenary, id, names, len(members.elected)) for id, names in nominations.items()]
        day, left_at = self._day(cast, members, contests)
        self.words |= {"standing": len(cast.standing)}
        self.words |= {"chair_standing": len(nominations["chair"]), "vice_standing": len(nominations["vice_chairs"])}
        self._put("scenario.toml", self._frame("scenario.toml") + toml_text(day))
        people = people_data(cast, {"members": cast.standing, **nominations}, f"{left_at:%H:%M}")
        self._put("people.toml", f"{HEADING}\n\n{toml_text(people)}")

    def _frame(self, name: str) -> str:
        """One of the texts that all examples share, with this one's numbers in it."""
        return Template((files(__package__) / "frame" / name).read_text(encoding="utf-8")).substitute(self.words)

    def _put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def _method(self, name: str) -> ElectionMethod:
        file = f"method-{name}.toml"
        return load_method((self.folder / file).read_text(encoding="utf-8"), file)

    def _box(self, id: str, listed: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        return self._put(f"box-{id}.csv", csv_text(box_rows(listed, rows)))

    def _chance(self) -> Random:
        return Random(next(self.seeds))

    def _members(self, cast: Cast, method: ElectionMethod) -> CountedContest:
        """The congress's ballot: three in five by phone, one of whom hands her pass in unused; on paper ever after."""
        present, draw = self.delegates - len(cast.absent), self._chance()
        phones = present * 3 // 5 - 1 if self.by_phone else 0

        def marked(id: str, listed: Sequence[str], seats: int) -> Path:
            if id != "members":
                liking = [0.55 + 0.4 * draw.random() for _ in listed]
                return self._box(id, listed, plain_box(present, seats, next(self.seeds), liking))
            papers = present - (1 if phones else 0)
            rows = sample_box(len(listed), papers, seats, next(self.seeds), others=cast.others, phones=phones)
            return self._box(id, listed, rows)

        ledger = Ledger(due=self.delegates, present=present, issued=present)
        return counted_contest(counted_rounds(method, "members", cast.standing, ledger, marked, phones), draw)

    def _contest(self, method: ElectionMethod, id: str, names: Sequence[str], there: int) -> CountedContest:
        """One of the committee's own elections, which everybody attends."""
        liking = dict(zip(names, LIKING, strict=False))

        def marked(id: str, listed: Sequence[str], seats: int) -> Path:
            rows = plain_box(there, seats, next(self.seeds), [liking[name] for name in listed])
            return self._box(id, listed, rows)

        ledger = Ledger(due=there, present=there, issued=there)
        return counted_contest(counted_rounds(method, id, names, ledger, marked), self._chance())

    def _day(
        self, cast: Cast, members: CountedContest, contests: Sequence[CountedContest]
    ) -> tuple[dict[str, Any], datetime]:
        """Both meetings with their motions and polls, and when whoever leaves the congress early does so."""
        day = Timetable(DAY + timedelta(hours=9, minutes=CONGRESS_MOTIONS[-1][-1]))
        day.add("congress", members, DAY.replace(day=16, hour=16))
        left_at, congress_ends = day.ends_at + timedelta(minutes=10), day.ends_at + timedelta(minutes=20)
        resumes_at = max(DAY + timedelta(hours=15), congress_ends + timedelta(hours=2))
        named_at = congress_ends + timedelta(minutes=20)
        day.ends_at = resumes_at + timedelta(minutes=PLENARY_MOTIONS[-1][-1])
        for contest in contests:
            day.add("plenary", contest, named_at)
        plenary_ends = day.ends_at + timedelta(minutes=15)
        self.words |= {"named_at": (named_at + timedelta(minutes=5)).isoformat()}
        self.words |= {"approved_at": (named_at + timedelta(minutes=45)).isoformat()}
        self.words |= {"appointed_at": (plenary_ends + timedelta(minutes=10)).isoformat()}
        present, draw = self.delegates - len(cast.absent), self._chance()
        hands = motions("congress", CONGRESS_MOTIONS, DAY + timedelta(hours=9), present, len(cast.late), draw)
        hands += motions("plenary", PLENARY_MOTIONS, resumes_at, len(members.elected), 0, draw)
        sessions = meetings(congress_ends, resumes_at, plenary_ends)
        decided = {"decision": day.decisions} if day.decisions else {}
        return {"meetings": sessions, "motion": hands, "polls": day.polls} | decided, left_at


def _nominations(method: ElectionMethod, elected: Sequence[str]) -> dict[str, Sequence[str]]:
    """Candidates for each contest of the plenary: those with most votes at the congress, nobody for two posts."""
    free, names = list(elected), dict[str, Sequence[str]]()
    for contest in method.contests:
        wanted = expected_candidates(contest)
        names[contest.id], free = free[:wanted], free[wanted:]
    return names
