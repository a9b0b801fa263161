"""Ballot and tally files: what a cell means, what a row is, and files written back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from federation.boxes import BallotFile, clean_name, read_names, write_ballots
from federation.errors import Refused
from federation.facts.counting import Mark, NameVotes, Paper, Votes, WriteIn
from federation.rules.ballots import marks_of
from federation.rules.methods import Marks
from federation.tally_sheets import read_totals, write_totals

USUAL = Marks("○", "×", "")
DRAWN = Marks("√", "×", "○")
SELECT = Marks("○", None, None)
BLANK_APPROVES = Marks("", "×", "○")


@pytest.fixture
def ballots(tmp_path: Path):
    """Writes a ballot file and reads it."""

    def read(text: str, marks: Marks = USUAL, listed: tuple[str, ...] = (), returned: int | None = None) -> list[Paper]:
        path = tmp_path / "选票.csv"
        path.write_text(text, encoding="utf-8")
        return list(BallotFile(path, marks, listed).papers(returned))

    return read


@pytest.mark.parametrize(
    ("marks", "cell", "mark"),
    [
        (USUAL, "○", Mark.APPROVE), (USUAL, "×", Mark.AGAINST), (USUAL, "", Mark.ABSTAIN),
        (USUAL, " ○　", Mark.APPROVE),
        (USUAL, "赞成", Mark.APPROVE), (USUAL, "反对", Mark.AGAINST), (USUAL, "弃权", Mark.ABSTAIN),
        (USUAL, "?", Mark.UNCLEAR), (USUAL, "？", Mark.UNCLEAR), (USUAL, "√", Mark.UNCLEAR),
        (USUAL, "○○", Mark.UNCLEAR),
        (DRAWN, "", Mark.UNCLEAR), (DRAWN, "○", Mark.ABSTAIN), (DRAWN, "√", Mark.APPROVE),
        (SELECT, "", Mark.NOT_CHOSEN), (SELECT, "×", Mark.UNCLEAR), (SELECT, "反对", Mark.UNCLEAR),
        (BLANK_APPROVES, "", Mark.APPROVE), (BLANK_APPROVES, "○", Mark.ABSTAIN), (BLANK_APPROVES, "赞成", Mark.APPROVE),
    ],
)  # fmt: skip
def test_a_cell_means_what_the_method_says(ballots, marks: Marks, cell: str, mark: Mark):
    """The method's own sign, the three words, and everything else unclear; an empty cell by the marks."""
    assert ballots(f"甲,乙\n{cell},?\n", marks) == [Paper(mark + Mark.UNCLEAR)]


@pytest.mark.parametrize(
    ("cell", "entry"),
    [
        ("○周敏", WriteIn("周敏", signed=True)), ("○ 周 敏", WriteIn("周敏", signed=True)), ("周敏", WriteIn("周敏")),
        ("×周敏", WriteIn("周敏", unclear=True)), ("?周敏", WriteIn("周敏", unclear=True)),
        ("?", WriteIn("", unclear=True)),
    ],
)  # fmt: skip
def test_a_written_name_carries_its_sign(ballots, cell: str, entry: WriteIn):
    """`○张三` where the sign was drawn; another sign, or a question mark, is no approve sign that can be read."""
    assert ballots(f"甲,另选1\n×,{cell}\n") == [Paper("-", (entry,))]


def test_an_approve_sign_without_a_name_is_nothing_written(ballots):
    """A circle in an empty line names nobody."""
    assert ballots("甲,另选1\n,○\n") == [Paper("0")]


def test_where_blank_approves_a_circle_before_a_name_is_a_wrong_sign(ballots):
    """There ○ is 弃权."""
    assert ballots("甲,另选1\n×,○钱红\n", BLANK_APPROVES) == [Paper("-", (WriteIn("钱红", unclear=True),))]


def test_written_names_come_in_the_order_of_their_numbers(ballots):
    """The order written decides which of them are beyond the number of 反对."""
    (paper,) = ballots("另选2,甲,另选1,票面\n吴静,×,周敏,\n")
    assert [entry.name for entry in paper.write_ins] == ["周敏", "吴静"]


