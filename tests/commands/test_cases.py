"""`found` and `case`."""

from pathlib import Path

from tests.shell import Run, answer


def test_a_founding_is_opened_and_the_same_again_changes_nothing(founded: Run):
    """A term is founded once."""
    again = answer(founded("found", "--as", "王秘书", "--json", code=0))
    assert (again["changed"], again["case"]) == (False, "founding-1")
    assert [row["case"] for row in answer(founded("case", "list", "--json", code=0))] == ["founding-1"]


def test_another_process_and_term_may_be_named(founded: Run):
    """换届 of the second term."""
    founded("found", "--process", "renewal", "--term", "2", "--as", "王秘书", code=0)
    shown = answer(founded("case", "show", "--case", "renewal-1", "--json", code=0))
    assert (shown["process"], shown["term_no"], shown["state_label"]) == ("renewal", 2, "换届筹备")


def test_where_several_cases_are_open_the_officer_says_which(founded: Run):
    """Exit 2 lists them; exit 3 for one that is not there."""
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    assert "--case 指明：founding-1、vacancy-1" in founded("case", "show", code=2).stderr
    founded("case", "show", "--case", "founding-1", code=0)
    assert "founding-1、vacancy-1" in founded("case", "show", "--case", "founding-9", code=3).stderr


def test_a_process_that_is_not_there_names_those_that_are(founded: Run):
    """Exit 3."""
    assert "founding.toml" in founded("found", "--process", "nirgends", "--as", "王秘书", code=3).stderr


def test_a_case_adopts_a_changed_process(founded: Run, tmp_path: Path):
    """And refuses a text without its present state, or one with faults."""
    text = founded("process", "show", "founding", "--toml", code=0).stdout
    file = tmp_path / "own.toml"
    file.write_text(text.replace('label = "成立筹备组"', 'label = "组成筹备组"'), encoding="utf-8")
    founded("case", "adopt", str(file), "--as", "王秘书", code=0)
    assert "组成筹备组" in founded("status", code=0).stdout
    assert "已办理" in founded("case", "adopt", str(file), "--as", "王秘书", code=0).stdout
    file.write_text(text.replace('"preparing"', '"beginning"'), encoding="utf-8")
    assert "preparing" in founded("case", "adopt", str(file), "--as", "王秘书", code=5).stderr
    file.write_text(text.replace('by = ["secretary"]', 'by = ["queen"]'), encoding="utf-8")
    assert "queen" in founded("case", "adopt", str(file), "--as", "王秘书", code=5).stderr
    founded("case", "adopt", "nirgends.toml", "--as", "王秘书", code=2)


def test_a_case_is_archived_only_once_it_was_reported(founded: Run):
    """Exit 4, with what can be done now."""
    assert "form_group" in founded("case", "archive", "--as", "王秘书", code=4).stderr


def test_a_vacancy_goes_its_way(founded: Run):
    """Accepted, filed, filled or left vacant, archived."""
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    which = ("--case", "vacancy-1", "--as", "王秘书")
    founded("step", "accept", "--note", "孙某某辞职，执委会接受", *which, code=0)
    assert "请示" in founded("step", "fill", *which, code=5).stderr
    founded("step", "leave_vacant", *which, code=0)
    assert "备案" in founded("case", "archive", *which, code=5).stderr
    founded("filing", "send", "--to", "市妇联", *which, code=0)
    founded("case", "archive", *which, code=0)
    assert answer(founded("case", "show", "--case", "vacancy-1", "--json", code=0))["state"] == "archived"
