"""The ledger of one poll: both sides of every limit, and what the officer is told to do."""

import pytest

from federation.errors import Finding
from federation.rules import ledger

GOOD = {
    **{"handed_out": 7, "drawn": 10, "kept_back": 2, "present": 17, "due": 24, "per_voter": 0},
    **{"printed": 7, "passes": 13, "passes_void": 1, "smallest": 3},
}


def problems(found) -> list[str]:
    return [finding.problem for finding in found]


def test_a_ledger_at_its_limits_opens() -> None:
    """Issued just as many as are present, just as many as were printed, every pass drawn, void or kept back."""
    assert problems(ledger.issue_findings(**GOOD)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"present": 16}, "多于实到 16"),
        ({"printed": 6}, "多于印制的 6 张"),
        ({"passes": 14}, "应领出 13 份，清点却是 10 份、预留 2 份"),
        ({"passes_void": 2}, "应领出 11 份，清点却是 10 份、预留 2 份"),
        (
            {"handed_out": 9, "drawn": 0, "kept_back": 0, "passes": 0, "passes_void": 0, "printed": 9, "smallest": 10},
            "10",
        ),
        ({"handed_out": 0, "drawn": 0, "kept_back": 0, "passes": 0, "passes_void": 0}, "没有发出"),
        ({"drawn": 9, "kept_back": 3}, "凭证只领出 9 份，少于 10 份"),
        ({"drawn": 0, "kept_back": 12}, "凭证只领出 0 份，少于 10 份"),  # a late lot alone would be drawn by as few
        ({"handed_out": 2}, "纸质选票发出只有 2 张，少于 3 张"),
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
    good = GOOD | {"present": present, "due": due, "per_voter": per_voter, "printed": 99}
    good |= {"drawn": 0, "kept_back": 0, "passes": 0, "passes_void": 0}
    assert problems(ledger.issue_findings(**good | {"handed_out": most})) == []
    [problem] = problems(ledger.issue_findings(**good | {"handed_out": most + 1}))
    assert f"多于实到 {present}" in problem


def test_everything_wrong_is_told_at_once() -> None:
    """Too many for those present, for those printed, and a pass unaccounted for."""
    assert len(list(ledger.issue_findings(**GOOD | {"present": 16, "printed": 6, "passes": 14}))) == 3


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


@pytest.mark.parametrize(("papers", "printed", "problems_found"), [(3, 3, 0), (2, 3, 1), (4, 3, 1), (2, 1, 2)])
def test_passes_are_exchanged_for_so_many_papers_that_they_are_a_secret(
    papers: int, printed: int, problems_found: int
) -> None:
    """One paper in the box is the paper of the one who asked for it."""
    assert (
        len(problems(ledger.exchange_findings(papers=papers, passes=10, printed=printed, smallest=3))) == problems_found
    )


@pytest.mark.parametrize(("passes", "told"), [(0, 0), (1, 1), (9, 1), (10, 0)])
def test_no_exchange_leaves_so_few_passes_that_they_show(passes: int, told: int) -> None:
    """All of them, or ten stay."""
    assert len(problems(ledger.exchange_findings(papers=9, passes=passes, printed=9, smallest=3))) == told


@pytest.mark.parametrize(("number", "fine"), [(0, False), (1, True), (2, True), (3, False)])
def test_of_the_late_lot_no_more_than_was_kept_back(number: int, fine: bool) -> None:
    """Issuing and voiding ended with the opening, but for these."""
    assert (problems(ledger.late_findings(number, 2, "作废")) == []) is fine


@pytest.mark.parametrize(("spent", "handed_in", "missing"), [(9, 0, 0), (7, 1, 1), (0, 0, 9), (12, 0, 0)])
def test_what_was_drawn_and_neither_exchanged_nor_spent_nor_handed_in_is_missing(
    spent: int, handed_in: int, missing: int
) -> None:
    """drawn − exchanged = spent + handed in + missing; more spent than drawn leaves none missing, it voids."""
    assert ledger.missing_passes(drawn=10, exchanged=1, spent=spent, handed_in=handed_in) == missing


@pytest.mark.parametrize(("papers", "ballots", "void"), [(7, 10, 0), (8, 9, 1), (6, 11, 1), (8, 11, 2)])
def test_either_channel_over_its_own_number_voids(papers: int, ballots: int, void: int) -> None:
    """Whatever the sum: eight papers of seven handed out are one too many."""
    found = list(ledger.channel_excess(papers=papers, handed_out=7, ballots=ballots, drawn=10, clause=""))
    assert len(found) == void
    assert all(each.clause for each in found)
