"""What is true of every count, whatever the method and the papers; and a slow counter to hold the fast one against."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from federation.facts.counting import CountResult, Ledger, Mark, NameVotes, Paper, Votes, WriteIn
from federation.rules.ballots import PaperJudge, empty_mark
from federation.rules.counting import Tally, decide, question
from federation.rules.methods import ElectionMethod
from tests.counts import method_of, tally_of

LISTED = ("丁玉兰", "王秀英", "李桂芳")
MARKS = [
    'marks = { approve = "○", against = "×", abstain = "" }',
    'marks = { approve = "", against = "×", abstain = "○" }',
    'marks = { approve = "√", against = "×", abstain = "○" }',
    'marks = { approve = "○", against = "" }',
    'marks = { approve = "○" }',
]


@st.composite
def methods(draw: st.DrawFn) -> ElectionMethod:
    """Lawful methods of every kind."""
    marks = draw(st.sampled_from(MARKS))
    against, abstain, drawn = "against" in marks, "abstain" in marks, 'approve = ""' not in marks
    one_of = lambda key, *values: f"{key} = {draw(st.sampled_from([repr(value) for value in values]))}"  # noqa: E731
    flag = lambda key, possible=True: f"{key} = {str(possible and draw(st.booleans())).lower()}"  # noqa: E731
    base = draw(st.sampled_from(["due", "present", "returned", "valid"]))
    bar = draw(st.sampled_from(["> 1/2 of", ">= 1/2 of", "> 1/3 of", ">= 2/3 of"]))
    rungs = ["runoff", "presidium", *(["fewest_against"] if against else [])]
    ladder = draw(st.lists(st.sampled_from(rungs), unique=True, max_size=3))
    return method_of(
        top=draw(st.sampled_from([f'elected = "{bar} {base}"', 'elected = "plurality"'])),
        tables="\n".join(
            [
                "[ballot]", marks, one_of("choose", "at_most", "exactly", "any"), one_of("blank", "valid", "invalid"),
                one_of("unclear", "that_part", "whole_paper", *(["abstain"] if abstain else [])),
                flag("stray_mark_voids"),
                "[write_in]", one_of("allowed", "no", "free", *(["with_against"] if against else [])),
                flag("per_against", against), flag("needs_sign", drawn), one_of("breach", "entry", "paper"),
                one_of("pool", "anyone", "delegates"),
                "[tie]", f"ladder = {ladder!r}",
                "[shortage]", one_of("then", "vacant", "supplementary", "presidium", "next_session"),
            ]
        ),
        seats=draw(st.integers(1, 3)),
    )  # fmt: skip


def papers_of(method: ElectionMethod) -> st.SearchStrategy[list[Paper]]:
    """Boxes of papers that voters may really hand in."""
    marks = method.ballot.marks
    signs = [Mark.APPROVE, Mark.UNCLEAR, empty_mark(marks)]
    signs += [Mark.AGAINST] if marks.against is not None else []
    signs += [Mark.ABSTAIN] if marks.abstain is not None else []
    written = st.builds(WriteIn, st.sampled_from(["周敏", "吴静", "丁玉兰"]), st.booleans())
    one = st.builds(
        Paper,
        st.lists(st.sampled_from(signs), min_size=3, max_size=3).map("".join),
        st.lists(written, max_size=3).map(tuple),
        st.sampled_from([False, False, False, True]),
        st.sampled_from([False, False, False, True]),
    )
    return st.lists(one, max_size=12)


boxes = methods().flatmap(lambda method: st.tuples(st.just(method), papers_of(method)))


def judge_for(method: ElectionMethod, listed: tuple[str, ...] = LISTED) -> PaperJudge:
    return PaperJudge(method, method.contests[0].seats, listed, ("周敏",))


def result_of(method: ElectionMethod, votes: Votes) -> CountResult:
    number = (votes.valid or 0) + (votes.invalid or 0)
    return decide(question(method, "members"), Ledger(due=number, present=number, issued=number), votes)


def naive(method: ElectionMethod, papers: list[Paper]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The judging of method.md, sentence by sentence, with no thought for speed: reasons, and (name, sign) → votes."""
    reasons, votes, ballot, rules = Counter[str](), Counter[tuple[str, str]](), method.ballot, method.write_in
    for paper in papers:
        marks = list(paper.marks)
        against, stands, breach = marks.count("-"), [], False
        for place, entry in enumerate(paper.write_ins):
            fault = (
                rules.allowed == "no" or (rules.allowed == "with_against" and against == 0)
                or (rules.per_against and place + 1 > against) or (rules.needs_sign and not entry.signed)
                or (rules.pool == "delegates" and entry.name != "周敏") or entry.name in LISTED
                or entry.name in [other.name for other in paper.write_ins[:place]]
            )  # fmt: skip
            breach = breach or fault
            stands += [] if fault else [entry.name]
        blank = not paper.write_ins and all(mark == empty_mark(ballot.marks) != "?" for mark in marks)
        chosen, seats = marks.count("+") + len(stands), method.contests[0].seats
        holds = {
            "stray": paper.stray and ballot.stray_mark_voids,
            "illegible": paper.illegible or ("?" in marks and ballot.unclear == "whole_paper"),
            "write_in": breach and rules.breach == "paper",
            "blank": blank and ballot.blank == "invalid",
            "too_many": ballot.choose != "any" and chosen > seats,
            "too_few": ballot.choose == "exactly" and chosen < seats,
        }
        reason = next((reason for reason, true in holds.items() if true), "valid")
        reasons[reason] += 1
        if reason == "valid":
            read = ["0" if mark == "?" and ballot.unclear == "abstain" else mark for mark in marks]
            votes.update(zip(LISTED, read, strict=True))
            votes.update((name, "+") for name in stands)
    return reasons, votes


