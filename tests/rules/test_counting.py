"""Deciding a round: quorum, void, the bar, the cut, ties, shortages, later rounds, and the ledger they rest on."""

import pytest

from federation.errors import Misused, Refused
from federation.facts.counting import Ledger, Round, Votes
from federation.rules.counting import decide, question, quorum_of, void_findings
from federation.rules.strokes import UnknownCharacter
from tests.counts import full_ledger, judge_of, method_of, outcome, paper, tally_of, totals

TIE = '[tie]\nladder = ["fewest_against", "runoff"]'


def figures(result) -> dict[str, str]:
    """name → outcome."""
    return {row.name: row.outcome for row in result.results}


@pytest.mark.parametrize(("present", "holds"), [(19, False), (20, True), (21, True)])
def test_the_quorum_is_asked_before_anything_is_counted(present: int, holds: bool):
    """Two thirds of thirty are twenty; with fewer the meeting is postponed."""
    ledger = full_ledger(30, present=present, issued=present, returned=present, valid=present)
    votes = totals((16, 0, present - 16), (10, present - 10, 0))
    result = outcome(method_of(), votes, ledger)
    assert (result.quorum.needed, result.quorum.holds) == (20, holds)
    assert (result.next == "postpone") is not holds
    assert bool(result.results) is holds


def test_a_postponed_round_needs_no_other_figure():
    """No quorum: nothing is counted, `valid` and `invalid` are as given, else null."""
    result = outcome(method_of(), Votes(), Ledger(due=30, present=10))
    assert (result.next, result.results, result.elected, result.seats_left) == ("postpone", (), (), 2)
    assert (result.ledger.valid, result.ledger.returned) == (None, None)
    given = outcome(method_of(), Votes(), Ledger(due=30, present=10, returned=9, valid=8, invalid=1))
    assert (given.ledger.valid, given.ledger.invalid) == (8, 1)


@pytest.mark.parametrize(
    ("over", "returned", "then"),
    [
        ("issued", 28, "announce"), ("issued", 29, "rerun"),
        ("voted", 27, "announce"), ("voted", 28, "rerun"),
        ("due", 29, "announce"), ("due", 30, "announce"), ("due", 31, "rerun"),
    ],
)  # fmt: skip
def test_more_papers_than_the_method_allows_void_the_election(over: str, returned: int, then: str):
    """Returned over issued, voted or due: the same list votes again, and nothing is counted."""
    ledger = Ledger(due=30, present=28, issued=28, voted=27, returned=returned, valid=returned, invalid=0)
    result = outcome(
        method_of(tables=f'[void]\nreturned_over = "{over}"'),
        totals((20, 0, returned - 20), (20, 0, returned - 20)),
        ledger,
    )
    assert result.next == then
    assert bool(result.results) is (then == "announce")


def test_a_void_round_needs_neither_valid_nor_invalid():
    """The chair declares it before any tallying."""
    result = outcome(method_of(), Votes(), Ledger(due=30, present=30, issued=30, returned=31))
    assert (result.next, result.ledger.valid, result.threshold.base) == ("rerun", None, 30)
    assert void_findings(method_of(), Ledger(issued=30, returned=31))[0].remedy
    assert void_findings(method_of(), Ledger(issued=30, returned=30)) == ()


def test_more_papers_than_issued_are_reported_where_they_do_not_void():
    """`returned_over = "due"`: lawful, and nothing a chair should not know."""
    ledger = Ledger(due=30, present=28, issued=28, returned=29, valid=29, invalid=0)
    result = outcome(method_of(tables='[void]\nreturned_over = "due"'), totals((20, 5, 4), (20, 5, 4)), ledger)
    assert [finding.problem for finding in result.findings] == ["收回 29 张多于发出 28 张，按办法选举并不因此无效"]


@pytest.mark.parametrize(
    ("base", "needed"), [("due", 21), ("present", 20), ("issued", 19), ("voted", 18), ("returned", 17), ("valid", 16)]
)
def test_the_bar_is_taken_of_the_figure_the_method_names(base: str, needed: int):
    """All five bases exist in some text, and investigators confuse them."""
    ledger = Ledger(due=40, present=38, issued=36, voted=34, returned=32, valid=30, invalid=2)
    method = method_of(top=f'elected = "> 1/2 of {base}"')
    assert outcome(method, totals((20, 5, 5), (1, 5, 24)), ledger).threshold.needed == needed