def test_the_face_of_a_paper_is_stray_or_illegible(ballots):
    """`票面`: empty, stray or illegible, nothing else."""
    assert ballots("甲,票面\n○,stray\n○,illegible\n○,\n") == [
        Paper("+", stray=True),
        Paper("+", illegible=True),
        Paper("+"),
    ]
    with pytest.raises(Refused, match="第 3 行票面"):
        ballots("甲,票面\n○,\n○,torn\n")


def test_the_list_may_come_from_a_file_of_its_own(ballots):
    """Then its order is the ballot's, and the columns must be its names."""
    assert ballots("甲,乙\n○,×\n", listed=("乙", "甲")) == [Paper("-+")]
    with pytest.raises(Refused) as refused:
        ballots("甲,丙\n○,×\n", listed=("甲", "乙"))
    assert len(refused.value.findings) == 2


def test_a_short_row_lacks_a_mark_and_is_refused(ballots):
    """A missing comma would shift every mark behind it; only what follows the marks may be left off."""
    with pytest.raises(Refused) as refused:
        ballots("甲,乙,另选1\n○,×,\n○\n○,×,,多\n○,×\n")
    assert [finding.problem.split("行")[0] for finding in refused.value.findings] == ["第 3 ", "第 4 "]
    assert ballots("甲,乙,另选1\n○,×\n") == [Paper("+-")]


def test_a_row_of_commas_is_a_blank_paper_and_an_empty_line_is_none(ballots):
    """One row per returned paper."""
    assert ballots("甲,乙\n,\n\n○,×\n,\n") == [Paper("00"), Paper("+-"), Paper("00")]


def test_with_one_candidate_an_empty_line_is_a_blank_paper(ballots):
    """A blank paper looks like nothing there; at the very end only the number returned can tell."""
    assert ballots("甲\n○\n\n×\n") == [Paper("+"), Paper("0"), Paper("-")]
    assert ballots("甲\n○\n\n\n", returned=2) == [Paper("+"), Paper("0")]
    assert ballots("甲\n○\n\n\n", returned=1) == [Paper("+")]
    with pytest.raises(Refused, match="末尾有 2 个空行"):
        ballots("甲\n○\n\n\n")


def test_a_workbook_keeps_its_blank_papers(tmp_path: Path):
    """A blank paper is a row without any cell there."""
    path = tmp_path / "选票.xlsx"
    book = Workbook()
    for row in (["甲", "乙", "另选1"], ["○", "×", None], [None, None, None], ["×", None, "○周敏"]):
        book.active.append(row)
    book.save(path)
    assert list(BallotFile(path, USUAL).papers()) == [Paper("+-"), Paper("00"), Paper("-0", (WriteIn("周敏", True),))]


def test_signs_that_only_look_like_the_methods_are_reported(tmp_path: Path):
    """Typed 〇 is not ○: it is unclear by the contract, and the teller should know."""
    path = tmp_path / "选票.csv"
    path.write_text("甲,乙\n〇,×\n〇,?\n", encoding="utf-8")
    box = BallotFile(path, USUAL)
    assert [paper.marks for paper in box.papers()] == ["?-", "??"]
    (finding,) = box.warnings()
    assert "“〇”（2 处）" in finding.problem


@pytest.mark.parametrize(
    ("cell", "name"),
    [("张　三", "张三"), ("欧阳 小 梅", "欧阳小梅"), ("Mary Li", "Mary Li"), ("阿依古丽·买买提", "阿依古丽·买买提")],
)
def test_spaces_that_align_a_name_are_no_part_of_it(cell: str, name: str):
    """Two-character names are spaced in print; names in letters keep their spaces."""
    assert clean_name(cell) == name


