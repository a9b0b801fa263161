"""The roll: all of a file or nothing of it, and nothing more after the freeze."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from federation import db
from federation.clock import SetClock
from federation.errors import FederationError, Misused, NotFound, Refused
from federation.models import BallotRound, Case, Elected, Election, IdentityNumber, Meeting, RollEntry
from federation.rules.identity import check_digit
from federation.services import cases, roll
from federation.services.roll_entries import entries
from federation.spreadsheets import write_table
from tests.halls import HEADER, Hall, delegates, roll_file

WITH_IDENTITY = (*HEADER, "身份证号")


@pytest.fixture
def hall(engine: Engine, clock: SetClock) -> Hall:
    """A federation whose roll is still empty."""
    return Hall(engine, clock)


def displayed(hall: Hall, meeting: str = "congress") -> list[str]:
    return [entry.displayed for entry in hall.see(entries, meeting=meeting)]


def problems(refused: pytest.ExceptionInfo[FederationError]) -> list[str]:
    return [finding.problem for finding in refused.value.findings]


def person(**given: str) -> dict[str, str]:
    """A row as the command line makes it."""
    row = {"name": "钱小满", "sex": "女", "born_on": "1985-03-08", "unit": "第三小学", "kind": "代表", "may_vote": "有"}
    return row | given


def identity(born: str, order: str) -> str:
    return (first := f"999999{born}{order}") + check_digit(first)


def identified() -> list[list[object]]:
    """The usual roll with an ID number for each delegate."""
    return [
        [*row, identity(f"{row[3]:%Y%m%d}", f"{number:02d}2")] if isinstance(row[3], date) else [*row, ""]
        for number, row in enumerate(delegates(), 1)
    ]


def test_everyone_in_the_file_is_on_the_roll_and_namesakes_carry_their_unit(hall: Hall, tmp_path: Path) -> None:
    """Names on one ballot are distinct as printed: 王芳（第三）."""
    outcome = hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    assert outcome.taken
    assert displayed(hall)[5:] == ["向晚晴", "阿依古丽·买买提", "王芳（第三）", "王芳（人民）", "孙来宾"]
    assert json.loads(outcome.line.facts) | {"file": ""} == {
        "file": "",
        "people": 10,
        "voters": 9,
        "identity_numbers": False,
    }


def test_the_same_file_again_is_a_repeat_as_long_as_nothing_changed_since(hall: Hall, tmp_path: Path) -> None:
    """A repeat changes nothing; once somebody was removed it is no repeat but a roll of duplicates."""
    file = roll_file(tmp_path / "roll.xlsx")
    hall.do(roll.import_file, file, False)
    assert not hall.do(roll.import_file, file, False).taken
    hall.do(roll.remove, "1", "调动")
    with pytest.raises(Refused) as refused:
        hall.do(roll.import_file, file, False)
    assert "第 3 行与名册第 2 号序号相同" in problems(refused)
    assert "第 3 行与名册第 2 号姓名、出生日期、单位都相同，是同一人" in problems(refused)
    assert len(displayed(hall)) == 9


def test_every_bad_row_is_reported_with_its_number_and_nobody_is_imported(hall: Hall, tmp_path: Path) -> None:
    """All findings at once: an officer corrects a file once, not nine times."""
    rows = delegates()
    rows[0][1] = ""
    rows[1][3] = "1980-02-30"
    rows[2][3] = date(2002, 11, 3)
    rows[3][2] = "男"
    rows[4][8] = "来宾"
    rows[5][9] = "也许"
    rows[6][0] = 6
    rows[9][9] = "有"
    rows.append([11, "丁　一禾", "女", "1980.1.1", "汉族", "群众", "第二小学", "", "代表", "有"])
    rows.append([12, "田富", "女", "1980年1月4日", "汉族", "群众", "人民医院", "", "代表", "有"])
    with pytest.raises(Refused) as refused:
        hall.do(roll.import_file, roll_file(tmp_path / "roll.csv", rows), False)
    assert problems(refused) == [
        "第 2 行：没有姓名",
        "第 3 行：出生日期看不懂，或没有这一天",
        "第 4 行：邓云舒到 2020年11月2日 未满 18 周岁",
        "第 5 行：田富为男性，不能作为妇女代表",
        "第 6 行：类别“来宾”不认识",
        "第 7 行：表决权“也许”不认识",
        "第 11 行：孙来宾列席，不能有表决权",
        "第 8 行与第 7 行序号相同",
        "第 13 行与第 5 行姓名、出生日期、单位都相同，是同一人",
    ]
    assert displayed(hall) == []
    assert not [act for act, _ in hall.lines() if act.startswith("roll")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_roll_in_any_usual_encoding_and_with_padded_names_is_read(hall: Hall, tmp_path: Path, encoding: str) -> None:
    """WPS and Excel save CSV as GB18030 or as UTF-8 with a BOM; 张　三 is 张三, and a middle dot stays."""
    text = (
        "序号,姓　名,性别,出生日期,民族,政治面貌,单位,类别,表决权\n"
        "1,张　三,女,19800102,汉族,群众,一小,代表,是\n"
        "2,阿依古丽·买买提,女,1980/1/2,维吾尔族,群众,二小,特邀代表,否\n"
    )
    (tmp_path / "roll.csv").write_bytes(text.encode(encoding))
    hall.do(roll.import_file, tmp_path / "roll.csv", False)
    assert displayed(hall) == ["张三", "阿依古丽·买买提"]


def test_missing_columns_are_named_all_at_once(hall: Hall, tmp_path: Path) -> None:
    """界别, 单位简称 and 身份证号 may be missing, nothing else."""
    with pytest.raises(Refused) as refused:
        hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx", [[1, "张三"]], ("序号", "姓名")), False)
    missing = ["性别", "出生日期", "民族", "政治面貌", "单位", "类别", "表决权"]
    assert problems(refused) == [f"缺少“{name}”一列" for name in missing]


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"PK\x03\x04 no workbook"])
def test_another_file_that_is_called_xlsx_is_refused(hall: Hall, tmp_path: Path, start: bytes) -> None:
    """An old .xls, a PDF and a damaged workbook are known by what they hold."""
    (tmp_path / "roll.xlsx").write_bytes(start + b"\0" * 600)
    with pytest.raises(Refused):
        hall.do(roll.import_file, tmp_path / "roll.xlsx", False)


def test_a_file_that_is_not_there_is_a_wrong_call(hall: Hall, tmp_path: Path) -> None:
    """Exit 2, not 5: nothing is wrong with the roll."""
    with pytest.raises(Misused):
        hall.do(roll.import_file, tmp_path / "roll.xlsx", False)


@pytest.mark.parametrize(("keep", "kept"), [(False, 0), (True, 9)])
def test_id_numbers_are_kept_only_on_request_and_never_in_the_journal(
    hall: Hall, tmp_path: Path, keep: bool, kept: int
) -> None:
    """They live in a table of their own."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx", identified(), WITH_IDENTITY), keep)
    with db.reading(hall.engine) as session:
        assert session.scalar(select(func.count()).select_from(IdentityNumber)) == kept
    assert not [facts for _, facts in hall.lines() if "999999" in facts or "1980" in facts]


