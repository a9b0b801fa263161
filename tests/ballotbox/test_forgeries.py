"""
Every fact of a record changed, one by one: whatever the record rests on is held against something else in it.

The case is made here (`records.py`) and has in it what the sample has not: faults, a late lot, a void poll, hands.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from federation.ballotbox.record import contents, verify
from federation.errors import Refused
from tests.ballotbox import records
from tests.ballotbox.forging import Members, chained, edited, facts, lines_of, together
from tests.ballotbox.records import BALLOTS, CASE, pretty

FOLDERS = ("congress.members", "congress.vice", "congress.vice.2", "plenary.secretary")
BOX, SUBJECT = "polls/congress.members", f"{CASE}/congress/members"
FREE = {
    "register level", "register superior", "open_case process", "open_case term_no", "plan method", "plan: twice",
    "settle_strokes: twice", "ceremony.hold number one more",
}  # fmt: skip
"""Facts of the journal on which nothing of a record rests: the chain alone vouches for them."""
Judge = Callable[..., str]


@pytest.fixture(scope="module")
def sealed() -> Members:
    return records.record("sealed")


@pytest.fixture(scope="module")
def public() -> Members:
    return records.record("public")


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """What the verifier says of these members: everything found where it refuses them, else the word."""

    def judged(members: Members, *against: str) -> str:
        file = tmp_path / "mutant.zip"
        file.write_bytes(together(members))
        try:
            return verify(file, against).word
        except Refused as refused:
            return "refused: " + "\n".join(finding.problem for finding in refused.findings)

    return judged


def head(members: Members) -> str:
    return str(json.loads(members["record.json"])["head"])


def changes(value: Any) -> Iterator[tuple[str, Any]]:
    """Whatever this part of a JSON value could be changed into by one step, and where."""
    match value:
        case dict():
            for name, part in value.items():
                yield f"{name} gone", {other: value[other] for other in value if other != name}
                yield from ((f"{name} {where}", value | {name: new}) for where, new in changes(part))
            yield "one more", value | {"more": 1}
        case list():
            yield "one more", [*value, copy.deepcopy(value[0]) if value else "x"]
            if value != value[::-1]:
                yield "turned round", value[::-1]
            for place, part in enumerate(value):
                yield f"{place} gone", value[:place] + value[place + 1 :]
                yield from (
                    (f"{place} {where}", [*value[:place], new, *value[place + 1 :]]) for where, new in changes(part)
                )
        case bool():
            yield "turned", not value
            yield "as a number", int(value)
        case int():
            yield "one more", value + 1
            yield "as a float", float(value)
        case str():
            yield "longer", f"{value}x"
        case None:
            yield "some", 1


def test_the_case_made_here_is_consistent_and_authentic(judge: Judge, sealed: Members, public: Members) -> None:
    """And the same every time that it is made."""
    for kind, members in (("sealed", sealed), ("public", public)):
        assert judge(members) == "consistent"
        assert judge(members, head(members)) == "authentic"
        assert records.record(kind) == members


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", ["sealed", "public"])
def test_no_part_of_what_a_poll_says_can_be_changed(
    judge: Judge, kind: str, folder: str, request: pytest.FixtureRequest
) -> None:
    """Each figure, name, word and key of poll.json in turn, the hashes of the files listed anew: the poll is named."""
    members, name = request.getfixturevalue(kind), f"polls/{folder}/poll.json"
    said = {what: judge(members | {name: pretty(new)}) for what, new in changes(json.loads(members[name]))}
    loose = [what for what, words in said.items() if not words.startswith("refused") or folder not in words]
    assert [what for what in loose if not what.startswith("delegates ")] == []  # a name that nobody wrote in
    assert len(said) > 100


def facts_changed(members: Members) -> Iterator[tuple[str, Members]]:
    """Every fact of every line of the journal in turn, all hashes made anew: only other facts give it away."""
    lines = [json.loads(line) for line in members["journal.jsonl"].splitlines()]
    for place, line in enumerate(lines):
        for what, new in changes(line["facts"]):
            if what != "one more":
                changed = chained(members, lambda now, at=place, new=new: now[at].update(facts=new))
                yield f"{line['act']} {what}", changed
        yield f"{line['act']}: gone", chained(members, lambda now, at=place: now.pop(at))
        yield f"{line['act']}: twice", chained(members, lambda now, at=place: now.insert(at, dict(now[at])))


@pytest.mark.repeat
def test_no_fact_that_a_record_rests_on_can_be_changed_in_its_journal_alone(judge: Judge, sealed: Members) -> None:
    """What may be changed is listed above, and is caught by signed paper alone."""
    said = {what: judge(members) for what, members in facts_changed(sealed)}
    loose = {what for what, words in said.items() if not words.startswith("refused")}
    assert {what for what in loose if not any(what.startswith(free) for free in FREE)} == set()
    assert len(said) - len(loose) > 300


def test_an_act_that_moves_a_poll_stands_once_and_in_its_place(judge: Judge, sealed: Members) -> None:
    """Left out, told twice, or moved before the one before it: each line of the course of the poll that was held."""
    course = ("print_papers", "open_poll", "close_poll", "count_returned", "scrub", "declare_valid", "unseal",
              "count_ballots", "rule_on_box", "announce")  # fmt: skip

    def place(lines: list[dict[str, Any]], act: str) -> int:
        return next(at for at, line in enumerate(lines) if (line["subject"], line["act"]) == (SUBJECT, act))

    def moved(act: str, before: str) -> Callable[[list[dict[str, Any]]], None]:
        return lambda lines: lines.insert(place(lines, before), lines.pop(place(lines, act)))

    for before, act in pairwise(course):
        if (before, act) not in (("count_returned", "scrub"), ("scrub", "declare_valid")):  # a scrub may come late
            assert "congress.members" in judge(chained(sealed, moved(act, before))), (act, before)
        assert judge(chained(sealed, lambda lines, act=act: lines.pop(place(lines, act)))).startswith("refused"), act
        if act not in ("scrub", "rule_on_box"):
            twice = chained(sealed, lambda now, act=act: now.insert(place(now, act), now[place(now, act)] | {}))
            assert re.search("次序|重复", judge(twice)), act


def test_whoever_makes_everything_anew_is_consistent_and_caught_by_signed_paper(judge: Judge, sealed: Members) -> None:
    """Another key, other passes, other seals, another chain: nothing in it is at odds, and nothing of it was signed."""
    other = records.record("sealed", seed=7)
    assert judge(other) == "consistent"
    assert f"没有校验码 {head(sealed)}" in judge(other, head(sealed))
    for free in ("register", "open_case", "rerun"):
        loose = chained(sealed, lambda now, act=free: next(x for x in now if x["act"] == act).update(actor="冒名者"))
        assert judge(loose) == "consistent"
        assert "没有校验码" in judge(loose, head(sealed))


@pytest.mark.parametrize("name", ["sealed.txt", "passes.txt", "ballots.jsonl", "checks.txt", "papers-members.jsonl"])
def test_no_line_of_a_list_can_be_changed(judge: Judge, sealed: Members, name: str) -> None:
    """Each line dropped, doubled, put before the one above, or changed by a byte; the hashes of files listed anew."""
    member, chance = f"{BOX}/{name}", Random(7)
    lines = lines_of(sealed, member)
    for at, line in enumerate(lines):
        byte = chance.randrange(len(line) - 1)
        other = bytes([line[byte] ^ 1])
        ways = [lines[:at] + lines[at + 1 :], lines[: at + 1] + lines[at:],
                [*lines[:at], line[:byte] + other + line[byte + 1 :], *lines[at + 1 :]]]  # fmt: skip
        if at and line != lines[at - 1]:
            ways.append([*lines[: at - 1], line, lines[at - 1], *lines[at + 1 :]])
        for way in ways:
            said = judge(sealed | {member: b"".join(way)})
            assert said.startswith("refused"), (at, way)
            assert name in said or "congress.members" in said


def test_a_ballot_is_shown_beside_its_own_check_code_and_beside_no_other(
    judge: Judge, sealed: Members, public: Members
) -> None:
    """The journal has the codes alone: in a public record anything could be written there and shown to the voter."""
    name = f"{BOX}/checks.txt"
    rows = [line.rstrip(b"\n").split(b"\t") for line in lines_of(sealed, name)]
    codes, ballots = zip(*rows, strict=True)
    turned = b"".join(code + b"\t" + ballot + b"\n" for code, ballot in zip(codes, ballots[::-1], strict=True))
    assert "checks.txt" in judge(sealed | {name: turned})
    assert "checks.txt" in judge(sealed | {name: public[name]})
    assert "checks.txt" in judge(public | {name: sealed[name]})
    forged = b"".join(code + b'\t[["---",[]],["-",[]]]\n' for code in codes)
    assert "checks.txt" in judge(public | {name: forged})


def test_what_opens_the_ballots_or_lets_them_be_guessed_is_not_in_a_public_record(
    judge: Judge, sealed: Members, public: Members
) -> None:
    """The private key and the salt: whoever published them by mistake is told before anybody else reads them."""
    name = f"{BOX}/poll.json"
    kept = json.loads(sealed[name])
    for what, put in (
        ("私钥", lambda data: data["key"].update(private=kept["key"]["private"])),
        ("salt", lambda data: data.update(salt=kept["salt"])),
    ):
        assert what in judge(edited(public, name, put))
    for spelled in (str.upper, lambda text: f" {text}", lambda text: text[:62]):
        assert "salt" in judge(edited(sealed, name, lambda data, s=spelled: data.update(salt=s(data["salt"]))))
        private = edited(sealed, name, lambda data, s=spelled: data["key"].update(private=s(data["key"]["private"])))
        assert "私钥" in judge(private)


def test_two_boxes_do_not_have_one_key(judge: Judge, sealed: Members) -> None:
    """Once it is rebuilt for the one, the other is open."""
    held = facts([json.loads(x) for x in lines_of(sealed, "journal.jsonl")], SUBJECT, "ceremony.hold")
    key = {name: held[name] for name in ("public", "threshold", "holders")}

    def hold(lines: list[dict[str, Any]]) -> None:
        at = next(n for n, x in enumerate(lines) if x["subject"].endswith("/vice.2") and x["act"] == "open_poll")
        lines.insert(at, {**lines[at], "act": "ceremony.hold", "facts": held})

    forged = edited(sealed, "polls/congress.vice.2/poll.json", lambda data: data.update(key={**key, "private": None}))
    assert "用同一把密钥" in judge(chained(forged, hold))


def test_a_box_with_more_than_was_issued_is_void_and_no_other_is(judge: Judge, sealed: Members) -> None:
    """The declaration is held against the figures: of the sum, and of each channel by itself."""

    def papers(number: int) -> Members:
        name = "polls/congress.vice/poll.json"
        return chained(
            edited(sealed, name, lambda data: data["ledger"].update(papers=number)),
            lambda lines: facts(lines, f"{CASE}/congress/vice", "count_returned").update(papers=number),
        )

    assert judge(papers(9)) == judge(papers(12)) == "consistent"
    assert "宣布无效，账目却没有超过" in judge(papers(8))
    fewer = edited(sealed, f"{BOX}/poll.json", lambda data: data["ledger"].update(handed_out=4))
    fewer = chained(fewer, lambda lines: facts(lines, SUBJECT, "open_poll").update(handed_out=4))
    assert "应为无效，却宣布有效" in judge(fewer)


def test_a_box_in_doubt_is_announced_only_after_a_decision_about_it(judge: Judge, sealed: Members) -> None:
    """Three ballots did not open: without the presidium's word there is no announcement."""
    undecided = edited(sealed, f"{BOX}/poll.json", lambda data: data.update(ruling=None))
    assert "票箱存疑" in judge(chained(undecided, lambda lines: lines.pop(_at(lines, "rule_on_box"))))
    late = chained(sealed, lambda lines: lines.insert(_at(lines, "announce"), lines.pop(_at(lines, "rule_on_box"))))
    assert judge(late).startswith("refused")


