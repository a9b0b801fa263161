"""Reading a method file: defaults, what depends on the marks, and every refusal with its place."""

from fractions import Fraction

import pytest

from federation.errors import NotFound, Refused
from federation.resources import resource, resource_names
from federation.rules.methods import (
    Marks,
    Surplus,
    expected_candidates,
    load_method,
    method_sentences,
    surplus_findings,
)
from tests.counts import method_of, method_text

SELECT_ONLY = '[ballot]\nmarks = { approve = "○" }'
BLANK_APPROVES = '[ballot]\nmarks = { approve = "", against = "×", abstain = "○" }'


def problems(text: str) -> list[str]:
    """What the file is refused for."""
    with pytest.raises(Refused) as refused:
        load_method(text)
    return [str(finding) for finding in refused.value.findings]


def test_what_is_left_out_has_the_value_of_the_contract():
    """Every default of the format, in one place."""
    method = method_of()
    assert [str(bar) for bar in (method.quorum, method.adoption, method.motions, method.elected)] == [
        ">= 2/3 of due",
        "> 1/2 of present",
        "> 1/2 of present",
        "> 1/2 of due",
    ]
    ballot, written = method.ballot, method.write_in
    assert (method.form, ballot.channels, ballot.marks) == ("ballot", ("paper",), Marks("○", "×", ""))
    assert (ballot.choose, ballot.blank, ballot.unclear) == ("at_most", "valid", "that_part")
    assert (ballot.stray_mark_voids, ballot.replace_spoiled, ballot.order) == (True, True, "stroke_surname")
    assert (written.allowed, written.per_against, written.needs_sign) == ("with_against", False, True)
    assert (written.pool, written.breach, method.void.returned_over) == ("anyone", "entry", "issued")
    assert (method.tie.ladder, str(method.tie.elected)) == (("runoff",), "plurality")
    assert (method.shortage.then, str(method.shortage.elected), method.shortage.rounds) == (
        "presidium",
        "> 1/2 of due",
        1,
    )
    assert (method.announce.order, method.proxy.per_voter) == ("by_votes", 0)
    assert (method.record.publish, method.record.check, method.record.smallest) == ("totals", "presence", 3)
    contest = method.contest("members")
    assert (contest.sheet, contest.after, contest.requires, contest.primary) == ("members", (), "", None)
    assert contest.surplus.equal


def test_marks_written_out_are_all_the_marks_there_are():
    """`{ approve = "○" }` alone is select-only."""
    assert method_of(tables=SELECT_ONLY).ballot.marks.select_only
    assert not method_of(tables='[ballot]\nmarks = { approve = "○", against = "×" }').ballot.marks.select_only


def test_a_default_that_the_marks_make_impossible_gives_way():
    """`with_against` becomes `no` without an against mark; `needs_sign` is false where approving is leaving blank."""
    assert method_of(tables=SELECT_ONLY).write_in.allowed == "no"
    assert method_of(tables=SELECT_ONLY).write_in.needs_sign
    assert method_of(tables=BLANK_APPROVES).write_in.allowed == "with_against"
    assert not method_of(tables=BLANK_APPROVES).write_in.needs_sign


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        (SELECT_ONLY + '\n[write_in]\nallowed = "with_against"', "write_in.allowed"),
        (SELECT_ONLY + "\n[write_in]\nper_against = true", "write_in.per_against"),
        (SELECT_ONLY + '\n[tie]\nladder = ["fewest_against"]', "tie.ladder"),
        (SELECT_ONLY + '\nunclear = "abstain"', "ballot.unclear"),
        (BLANK_APPROVES + "\n[write_in]\nneeds_sign = true", "write_in.needs_sign"),
        ('[ballot]\nmarks = { approve = "○", against = "○" }', "ballot.marks.against"),
        ('[ballot]\nmarks = { approve = "", abstain = "" }', "ballot.marks.abstain"),
        ('[ballot]\nmarks = { against = "×" }', "ballot.marks.approve"),
        ('[ballot]\nmarks = { approve = "?" }', "ballot.marks.approve"),
        ('[ballot]\nmarks = { approve = " " }', "ballot.marks.approve"),
        ('[ballot]\nmarks = { approve = "反对" }', "ballot.marks.approve"),
        ('[ballot]\nmarks = "○"', "ballot.marks"),
        ('[ballot]\nchoose = "most"', "ballot.choose"),
        ("[ballot]\nchannels = []", "ballot.channels"),
        ('[ballot]\nchannels = ["paper", "paper"]', "ballot.channels"),
        ('[ballot]\nchannels = ["radio"]', "ballot.channels"),
        ('[ballot]\nchannels = "paper"', "ballot.channels"),
        ("[ballot]\nstray_mark_voids = 1", "ballot.stray_mark_voids"),
        ("[shortage]\nrounds = -1", "shortage.rounds"),
        ("[shortage]\nrounds = 1.0", "shortage.rounds"),
        ('[tie]\nladder = ["coin"]', "tie.ladder"),
        ('[tie]\nelected = "> 2/1 of due"', "tie.elected"),
        ("[record]\nsmallest = true", "record.smallest"),
        ("[proxy]\nper_voter = -1", "proxy.per_voter"),
        ('[annonce]\norder = "by_votes"', "annonce"),
        ('[announce]\nordre = "by_votes"', "announce.ordre"),
        ('[[provision]]\nkey = "qorum"\nclause = "第五条"', "provision[1]（qorum）.key"),
        ('[[provision]]\nkey = "quorum"', "provision[1]（quorum）.clause"),
        ('[[provision]]\nkey="tie"\nclause="一"\n[[provision]]\nkey="tie"\nclause="二"', "provision[2]（tie）.key"),
    ],
)
def test_the_impossible_is_refused_at_its_place(tables: str, place: str):
    """Unknown keys, wrong types, impossible values, and what the marks contradict when written out."""
    found = problems(method_text(tables=tables))
    assert len(found) == 1, found
    assert f" {place}：" in found[0]