def test_bad_id_numbers_are_refused_by_row_and_never_repeated(hall: Hall, tmp_path: Path) -> None:
    """A number cell has lost digits; a wrong check digit, another birth date, another sex, another's number."""
    rows = identified()
    rows[0][10] = 999999198001010120
    rows[1][10] = str(rows[1][10])[:17] + ("0" if str(rows[1][10])[17] != "0" else "1")
    rows[2][10] = identity("19800104", "032")
    rows[3][10] = identity("19800104", "041")
    rows[5][10] = rows[4][10]
    rows[5][3] = rows[4][3]
    with pytest.raises(Refused) as refused:
        hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx", rows, WITH_IDENTITY), True)
    assert problems(refused) == [
        "第 2 行：身份证号存成了数字，末几位已被表格软件改掉",
        "第 3 行：身份证号的校验位不对，至少有一位写错",
        "第 4 行：身份证号中的出生日期与所填的出生日期不一致",
        "第 5 行：身份证号表示的性别与所填的性别不一致",
        "第 7 行与第 6 行身份证号相同，是同一人",
    ]
    assert "999999" not in str(refused.value)


def test_two_who_cannot_be_told_apart_are_refused(hall: Hall, tmp_path: Path) -> None:
    """One name, one unit, two birth dates: two persons, and no ballot could tell them apart."""
    rows = delegates()
    rows[8][6:8] = rows[7][6:8]
    with pytest.raises(Refused) as refused:
        hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx", rows), False)
    assert problems(refused) == ["序号 8、9 同名，单位也相同或没有写，都叫 王芳（第三），无法区别"]


