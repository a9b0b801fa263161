"""What a record holds, for somebody who only wants to look: no proof, which is `verify`'s."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from federation.ballotbox.record.archive import FORM, STRANGE, Archive
from federation.ballotbox.record.shapes import head_misfits
from federation.ballotbox.record.texts import shown
from federation.errors import Finding, Misused, NotFound, Refused
from federation.rules.sightings import seen

KINDS = {"public": "公开记录", "sealed": "密封记录（供监票人保管，不得公布）"}


@dataclass(frozen=True, slots=True)
class PollContents:
    """One poll: its offices, who was elected, and its check codes, each with its ballot where the record shows it."""

    folder: str
    state: str
    rounds: tuple[tuple[str, str, int, tuple[str, ...], tuple[str, ...]], ...]
    """Round, office, seats, candidates, elected."""
    checks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """A record looked at."""

    head: dict[str, Any]
    polls: tuple[PollContents, ...]

    def as_json(self) -> dict[str, Any]:
        rounds = [
            {"poll": poll.folder, "round": name, "office": office, "seats": seats, "elected": list(elected)}
            for poll in self.polls
            for name, office, seats, _, elected in poll.rounds
        ]
        return {**self.head, "rounds": rounds}

    def lines(self) -> list[str]:
        """What an officer reads."""
        kind = KINDS[self.head["kind"]]
        told = [f"{self.head['federation']['name']}　{self.head['case']}　{kind}", f"末行校验码 {self.head['head']}"]
        for poll in self.polls:
            told += [
                f"{poll.folder}　{office}（应选 {seats} 名）当选：{'、'.join(elected) or '—'}"
                for _, office, seats, _, elected in poll.rounds
            ]
            if poll.checks:
                told.append(f"{poll.folder}　核对码 {len(poll.checks)} 个")
        return [*map(shown, told), "以上只是列出，未经核验；核验：federation record verify 文件"]

    def check(self, code: str, contest: str) -> tuple[bool, str]:
        """Whether a ballot with this check code is in a box, of this contest where one is named; and what it said."""
        asked = [poll for poll in self.polls if contest in ("", *(name for name, *_ in poll.rounds))]
        if not asked:
            raise NotFound(f"这份记录里没有选举 {contest}")
        if not any(poll.checks for poll in asked):
            raise Misused("这份记录里没有核对码：所查的选举没有凭凭证投的票，或还没有开箱")
        for poll in asked:
            if code in poll.checks:
                contests = [(office, names) for _, office, _, names, _ in poll.rounds]
                return True, _seen(poll.checks[code], contests)
        return False, ""


def _seen(line: str, contests: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The ballot beside a check code in words, each on a line of its own; Refused where it is none of this sheet."""
    try:
        return "\n".join(map(shown, seen(line, contests).split("\n"))) if line else ""
    except STRANGE:
        finding = Finding("核对码旁边的不是本次选举的票面", FORM, "federation record verify 看错在哪里")
        raise Refused("看不了这份记录", [finding]) from None


def contents(file: Path) -> Contents:
    """Look into a record; Refused where it is none."""
    with Archive(file) as archive:
        try:
            head = archive.json("record.json")
            if head_misfits(head):
                raise ValueError("record.json")
            return Contents(head, tuple(_poll(archive, folder) for folder in head["polls"]))
        except STRANGE:
            finding = Finding(f"{file.name} 不是选举记录", FORM, "federation record verify 看错在哪里")
            raise Refused("看不了这份记录", [finding]) from None


def _poll(archive: Archive, folder: str) -> PollContents:
    data, name = archive.json(f"polls/{folder}/poll.json"), f"polls/{folder}/checks.txt"
    lines = [line.decode().partition("\t") for line in archive.lines(name)] if name in archive.members else []
    rounds = tuple(
        (
            each["round"],
            shown(each["office"]),
            int(each["seats"]),
            tuple(map(shown, each["candidates"])),
            tuple(map(shown, each["elected"])),
        )
        for each in data["rounds"]
    )
    return PollContents(folder, data["state"], rounds, {code: said for code, _, said in lines})
