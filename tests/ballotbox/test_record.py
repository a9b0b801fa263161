"""A record changed in any way is refused, and the change is named; one rewritten whole is caught by signed paper."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from federation.ballotbox.record import contents, verify, write
from federation.errors import Misused, NotFound, Refused
from federation.resources import resource
from tests.ballotbox import forging
from tests.ballotbox.forging import Members, apart, chained, edited, facts, first_byte, lines_of, rebuilt, together

SEALED, PUBLIC = (resource("examples", "records") / name for name in ("record-sealed.zip", "record.zip"))
BOX = "polls/congress.members"
SUBJECT = "founding-1/congress/members"
ACCEPTED = ("consistent", "authentic", "refused without a finding")


@pytest.fixture(scope="module")
def whole() -> Members:
    return apart(SEALED)


@pytest.fixture
def judge(tmp_path: Path) -> Callable[..., str]:
    """What the verifier says of these bytes: the findings where it refuses them, else the word."""

    def judged(data: bytes, *against: str) -> str:
        file = tmp_path / "mutant.zip"
        file.write_bytes(data)
        try:
            return verify(file, against).word
        except Refused as refused:
            return "\n".join(finding.problem for finding in refused.findings) or "refused without a finding"

    return judged


def signed(members: Members) -> str:
    """The 校验码 on the last paper signed: the minutes of the second meeting, after every announcement and decision."""
    lines = [json.loads(line) for line in members["journal.jsonl"].splitlines()]
    return str(next(line["hash"] for line in reversed(lines) if line["act"] == "adjourn"))


@pytest.mark.parametrize("file", [SEALED, PUBLIC], ids=["sealed", "public"])
def test_the_sample_records_are_consistent_and_authentic(file: Path) -> None:
    """Records of an earlier day are read by the program of today; several processes see what one sees."""
    assert verify(file).word == "consistent"
    with ThreadPoolExecutor(2) as pool:
        verdict = verify(file, [signed(apart(file))], pool)
    assert verdict.word == "authentic"
    assert len(verdict.anchored) == 4


def test_putting_a_record_together_again_gives_the_same_bytes(whole: Members) -> None:
    """There is one archive of some members."""
    assert together(whole) == SEALED.read_bytes()
    assert together(apart(PUBLIC)) == PUBLIC.read_bytes()


def test_a_byte_changed_in_any_member_is_refused_and_the_member_is_named(judge: Callable[..., str]) -> None:
    """First, last and somewhere between, of every file."""
    data, chance = SEALED.read_bytes(), Random(2020)
    with zipfile.ZipFile(SEALED) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist() if info.file_size}
    tried = 0
    for name, size in sizes.items():
        begins = first_byte(SEALED, name)
        for place in {0, size - 1, chance.randrange(size)}:
            mutant = bytearray(data)
            mutant[begins + place] ^= 1 << chance.randrange(8)
            assert name in judge(bytes(mutant)), (name, place)
            tried += 1
    assert tried > 90


def test_a_byte_changed_between_the_members_is_refused(judge: Callable[..., str]) -> None:
    """Headers and the directory: every byte is the one that it must be."""
    data = SEALED.read_bytes()
    inside: set[int] = set()
    with zipfile.ZipFile(SEALED) as archive:
        for info in archive.infolist():
            begins = first_byte(SEALED, info.filename)
            inside |= set(range(begins, begins + info.file_size))
    outside = [place for place in range(len(data)) if place not in inside]
    for place in outside[::37]:
        mutant = bytearray(data)
        mutant[place] ^= 0x11
        assert judge(bytes(mutant)) not in ACCEPTED, place


def test_a_member_left_out_is_missed_by_its_name(judge: Callable[..., str], whole: Members) -> None:
    """Also where the list of hashes was made anew."""
    for name in whole:
        said = judge(together({other: data for other, data in whole.items() if other != name}))
        assert name.rpartition("/")[2].removesuffix(".toml") in said, (name, said)


def test_a_member_too_many_is_refused_by_its_name(judge: Callable[..., str], whole: Members) -> None:
    """Nothing extra."""
    for name in ("A.txt", "polls/congress.members/more.txt", "polls/other.members/poll.json", "zz.txt"):
        if name < forging.SUMS:
            assert name in judge(together(whole | {name: b"{}"}))


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a byte after": lambda: SEALED.read_bytes() + b"\0",
    "a byte before": lambda: b"\0" + SEALED.read_bytes(),
    "cut off": lambda: SEALED.read_bytes()[:-1],
    "half": lambda: SEALED.read_bytes()[: SEALED.stat().st_size // 2],
    "nothing": lambda: b"",
    "no archive": lambda: b"PK\x05\x06" + b"\0" * 18 + b"x",
    "a comment": lambda: forging.rezipped(SEALED, lambda _: None, b"hello"),
    "two reordered": lambda: forging.rezipped(SEALED, lambda entries: entries.insert(3, entries.pop())),
    "one twice": lambda: forging.rezipped(SEALED, lambda entries: entries.insert(1, entries[0])),
    "compressed": lambda: forging.rezipped(SEALED, lambda entries: setattr(entries[0][0], "compress_type", 8)),
    "another date": lambda: forging.rezipped(SEALED, lambda e: setattr(e[0][0], "date_time", (2020, 1, 1, 0, 0, 0))),
    "another mode": lambda: forging.rezipped(SEALED, lambda entries: setattr(entries[0][0], "external_attr", 0)),
    "an extra field": lambda: forging.rezipped(SEALED, lambda entries: setattr(entries[0][0], "extra", b"\1\0\0\0")),
    "a comment of one": lambda: forging.rezipped(SEALED, lambda entries: setattr(entries[0][0], "comment", b"x")),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_packed_in_any_other_way_is_refused(judge: Callable[..., str], kind: str) -> None:
    """The same members in another ZIP are another file: where would a hidden byte be looked for?"""
    assert judge(ARCHIVES[kind]()) not in ACCEPTED


def of_lists(whole: Members) -> Iterator[tuple[str, Members]]:
    """Lists changed by somebody who lists their hashes anew: the journal has them as they were."""
    for name in ("passes.txt", "sealed.txt", "ballots.jsonl", "checks.txt", "papers-members.jsonl"):
        member = f"{BOX}/{name}"
        lines = lines_of(whole, member)
        for what, changed in {
            "first dropped": lines[1:],
            "last dropped": lines[:-1],
            "first twice": [lines[0], *lines],
            "two swapped": [*lines[1:2], *lines[:1], *lines[2:]] if lines[0] != lines[1] else lines[::-1],
            "all gone": [],
        }.items():
            yield f"{name}: {what}", whole | {member: b"".join(changed)}
        yield f"{name}: no end", whole | {member: whole[member][:-1]}
        for text in (b"\n", b"\xff\n", b"[]\n", b"null\n", b"[" * 2000 + b"\n"):
            yield f"{name}: strange line {text[:8]!r}", whole | {member: whole[member] + text}


def test_a_list_of_the_box_changed_and_its_hash_with_it_is_refused_by_its_name(
    judge: Callable[..., str], whole: Members
) -> None:
    """Passes, seals, ballots, check codes, papers: dropped, doubled, swapped, cut, strange."""
    for what, members in of_lists(whole):
        said = judge(together(members))
        named = what.partition(":")[0]
        assert named in said or (named == "sealed.txt" and "ballots.jsonl" in said) or "格式" in said, (what, said)


def test_a_mark_changed_and_its_hash_fixed_is_refused(judge: Callable[..., str], whole: Members) -> None:
    """On every ballot in turn: the seal of the same line says otherwise. On paper the journal has the hash."""
    for name in ("ballots.jsonl", "papers-members.jsonl"):
        lines = lines_of(whole, f"{BOX}/{name}")
        for number, line in enumerate(lines):
            changed = line.replace(b"+", b"-", 1) if b"+" in line else line.replace(b"0", b"+", 1)
            mutant = b"".join([*lines[:number], changed, *lines[number + 1 :]])
            assert name in judge(together(whole | {f"{BOX}/{name}": mutant})), (name, number)


def test_the_state_of_a_pass_changed_is_refused(judge: Callable[..., str], whole: Members) -> None:
    """A spent pass made unspent, a void one spent."""
    text = whole[f"{BOX}/passes.txt"]
    for old, new in ((b" spent", b" unspent"), (b" void", b" spent"), (b" spent", b" handed_in"), (b" void", b" lost")):
        assert "passes.txt" in judge(together(whole | {f"{BOX}/passes.txt": text.replace(old, new, 1)}))


def figures(poll: dict[str, Any]) -> Iterator[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """Every figure and word of a poll's file, each changed by one."""
    for name, value in poll["ledger"].items():
        more = 1 if value is None else value + 1
        yield name, lambda data, name=name, more=more: data["ledger"].update({name: more})
    for name in ("poll", "subject", "meeting", "sheet", "form", "state", "method_sha256", "definition"):
        yield name, lambda data, name=name: data.update({name: f"{data[name]}x"})
    for name in ("public", "private", "threshold", "holders"):
        yield (
            name,
            lambda data, name=name: data["key"].update({name: data["key"][name][::-1] if name != "threshold" else 9}),
        )
    yield "key", lambda data: data.update(key=None)
    yield "unsealed", lambda data: data.update(unsealed=False)
    yield "ruling", lambda data: data.update(ruling={"note": "x"})
    words = {
        "office": "x",
        "seats": 1,
        "contest": "x",
        "kind": "rerun",
        "round": "x",
        "candidates": [],
        "elected": ["x"],
    }
    for name, value in {**words, "nth": 7, "hands": [], "decision": {"note": "x", "elected": []}}.items():
        yield name, lambda data, name=name, value=value: data["rounds"][0].update({name: value})
    yield "a name too many", lambda data: data["rounds"][0]["candidates"].append("甲")
    yield "two names swapped", lambda data: data["rounds"][0]["candidates"].reverse()
    yield "one elected less", lambda data: data["rounds"][0]["elected"].pop()