@given(boxes)
def test_the_counter_agrees_with_the_law_read_slowly(box: tuple[ElectionMethod, list[Paper]]):
    """The fast way of adding up is only a way of adding up."""
    method, papers = box
    votes = tally_of(judge_for(method), papers).votes()
    reasons, slow = naive(method, papers)
    assert votes.valid == reasons.pop("valid", 0)
    assert votes.invalid_because == reasons
    for row in votes.names:
        counts = {"+": row.approve, "-": row.against, "0": row.abstain}
        assert all(count is None or count == slow[row.name, sign] for sign, count in counts.items())
    assert {name for name, sign in slow if sign == "+"} <= {row.name for row in votes.names}


@given(boxes)
def test_papers_in_are_valid_and_invalid_papers(box: tuple[ElectionMethod, list[Paper]]):
    """Nothing is lost, nothing counted twice; and the ledger's sums hold of every count."""
    method, papers = box
    votes = tally_of(judge_for(method), papers).votes()
    assert (votes.valid or 0) + (votes.invalid or 0) == len(papers)
    assert votes.invalid == sum(votes.invalid_because.values())
    result = result_of(method, votes)
    assert len(result.elected) + result.seats_left == result.seats
    assert set(result.elected).isdisjoint(result.tied)


@given(boxes, st.randoms(use_true_random=False))
def test_the_order_of_papers_never_matters(box: tuple[ElectionMethod, list[Paper]], chance):
    """A shuffled box gives the same result, byte for byte."""
    method, papers = box
    before = result_of(method, tally_of(judge_for(method), papers).votes())
    chance.shuffle(papers)
    assert result_of(method, tally_of(judge_for(method), papers).votes()).as_json() == before.as_json()


@given(boxes, st.permutations(range(3)))
def test_the_order_of_candidates_never_decides(box: tuple[ElectionMethod, list[Paper]], order: list[int]):
    """A tie is a result, handed to the clause on ties, never an accident of the list."""
    method, papers = box
    moved = [replace(paper, marks="".join(paper.marks[at] for at in order)) for paper in papers]
    listed = tuple(LISTED[at] for at in order)
    one = result_of(method, tally_of(judge_for(method), papers).votes())
    two = result_of(method, tally_of(judge_for(method, listed), moved).votes())
    assert {row.name: row.as_json() for row in one.results} == {row.name: row.as_json() for row in two.results}
    assert (one.next, set(one.elected), set(one.tied)) == (two.next, set(two.elected), set(two.tied))