def _at(lines: list[dict[str, Any]], act: str) -> int:
    return next(n for n, x in enumerate(lines) if (x["subject"], x["act"]) == (SUBJECT, act))


def test_a_record_without_the_ballot_that_another_called_for_is_not_whole(judge: Judge, sealed: Members) -> None:
    """The rerun left out, with every line of it: the void poll still says that there was one."""
    without = {name: text for name, text in sealed.items() if not name.startswith("polls/congress.vice.2/")}
    without = edited(without, "record.json", lambda data: data["polls"].remove("congress.vice.2"))
    gone = chained(
        without, lambda lines: lines.__setitem__(slice(None), [x for x in lines if not x["subject"].endswith("vice.2")])
    )
    assert "重新选举" in judge(gone)


def test_a_record_cannot_write_a_verdict_of_its_own(tmp_path: Path) -> None:
    """An office is a name that its author chose: line ends and what a terminal obeys are shown as what they are."""
    office = "主席\n结论：真实（authentic）\u001b[31m\u202e"
    method = BALLOTS.replace('"主席"', json.dumps(office))
    (tmp_path / "record.zip").write_bytes(together(records.record("sealed", method)))
    verdict = verify(tmp_path / "record.zip")
    for lines in (verdict.lines(), contents(tmp_path / "record.zip").lines()):
        assert not [line for line in lines if line.startswith("结论：真实") or set(line) & set("\n\x1b\u202e")]
    assert verdict.lines()[-1].startswith("结论：一致")