def test_a_newcomer_with_a_known_name_gives_both_their_unit(hall: Hall, tmp_path: Path) -> None:
    """Whoever now shares a name is told apart from here on, and keeps the bracket when the other goes."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    hall.do(roll.add, person(name="田富", number=""))
    assert [name for name in displayed(hall) if "田富" in name] == ["田富（人民）", "田富（第三小学）"]
    hall.do(roll.remove, "田富（第三小学）", "调动")
    assert "田富（人民）" in displayed(hall)


def test_adding_the_same_person_again_changes_nothing(hall: Hall) -> None:
    """A repeat is answered, not refused."""
    assert hall.do(roll.add, person()).taken
    assert not hall.do(roll.add, person()).taken
    assert displayed(hall) == ["钱小满"]


def test_adding_somebody_under_a_number_taken_is_refused(hall: Hall) -> None:
    """序号 is unique on a roll."""
    hall.do(roll.add, person())
    with pytest.raises(Refused) as refused:
        hall.do(roll.add, person(name="钱大满", number="1"))
    assert problems(refused) == ["所填的人与名册第 1 号序号相同"]


def test_removing_again_is_a_repeat_and_removing_nobody_is_not_found(hall: Hall) -> None:
    """By number a repeat can be recognised."""
    hall.do(roll.add, person())
    assert hall.do(roll.remove, "1", "调动").taken
    assert not hall.do(roll.remove, "1", "调动").taken
    with pytest.raises(NotFound):
        hall.do(roll.remove, "2", "调动")


def test_whoever_replaces_another_has_her_number_and_no_review(hall: Hall) -> None:
    """The review was of the person, not of the place."""
    hall.do(roll.add, person())
    hall.do(roll.review, ("1",), True, "")
    newcomer = {"name": "钱小玉", "sex": "女", "born_on": "1990-05-01", "unit": "第三小学"}
    hall.do(roll.replace_person, "钱小满", newcomer, "调动")
    [entry] = hall.see(entries)
    assert (entry.number, entry.displayed, entry.may_vote, entry.review) == (1, "钱小玉", True, "")


def test_a_shared_name_is_ambiguous_and_lists_who_could_be_meant(hall: Hall, tmp_path: Path) -> None:
    """Persons are named by number, or by name if unique (exit 2)."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    with pytest.raises(Misused) as misused:
        hall.do(roll.review, ("王芳",), True, "")
    assert problems(misused) == ["“王芳”有 2 人：8 王芳（第三）、9 王芳（人民）"]
    assert hall.do(roll.review, ("王芳（第三）", "09"), True, "").taken