@pytest.mark.parametrize(
    ("contest", "place"),
    [
        ("surplus = { count = 0 }", "surplus.count"),
        ("surplus = { count = 1, ratio = '1/10' }", "surplus"),
        ("surplus = {}", "surplus"),
        ("surplus = { ratio = 0.1 }", "surplus.ratio"),
        ("surplus = { ratio = '10%' }", "surplus.ratio"),
        ("surplus = { ratio = '3/2' }", "surplus.ratio"),
        ("surplus = { ratio = '1/10', rounding = 'nearest' }", "surplus.rounding"),
        ("surplus = 'more'", "surplus"),
        ("primary = { surplus = 'equal' }", "primary.surplus"),
        ("after = ['chair']", "after"),
        ("after = ['members']", "after"),
        ("after = 'members'", "after"),
        ("requires = 'members'", "requires"),
        ("sheet = ''", "sheet"),
        ("seat = 3", "seat"),
    ],
)
def test_an_impossible_contest_is_refused_by_number_and_id(contest: str, place: str):
    """The finding names the contest as the file does."""
    found = problems(method_text(contest=contest))
    assert len(found) == 1, found
    assert f"contest[1]（members）.{place}：" in found[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[contest]]\nid = "c"\noffice = "主席"\nseats = 1', "title"),
        ('title = ""\n[[contest]]\nid = "c"\noffice = "主席"\nseats = 1', "title"),
        ('title = "办法"', "contest"),
        ('title = "办法"\n[contest]\nid = "c"', "contest"),
        ('title = "办法"\n[[contest]]\nid = "c"\noffice = "主席"', "contest[1]（c）.seats"),
        ('title = "办法"\n[[contest]]\nid = "c"\nseats = 1', "contest[1]（c）.office"),
        ('title = "办法"\n[[contest]]\noffice = "主席"\nseats = 1', "contest[1].id"),
        ('title = "办法"\n[[contest]]\nid = "a b"\noffice = "主席"\nseats = 1', "contest[1]（a b）.id"),
        ('title = "办法"\n[[contest]]\nid = "c"\noffice = "主席"\nseats = 0', "contest[1]（c）.seats"),
        ('title = "办法"\n[[contest]]\nid = "c"\noffice = "主席"\nseats = "1"', "contest[1]（c）.seats"),
    ],
)
def test_what_is_required_is_asked_for(text: str, place: str):
    """title, and per contest id, office and seats."""
    assert any(f" {place}：" in problem for problem in problems(text))


@pytest.mark.parametrize(
    "rule", ['quorum = "plurality"', 'quorum = "> 1/2 of valid"', 'adoption = "plurality"', "motions = 1"]
)
def test_a_quorum_and_a_motion_need_a_bar_that_is_known_in_time(rule: str):
    """A quorum is asked before any paper exists; a motion without a bar would pass with no vote."""
    assert f" {rule.split()[0]}：" in problems(method_text(top=rule))[0]


def test_every_mistake_is_said_at_once_with_its_line():
    """An officer mends the file once, not once a mistake."""
    text = 'titel = "办法"\nquorum = "> 3/2 of due"\n[ballot]\nblank = "void"\n'
    text += '[[contest]]\nid = "c"\noffice = "主席"\nseats = 0\n'
    found = problems(text)
    assert len(found) == 5
    for line, key in ((1, "titel"), (2, "quorum"), (4, "ballot.blank"), (8, "contest[1]（c）.seats")):
        assert any(f"第 {line} 行 {key}：" in problem for problem in found)
    assert any("是否应为 title" in problem for problem in found)


@pytest.mark.parametrize("text", ['title = "办法', "title = \n", "a = 1\na = 2\n", "= 1", "[ballot\n"])
def test_what_is_no_toml_is_refused_with_its_line(text: str):
    """The place where the text stops making sense."""
    (problem,) = problems(text)
    assert "行第" in problem or "末尾" in problem