@pytest.mark.parametrize(("approve", "passes"), [(15, False), (16, True)])
def test_reaching_the_bar_is_passing(approve: int, passes: bool):
    """More than half of thirty is sixteen."""
    result = outcome(method_of(seats=1), totals((approve, 0, 30 - approve)))
    assert result.results[0].passes is passes
    assert figures(result) == {"丁玉兰": "elected" if passes else "not_elected"}


def test_abstaining_raises_nobody():
    """Abstention is never a vote against and never an approval."""
    result = outcome(method_of(seats=1), totals((15, 0, 15), (14, 16, 0)))
    assert result.elected == ()


def test_the_best_of_those_who_pass_take_the_seats():
    """The one who reached the bar and found no seat is passed over, not defeated."""
    result = outcome(
        method_of(tables="[ballot]\nchoose = 'any'"), totals((20, 5, 5), (30, 0, 0), (25, 5, 0), (3, 0, 27))
    )
    assert figures(result) == {
        "丁玉兰": "passed_over",
        "王秀英": "elected",
        "李桂芳": "elected",
        "赵小梅": "not_elected",
    }
    assert (result.elected, result.next, result.seats_left) == (("王秀英", "李桂芳"), "announce", 0)


def test_a_tie_inside_the_cut_changes_nothing():
    """Two with the same votes and two seats."""
    result = outcome(method_of(), totals((20, 5, 5), (20, 5, 5), (17, 5, 8)))
    assert (result.elected, result.tied, result.next) == (("丁玉兰", "王秀英"), (), "announce")


def test_a_tie_below_the_bar_is_no_tie():
    """Only those who pass compete for the seats."""
    result = outcome(method_of(), totals((20, 5, 5), (10, 5, 15), (10, 5, 15)))
    assert (result.tied, result.next) == ((), "presidium_decision")


@pytest.mark.parametrize(
    ("ladder", "against", "elected", "tied", "then"),
    [
        (["fewest_against", "runoff"], (6, 9), ("丁玉兰", "王秀英"), (), "announce"),
        (["fewest_against", "runoff"], (9, 6), ("丁玉兰", "李桂芳"), (), "announce"),
        (["fewest_against", "runoff"], (6, 6), ("丁玉兰",), ("王秀英", "李桂芳"), "tie_runoff"),
        (["fewest_against", "presidium"], (6, 6), ("丁玉兰",), ("王秀英", "李桂芳"), "presidium_decision"),
        (["fewest_against"], (6, 6), ("丁玉兰",), ("王秀英", "李桂芳"), "presidium_decision"),
        (["runoff"], (6, 9), ("丁玉兰",), ("王秀英", "李桂芳"), "tie_runoff"),
        (["runoff", "fewest_against"], (6, 9), ("丁玉兰",), ("王秀英", "李桂芳"), "tie_runoff"),
        (["presidium"], (6, 9), ("丁玉兰",), ("王秀英", "李桂芳"), "presidium_decision"),
        ([], (6, 9), ("丁玉兰",), ("王秀英", "李桂芳"), "presidium_decision"),
    ],
)
def test_a_tie_across_the_cut_walks_the_ladder(ladder, against, elected, tied, then):
    """In the method's order; a ladder that runs out ends with the presidium."""
    votes = totals((24, 2, 4), *((17, number, 13 - number) for number in against))
    quoted = ", ".join(f'"{rung}"' for rung in ladder)
    result = outcome(method_of(tables=f"[ballot]\nchoose = 'any'\n[tie]\nladder = [{quoted}]"), votes)
    assert (result.elected, result.tied, result.next) == (elected, tied, then)
    assert result.seats_left == 2 - len(elected)


def test_fewest_against_settles_what_it_can_and_leaves_the_rest():
    """Three seats for four equals: one has fewer against, two are equal still, one is out."""
    votes = totals((20, 1, 9), (20, 4, 6), (20, 4, 6), (20, 9, 1))
    result = outcome(method_of(seats=2, tables=TIE + "\n[ballot]\nchoose='any'"), votes)
    assert figures(result) == {"丁玉兰": "elected", "王秀英": "tied", "李桂芳": "tied", "赵小梅": "passed_over"}
    assert (result.tied, result.seats_left, result.next) == (("王秀英", "李桂芳"), 1, "tie_runoff")


