"""A generated example keeps the law at every size, and nothing in it was put there to force an outcome."""

import csv
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from federation.boxes import BallotFile
from federation.demonstration.generated import write_example
from federation.errors import Misused
from federation.facts.counting import CountResult, Ledger, Round
from federation.rules.ballots import PaperJudge
from federation.rules.clauses import numbering_findings, parse_document
from federation.rules.counting import Tally, decide, question
from federation.rules.drafts import submission_findings
from federation.rules.methods import ElectionMethod, load_method, surplus_findings
from federation.rules.roll import duplicate_findings
from federation.rules.strokes import stroke_order
from federation.rules.supplements import supplementary_names
from federation.services.roll_files import read_roll

SIZES = (9, 10, 30, 60, 152, 400)
SEEDS = (0, 1, 7, 20201126)
CASES = [(delegates, seed) for delegates in SIZES for seed in SEEDS]
STORIES = {
    "a tie, then a shortage": (9, 2),
    "a second tie": (9, 6),
    "a second tie for two seats": (10, 132),
    "a shortage": (10, 10),
    "a shortage that stays, twice": (10, 121),
    "a tie in the plenary": (20, 58),
}
"""Seeds under which a further round, or the presidium, has to decide."""
GAOXIN = Path(__file__).parents[2] / "examples" / "gaoxin"
PROSE = {"charter": "charter.md", "method": "method-congress.md", "method:plenary": "method-plenary.md"}


class Example:
    """One generated folder, read back."""

    def __init__(self, folder: Path, delegates: int, seed: int) -> None:
        self.folder, self.delegates = folder, delegates
        write_example(folder, delegates, seed)
        self.scenario: dict[str, Any] = tomllib.loads(self.text("scenario.toml"))
        self.people: dict[str, Any] = tomllib.loads(self.text("people.toml"))
        self.methods = {name: load_method(self.text(f"method-{name}.toml")) for name in ("congress", "plenary")}
        self.roll = list(csv.DictReader(self.text("roll.csv").splitlines()))

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def standing(self, contest: str) -> list[str]:
        return [row["name"] for row in self.people["candidate"] if row["contest"] == contest]

    def names(self) -> list[str]:
        return [row["姓名"] for row in self.roll]

    def method_of(self, poll: dict[str, Any]) -> ElectionMethod:
        return self.methods[poll["meeting"]]

    def counted(self, id: str, before: CountResult | None, due: int) -> CountResult:
        """The count of one poll as the player will hold it: its list and seats follow from the count before it."""
        poll = self.scenario["polls"][id]
        method = self.method_of(poll)
        contest = method.contest(poll["contest"])
        names, round, seats = self.standing(contest.id), Round(), contest.seats
        if before is not None and before.next == "tie_runoff":
            names, round, seats = list(before.tied), Round("runoff"), before.seats_left
        elif before is not None:
            assert before.next == "supplementary_ballot"
            round, seats = Round("supplementary", before.round.number + 1), before.seats_left
            names = list(supplementary_names(before, contest))
        box = BallotFile(self.folder / poll["box"], method.ballot.marks)
        assert list(box.listed) == stroke_order(names, "surname")
        tally = Tally(PaperJudge(method, seats, box.listed, self.names()[: self.delegates]))
        for paper in box.papers():
            tally.add(paper)
        ledger = Ledger(due=due, present=poll["present"], issued=poll["present"], returned=tally.returned)
        return decide(question(method, contest.id, round, seats), ledger, tally.votes())

    def rounds(self, contest: str, due: int) -> list[tuple[str, CountResult]]:
        ids = [id for id, poll in self.scenario["polls"].items() if poll["contest"] == contest]
        assert ids == [contest, *(f"{contest}.{number}" for number in range(2, len(ids) + 1))]
        results: list[tuple[str, CountResult]] = []
        for id in ids:
            results.append((id, self.counted(id, results[-1][1] if results else None, due)))
        return results

    def elected(self, contest: str, due: int) -> list[str]:
        counted = [name for _, result in self.rounds(contest, due) for name in result.elected]
        decided = [row for row in self.scenario.get("decision", ()) if row["contest"].startswith(contest)]
        return [*counted, *(name for row in decided for name in row["elect"])]


