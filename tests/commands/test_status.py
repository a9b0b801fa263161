"""`status`: what an officer types when she does not know what to type."""

from tests.shell import NAME, Run, answer


def test_the_contract_of_the_json(founded: Run):
    """design.md, section 6."""
    status = answer(founded("status", "--json", code=0))
    assert list(status) == ["federation", "cases", "warnings"]
    assert status["federation"] == {"id": "gaoxin", "name": NAME}
    assert status["cases"][0]["next"][0] == {
        "event": "form_group",
        "label": "成立筹备组",
        "command": "federation step form_group",
        "ready": True,
        "findings": [],
    }


def test_what_stands_in_the_way_comes_with_the_command_that_cures_it(founded: Run):
    """Problem, clause, remedy on one line."""
    founded("step", "form_group", "--as", "王秘书", code=0)
    shown = founded("status", code=0).stdout
    assert "「开始征求意见」之前还差" in shown
    assert "federation draft add charter" in shown
    assert "federation comments open --until 日期" in shown


def test_a_refusal_says_what_status_said(founded: Run):
    """The same findings, all of them."""
    which = ("--case", "vacancy-1", "--as", "王秘书")
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    founded("step", "accept", *which, code=0)
    shown = answer(founded("status", "--json", *which, code=0))["cases"][0]["next"]
    step = next(step for step in shown if step["event"] == "fill")
    refused = answer(founded("step", "fill", "--json", *which, code=5))
    assert refused["findings"] == step["findings"]


def test_before_the_first_case_it_says_how_to_begin(run: Run):
    """federation found."""
    run("init", "gaoxin", NAME, "--as", "王秘书", code=0)
    assert "federation found" in run("status", code=0).stdout


def test_one_case_of_several_may_be_asked_for(founded: Run):
    """An id that is not there is exit 3."""
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    assert "founding-1" not in founded("status", "--case", "vacancy-1", code=0).stdout
    founded("status", "--case", "nirgends", code=3)


def test_to_look_needs_no_officer_and_writes_nothing(founded: Run):
    """The journal is as long as before."""
    before = founded("journal", "verify", "--json", code=0).stdout
    founded("status", "--all", code=0)
    assert founded("journal", "verify", "--json", code=0).stdout == before


def test_what_else_may_be_done_comes_with_its_command(founded: Run):
    """A meeting's acts under its own id; a paper that is due under the word that makes it."""
    shown = founded("status", code=0).stdout
    assert "增改代表名册（federation roll import|add --meeting congress）" in shown
    assert "federation election plan --meeting plenary" in shown


def test_after_the_end_it_says_how_to_make_the_papers(founded: Run):
    """And not where a case was abandoned."""
    founded("found", "--process", "vacancy", "--as", "王秘书", code=0)
    which = ("--case", "vacancy-1", "--as", "王秘书")
    for words in (
        ("step", "accept"),
        ("step", "leave_vacant"),
        ("filing", "send", "--to", "市妇女联合会"),
        ("case", "archive"),
    ):
        assert "federation paper all" not in founded("status", *which, code=0).stdout
        founded(*words, *which, code=0)
    assert "全部办结。制作全部文书：federation paper all" in founded("status", *which, code=0).stdout
