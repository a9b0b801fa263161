"""Who may stand on a list."""

from federation.rules.candidates import eligibility_findings, scrutiny_findings


def test_nobody_judges_the_papers_she_stands_on() -> None:
    """监票人、计票人不得是候选人: each such person is named, once."""
    found = [str(each) for each in scrutiny_findings(["甲", "乙", "乙", "丙"], ["乙", "丙", "丁", "乙"])]
    assert len(found) == 2
    assert ["乙" in found[0] or "乙" in found[1], "丙" in found[0] or "丙" in found[1]] == [True, True]
    assert not [text for text in found if "丁" in text or "甲" in text]


def test_people_of_different_names_may_do_both() -> None:
    """A name is compared as printed: two of one name carry their unit."""
    assert not list(scrutiny_findings(["王芳（三中）"], ["王芳（人民医院）", "王芳"]))
    assert not list(scrutiny_findings([], ["甲"]))
    assert not list(scrutiny_findings(["甲"], []))


def test_one_who_lacks_the_office_required_is_told_to_leave_the_list() -> None:
    """With the command that takes her off it."""
    found = list(eligibility_findings(["甲", "乙"], "chair", "members"))
    assert [each.problem for each in found] == [
        "甲没有当选「members」，不能作为候选人",
        "乙没有当选「members」，不能作为候选人",
    ]
    assert found[0].remedy == "federation election withdraw 甲 --contest chair"