@pytest.fixture(scope="module", params=[*CASES, *STORIES.values()], ids=lambda case: f"{case[0]}-{case[1]}")
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Each size with each seed."""
    return Example(tmp_path_factory.mktemp("example"), *request.param)


def serving(example: Example, meeting: str) -> list[str]:
    duties = example.people["duties"][meeting]
    return [duties["chief_scrutineer"], *duties["scrutineers"], duties["chief_teller"], *duties["tellers"]]


def test_it_has_the_files_and_the_keys_of_the_example_written_by_hand(example: Example) -> None:
    """The player reads both alike; what a small congress has no use for may be missing."""
    files = {path.name for path in example.folder.iterdir()}
    wanted = {path.name.replace("xlsx", "csv") for path in GAOXIN.iterdir() if path.is_file()}
    assert files - {"box-members.2.csv", "box-members.3.csv", "box-vice_chairs.3.csv"} >= wanted - {
        "README.md",
        "make.py",
        "box-vice_chairs.2.csv",
    }
    assert files >= {poll["box"] for poll in example.scenario["polls"].values()}
    for mine, name in ((example.scenario, "scenario.toml"), (example.people, "people.toml")):
        theirs = tomllib.loads((GAOXIN / name).read_text(encoding="utf-8"))
        assert set(mine) - {"decision"} == set(theirs)
        for key, value in theirs.items():
            assert type(mine[key]) is type(value)
            if isinstance(value, dict):
                assert set(mine[key]) >= {inner for inner in value if inner != "vice_chairs.2"}
            elif isinstance(value, list) and isinstance(value[0], dict):
                assert set(mine[key][0]) == set(value[0])


def test_the_roll_is_read_without_a_finding_and_all_names_are_distinct(example: Example) -> None:
    """Women of age, so many of them with a vote; nobody twice."""
    read = read_roll(example.folder / "roll.csv", example.scenario["meetings"]["congress"]["held_on"])
    assert read.findings == ()
    assert list(duplicate_findings(read.people)) == []
    assert sum(person.may_vote for _, person in read.people) == example.delegates
    assert (
        len(set(example.names())) == len(example.names()) == example.delegates + (3 if example.delegates >= 30 else 1)
    )
    for row in (*example.people["officer"], *example.people["candidate"]):
        assert example.names()[row["number"] - 1] == row["name"]


def test_prose_and_data_may_be_submitted(example: Example) -> None:
    """No stale 届, 次 or 名额, every provision in a clause that exists, no rule that cannot be applied."""
    seats = {contest.office: contest.seats for method in example.methods.values() for contest in method.contests}
    for draft, file in PROSE.items():
        text, kind = example.text(file), draft.partition(":")[0]
        data = example.text(file.replace(".md", ".toml")) if kind == "method" else ""
        numbers = {"term_no": 1, "session_no": 1, "seats": tuple(seats.items()), "where": draft}
        assert submission_findings(kind, text, data, **numbers) == ()  # type: ignore[arg-type]
        assert list(numbering_findings(parse_document(text), draft)) == []
        assert "$" not in text + data


def test_comments_and_revisions_are_about_clauses_that_exist(example: Example) -> None:
    """Six comments, each answered with a reason; a revision finds its words once, after a comment that was adopted."""
    rows = list(csv.DictReader(example.text("comments.csv").splitlines()))
    assert len(rows) == 6
    assert all(parse_document(example.text(PROSE[row["文稿"]])).find(row["条款"]) and row["理由"] for row in rows)
    for change in example.scenario["revision"]:
        clause = parse_document(example.text(PROSE[change["draft"]])).find(change["clause"])
        assert clause is not None
        assert clause.text.count(change["old"]) == example.text(PROSE[change["draft"]]).count(change["old"]) == 1
        assert ("采纳", change["draft"], change["clause"]) in {(r["是否采纳"], r["文稿"], r["条款"]) for r in rows}


def test_lists_are_as_long_as_the_methods_ask(example: Example) -> None:
    """差额 a tenth rounded up for the committee; 主席 等额; 副主席 one more than seats, all of them elected members."""
    for method in example.methods.values():
        for contest in method.contests:
            assert surplus_findings(method, contest, len(example.standing(contest.id))) == ()
    higher = example.standing("chair") + example.standing("vice_chairs")
    assert len(set(higher)) == len(higher)
    assert set(higher) <= set(example.elected("members", example.delegates))
    assert set(example.standing("members")) <= set(example.names()[: example.delegates])


@pytest.mark.parametrize("meeting", ["congress", "plenary"])
def test_nobody_who_scrutinises_or_counts_stands_or_stays_away(example: Example, meeting: str) -> None:
    """监票人、计票人不得是候选人; two of each at the least, all there, nobody with two tasks."""
    people = serving(example, meeting)
    assert len(set(people)) == len(people) >= 4
    assert not set(people) & {row["name"] for row in example.people["candidate"]}
    away = example.people["attendance"][meeting]
    assert not set(people) & {entry["name"] for kind in away.values() for entry in kind}
    roles = {row["name"]: row["roles"] for row in example.people["officer"]}
    assert all(set(roles[name]) & {"scrutineer", "teller"} for name in people)


def test_hands_and_polls_agree_with_who_is_there_and_there_is_a_quorum(example: Example) -> None:
    """The late one comes between two motions; whoever leaves does so after the last ballot of the congress."""
    rest, polls = example.people["attendance"]["congress"], example.scenario["polls"]
    due = {"congress": example.delegates, "plenary": len(example.elected("members", example.delegates))}
    voters = set(example.names()[: example.delegates])
    assert {entry["name"] for kind in rest.values() for entry in kind} <= voters
    for motion in example.scenario["motion"]:
        hands, here = motion["hands"], due[motion["meeting"]]
        if motion["meeting"] == "congress":
            late = sum(motion["at"].strftime("%H:%M") < row["at"] for row in rest["late"])
            here -= len(rest["absent"]) + late
        assert hands["present"] == here >= hands["approve"] + hands["against"] + hands["abstain"]
        assert hands["approve"] * 2 > here
        assert min(hands.values()) >= 0
    for poll in polls.values():
        absent = len(rest["absent"]) if poll["meeting"] == "congress" else 0
        assert poll["present"] == due[poll["meeting"]] - absent
        assert poll["present"] * 3 >= due[poll["meeting"]] * 2
        for row in rest["left"] if poll["meeting"] == "congress" else ():
            assert row["at"] > poll["announced_at"].strftime("%H:%M")


def test_every_box_agrees_with_its_ledger(example: Example) -> None:
    """issued = drawn + papers = present; drawn = spent + handed in; what came back lies in the box."""
    for id, poll in example.scenario["polls"].items():
        papers, passes = poll["papers"], poll.get("passes", {"drawn": 0, "printed": 0, "voided": 0, "handed_in": 0})
        assert poll["box"] == f"box-{id}.csv"
        assert passes["drawn"] + papers["issued"] == poll["present"]
        assert passes["drawn"] == poll["phone_rows"] + passes["handed_in"] == passes["printed"] - passes["voided"]
        assert papers["returned"] == papers["issued"] <= papers["printed"]
        header, *rows = csv.reader(example.text(poll["box"]).splitlines())
        assert len(rows) == poll["phone_rows"] + papers["returned"]
        assert {len(row) for row in rows} == {len(header)}


def test_only_a_congress_of_sixty_and_more_votes_by_phone_and_then_ten_and_more_do(example: Example) -> None:
    """A few phone ballots are no secret. A phone sends no stray mark, no unclear sign and no name too many."""
    poll, method = example.scenario["polls"]["members"], example.methods["congress"]
    assert ("phone" in method.ballot.channels) == ("passes" in poll) == ("shares" in poll) == (example.delegates >= 60)
    assert poll["phone_rows"] == 0 or poll["passes"]["drawn"] >= 10
    _, *rows = csv.reader(example.text("box-members.csv").splitlines())
    width, seats = len(example.standing("members")), method.contest("members").seats
    for row in rows[: poll["phone_rows"]]:
        assert row[-1] == ""
        assert set(row[:width]) <= {"○", "×", ""}
        assert row[:width].count("○") + sum(name != "" for name in row[width:]) <= seats


def test_there_is_a_box_for_every_round_the_counts_ask_for_and_none_more(example: Example) -> None:
    """A tie is voted on again, a shortage filled, until the method's rounds are used up; then the presidium decides."""
    decisions = {row["contest"]: row for row in example.scenario.get("decision", ())}
    for contest in ("members", "chair", "vice_chairs"):
        due = example.delegates if contest == "members" else len(example.elected("members", example.delegates))
        rounds = example.rounds(contest, due)
        last_id, last = rounds[-1]
        assert last.next in ("announce", "presidium_decision")
        assert (last_id in decisions) == (last.next == "presidium_decision")
        if last_id in decisions:
            decision = decisions[last_id]
            assert decision["at"] > example.scenario["polls"][last_id]["announced_at"]
            assert decision["note"]
            assert set(decision["elect"]) <= set(last.tied)
            assert len(decision["elect"]) == (last.seats_left if last.tied else 0)


