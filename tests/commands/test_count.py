"""`federation count`: every case folder, the wrong ways of calling it, and a result that is the same everywhere."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from federation.boxes import BallotFile, write_ballots
from federation.commands import federation
from federation.rules.methods import load_method
from tests.counts import CASES, method_text

LEDGER = "due=6,present=6,issued=6"
BALLOTS = "甲,乙,丙\n○,×,○\n○,○,×\n×,○,\n○,×,×\n○,○,○\n○,,\n"


def run(folder: Path, *args: str) -> Result:
    """Call the program in this folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(federation, list(args), prog_name="federation")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A method and a box of six papers."""
    (tmp_path / "method.toml").write_text(method_text(contest="surplus = { count = 1 }"), encoding="utf-8")
    (tmp_path / "ballots.csv").write_text(BALLOTS, encoding="utf-8")
    return tmp_path


def differences(expected: dict, printed: dict) -> list[str]:
    """Where the object printed is not as the case expects; `votes`, `outcomes` and `…_set` are shorthand."""
    rows = {row["name"]: row for row in printed["results"]}
    found = []
    for key, want in expected.items():
        if key == "votes":
            have = {name: [rows[name][sign] for sign in ("approve", "against", "abstain")] for name in want}
        elif key == "outcomes":
            have = {name: rows[name]["outcome"] for name in want}
        elif key.endswith("_set"):
            have, want = sorted(printed[key.removesuffix("_set")]), sorted(want)
        elif isinstance(want, dict):
            have = {name: printed[key][name] for name in want}
        else:
            have = printed[key]
        if have != want:
            found.append(f"{key}: {want} expected, {have} printed")
    return found


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/case.json")))
def test_a_case_is_decided_as_it_was(case: str):
    """Published elections, and made-up papers under published methods."""
    facts = json.loads((CASES / case / "case.json").read_text(encoding="utf-8"))
    result = run(CASES / case, *facts["args"])
    assert result.exit_code == facts["exit"], result.output
    if facts["expect"]:
        assert differences(facts["expect"], json.loads(result.stdout)) == []


def test_a_result_is_said_in_sentences(files: Path):
    """Without --json a chair can read it out."""
    result = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", LEDGER)
    assert result.exit_code == 0
    assert "甲：赞成 4 票，反对 1 票，弃权 0 票，超过应到会 6 人的半数（需 4 票），当选" in result.stdout
    assert "无效 1 张（所选人数多于规定名额 1 张）" in result.stdout


@pytest.mark.parametrize("name", ["ballots.csv", "ballots.xlsx"])
def test_papers_exported_are_counted_to_the_same_bytes(files: Path, name: str):
    """A secretary can count any round again elsewhere."""
    marks = load_method((files / "method.toml").read_text(encoding="utf-8")).ballot.marks
    first = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", LEDGER, "--json")
    box = BallotFile(files / "ballots.csv", marks)
    (files / "again").mkdir()
    write_ballots(files / "again" / name, marks, box.listed, list(box.papers()))
    again = run(files, "count", "method.toml", "--ballots", f"again/{name}", "--ledger", LEDGER, "--json")
    assert first.exit_code == 0
    assert first.stdout_bytes == again.stdout_bytes


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "--ballots"),
        (["--ballots", "ballots.csv", "--totals", "ballots.csv"], "取一"),
        (["--ballots", "none.csv", "--ledger", LEDGER], "none.csv"),
        (["--ballots", "ballots.csv"], "due"),
        (["--ballots", "ballots.csv", "--ledger", "due=6,present=6"], "issued"),
        (["--ballots", "ballots.csv", "--ledger", "dew=6"], "dew"),
        (["--ballots", "ballots.csv", "--ledger", "due=6,due=6"], "两次"),
        (["--ballots", "ballots.csv", "--ledger", "due=six"], "six"),
        (["--ballots", "ballots.csv", "--ledger", LEDGER, "--round", "last"], "last"),
        (["--ballots", "ballots.csv", "--ledger", LEDGER, "--round", "runoff"], "--seats"),
        (["--ballots", "ballots.csv", "--ledger", LEDGER, "--seats", "x"], "seats"),
    ],
)
def test_a_wrong_call_exits_with_2(files: Path, args: list[str], words: str):
    """A missing file, option or figure; what is missing is named."""
    result = run(files, "count", "method.toml", *args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_unknown_contest_exits_with_3(files: Path):
    """Unknown id."""
    result = run(files, "count", "method.toml", "--contest", "chair", "--ballots", "ballots.csv", "--ledger", LEDGER)
    assert result.exit_code == 3
    assert "members" in result.stderr


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        (LEDGER + ",returned=5", "相差 1 张"),
        ("due=5,present=6,issued=6", "多于应到"),
        (LEDGER + ",valid=6,invalid=0", "有效票"),
    ],
)
def test_a_ledger_that_the_papers_contradict_exits_with_5_and_the_arithmetic(files: Path, ledger: str, words: str):
    """Given and different is a finding."""
    result = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", ledger, "--json")
    assert result.exit_code == 5
    said = json.loads(result.stdout)
    assert said["error"]["code"] == 5
    assert any(words in finding["problem"] for finding in said["findings"])


def test_a_method_with_mistakes_exits_with_5_and_all_of_them(files: Path):
    """Faulty content of a file."""
    (files / "method.toml").write_text(method_text(top='quorum = "x"\nform = "y"'), encoding="utf-8")
    result = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", LEDGER, "--json")
    assert result.exit_code == 5
    assert len(json.loads(result.stdout)["findings"]) == 2


def test_without_a_quorum_the_papers_are_numbered_and_not_judged(files: Path):
    """Nothing is counted; `returned` is what the box holds."""
    result = run(
        files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", "due=60,present=6,issued=6", "--json"
    )
    printed = json.loads(result.stdout)
    assert (printed["next"], printed["results"]) == ("postpone", [])
    assert (printed["ledger"]["returned"], printed["ledger"]["valid"], printed["ledger"]["invalid"]) == (6, None, None)
    assert printed["ledger"]["invalid_because"] == {}


def test_the_candidates_file_gives_the_order_of_the_ballot(files: Path):
    """`results` in ballot order."""
    (files / "candidates.csv").write_text("name,delegate\n丙,yes\n甲,no\n乙,yes\n", encoding="utf-8")
    args = ("--ballots", "ballots.csv", "--candidates", "candidates.csv", "--ledger", LEDGER, "--json")
    printed = json.loads(run(files, "count", "method.toml", *args).stdout)
    assert [row["name"] for row in printed["results"]] == ["丙", "甲", "乙"]


def test_two_contests_need_one_to_be_named(files: Path):
    """Where several are, exit 2 lists them."""
    text = method_text() + '[[contest]]\nid = "chair"\noffice = "主席"\nseats = 1\n'
    (files / "method.toml").write_text(text, encoding="utf-8")
    result = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", LEDGER)
    assert result.exit_code == 2
    assert "chair（主席）" in result.stderr


def test_a_sign_that_only_looks_right_is_reported_beside_the_result(files: Path):
    """On the other stream: the result itself stays as it is."""
    (files / "ballots.csv").write_text(BALLOTS.replace("×,○,\n", "×,〇,\n"), encoding="utf-8")
    result = run(files, "count", "method.toml", "--ballots", "ballots.csv", "--ledger", LEDGER, "--json")
    assert "“〇”" in result.stderr
    assert json.loads(result.stdout)["ledger"]["valid"] == 5