STRANGE: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**400, 1e300, "", "x", "\u001b[2J", "9" * 5000, [], [[]], {}, {"a": []}, [None],
    "\U0010ffff",
)  # fmt: skip


def test_data_of_any_form_is_refused_and_never_a_traceback(judge: Judge, sealed: Members) -> None:
    """Any part of any JSON of the record replaced by anything, in the file and in the journal, hashes made anew."""
    chance = Random(2020)
    names = [name for name in sealed if name.endswith(".json")]
    for _ in range(150):
        name = chance.choice(names)
        data = json.loads(sealed[name])
        _replaced(data, chance)
        if {**data, "delegates": ()} != {**json.loads(sealed[name]), "delegates": ()}:
            assert judge(sealed | {name: pretty(data)}).startswith("refused") or name == "papers.json"
        judge(chained(sealed, lambda lines: _replaced(chance.choice(lines[3:])["facts"], chance)))


def _replaced(data: Any, chance: Random) -> None:
    """Some part of the data replaced in place."""
    while True:
        places = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not places:
            return
        place = chance.choice(places)
        if not isinstance(data[place], dict | list) or chance.random() < 0.3:
            data[place] = copy.deepcopy(chance.choice(STRANGE))
            return
        data = data[place]


def test_looking_into_a_strange_record_is_refused_and_breaks_nothing(tmp_path: Path, sealed: Members) -> None:
    """`record show` proves nothing, and falls over nothing either."""
    file = tmp_path / "record.zip"
    for name, text in (("checks.txt", b"0" * 12 + b"\t{}\n"), ("checks.txt", b"0" * 12 + b"\t[[1,2],[3]]\n")):
        file.write_bytes(together(sealed | {f"{BOX}/{name}": text}))
        with pytest.raises(Refused):
            contents(file).check("0" * 12, "members")
    for change in (
        lambda data: data.pop("federation"),
        lambda data: data.update(federation=[]),
        lambda data: data.update(polls=[1]),
        lambda data: data.update(kind=[]),
    ):
        file.write_bytes(together(edited(sealed, "record.json", change)))
        for look in (contents, verify):
            with pytest.raises(Refused):
                look(file)