def test_fewest_against_skips_a_tie_that_holds_a_written_name():
    """Nobody could vote against a name that was not on the paper."""
    votes = totals((24, 2, 4), (17, 6, 7), written={"周敏": 17})
    result = outcome(method_of(tables=TIE), votes)
    assert (result.elected, result.tied, result.next) == (("丁玉兰",), ("王秀英", "周敏"), "tie_runoff")


def test_a_written_name_that_passes_is_elected():
    """Write-ins too; they stand after the list, and their 反对 and 弃权 are nobody's."""
    result = outcome(method_of(), totals((10, 20, 0), (12, 18, 0), written={"周敏": 18, "吴静": 2}))
    assert [(row.name, row.outcome, row.votes.against) for row in result.results[2:]] == [
        ("周敏", "elected", None),
        ("吴静", "not_elected", None),
    ]


@pytest.mark.parametrize(
    ("then", "follows"),
    [
        ("vacant", "announce"),
        ("supplementary", "supplementary_ballot"),
        ("presidium", "presidium_decision"),
        ("next_session", "next_session"),
    ],
)
def test_a_shortage_follows_its_clause(then: str, follows: str):
    """Fewer pass than there are seats."""
    provision = '[[provision]]\nkey = "shortage"\nclause = "第十一条"'
    result = outcome(method_of(tables=f'[shortage]\nthen = "{then}"\n{provision}'), totals((20, 5, 5), (10, 15, 5)))
    assert (result.next, result.seats_left, result.elected) == (follows, 1, ("丁玉兰",))
    assert result.findings[0].clause == "第十一条"


def test_an_open_tie_goes_before_the_shortage():
    """In a runoff under a bar of its own nobody may pass; then the shortage has its turn."""
    method = method_of(tables='[tie]\nelected = "> 1/2 of valid"\n[shortage]\nthen = "supplementary"')
    short = outcome(method, totals((14, 10, 6), (12, 10, 8)), round="runoff", seats=1)
    assert (short.next, short.seats_left) == ("supplementary_ballot", 1)


def test_a_second_tie_is_for_the_presidium():
    """No published method settles it, so the ladder is not climbed again."""
    result = outcome(method_of(tables=TIE), totals((15, 6, 9), (15, 9, 6)), round="runoff", seats=1)
    assert (result.tied, result.next, result.threshold.needed) == (("丁玉兰", "王秀英"), "presidium_decision", 0)


@pytest.mark.parametrize(
    ("number", "follows"), [(1, "supplementary_ballot"), (2, "presidium_decision"), (3, "presidium_decision")]
)
def test_supplementary_ballots_end_with_the_last_that_the_method_allows(number: int, follows: str):
    """`rounds` at most; after them the presidium."""
    method = method_of(tables='[shortage]\nthen = "supplementary"\nrounds = 2\nelected = ">= 1/3 of due"')
    result = outcome(method, totals((9, 5, 16)), round=f"supplementary:{number}", seats=1)
    assert (result.threshold.needed, result.next, str(result.round)) == (10, follows, f"supplementary:{number}")


def test_a_tie_in_a_supplementary_ballot_walks_the_ladder():
    """It is the first tie of that ballot."""
    method = method_of(tables="[ballot]\nchoose = 'any'")
    result = outcome(method, totals((16, 5, 9), (16, 5, 9)), round="supplementary:1", seats=1)
    assert (result.tied, result.next) == (("丁玉兰", "王秀英"), "tie_runoff")


def test_a_primary_has_its_own_bar_and_leads_to_the_formal_ballot():
    """差额预选; a primary that is short leads there too."""
    method = method_of(contest='primary = { surplus = { count = 1 }, elected = "> 2/3 of valid" }')
    full = outcome(method, totals((25, 3, 2), (21, 5, 4), (10, 15, 5)), round="primary")
    assert (full.threshold.needed, full.elected, full.next) == (21, ("丁玉兰", "王秀英"), "formal_ballot")
    short = outcome(method, totals((25, 3, 2), (20, 5, 5), (10, 15, 5)), round="primary")
    assert (short.elected, short.next, short.seats_left) == (("丁玉兰",), "formal_ballot", 1)


def test_a_tie_across_the_cut_of_a_primary_is_not_waved_through():
    """The formal list is not known before the tie is settled."""
    method = method_of(contest='primary = { surplus = { count = 1 }, elected = "plurality" }')
    result = outcome(method, totals((25, 3, 2), (10, 5, 15), (10, 15, 5)), round="primary")
    assert (result.tied, result.next) == (("王秀英", "李桂芳"), "tie_runoff")