def test_every_figure_and_word_of_a_poll_is_held_against_the_journal(judge: Callable[..., str], whole: Members) -> None:
    """The ledger, the lists, the key, the method, who is elected."""
    name = f"{BOX}/poll.json"
    survived = [
        what
        for what, change in figures(json.loads(whole[name]))
        if judge(together(edited(whole, name, change))) in ACCEPTED
    ]
    assert survived == []


def test_every_figure_of_a_result_is_counted_again(judge: Callable[..., str], whole: Members) -> None:
    """Every number of every result raised by one, every outcome turned."""
    for member in [name for name in whole if "/result-" in name]:
        rows = len(json.loads(whole[member])["results"])
        changes: list[Callable[[Any], Any]] = [
            lambda data, row=row, key=key: data["results"][row].update({key: (data["results"][row][key] or 0) + 1})
            for row in range(rows)
            for key in ("approve", "against", "abstain")
        ]
        changes += [
            lambda data, key=key: data["ledger"].update({key: 1}) for key in ("due", "returned", "valid", "invalid")
        ]
        changes += [lambda data: data.update(seats=99), lambda data: data.update(next="rerun", results=[])]
        for number, change in enumerate(changes):
            data = json.loads(whole[member])
            change(data)
            text = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
            said = judge(together(whole | {member: text}))
            assert member.rpartition("/")[2] in said or "计票" in said or "票数" in said or "账目" in said, (
                member,
                number,
                said,
            )