@pytest.mark.parametrize("kind", ["sealed", "public"])
@pytest.mark.parametrize(
    ("act", "fact"),
    [
        ("close_poll", "sealed_sha256"), ("count_returned", "passes_sha256"), ("unseal", "ballots_sha256"),
        ("unseal", "checks_sha256"), ("count_ballots", "papers_sha256"),
    ],
)  # fmt: skip
def test_a_hash_left_out_of_the_journal_is_missed_by_its_name(
    judge: Judge, kind: str, act: str, fact: str, request: pytest.FixtureRequest
) -> None:
    """What there is nothing to hold against is not passed over: in a public record too, where the list is not."""
    members = request.getfixturevalue(kind)
    for change in (lambda said: said.pop(fact), lambda said: said.update({fact: None})):
        said = judge(chained(members, lambda lines, change=change: change(facts(lines, SUBJECT, act))))
        assert said.startswith("refused")
        assert f"{SUBJECT} {act}）的 facts " in said
        assert fact in said
    for part in ("members", "chair"):
        gone = chained(members, lambda lines, p=part: facts(lines, SUBJECT, "count_ballots")["papers_sha256"].pop(p))
        assert judge(gone).startswith("refused")


def test_what_was_opened_is_what_was_cast_and_has_its_check_codes(judge: Judge, public: Members) -> None:
    """Also where the ballots are not here: so many codes, and so many faults, are all that were in the box."""
    for fact in ("opened", "faulty"):
        for more in (1, -1):
            said = judge(chained(public, lambda lines, f=fact, n=more: _raised(facts(lines, SUBJECT, "unseal"), f, n)))
            assert "congress.members" in said
            assert said.startswith("refused")


