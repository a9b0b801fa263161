"""`step`: a step without a command of its own."""

import hashlib
from pathlib import Path

import pytest

from tests.shell import Run, answer


def state(run: Run) -> str:
    """Where the founding stands."""
    return answer(run("status", "--json", code=0))["cases"][0]["state"]


def test_a_step_moves_the_case_and_keeps_note_and_file(founded: Run, tmp_path: Path):
    """The file itself stays with the officer; its hash is in the journal."""
    (tmp_path / "名单.txt").write_text("筹备组名单")
    founded("step", "form_group", "--note", "五人", "--file", str(tmp_path / "名单.txt"), "--as", "王秘书", code=0)
    assert state(founded) == "drafting"
    line = answer(founded("journal", "show", "--last", "1", "--json", code=0))[0]
    assert line["facts"] == {"note": "五人", "file": hashlib.sha256("筹备组名单".encode()).hexdigest()}
    assert line["label"] == "成立筹备组"


def test_the_same_step_again_changes_nothing(founded: Run):
    """A repeat with the same facts."""
    founded("step", "form_group", "--as", "王秘书", code=0)
    again = answer(founded("step", "form_group", "--as", "王秘书", "--json", code=0))
    assert (again["changed"], again["message"]) == (False, "已办理，未作改动")


def test_the_same_step_with_another_note_is_a_wrong_stage(founded: Run):
    """What is on record is not written over (exit 4)."""
    founded("step", "form_group", "--as", "王秘书", code=0)
    assert "与上次不同" in founded("step", "form_group", "--note", "七人", "--as", "王秘书", code=4).stderr


def test_a_step_that_does_not_leave_this_state_names_those_that_do(founded: Run):
    """Exit 4."""
    refused = founded("step", "settle_drafts", "--as", "王秘书", code=4)
    assert "form_group" in refused.stderr


def test_a_step_the_process_does_not_have(founded: Run):
    """Exit 3, and where to look."""
    assert "没有步骤 fly" in founded("step", "fly", "--as", "王秘书", code=3).stderr


def test_two_persons_must_be_two(founded: Run):
    """To abandon a founding takes two members of the group."""
    founded("step", "abandon", "--as", "王秘书", code=5)
    founded("step", "abandon", "--as", "王秘书", "--with", "王秘书", code=5)
    founded("officer", "add", "孙筹备", "--role", "preparatory_group", "--as", "王秘书", code=0)
    founded("step", "abandon", "--as", "王秘书", "--with", "孙筹备", code=0)
    assert state(founded) == "abandoned"


def test_the_second_person_must_be_registered(founded: Run):
    """A name that nobody knows is no second person."""
    founded("step", "abandon", "--as", "王秘书", "--with", "无名氏", code=3)


def test_a_file_that_is_not_there(founded: Run):
    """Exit 2, nothing changed."""
    founded("step", "form_group", "--file", "nirgends.txt", "--as", "王秘书", code=2)
    assert state(founded) == "preparing"


def test_a_step_of_a_case_below(founded: Run):
    """Exit 3 where nothing lies at that path; its own stage where it does."""
    founded("step", "conclude", "--on-case", "nirgends", "--as", "王秘书", code=3)
    assert "妇女代表大会" in (
        refused := founded("step", "postpone", "--on-case", "congress", "--as", "王秘书", code=4).stderr
    )
    assert "federation meeting call --meeting congress" in refused


@pytest.mark.parametrize(
    ("event", "own"),
    [
        (("open_comments",), "federation comments open --until 日期"),
        (("call", "--on-case", "congress"), "federation meeting call --meeting congress"),
        (("archive",), "federation case archive"),
    ],
    ids=["this state", "a case below", "a later state"],
)
def test_a_step_with_a_command_of_its_own_is_sent_there(founded: Run, event: tuple[str, ...], own: str):
    """Exit 2: the command records what a bare step would leave out."""
    founded("step", "form_group", "--as", "王秘书", code=0)
    assert own in founded("step", *event, "--as", "王秘书", code=2).stderr
    assert state(founded) == "drafting"


def test_when_it_happened_may_be_stated(founded: Run):
    """`--on` and `--at`: not later than now, not before the last step, and not both."""
    founded("officer", "add", "孙筹备", "--role", "preparatory_group", "--as", "王秘书", code=0)
    founded("step", "form_group", "--at", "09:00", "--as", "王秘书", code=0)
    for wrong in (("--on", "gestern"), ("--at", "25:00"), ("--on", "2020-11-02", "--at", "09:00")):
        founded("step", "form_group", *wrong, "--as", "王秘书", code=2)
    for wrong in ("2020-11-03", "2020-11-01"):
        founded("step", "abandon", "--with", "孙筹备", "--on", wrong, "--as", "王秘书", code=5)
    founded("step", "abandon", "--with", "孙筹备", "--as", "王秘书", code=0)