def test_a_method_changed_is_refused(judge: Callable[..., str], whole: Members) -> None:
    """A bar lowered, a seat more, a word of the prose."""
    for name, old, new in (
        ("method.toml", b"> 1/2", b"> 1/3"),
        ("method.toml", b"seats", b"# seats"),
        ("method.toml", b"\n", b"\n# x\n"),
        ("method.md", "第".encode(), "笫".encode()),
    ):
        member = f"{BOX}/{name}"
        assert old in whole[member]
        assert judge(together(whole | {member: whole[member].replace(old, new, 1)})) not in ACCEPTED


def journals(whole: Members) -> Iterator[tuple[str, list[bytes]]]:
    """The journal changed by somebody who makes no hash anew but those of the files."""
    lines = lines_of(whole, "journal.jsonl")
    for number in range(0, len(lines), 9):
        yield f"{number} dropped", lines[:number] + lines[number + 1 :]
        yield f"{number} twice", lines[: number + 1] + lines[number:]
        yield (
            f"{number} changed",
            [*lines[:number], lines[number].replace(b'"actor":"', b'"actor":"x'), *lines[number + 1 :]],
        )
        yield (
            f"{number} spelled otherwise",
            [*lines[:number], lines[number].replace(b",", b", ", 1), *lines[number + 1 :]],
        )
    yield "two reordered", [lines[1], lines[0], *lines[2:]]
    yield "last gone", lines[:-1]