def test_every_act_comes_after_those_it_rests_on(example: Example) -> None:
    """Within a poll, from poll to poll, from meeting to meeting; a reply of the party committee before its use."""
    polls, meetings = example.scenario["polls"], example.scenario["meetings"]
    ends = {"congress": meetings["congress"]["opened_at"], "plenary": meetings["plenary"]["opened_at"]}
    acts = ("ceremony", "opened", "closed", "returned", "declared", "entered", "unsealed", "counted", "announced")
    for poll in polls.values():
        times = [poll[f"{act}_at"] for act in acts if f"{act}_at" in poll]
        assert times == sorted(set(times))
        assert ends[poll["meeting"]] < times[0]
        assert poll["planned_at"] < times[0]
        ends[poll["meeting"]] = times[-1]
    for row in example.scenario.get("decision", ()):
        meeting = polls[row["contest"]]["meeting"]
        ends[meeting] = max(ends[meeting], row["at"])
    for id, meeting in meetings.items():
        assert (
            meeting["noticed_at"] < meeting["checkin_from"] < meeting["opened_at"] < ends[id] < meeting["adjourned_at"]
        )
    asked = {row["subject"]: row for row in example.scenario["request"]}["candidates:plenary"]
    assert ends["congress"] < meetings["congress"]["adjourned_at"] < meetings["plenary"]["called_at"]
    assert meetings["plenary"]["called_at"] < polls["chair"]["planned_at"] < asked["sent_at"] < asked["reply"]["at"]
    assert asked["reply"]["at"] < meetings["plenary"]["opened_at"]
    assert ends["plenary"] < example.scenario["case"]["appointed_at"] < example.scenario["request"][-1]["sent_at"]
    assert example.scenario["case"]["appointed_at"].date() == meetings["plenary"]["held_on"]