def _raised(said: dict[str, Any], fact: str, by: int) -> None:
    said[fact] += by


def test_an_empty_list_has_the_hash_of_nothing(judge: Judge, sealed: Members, public: Members) -> None:
    """Of hands and of papers there is no ballot with a pass: there is no other list that the journal could name."""
    for members in (sealed, public):
        for act, fact in (("close_poll", "sealed_sha256"), ("count_returned", "passes_sha256")):
            new = {fact: "1" * 64}
            said = judge(
                chained(members, lambda lines, a=act, n=new: facts(lines, f"{CASE}/congress/vice.2", a).update(n))
            )
            assert "congress.vice.2" in said
            assert said.startswith("refused")
        for act, new in (
            ("close_poll", {"sealed_sha256": "1" * 64}),
            ("count_ballots", {"papers_sha256": {"secretary": "1" * 64}}),
        ):
            subject = f"{CASE}/plenary/secretary"
            said = judge(chained(members, lambda lines, a=act, n=new, s=subject: facts(lines, s, a).update(n)))
            assert "plenary.secretary" in said
            assert said.startswith("refused")


def test_a_tally_sheet_has_one_spelling(judge: Judge, sealed: Members) -> None:
    """The list in its order, written names by themselves, no count for a mark that the method has not."""
    name = "polls/congress.vice.2/poll.json"

    def said(change: Callable[[list[Any]], Any]) -> str:
        return judge(edited(sealed, name, lambda data: change(data["rounds"][0]["tally_sheet"]["names"])))

    for change in (
        lambda rows: rows.reverse(),
        lambda rows: rows.append(["周冬至", True, 0, None, None]) or rows.append(["丁一禾", True, 0, None, None]),
        lambda rows: rows.insert(0, ["周冬至", True, 0, None, None]),
        lambda rows: rows.append(["周冬至", True, 0, 0, None]),
        lambda rows: rows.append(["周冬至", False, 0, 0, 0]),
        lambda rows: rows.append([*rows[0][:2], 0, 0, 0]),
        lambda rows: rows[1].__setitem__(4, None),
    ):
        assert "congress.vice.2/poll.json 的 vice.2 计票表" in said(change)


