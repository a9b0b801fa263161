"""The envelope read as others may have written it: one spelling comes out, or it is no ballot."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from federation.ballotbox.envelope import Envelope, is_name
from federation.facts.counting import Paper, WriteIn

FORM = Envelope.of([2, 3], [1, 2], written=True)
CHECK = "0123456789AB"
NAMES = st.text("张三李四·é", min_size=1, max_size=3)
SIGNED = st.builds("{}{}".format, st.sampled_from("+-"), NAMES)
SHEETS = st.tuples(
    *(st.tuples(st.text("+-0?.", min_size=n, max_size=n), st.lists(SIGNED, max_size=1)).map(list) for n in FORM.names)
).map(list)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("+-0AI张 ", max_size=13) | SIGNED | st.just(CHECK),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inner, max_size=2),
    max_leaves=9,
)


def padded(data: Any, **more: Any) -> bytes:
    return json.dumps(data, **more).encode().ljust(FORM.length)


@given(SHEETS)
def test_a_ballot_spelled_otherwise_has_the_same_line(sheet: list[Any]) -> None:
    """With spaces and escapes, as another program would write it: its line does not tell which program it was."""
    packed = FORM.packed(CHECK, FORM.unpacked(padded([CHECK, sheet], ensure_ascii=False))[1])
    content = padded([CHECK, sheet], separators=(" , ", ": "))
    assume(len(content) == FORM.length)
    assert FORM.plain(content) is None
    assert FORM.lined(content) == FORM.lined(packed)


@given(ANYTHING)
def test_any_other_json_is_a_value_error_and_never_another(data: object) -> None:
    """What is read as a ballot is one: packed again it reads the same."""
    content = padded(data, ensure_ascii=False, separators=(",", ":"))
    try:
        check, papers = FORM.unpacked(content)
    except ValueError:
        return
    assert FORM.unpacked(FORM.packed(check, papers)) == (check, papers)


@given(SHEETS, st.sampled_from([0, 1]), ANYTHING, st.data())
def test_a_sheet_with_one_part_put_wrong_is_no_ballot_or_a_sound_one(
    sheet: list[Any], contest: int, wrong: object, data: st.DataObject
) -> None:
    """One step from a good ballot: a contest, its marks or its names replaced by anything."""
    part = data.draw(st.sampled_from(["contest", "marks", "names"]))
    if part == "contest":
        sheet[contest] = wrong
    else:
        sheet[contest][part == "names"] = wrong
    content = padded([CHECK, sheet], ensure_ascii=False, separators=(",", ":"))
    plain = FORM.plain(content)
    try:
        _, papers = FORM.unpacked(content)
    except ValueError:
        assert plain is None
        return
    assert plain in (None, FORM.lined(content))
    assert [len(paper.marks) for paper in papers] == list(FORM.names)
    assert all(set(paper.marks) <= set("+-0?.") for paper in papers)
    assert all(is_name(entry.name) for paper in papers for entry in paper.write_ins)


def test_a_ballot_of_another_length_is_none() -> None:
    """A byte more or less, though it is only a space: a length would tell ballots apart."""
    content = FORM.packed(CHECK, [Paper("+-"), Paper("++0", (WriteIn("张三", signed=True),))])
    for wrong in (content[:-1], content + b" "):
        assert FORM.plain(wrong) is None
        with pytest.raises(ValueError, match="another length"):
            FORM.lined(wrong)


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("张三", True), ("阿依古丽·买买提", True), ("Anna Maria", True), ("", False), (" 张三", False),
        ("张三 ", False),
        ("张\u3000三", False), ("张\n三", False), ("张\u2028三", False), ("张\u200b三", False), ("张\ud800", False),
        ("张\x7f", False), ("𰻝氏", True), ("\U00031350", True),
    ],
)  # fmt: skip
def test_a_written_name_is_one_line_that_can_be_seen(name: str, fine: bool) -> None:
    """Whatever else stands there would break the record's lines, or look like another name; 汉字 this Python does not
    know yet are known to the next one, and a record must be read alike by both."""
    assert is_name(name) is fine


def test_a_ballot_is_read_as_utf_8_alone() -> None:
    """A reader that guessed would open what the record's format says is none."""
    short = Envelope.of([1], [1], written=True)
    text = json.dumps([CHECK, [["+", []]]], separators=(",", ":"))
    assert short.unpacked(text.ljust(short.length).encode())[0] == CHECK
    wide = text.ljust(short.length // 2).encode("utf-16-le")
    assert len(wide) == short.length
    with pytest.raises(ValueError, match="Expecting value"):
        short.unpacked(wide)