def test_some_seeds_lead_to_every_kind_of_further_round(tmp_path: Path) -> None:
    """Or the tests above would not have seen them: 再次投票, 另行选举, and both decisions of the presidium."""
    kinds = set()
    for delegates, seed in STORIES.values():
        folder = tmp_path / f"{delegates}-{seed}"
        folder.mkdir()
        found = Example(folder, delegates, seed)
        members = len(found.elected("members", delegates))
        for contest, due in (("members", delegates), ("vice_chairs", members)):
            kinds |= {(contest, str(result.round), result.next) for _, result in found.rounds(contest, due)}
    assert kinds >= {
        ("members", "runoff", "announce"),
        ("members", "runoff", "presidium_decision"),
        ("members", "supplementary:1", "announce"),
        ("members", "supplementary:1", "presidium_decision"),
        ("vice_chairs", "runoff", "announce"),
        ("vice_chairs", "supplementary:1", "announce"),
        ("vice_chairs", "supplementary:1", "presidium_decision"),
    }


def test_a_committee_grows_with_its_congress() -> None:
    """Five of six for nine delegates, fifteen of seventeen for 152, some tens for two thousand."""
    sizes = {}
    for delegates in (9, 152, 2000, 3000):
        with TemporaryDirectory() as folder:
            found = Example(Path(folder), delegates, 3)
            sizes[delegates] = (found.methods["congress"].contest("members").seats, len(found.standing("members")))
    assert sizes == {9: (5, 6), 152: (15, 17), 2000: (45, 50), 3000: (55, 61)}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("delegates", [9, 152])
def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path, delegates: int) -> None:
    """Nothing depends on the order of a set, or on what was written before; another seed is another story."""
    here, there, other = (tmp_path / name for name in ("here", "there", "other"))
    for folder in (here, there, other):
        folder.mkdir()
    write_example(here, delegates, 5)
    program = (
        "import sys, pathlib; from federation.demonstration.generated import write_example; "
        "write_example(pathlib.Path(sys.argv[1]), int(sys.argv[2]), 5)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": str(GAOXIN.parents[1]), "TZ": "America/Lima"}
    subprocess.run([sys.executable, "-c", program, str(there), str(delegates)], env=environment, check=True)
    assert files_of(here) == files_of(there)
    write_example(other, delegates, 6)
    changed = {name for name, content in files_of(other).items() if files_of(here).get(name) != content}
    assert changed >= {"roll.csv", "people.toml", "box-members.csv"}


@pytest.mark.parametrize("delegates", [-1, 0, 8, 3001])
def test_fewer_than_nine_or_more_than_three_thousand_are_refused(tmp_path: Path, delegates: int) -> None:
    """Eight could not fill a committee and count its papers; nothing is written."""
    with pytest.raises(Misused, match="9 到 3000"):
        write_example(tmp_path, delegates, 1)
    assert list(tmp_path.iterdir()) == []