def test_a_journal_whose_lines_were_touched_breaks_at_the_first_of_them(
    judge: Callable[..., str], whole: Members
) -> None:
    """Deleted, inserted, edited, reordered, spelled otherwise: the chain says where."""
    for what, lines in journals(whole):
        assert "journal.jsonl" in judge(together(whole | {"journal.jsonl": b"".join(lines)})), what


def acts(whole: Members) -> Iterator[tuple[str, Members]]:
    """The journal rewritten, hash by hash, in one fact at a time: the record beside it says otherwise."""

    def changed(act: str, **new: Any) -> Members:
        return chained(whole, lambda lines: facts(lines, SUBJECT, act).update(new))

    for act, name, value in (
        ("print_papers", "lists", {"members": ["甲"]}), ("print_papers", "papers", 1), ("passes.make", "passes", 99),
        ("ceremony.hold", "public", "0" * 64), ("ceremony.hold", "threshold", 9), ("open_poll", "due", 99),
        ("open_poll", "drawn", 1), ("open_poll", "key", "0" * 64), ("open_poll", "method", "0" * 64),
        ("open_poll", "definition", "0" * 64), ("close_poll", "cast", 1), ("close_poll", "spent", 1),
        ("close_poll", "sealed_sha256", "0" * 64), ("count_returned", "papers", 1), ("count_returned", "missing", 9),
        ("count_returned", "passes_sha256", "0" * 64), ("unseal", "opened", 1), ("unseal", "faulty", 1),
        ("unseal", "ballots_sha256", "0" * 64), ("unseal", "checks_sha256", "0" * 64),
        ("count_ballots", "papers_sha256", {"members": "0" * 64}), ("count_ballots", "results", {}),
        ("announce", "elected", {"members": ["甲"]}),
    ):  # fmt: skip
        yield f"{act} {name}", changed(act, **{name: value})
    for act in ("print_papers", "open_poll", "close_poll", "count_returned", "unseal", "count_ballots", "announce"):
        yield (
            f"{act} gone",
            chained(
                whole,
                lambda lines, act=act: lines.remove(
                    next(x for x in lines if (x["subject"], x["act"]) == (SUBJECT, act))
                ),
            ),
        )
    yield "counted before it was closed", chained(whole, lambda lines: _moved(lines, "count_ballots", "close_poll"))
    yield "opened before it was declared", chained(whole, lambda lines: _moved(lines, "unseal", "declare_valid"))
    folder = "polls/plenary.chair/"
    without = {name: data for name, data in whole.items() if not name.startswith(folder)}
    yield "a poll left out", edited(without, "record.json", lambda head: head["polls"].remove("plenary.chair"))


