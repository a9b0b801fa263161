"""The ledger of one poll: both sides of every limit, and what the officer is told to do."""

import pytest

from federation.errors import Finding
from federation.rules import ledger

GOOD = {
    **{"handed_out": 7, "drawn": 2, "present": 9, "due": 12, "per_voter": 0},
    **{"printed": 7, "passes": 3, "passes_void": 1, "smallest": 3},
}


def problems(found) -> list[str]:
    return [finding.problem for finding in found]


def test_a_ledger_at_its_limits_opens() -> None:
    """Issued just as many as are present, just as many as were printed, every pass drawn or void."""
    assert problems(ledger.issue_findings(**GOOD)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"present": 8}, "多于实到 8"),
        ({"printed": 6}, "多于印制的 6 张"),
        ({"passes": 4}, "应领出 3 份，清点却是 2 份"),
        ({"passes_void": 2}, "应领出 1 份，清点却是 2 份"),
        ({"smallest": 10}, "10"),
        ({"handed_out": 0, "drawn": 0, "passes": 0, "passes_void": 0}, "没有发出"),
    ],
)
def test_one_more_than_a_limit_does_not_open(change: dict[str, int], said: str) -> None:
    """Each limit is crossed alone, so each is told alone."""
    [problem] = problems(ledger.issue_findings(**GOOD | change))
    assert said in problem


@pytest.mark.parametrize(
    ("present", "due", "per_voter", "most"),
    [(9, 12, 0, 9), (9, 12, 1, 12), (5, 12, 1, 10), (5, 12, 2, 12), (12, 12, 3, 12)],
)
def test_proxies_let_those_present_vote_for_the_absent_and_for_nobody_else(
    present: int, due: int, per_voter: int, most: int
) -> None:
    """代投: at most so many each, and never more papers than people on the roll."""
    assert ledger.most_issued(present, due, per_voter) == most
    good = GOOD | {"present": present, "due": due, "per_voter": per_voter, "drawn": 2, "printed": 99}
    assert problems(ledger.issue_findings(**good | {"handed_out": most - 2})) == []
    [problem] = problems(ledger.issue_findings(**good | {"handed_out": most - 1}))
    assert f"多于实到 {present}" in problem


def test_everything_wrong_is_told_at_once() -> None:
    """Too many for those present, for those printed, and a pass unaccounted for."""
    assert len(list(ledger.issue_findings(**GOOD | {"present": 8, "printed": 6, "passes": 4}))) == 3


@pytest.mark.parametrize(
    ("returned", "limit", "void"), [(9, 9, False), (10, 9, True), (0, 0, False), (99, None, False)]
)
@pytest.mark.parametrize("over", ["issued", "voted", "due"])
def test_returned_may_reach_its_limit_and_not_pass_it(returned: int, limit: int | None, void: int, over: str) -> None:
    """收回多于发出，选举无效; a figure nobody knows is no limit."""
    found = list(ledger.returned_excess(returned=returned, limit=limit, over=over, clause="第九条"))
    assert len(found) == void
    assert [(each.clause, ledger.LIMITS[over] in each.problem) for each in found] == [("第九条", True)] * void


def test_a_void_election_names_a_reason_also_where_the_method_names_no_clause() -> None:
    """A refusal without a reason is no refusal."""
    [found] = ledger.returned_excess(returned=10, limit=9, over="issued", clause="")
    assert found.clause


@pytest.mark.parametrize(("entered", "remedy"), [(7, "federation election enter"), (8, ""), (9, "核对")])
def test_papers_entered_are_the_papers_in_the_box(entered: int, remedy: str) -> None:
    """Fewer: go on entering. More: look what was entered wrongly."""
    found: list[Finding] = list(ledger.box_findings(entered=entered, papers=8, contest="members"))
    assert bool(found) is (entered != 8)
    assert all(remedy in each.remedy and str(entered) in each.problem for each in found)