def test_a_rerun_repeats_the_first():
    """Same bar, same list, same seats."""
    first = outcome(method_of(), totals((20, 5, 5), (18, 5, 7)))
    again = outcome(method_of(), totals((20, 5, 5), (18, 5, 7)), round="rerun")
    assert (again.elected, again.threshold, str(again.round)) == (first.elected, first.threshold, "rerun")


def test_plurality_needs_nothing_and_reports_who_won_with_nothing():
    """`base` is null and `needed` 0; a seat filled without an approval is lawful there, and said."""
    result = outcome(method_of(top='elected = "plurality"'), totals((3, 5, 22), (0, 5, 25)))
    assert (result.threshold.base, result.threshold.needed) == (None, 0)
    assert result.elected == ("丁玉兰", "王秀英")
    assert "没有得到赞成票" in result.findings[0].problem


@pytest.mark.parametrize("round", ["runoff", "supplementary:1"])
def test_a_round_over_the_seats_that_are_left_must_be_told_how_many(round: str):
    """The method cannot know them."""
    with pytest.raises(Misused, match="--seats"):
        question(method_of(), "members", Round.parse(round))


@pytest.mark.parametrize("text", ["second", "supplementary", "supplementary:0", "supplementary:x", "Runoff", ""])
def test_an_unknown_round_is_a_wrong_call(text: str):
    """first, rerun, runoff, primary, supplementary:N."""
    with pytest.raises(Misused):
        Round.parse(text)


def test_a_primary_where_the_method_has_none_and_no_seats_are_wrong_calls():
    """Usage, not a refusal of the rules."""
    with pytest.raises(Misused, match="primary"):
        question(method_of(), "members", Round("primary"))
    with pytest.raises(Misused, match="名额"):
        question(method_of(), "members", seats=0)


@pytest.mark.parametrize(
    ("top", "ledger", "missing"),
    [
        ("", Ledger(), ["due", "present", "issued", "returned", "valid", "invalid"]),
        ("", Ledger(due=30, present=30), ["returned", "issued", "valid", "invalid"]),
        ("", Ledger(due=30, present=30, issued=30, returned=30), ["valid", "invalid"]),
        ("", Ledger(due=30, present=30, issued=30, returned=30, valid=30), ["invalid"]),
        ('elected = "> 1/2 of voted"', full_ledger(30, voted=None), ["voted"]),
        ('quorum = "> 1/2 of present"', full_ledger(30, due=None), ["due"]),
    ],
)
def test_every_figure_that_a_rule_asks_for_and_that_is_missing_is_named(top: str, ledger: Ledger, missing: list[str]):
    """A usage error, all at once."""
    with pytest.raises(Misused) as misused:
        outcome(method_of(top=top), totals((20, 5, 5)), ledger)
    for name in missing:
        assert f"{name}（" in misused.value.message
    assert misused.value.message.count("（") == len(missing)


def test_a_figure_no_rule_asks_for_may_be_missing():
    """Under `returned_over = "voted"` nobody needs 发出."""
    ledger = full_ledger(30, issued=None)
    assert (
        outcome(method_of(tables='[void]\nreturned_over = "voted"'), totals((20, 5, 5)), ledger).ledger.issued is None
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"present": 31}, "实到 31 人多于应到 30 人"),
        ({"present": 29, "issued": 30}, "发出选票 30 张多于实到 29 人"),
        ({"valid": 29}, "有效票 29 + 无效票 0 = 29 张，不等于收回 30 张"),
        ({"invalid": 1}, "有效票 30 + 无效票 1 = 31 张，不等于收回 30 张"),
    ],
)
def test_a_broken_ledger_is_refused_with_the_arithmetic(changes: dict[str, int], words: str):
    """present ≤ due, issued ≤ present, returned = valid + invalid."""
    with pytest.raises(Refused) as refused:
        outcome(method_of(), totals((20, 5, 5)), full_ledger(30, **changes))
    assert any(words in finding.problem for finding in refused.value.findings)