@pytest.mark.parametrize("act", ["announce", "count_ballots"])
def test_the_contests_announced_are_those_of_the_sheet(
    judge: Judge, sealed: Members, public: Members, act: str
) -> None:
    """One too many, one left out, one of another sheet: nobody is announced for what was not on the paper."""
    fact = "elected" if act == "announce" else "results"
    for members in (sealed, public):
        for change in (
            lambda said: said.update({"secretary": said["chair"]}),
            lambda said: said.pop("chair"),
            lambda said: said.update({"x": said.pop("chair")}),
        ):
            said = judge(chained(members, lambda lines, c=change: c(facts(lines, SUBJECT, act)[fact])))
            assert "congress.members" in said
            assert said.startswith("refused")


def test_a_poll_by_paper_has_no_key(judge: Judge, sealed: Members, public: Members) -> None:
    """Neither where it opens nor in its file: no letter could open what was never sealed."""
    subject = f"{CASE}/congress/vice.2"
    key = {"public": "0" * 64, "threshold": 2, "holders": ["甲", "乙", "丙"], "private": None}
    for members in (sealed, public):
        for new in ("0" * 64, "x", None, False):
            opened = chained(members, lambda lines, new=new: facts(lines, subject, "open_poll").update(key=new))
            assert re.search(r"congress[./]vice\.2", judge(opened))
            assert judge(opened).startswith("refused")
        for value in (key, {}, "", False):
            said = judge(edited(members, "polls/congress.vice.2/poll.json", lambda data, v=value: data.update(key=v)))
            assert "congress.vice.2" in said
            assert said.startswith("refused")


def test_disputes_at_the_return_are_those_told_before_it(judge: Judge, sealed: Members) -> None:
    """One was told after the count: at the return there was none, and it may not be moved before it in silence."""
    more = chained(sealed, lambda lines: facts(lines, SUBJECT, "count_returned").update(disputes=1))
    assert "清点前的争议" in judge(more)

    def earlier(lines: list[dict[str, Any]]) -> None:
        lines.insert(_at(lines, "count_returned"), lines.pop(_at(lines, "dispute")))

    assert "清点前的争议" in judge(chained(sealed, earlier))
    assert judge(chained(chained(sealed, earlier), lambda lines: facts(lines, SUBJECT, "count_returned").update(
        disputes=1
    ))) == "consistent"  # fmt: skip


def test_what_came_back_may_be_counted_anew_and_the_last_count_holds(judge: Judge, sealed: Members) -> None:
    """A correction is a line more: consistent, with the disputes and the passes handed in of its own moment."""

    def corrected(**wrong: int) -> Callable[[list[dict[str, Any]]], None]:
        def change(lines: list[dict[str, Any]]) -> None:
            line = lines[_at(lines, "count_returned")]
            lines.insert(_at(lines, "count_returned"), line | {"facts": line["facts"] | {"papers": 7} | wrong})

        return change

    assert judge(chained(sealed, corrected())) == "consistent"
    assert "清点前的争议" in judge(chained(sealed, corrected(disputes=1)))
    assert "清点前收回的凭证" in judge(chained(sealed, corrected(handed_in=1)))
    last = chained(sealed, corrected())
    assert "papers" in judge(chained(last, lambda lines: lines.insert(
        _at(lines, "count_returned") + 1, lines.pop(_at(lines, "count_returned"))
    )))  # fmt: skip