def _moved(lines: list[dict[str, Any]], act: str, before: str) -> None:
    line = next(x for x in lines if (x["subject"], x["act"]) == (SUBJECT, act))
    lines.remove(line)
    lines.insert(next(n for n, x in enumerate(lines) if (x["subject"], x["act"]) == (SUBJECT, before)), line)


def test_a_journal_rewritten_hash_by_hash_is_at_odds_with_the_record(judge: Callable[..., str], whole: Members) -> None:
    """One fact at a time: every fact that the record rests on."""
    for what, members in acts(whole):
        assert judge(together(members)) not in ACCEPTED, what


def test_who_rewrites_what_nothing_rests_on_is_consistent_and_caught_by_signed_paper(
    judge: Callable[..., str], whole: Members
) -> None:
    """An actor's name, with every hash after it: the verdict says no more than it knows."""
    code = signed(whole)
    forged = together(chained(whole, lambda lines: lines[5].update(actor="另一人")))
    assert judge(forged) == "consistent"
    assert code in judge(forged, code)
    assert judge(together(whole), code) == "authentic"


def test_who_rebuilds_everything_with_a_new_key_is_consistent_and_caught_by_signed_paper(
    judge: Callable[..., str], whole: Members
) -> None:
    """Every ballot marked otherwise, sealed, opened, counted, announced and journalled anew."""
    code = signed(whole)
    forged = together(rebuilt(whole, "congress.members", {"+": "-", "-": "+"}))
    assert judge(forged) == "consistent"
    assert code in judge(forged, code)
    assert forged != together(whole)


@pytest.mark.parametrize("name", ["README.txt", "characters.json", "papers.json", "record.json"])
def test_the_files_around_the_polls_are_of_their_form(judge: Callable[..., str], whole: Members, name: str) -> None:
    """Another text, another type, no JSON at all."""
    for text in (
        b"",
        b"x",
        b"[]",
        b'{"a":1}',
        b"null",
        b"NaN",
        b"[" * 9000,
        b"\xff",
        b'{"format":"federation-record-1"}',
    ):
        assert judge(together(whole | {name: text})) not in ACCEPTED, text[:9]


@pytest.mark.parametrize("name", ["poll.json", "result-members.json", "method.toml", "checks.txt"])
def test_a_poll_of_strange_form_is_refused_and_breaks_nothing(
    judge: Callable[..., str], whole: Members, name: str
) -> None:
    """Whatever the bytes: a finding, never a traceback."""
    strange = (b"", b"x", b"[]", b"{}", b"null", b"1e999", b"9" * 9000, b"[" * 9000, b"\xff\xfe", b'{"ledger":[]}')
    for text in strange:
        assert judge(together(whole | {f"{BOX}/{name}": text})) not in ACCEPTED, text[:9]


@given(st.data())
def test_any_bytes_at_all_are_refused_without_a_traceback(data: st.DataObject) -> None:
    """Cut, spliced, overwritten anywhere: refused as a record, or the very same."""
    original = SEALED.read_bytes()
    start = data.draw(st.integers(0, len(original)))
    length = data.draw(st.integers(0, 64))
    mutant = original[:start] + data.draw(st.binary(max_size=64)) + original[start + length :]
    assume(mutant != original)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mutant.zip"
        file.write_bytes(mutant)
        with pytest.raises(Refused):
            verify(file)


def test_a_file_that_is_not_there_is_a_wrong_call_and_no_record_is_refused(tmp_path: Path) -> None:
    """Exit 2 and exit 5."""
    with pytest.raises(Misused):
        verify(tmp_path / "nowhere.zip")
    (tmp_path / "text.zip").write_text("不是记录")
    for look in (verify, contents):
        with pytest.raises(Refused):
            look(tmp_path / "text.zip")