def test_review_of_all_leaves_those_who_failed_as_they_are(hall: Hall, tmp_path: Path) -> None:
    """--all is whoever is not reviewed yet; observers are not reviewed."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    hall.do(roll.review, ("3",), False, "材料不全")
    hall.do(roll.review, (), True, "")
    assert [entry.review for entry in hall.see(entries)] == ["passed", "passed", "failed", *["passed"] * 6, ""]
    assert not hall.do(roll.review, (), True, "").taken


def test_a_roll_is_frozen_when_everyone_is_reviewed_and_due_is_who_may_vote(hall: Hall, tmp_path: Path) -> None:
    """应到 is counted once and for all; an observer is not in it."""
    assert hall.with_roll(tmp_path).do(roll.freeze).taken is False
    assert ("roll.freeze", '{"due":9}') in hall.lines()


def test_a_roll_that_is_empty_unreviewed_or_holds_one_who_failed_is_not_frozen(hall: Hall, tmp_path: Path) -> None:
    """Every delegate is reviewed before the roll is frozen (domain.md section 2, step 5)."""
    with pytest.raises(Refused) as refused:
        hall.do(roll.freeze)
    assert problems(refused) == ["名册还是空的"]
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    hall.do(roll.review, ("3",), False, "材料不全")
    with pytest.raises(Refused) as refused:
        hall.do(roll.freeze)
    assert problems(refused) == ["还有 8 人未作资格审查", "有 1 人资格审查未通过，仍在名册上"]


@pytest.mark.parametrize(
    ("service", "given"),
    [
        pytest.param(roll.add, (person(),), id="add"),
        pytest.param(roll.remove, ("1", "调动"), id="remove"),
        pytest.param(roll.review, (("1",), False, "材料不全"), id="review"),
        pytest.param(roll.replace_person, ("1", person(), "调动"), id="replace"),
    ],
)
def test_after_the_freeze_nobody_is_added_or_removed(
    hall: Hall, tmp_path: Path, service: Callable[..., object], given: tuple[object, ...]
) -> None:
    """From the freeze of the roll nobody is added to it; those who cannot come are absent."""
    hall.with_roll(tmp_path)
    with pytest.raises(Refused) as refused:
        hall.do(service, *given)
    assert problems(refused) == ["名册已冻结，应到 9 人已定"]
    assert len(displayed(hall)) == 10


def elect(hall: Hall, names: Sequence[str]) -> None:
    """The congress has elected these to the committee."""
    with db.transaction(hall.engine) as session:
        congress = hall.meeting(session, "congress")
        poll = cases.add_child(session, congress, "election", "members", "选举", hall.act())
        session.add(Election(case_id=poll.id, meeting_id=congress.id, sheet="members", form="ballot", method_sha256=""))
        session.flush()
        held = BallotRound(
            election_id=poll.id,
            meeting_id=congress.id,
            short_id="members",
            contest="members",
            office="委员",
            kind="first",
            seats=3,
        )
        session.add(held)
        session.flush()
        for position, name in enumerate(names):
            session.add(
                Elected(meeting_id=congress.id, round_id=held.id, contest="members", name=name, position=position)
            )


def test_the_roll_of_the_plenary_is_drawn_from_those_elected(hall: Hall, tmp_path: Path) -> None:
    """Under the names they were elected by, in announce order, with a vote; a write-in from outside too."""
    elect(hall.with_roll(tmp_path), ["王芳（第三）", "田富", "周外人"])
    assert hall.do(roll.draw, meeting="plenary").taken
    drawn = hall.see(entries, meeting="plenary")
    assert [(entry.number, entry.displayed, entry.name, entry.unit, entry.review) for entry in drawn] == [
        (1, "王芳（第三）", "王芳", "第三中学", "passed"),
        (2, "田富", "田富", "人民医院", "passed"),
        (3, "周外人", "周外人", "", "passed"),
    ]
    assert not hall.do(roll.draw, meeting="plenary").taken
    hall.do(roll.freeze, meeting="plenary")
    assert ("roll.freeze", '{"due":3}') in hall.lines()


def test_a_plenary_takes_observers_besides_the_elected_and_nobody_else(hall: Hall) -> None:
    """Its members are those elected; an officer cannot write another in."""
    hall.do(roll.add, person(kind="列席", may_vote="无"), meeting="plenary")
    with pytest.raises(Refused) as refused:
        hall.do(roll.add, person(name="钱大满"), meeting="plenary")
    assert problems(refused) == ["所填的人：钱大满不是列席人员，而执行委员会全体会议的名册由选举产生"]


def test_nothing_is_drawn_before_anybody_is_elected_nor_for_a_congress(hall: Hall) -> None:
    """The roll of a congress is imported; that of the plenary waits for the announcement."""
    with pytest.raises(Refused) as refused:
        hall.do(roll.draw, meeting="plenary")
    assert problems(refused) == ["members 还没有宣布选举结果"]
    with pytest.raises(Refused) as refused:
        hall.do(roll.draw)
    assert problems(refused) == ["妇女代表大会的名册不由选举产生"]


def test_eighteen_is_counted_on_the_day_of_the_meeting_once_that_is_fixed(hall: Hall) -> None:
    """Until then, on the day stated."""
    row = person(born_on="2002-11-03")
    with pytest.raises(Refused):
        hall.do(roll.add, row)
    with db.transaction(hall.engine) as session:
        session.get_one(Meeting, hall.meeting(session, "congress").id).held_on = "2020-11-03"
    assert hall.do(roll.add, row).taken


def test_a_roll_of_eighteen_hundred_is_taken_in_whole(hall: Hall, tmp_path: Path) -> None:
    """The size of a national congress."""
    rows = [
        [n, f"代表{chr(0x4E00 + n)}", "女", "1980-01-01", "汉族", "群众", "单位", "代表", "有"] for n in range(1, 1801)
    ]
    header = [name for name in HEADER if name != "单位简称"]
    write_table(tmp_path / "roll.csv", header, rows)
    hall.do(roll.import_file, tmp_path / "roll.csv", False)
    with db.reading(hall.engine) as session:
        assert session.scalar(select(func.count()).select_from(RollEntry)) == 1800
        assert session.scalar(select(func.count()).select_from(Case)) == 3


def test_the_papers_of_a_roll_come_as_it_is_imported_reviewed_and_frozen(hall: Hall, tmp_path: Path) -> None:
    """代表名册 as it stands, the report once somebody was reviewed, 应到名册 with the freeze."""
    assert hall.paper_ids() == []
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    assert hall.paper_ids() == ["delegate_roll-congress"]
    hall.do(roll.review, ["1"], True, "")
    assert hall.paper_ids() == ["delegate_roll-congress", "credentials_report-congress"]
    assert hall.paper("credentials_report-congress").unreviewed == 8
    hall.do(roll.review, (), True, "")
    hall.do(roll.freeze)
    assert hall.paper_ids()[:3] == ["delegate_roll-congress", "credentials_report-congress", "due_roll-congress"]


def test_the_roll_says_who_everyone_is_and_how_many_there_are(hall: Hall, tmp_path: Path) -> None:
    """Counts are those of the rows: nine delegates, an observer who has no vote."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    said = hall.paper("delegate_roll-congress")
    assert (said.delegates, said.invited, said.observers, said.voters, len(said.rows)) == (9, 0, 1, 9, 10)
    first, guest = said.rows[0], said.rows[-1]
    assert (first.name, first.born, first.party, first.kind) == ("丁一禾", "1980年1月", "群众", "代表")
    assert (guest.name, guest.born, guest.may_vote) == ("孙来宾", "", False)