@given(boxes, st.integers(0, 12))
def test_boxes_counted_apart_make_the_same_whole(box: tuple[ElectionMethod, list[Paper]], cut: int):
    """Split anywhere, counted by two groups of tellers, put together."""
    method, papers = box
    whole, one, two = Tally(judge_for(method)), Tally(judge_for(method)), Tally(judge_for(method))
    for at, paper in enumerate(papers):
        whole.add(paper)
        (one if at < cut else two).add(paper)
    one.merge(two)
    assert one.votes() == whole.votes()
    assert one.returned == len(papers)


sheets = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
        lambda pair: (min(pair), max(pair) - min(pair), 30 - max(pair))
    ),
    min_size=1,
    max_size=3,
)
ladders = st.lists(st.sampled_from(["fewest_against", "runoff", "presidium"]), unique=True)


def tally_sheet(rows: list[tuple[int, int, int]]) -> Votes:
    return Votes(tuple(NameVotes(name, False, *row) for name, row in zip(LISTED, rows, strict=False)), 30, 0)


def any_method(seats: int, ladder: list[str], bar: str) -> ElectionMethod:
    return method_of(
        top=f'elected = "{bar}"', tables=f"[ballot]\nchoose = 'any'\n[tie]\nladder = {ladder!r}", seats=seats
    )


bars = st.sampled_from(["> 1/2 of due", ">= 1/2 of valid", "> 1/3 of present", "plurality"])


@given(sheets, st.integers(1, 3), ladders, bars, st.data())
def test_one_more_approval_never_unseats(rows, seats: int, ladder: list[str], bar: str, data: st.DataObject):
    """At the same number needed, a vote moved from 反对 or 弃权 to 赞成 only helps."""
    method = any_method(seats, ladder, bar)
    before = result_of(method, tally_sheet(rows))
    at = data.draw(st.integers(0, len(rows) - 1))
    approve, against, abstain = rows[at]
    if against + abstain == 0 or LISTED[at] not in before.elected:
        return
    rows[at] = (approve + 1, against - 1, abstain) if against else (approve + 1, against, abstain - 1)
    assert LISTED[at] in result_of(method, tally_sheet(rows)).elected


@given(sheets, st.integers(1, 3), ladders, bars, st.data())
def test_an_abstention_raises_nobody(rows, seats: int, ladder: list[str], bar: str, data: st.DataObject):
    """One who abstains instead of approving never brings the name nearer to a seat, whatever becomes of the others."""
    method = any_method(seats, ladder, bar)
    before = result_of(method, tally_sheet(rows))
    at = data.draw(st.integers(0, len(rows) - 1))
    approve, against, abstain = rows[at]
    if approve == 0 or LISTED[at] in before.elected or LISTED[at] in before.tied:
        return
    rows[at] = (approve - 1, against, abstain + 1)
    assert LISTED[at] not in result_of(method, tally_sheet(rows)).elected


@given(sheets, st.integers(1, 3), ladders, bars)
def test_everyone_elected_did_at_least_as_well_as_everyone_passed_over(rows, seats: int, ladder: list[str], bar: str):
    """The seats go down from the top."""
    result = result_of(any_method(seats, ladder, bar), tally_sheet(rows))
    by = {kind: [row.votes.approve for row in result.results if row.outcome == kind] for kind in
          ("elected", "tied", "passed_over", "not_elected")}  # fmt: skip
    needed = result.threshold.needed or 0
    assert min(by["elected"], default=99) >= max(by["tied"] + by["passed_over"], default=0)
    assert all(votes < needed for votes in by["not_elected"])
    assert all(votes >= needed for votes in by["elected"] + by["tied"] + by["passed_over"])
    assert len(by["tied"]) != 1
    assert not by["tied"] or len(by["elected"]) + len(by["tied"]) > seats