def test_a_record_is_looked_at_without_proof() -> None:
    """Who was elected, and how many check codes there are; it says that this is no verification."""
    lines = contents(PUBLIC).lines()
    assert "未经核验" in lines[-1]
    assert any("核对码 34 个" in line for line in lines)
    with pytest.raises(NotFound):
        contents(PUBLIC).check("0" * 12, "nothing")
    with pytest.raises(Misused):
        contents(PUBLIC).check("0" * 12, "chair")


def test_members_out_of_order_are_not_written(tmp_path: Path) -> None:
    """A mistake of the program's, not of a user's."""
    with (tmp_path / "x.zip").open("w+b") as out, pytest.raises(ValueError, match="order"):
        write(out, [("b", [b""]), ("a", [b""])])


def test_a_code_on_paper_is_taken_whole(tmp_path: Path) -> None:
    """A part of it could be made to fit: forty-eight bits are hours of work, not proof."""
    code = signed(apart(PUBLIC))
    shutil.copy(PUBLIC, tmp_path / "record.zip")
    assert verify(tmp_path / "record.zip", [f" {code.upper()}\n"]).word == "authentic"
    for part in (code[:63], code[:16], ""):
        with pytest.raises(Refused):
            verify(tmp_path / "record.zip", [part])


def test_what_was_done_after_the_paper_was_signed_is_not_authentic(judge: Callable[..., str], whole: Members) -> None:
    """Somebody adds a decision behind the last anchored line: consistent, perhaps, and never more."""
    code = signed(whole)
    poll = f"{BOX}/poll.json"

    def decide(lines: list[dict[str, Any]]) -> None:
        said = {"contest": "members", "note": "x", "elected": ["冒名者"]}
        lines.append({**lines[-1], "subject": SUBJECT, "act": "presidium_decision", "facts": said})

    changed = edited(whole, poll, lambda data: data["rounds"][0].update(
        decision={"note": "x", "elected": ["冒名者"]}, elected=[*data["rounds"][0]["elected"], "冒名者"]
    ))  # fmt: skip
    said = judge(together(chained(changed, decide)), code)
    assert said == "consistent" or "次序不对" in said


def test_a_late_scrub_and_a_settled_character_spoil_no_record(judge: Callable[..., str], whole: Members) -> None:
    """The hall went on before the traces could be scrubbed; an officer settled strokes after the count."""
    late = chained(whole, lambda lines: _moved(lines, "scrub", "declare_valid"))
    assert judge(together(late)) == "consistent"
    assert judge(together(chained(whole, lambda lines: _moved(lines, "unseal", "scrub")))) not in ACCEPTED

    def settle(lines: list[dict[str, Any]]) -> None:
        lines.append(
            {**lines[-1], "subject": "demo", "act": "settle_strokes", "facts": {"character": "龘", "digits": "1"}}
        )

    settled = chained(edited(whole, "characters.json", lambda data: data.update({"龘": "1"})), settle)
    assert judge(together(settled)) == "consistent"


def test_another_federations_name_or_another_spelling_is_refused(judge: Callable[..., str], whole: Members) -> None:
    """The name is the journal's; a key twice, or one that nobody knows, could be read in two ways."""
    assert "妇联" in judge(together(edited(whole, "record.json", lambda data: data["federation"].update(name="别的"))))
    for name in ("record.json", f"{BOX}/poll.json", "papers.json", "characters.json"):
        twice = (
            whole[name].replace(b"{\n", b'{\n "case": "x",\n', 1)
            if name == "record.json"
            else whole[name].rstrip() + b"  \n"
        )
        assert name in judge(together(whole | {name: twice}))
    for change in (lambda data: data.update(more=1), lambda data: data["ledger"].update(more=1)):
        assert judge(together(edited(whole, f"{BOX}/poll.json", change))) not in ACCEPTED