@pytest.mark.parametrize(("issued", "lawful"), [(25, True), (28, True), (30, True), (31, False)])
def test_proxies_raise_the_number_of_papers_up_to_those_due(issued: int, lawful: bool):
    """issued ≤ present (+ proxies); a proxy is for somebody due and absent."""
    ledger = full_ledger(30, present=25, issued=issued, returned=25, valid=25)
    method = method_of(tables="[proxy]\nper_voter = 1")
    if lawful:
        assert outcome(method, totals((20, 5, 0)), ledger).elected == ("丁玉兰",)
    else:
        with pytest.raises(Refused):
            outcome(method, totals((20, 5, 0)), ledger)


@pytest.mark.parametrize(
    ("unclear", "row", "lawful"),
    [
        ("that_part", (20, 5, 5), True), ("that_part", (20, 5, 4), True), ("that_part", (20, 5, 6), False),
        ("whole_paper", (20, 5, 5), True), ("whole_paper", (20, 5, 4), False), ("whole_paper", (20, 5, 6), False),
        ("abstain", (20, 5, 5), True), ("abstain", (20, 5, 4), False),
    ],
)  # fmt: skip
def test_a_names_votes_add_up_to_the_valid_papers(unclear: str, row: tuple[int, ...], lawful: bool):
    """approve + against + abstain = valid, less only where an unreadable part counts for nothing."""
    method = method_of(tables=f'[ballot]\nunclear = "{unclear}"')
    if lawful:
        assert outcome(method, totals(row)).results[0].votes.approve == 20
    else:
        with pytest.raises(Refused, match="票数不平"):
            outcome(method, totals(row))


@pytest.mark.parametrize(
    ("choose", "approvals", "lawful"),
    [
        ("at_most", (30, 30, 0), True), ("at_most", (30, 30, 1), False), ("any", (30, 30, 1), True),
        ("exactly", (30, 30, 0), True), ("exactly", (30, 29, 0), False), ("exactly", (30, 30, 1), False),
    ],
)  # fmt: skip
def test_all_approvals_fit_the_seats_on_the_valid_papers(choose: str, approvals: tuple[int, ...], lawful: bool):
    """Σ approve incl. write-ins ≤ seats × valid; exact-select: =."""
    votes = totals(*((number, 0, 30 - number) for number in approvals))
    method = method_of(tables=f'[ballot]\nchoose = "{choose}"\n[tie]\nladder = []')
    if lawful:
        assert outcome(method, votes).ledger.valid == 30
    else:
        with pytest.raises(Refused, match="合计"):
            outcome(method, votes)


def test_written_names_count_among_all_approvals():
    """One seat, thirty papers: thirty-one approvals cannot be."""
    with pytest.raises(Refused, match="合计 31 票"):
        outcome(method_of(seats=1), totals((20, 5, 5), written={"周敏": 11}))


def test_a_written_name_on_a_sheet_of_a_method_without_is_refused():
    """`allowed = "no"`: it cannot have been counted."""
    with pytest.raises(Refused, match="周敏"):
        outcome(method_of(tables='[write_in]\nallowed = "no"'), totals((20, 5, 5), written={"周敏": 1}))


def test_a_count_that_the_method_does_not_have_is_null():
    """Select-only papers have neither 反对 nor 弃权."""
    method = method_of(tables='[ballot]\nmarks = { approve = "○" }')
    result = outcome(method, totals((20,), (18,)))
    assert [(row.votes.against, row.votes.abstain) for row in result.results] == [(None, None)] * 2


def test_a_show_of_hands_has_no_papers_to_account_for():
    """`form = "hands"`: due and present are enough; hands are held against those present."""
    method = method_of(top='form = "hands"\nelected = "> 1/2 of present"')
    ledger = Ledger(due=30, present=28)
    assert outcome(method, totals((20, 5, 3), (15, 5, 8)), ledger).elected == ("丁玉兰", "王秀英")
    with pytest.raises(Refused):
        outcome(method, totals((20, 5, 4)), ledger)


@pytest.mark.parametrize(
    ("order", "elected"),
    [
        ("by_votes", ("李桂芳", "丁玉兰", "赵小梅", "王秀英")),
        ("as_listed", ("丁玉兰", "王秀英", "李桂芳", "赵小梅")),
        ("stroke_surname", ("丁玉兰", "王秀英", "李桂芳", "赵小梅")),
    ],
)
def test_the_elected_are_announced_in_the_methods_order(order: str, elected: tuple[str, ...]):
    """By votes, equals keep ballot order."""
    method = method_of(seats=4, tables=f'[announce]\norder = "{order}"')
    votes = totals((20, 5, 5), (18, 5, 7), (22, 5, 3), (20, 5, 5))
    assert outcome(method, votes).elected == elected