def test_the_credentials_report_is_frozen_with_the_roll(hall: Hall, tmp_path: Path) -> None:
    """Quota and procedure as recorded, the composition of the delegates alone, the outcome of the review."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    hall.do(roll.set_quota, 10, "各单位推选。")
    assert not hall.do(roll.set_quota, 10, "各单位推选。").taken
    hall.do(roll.review, (), True, "")
    line = hall.do(roll.freeze)
    report = hall.paper("credentials_report-congress")
    assert (report.quota, report.produced, report.procedure) == (10, 9, "各单位推选。")
    assert (report.reviewed, report.passed, report.failed, report.unreviewed) == (9, 9, 0, 0)
    sexes, ages, nationalities, *_ = report.composition
    assert [(row.label, row.number, row.percent) for row in sexes.rows] == [("女", 9, "100.0%")]
    assert [row.label for row in ages.rows] == ["31至40岁"]
    assert [(row.label, row.number) for row in nationalities.rows] == [("汉族", 9)]
    assert report.ages_on == date(2020, 11, 2)
    due = hall.paper("due_roll-congress")
    assert (due.due, len(due.rows)) == (9, 9)
    assert due.head.check_code == report.head.check_code == line.check_code


def test_the_credentials_report_counts_by_sector_where_the_roll_says_it(hall: Hall, tmp_path: Path) -> None:
    """Of some it is known, of the others not; those who only sit in count nowhere."""
    header, sectors = [*HEADER, "界别"], ["教育"] * 3 + [""] * 6 + ["机关"]
    rows = [[*row, sector] for row, sector in zip(delegates(), sectors, strict=True)]
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx", rows, header), False)
    hall.do(roll.review, (), True, "")
    said = {table.respect: table.rows for table in hall.paper("credentials_report-congress").composition}
    assert list(said) == ["性别", "年龄", "民族", "政治面貌", "界别", "单位"]
    assert [(row.label, row.number) for row in said["界别"]] == [("教育", 3), ("未填写", 6)]
    assert [row.sector for row in hall.paper("delegate_roll-congress").rows] == sectors


def test_the_credentials_report_leaves_sectors_out_where_nobody_has_one(hall: Hall, tmp_path: Path) -> None:
    """Older rolls have no such column."""
    hall.do(roll.import_file, roll_file(tmp_path / "roll.xlsx"), False)
    hall.do(roll.review, (), True, "")
    respects = [table.respect for table in hall.paper("credentials_report-congress").composition]
    assert respects == ["性别", "年龄", "民族", "政治面貌", "单位"]


def test_no_quota_is_recorded_once_the_roll_is_frozen(hall: Hall, tmp_path: Path) -> None:
    """The report that says it was made with the freeze."""
    hall.with_roll(tmp_path)
    with pytest.raises(Refused):
        hall.do(roll.set_quota, 10, "")