def test_a_list_of_names_is_distinct_and_whole(tmp_path: Path):
    """Two of one name carry their unit."""
    path = tmp_path / "名单.csv"
    path.write_text("name,delegate\n王芳（三中）,yes\n王芳（二小）,no\n", encoding="utf-8")
    assert read_names(path) == ("王芳（三中）", "王芳（二小）")
    path.write_text("name,delegate\n王芳,yes\n王芳,maybe\n,no\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_names(path)
    assert len(refused.value.findings) == 3


signs = st.sampled_from([USUAL, DRAWN, SELECT, BLANK_APPROVES, Marks("=", "-", "+"), Marks("'", "@", None)])


@given(signs, st.data())
def test_papers_written_back_are_the_same_papers(tmp_path_factory, marks: Marks, data: st.DataObject):
    """So a round can be counted again elsewhere, with the same result."""
    names = st.builds(WriteIn, st.sampled_from(["周敏", "吴静"]), signed=st.just(False), unclear=st.booleans())
    if marks.approve not in ("", "=", "'"):
        names |= st.builds(WriteIn, st.sampled_from(["周敏", "吴静"]), signed=st.just(True))
    mark = st.lists(st.sampled_from(sorted(marks_of(marks))), min_size=2, max_size=2).map("".join)
    paper = st.builds(Paper, mark, st.lists(names, max_size=2).map(tuple), stray=st.booleans())
    papers = data.draw(st.lists(paper, max_size=5))
    path = tmp_path_factory.mktemp("box") / "选票.csv"
    write_ballots(path, marks, ("甲", "乙"), papers)
    assert list(BallotFile(path, marks).papers()) == papers


def test_totals_read_with_and_without_the_marks_a_method_has(tmp_path: Path):
    """Columns the method has no mark for may be missing; its own may not."""
    path = tmp_path / "计票表.csv"
    path.write_text("candidate,approve\n甲,12\n乙,3\n", encoding="utf-8")
    assert read_totals(path, SELECT) == (NameVotes("甲", False, 12, None, None), NameVotes("乙", False, 3, None, None))
    with pytest.raises(Refused) as refused:
        read_totals(path, USUAL)
    assert len(refused.value.findings) == 2


def test_totals_put_the_listed_names_in_order_and_the_written_ones_last(tmp_path: Path):
    """The file's order is the ballot's, or the list's."""
    path = tmp_path / "计票表.csv"
    path.write_text(
        "candidate,approve,against,abstain,write_in\n周敏,2,,,yes\n甲,5,1,0,\n乙,4,2,0,no\n", encoding="utf-8"
    )
    assert [row.name for row in read_totals(path, USUAL)] == ["甲", "乙", "周敏"]
    assert [row.name for row in read_totals(path, USUAL, ("乙", "甲"))] == ["乙", "甲", "周敏"]
    with pytest.raises(Refused, match="丙"):
        read_totals(path, USUAL, ("甲", "乙", "丙"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("甲,-1,0,0,", "赞成写了“-1”"), ("甲,x,0,0,", "赞成写了“x”"), ("甲,1.5,0,0,", "赞成写了“1.5”"),
        ("甲,,0,0,", "赞成写了“”"),
        ("甲,1,,0,", "反对写了“”"), ("甲,1,0,0,ja", "write_in"), (",1,0,0,", "没有姓名"),
        ("周敏,1,3,,yes", "没有反对票"),
        ("乙,1,0,0,", "出现了 2 次"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_row_of_votes_is_refused(tmp_path: Path, row: str, words: str):
    """Whole numbers, one name a row."""
    path = tmp_path / "计票表.csv"
    path.write_text(f"candidate,approve,against,abstain,write_in\n乙,1,0,0,\n{row}\n", encoding="utf-8")
    with pytest.raises(Refused, match=words):
        read_totals(path, USUAL)


def test_totals_written_back_are_the_same_totals(tmp_path: Path):
    """For rounds kept by tally sheet."""
    path = tmp_path / "计票表.csv"
    for marks, rows in (
        (USUAL, (NameVotes("甲", False, 5, 1, 0), NameVotes("周敏", True, 2, None, None))),
        (SELECT, (NameVotes("甲", False, 5, None, None),)),
    ):
        write_totals(path, marks, Votes(rows))
        assert read_totals(path, marks) == rows