def test_among_equals_a_written_name_is_announced_last():
    """By votes, equals keep ballot order, write-ins last."""
    assert outcome(method_of(), totals((2, 20, 8), (20, 5, 5), written={"丁一": 20})).elected == ("王秀英", "丁一")


def test_stroke_orders_differ_for_names_of_one_surname():
    """姓氏 puts 田富 before 田大利, 姓名 the other way round (domain.md section 4)."""
    for order, first in (("stroke_surname", "田富"), ("stroke_full_name", "田大利")):
        method = method_of(tables=f'[announce]\norder = "{order}"')
        votes = totals(written={"田富": 20, "田大利": 20})
        assert outcome(method, votes).elected[0] == first


def test_written_names_with_equal_votes_stand_in_the_ballots_stroke_order():
    """`results`: write-ins after the list, by approvals then strokes, in the variant of the ballot."""
    votes = totals((20, 5, 5), written={"田大利": 3, "田富": 3, "吴静": 4})
    for order, names in (("stroke_surname", ["田富", "田大利"]), ("stroke_full_name", ["田大利", "田富"])):
        result = outcome(method_of(tables=f'[ballot]\norder = "{order}"'), votes)
        assert [row.name for row in result.results] == ["丁玉兰", "吴静", *names]


def test_a_large_box_is_added_up_to_the_last_paper():
    """Papers are added up a thousand at a time; the rest of the box counts as well."""
    papers = [paper("○×"), paper("×○"), paper("○空", "○周敏")] * 1500
    row_one, row_two = tally_of(judge_of(), papers).votes().names
    assert (row_one.approve, row_one.against, row_one.abstain) == (3000, 1500, 0)
    assert (row_two.approve, row_two.against, row_two.abstain) == (1500, 1500, 1500)


def test_an_unknown_character_stops_an_announcement_but_never_a_count():
    """The order read out must be right; a voter who writes a strange sign must not hold up the meeting."""
    votes = totals((20, 5, 5), written={"周☆": 16, "丁一": 16})
    counted = outcome(method_of(seats=3), votes)
    assert [row.name for row in counted.results] == ["丁玉兰", "丁一", "周☆"]
    assert "☆" in counted.findings[-1].problem
    with pytest.raises(UnknownCharacter):
        outcome(method_of(seats=3, tables='[announce]\norder = "stroke_surname"'), votes)


def test_papers_and_ledger_must_say_the_same():
    """The papers are the evidence; a ledger that gives another number is refused with the difference."""
    votes = tally_of(judge_of(), [paper("○○"), paper("○×"), paper("○○", stray=True)]).votes()
    base = {"due": 3, "present": 3, "issued": 3}
    result = decide(question(method_of(), "members"), Ledger(**base), votes)
    assert (result.ledger.returned, result.ledger.valid, result.ledger.invalid) == (3, 2, 1)
    assert result.ledger.invalid_because == {"stray": 1}
    for wrong in ({"returned": 2}, {"returned": 3, "valid": 3, "invalid": 0}):
        with pytest.raises(Refused, match="相差 1 张"):
            decide(question(method_of(), "members"), Ledger(**base, **wrong), votes)


def test_the_object_printed_has_the_keys_of_the_contract_in_order():
    """method.md: one object, these keys, this order."""
    printed = outcome(method_of(), totals((20, 5, 5), (18, 5, 7))).as_json()
    assert list(printed) == [
        "contest", "office", "round", "seats", "quorum", "ledger", "threshold", "results", "elected", "tied",
        "seats_left", "next", "findings",
    ]  # fmt: skip
    assert list(printed["quorum"]) == ["rule", "needed", "present", "holds"]
    assert list(printed["ledger"]) == ["due", "present", "issued", "returned", "valid", "invalid", "invalid_because"]
    assert list(printed["threshold"]) == ["rule", "base", "needed"]
    assert list(printed["results"][0]) == ["name", "write_in", "approve", "against", "abstain", "passes", "outcome"]


def test_the_quorum_is_counted_from_the_figure_the_method_names():
    """Also for those who only want to know the quorum."""
    assert quorum_of(method_of(top='quorum = "> 4/5 of due"'), Ledger(due=15, present=12)).holds is False
    assert quorum_of(method_of(top='quorum = ">= 4/5 of due"'), Ledger(due=15, present=12)).holds is True