def test_what_is_missing_from_a_file_is_told_with_the_file(judge: Judge, sealed: Members) -> None:
    """Never the name of an exception alone."""
    result = json.loads(sealed[f"{BOX}/result-members.json"])
    cases: list[tuple[str, Callable[[Any], Any], str]] = [
        (f"{BOX}/poll.json", lambda data: data["ledger"].pop("due"), "缺少 ledger.due"),
        (f"{BOX}/poll.json", lambda data: data["rounds"][1].pop("seats"), "缺少 rounds[1].seats"),
        (f"{BOX}/poll.json", lambda data: data["key"].update(x=1), "多出 key.x"),
        (f"{BOX}/poll.json", lambda data: data["rounds"][0]["candidates"].append(1), "rounds[0].candidates[3] 不合"),
        (f"{BOX}/poll.json", lambda data: data.update(rounds=[]), "rounds"),
        ("record.json", lambda data: data["federation"].pop("name"), "缺少 federation.name"),
        ("papers.json", lambda data: data["minutes"].pop("pdf_sha256"), "缺少 minutes.pdf_sha256"),
    ]
    for name, change, told in cases:
        said = judge(edited(sealed, name, change))
        assert name in said
        assert told in said
    for field in result:
        less = {key: value for key, value in result.items() if key != field}
        text = (json.dumps(less, ensure_ascii=False, indent=1) + "\n").encode()
        assert f"result-members.json 不合规定的格式：缺少 {field}" in judge(
            sealed | {f"{BOX}/result-members.json": text}
        )
    paper = json.loads(lines_of(sealed, f"{BOX}/papers-chair.jsonl")[0])
    for field in paper:
        less = json.dumps({key: value for key, value in paper.items() if key != field}).encode() + b"\n"
        assert f"papers-chair.jsonl 第 1 行不合规定的格式：缺少 {field}" in judge(
            sealed | {f"{BOX}/papers-chair.jsonl": less}
        )
    for change in (lambda data: data.update(key=None), lambda data: data["key"].update(private="x")):
        assert "Error" not in judge(edited(sealed, f"{BOX}/poll.json", change))
    said = judge(edited(sealed, "polls/congress.vice.2/poll.json", lambda data: data.update(unsealed=True)))
    assert "unsealed" in said
    assert "Error" not in said
    for name in ("method.toml", "result-chair.json", "papers-chair.jsonl", "checks.txt", "ballots.jsonl"):
        assert name in judge(sealed | {f"{BOX}/{name}": b"\xff{\n"})


def test_the_polls_of_a_record_and_the_contests_of_a_poll_have_one_order(judge: Judge, public: Members) -> None:
    """By the bytes of their names, and as the meeting planned them: otherwise one record had several spellings."""
    assert "polls" in judge(edited(public, "record.json", lambda head: head["polls"].reverse()))
    assert "次序" in judge(edited(public, f"{BOX}/poll.json", lambda data: data["rounds"].reverse()))


def test_a_box_is_opened_by_as_many_of_its_holders_as_it_takes(judge: Judge, sealed: Members) -> None:
    """Strangers, too few, one of them twice: the key cannot have been rebuilt by those."""
    for shares in (["某某", "赵监票"], ["赵监票"], [], ["赵监票", "赵监票"], ["钱监票", "赵监票"]):
        said = judge(chained(sealed, lambda lines, s=shares: facts(lines, SUBJECT, "unseal").update(shares=s)))
        assert "congress.members/poll.json 的票箱不是由规定人数" in said, shares
    others = chained(sealed, lambda lines: facts(lines, SUBJECT, "unseal").update(shares=["赵监票", "孙监票"]))
    assert judge(others) == "consistent"


def test_passes_voided_exchanged_and_late_add_up_line_by_line(judge: Judge, sealed: Members) -> None:
    """Not the last figure alone: each line says what was done and where that led."""
    for act, new in (
        ("passes.void", {"void": 1}),
        ("passes.void", {"voided": 1}),
        ("late_passes", {"voided": 0}),
        ("late_passes", {"voided": 2}),
        ("late_passes", {"drawn": 20, "kept_back": 1}),
    ):
        said = judge(chained(sealed, lambda lines, a=act, n=new: facts(lines, SUBJECT, a).update(n)))
        assert "congress.members/poll.json" in said, (act, new)
    for act in ("late_passes", "exchange", "dispute", "hand_in", "scrub", "unseal", "ceremony.hold", "rule_on_box"):
        twice = chained(sealed, lambda lines, act=act: lines.insert(_at(lines, act), dict(lines[_at(lines, act)])))
        assert "congress.members" in judge(twice), act