def test_two_contests_of_one_id_or_in_a_circle_are_refused():
    """A sheet that waits for itself through another could never open."""
    two = '\n[[contest]]\nid = "chair"\noffice = "主席"\nseats = 1\n'
    assert "重复" in problems(method_text() + two.replace("chair", "members"))[0]
    circle = problems(method_text(contest='after = ["chair"]') + two + 'after = ["members"]\n')
    assert [("循环" in problem) for problem in circle] == [True, True]
    shared = problems(method_text(contest='sheet = "one"') + two + 'sheet = "one"\nafter = ["members"]\n')
    assert "同在一张选票" in shared[0]


def test_requires_may_name_a_contest_of_an_earlier_method():
    """A candidate for the chair was elected to the committee at the congress, under another method."""
    assert method_of(contest='requires = "committee"').contest("members").requires == "committee"


def test_a_file_with_a_byte_order_mark_loads():
    """Windows editors write one."""
    assert load_method("\ufeff" + method_text()).title == "某区妇联选举办法"


@pytest.mark.parametrize(
    ("surplus", "seats", "expected"),
    [
        ('"equal"', 15, 15),
        ("{ count = 1 }", 15, 16),
        ('{ ratio = "1/10", rounding = "up" }', 15, 17),
        ('{ ratio = "1/10", rounding = "down" }', 15, 16),
        ('{ ratio = "1/10" }', 20, 22),
        ('{ ratio = "1/5", rounding = "up" }', 12, 15),
        ('{ ratio = "1/5", rounding = "down" }', 4, 4),
    ],
)
def test_the_surplus_rule_gives_the_number_of_candidates(surplus: str, seats: int, expected: int):
    """Ratios are of the seats; both roundings are seen in published methods."""
    method = method_of(seats=seats, contest=f"surplus = {surplus}")
    contest = method.contest("members")
    assert expected_candidates(contest) == expected
    assert surplus_findings(method, contest, expected) == ()
    for wrong in (expected - 1, expected + 1):
        (finding,) = surplus_findings(method, contest, wrong)
        assert f"候选人 {wrong} 名" in finding.problem
        assert f"应为 {expected} 名" in finding.problem


def test_a_surplus_warning_shows_its_arithmetic_and_clause():
    """A published method broke its own ten per cent: warn with the sum, never block."""
    provisions = '[[provision]]\nkey = "contest.surplus"\nclause = "第六条"'
    method = method_of(seats=15, contest='surplus = { ratio = "1/10" }', tables=provisions)
    (finding,) = surplus_findings(method, method.contest("members"), 16)
    assert "差额 1/10 即 3/2，向上取整为 2 名" in finding.problem
    assert finding.clause == "第六条"


def test_a_primary_has_a_surplus_of_its_own():
    """差额预选 first, then the formal list."""
    contest = method_of(seats=15, contest='primary = { surplus = { ratio = "1/5" } }').contest("members")
    assert (expected_candidates(contest), expected_candidates(contest, primary=True)) == (15, 18)
    assert contest.primary is not None
    assert contest.primary.surplus == Surplus(ratio=Fraction(1, 5))


def test_a_key_falls_back_to_its_table_for_its_clause():
    """One clause on ties serves the ladder and the bar of the runoff."""
    provisions = '[[provision]]\nkey = "tie"\nclause = "第六条"\n[[provision]]\nkey = "tie.elected"\nclause = "第七条"'
    method = method_of(tables=provisions)
    assert [method.clause(key) for key in ("tie", "tie.ladder", "tie.elected", "quorum", "shortage.then")] == [
        "第六条", "第六条", "第七条", "", "",
    ]  # fmt: skip


def test_an_unknown_contest_is_said_with_those_there_are():
    """Exit 3, and the officer sees what to type."""
    with pytest.raises(NotFound, match="members"):
        method_of().contest("chair")


def test_the_method_is_read_out_with_its_clauses():
    """A chair reads the sentences, not the keys; a rule left out is read out too."""
    method = method_of(top='quorum = "> 2/3 of due"', tables='[[provision]]\nkey = "quorum"\nclause = "第五条"')
    sentences = method_sentences(method)
    assert sentences[0] == "每次投票前清点人数，实到超过应到会人数的三分之二，方可选举（第五条）"
    assert "赞成的画“○”，反对的画“×”，弃权的留空" in sentences
    assert sentences[-1] == "执行委员会委员：应选 2 名，等额，候选人 2 名"


def test_the_opposite_method_is_read_out_as_the_opposite():
    """The same sign means opposite things in two methods: the reading must say so."""
    sentences = method_sentences(method_of(tables=BLANK_APPROVES + '\nchoose = "exactly"'))
    assert "赞成的留空，反对的画“×”，弃权的画“○”" in sentences
    assert "空白票视为对全部候选人投赞成票" in sentences
    assert any("须正好等于" in sentence for sentence in sentences)


@pytest.mark.parametrize("name", [name for name in resource_names("methods") if name.endswith(".toml")])
def test_every_preset_loads_and_is_no_real_place(name: str):
    """A preset is a draft to begin from: lawful as it stands, and plainly made up."""
    method = load_method(resource("methods", name).read_text(encoding="utf-8"), name)
    assert method.title.startswith("某")
