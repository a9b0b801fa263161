"""The election record: public and sealed, what stands in each, the same facts the same bytes, and verified anywhere."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from federation import db
from federation.ballotbox.record import contents, verify, write
from federation.ballotbox.seal import BoxKey
from federation.clock import SetClock
from federation.errors import Misused, Refused
from federation.facts.counting import Paper, WriteIn
from federation.services import casting, counts, passes, records, unsealing
from tests.services.stage import OFFICERS, TWO, Crowd, Stage


def record(stage: Stage, kind: str = "public") -> bytes:
    with db.reading(stage.engine) as session:
        root = stage.root(session)
        keys: dict[object, BoxKey] = {}
        for one in records.locked(session, root, kind):  # type: ignore[arg-type]
            keys[one.poll.case.id] = unsealing.key_of(one.key, stage.shares[1:])
        out = io.BytesIO()
        write(out, records.members(session, root, kind, keys, {}))  # type: ignore[arg-type]
        return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members as a common ZIP program reads them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def held(stage: Stage) -> Stage:
    """Twelve passes and five papers, with a name written in and a paper that is void for one office."""
    codes = stage.passes(12, "chair")
    stage.open(5, 12, "chair")
    for code in codes[:10]:
        stage.cast(code, "chair", chair="+-", vice_chairs="++0")
    with db.transaction(stage.engine) as session:
        box = casting.box_of(session, stage.poll(session, "chair"))
        sheet = {"chair": Paper("--", (WriteIn("向晚晴", signed=True),)), "vice_chairs": Paper("+++")}
        casting.cast(session, box, codes[10], sheet)
    stage.closed("chair").at("chair", passes.hand_in, codes[11:], stage.two())
    stage.boxed({"chair": [Paper("+-")] * 5, "vice_chairs": [Paper("++0")] * 5})
    stage.at("chair", counts.announce, stage.act())
    return stage


@pytest.fixture
def stage(officers_by_phone: Stage) -> Stage:
    return held(officers_by_phone)


COMMON = {"README.txt", "characters.json", "journal.jsonl", "papers.json", "record.json", "sha256sums.txt"}
POLL = {"poll.json", "method.md", "method.toml", "result-chair.json", "result-vice_chairs.json", "checks.txt"}
BOX = {"passes.txt", "sealed.txt", "ballots.jsonl", "papers-chair.jsonl", "papers-vice_chairs.jsonl"}


@pytest.mark.parametrize(("kind", "box"), [("public", set()), ("sealed", BOX)])
def test_a_record_holds_its_members_and_nothing_else(stage: Stage, kind: str, box: set[str]) -> None:
    """Both have results, method, journal and check codes; the sealed one has the box as well."""
    found = members(record(stage, kind))
    polls = {name.removeprefix("polls/congress.officers/") for name in found if name.startswith("polls/")}
    assert polls == POLL | box
    assert {name for name in found if not name.startswith(("polls/", "definitions/"))} == COMMON
    assert found["polls/congress.officers/method.toml"].decode() == TWO
    assert json.loads(found["polls/congress.officers/result-chair.json"]) == stage.result("chair")
    sums = dict(line.split("  ")[::-1] for line in found.pop("sha256sums.txt").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def test_the_public_record_holds_no_ballot_no_pass_and_no_key(stage: Stage) -> None:
    """It says of itself that it unseals nothing; check codes stand in an order of their own."""
    found = members(record(stage))
    text = b"".join(found.values()).decode()
    assert "没有拆开任何密封的选票" in text
    assert '"marks"' not in text
    assert not [row for row in stage.rows("voting_passes") if str(row[0]) in text]
    assert json.loads(found["polls/congress.officers/poll.json"])["key"]["private"] is None
    codes = found["polls/congress.officers/checks.txt"].decode().splitlines()
    assert codes == sorted(codes)
    assert len(codes) == 11
    assert "马秋澜" in text  # candidates' totals are what it is for


@pytest.mark.parametrize("kind", ["public", "sealed"])
def test_the_same_facts_give_the_same_bytes_and_they_verify(stage: Stage, kind: str, tmp_path: Path) -> None:
    """Stored, sorted, dated 1980; consistent by itself, authentic against the 校验码 on signed paper."""
    data = record(stage, kind)
    assert record(stage, kind) == data
    (tmp_path / "record.zip").write_bytes(data)
    assert verify(tmp_path / "record.zip").word == "consistent"
    notice = stage.facts_of("result_notice-congress").head.check_code
    verdict = verify(tmp_path / "record.zip", [notice])
    assert (verdict.word, verdict.anchored) == ("authentic", ("congress.officers",))
    report = stage.facts_of("tally_report-congress-chair").head.check_code
    assert verify(tmp_path / "record.zip", [report]).word == "consistent"  # the announcement came after it
    with pytest.raises(Refused, match="没有校验码"):
        verify(tmp_path / "record.zip", ["0" * 64])


def test_a_code_of_an_earlier_act_makes_nothing_authentic(stage: Stage, tmp_path: Path) -> None:
    """What stands after the line it names could have been rewritten; the verdict says so."""
    (tmp_path / "record.zip").write_bytes(record(stage))
    lines = members(record(stage))["journal.jsonl"].splitlines()
    verdict = verify(tmp_path / "record.zip", [json.loads(lines[3])["hash"]])
    assert (verdict.word, verdict.unanchored) == ("consistent", ("congress.officers",))
    assert any("不在其内" in line and "、确定正式候选人并印制选票、制发投票凭证、" in line for line in verdict.lines())
    assert "这张纸比记录旧" in verdict.lines()[-1]
    assert not [line for line in verdict.lines() if "print_papers" in line or "passes" in line]


def test_a_file_that_is_no_record_is_called_none(tmp_path: Path) -> None:
    """A roll given by mistake: not a word about its last bytes."""
    (tmp_path / "roll.csv").write_text("序号,姓名\n1,丁一禾\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        verify(tmp_path / "roll.csv")
    assert [finding.problem for finding in refused.value.findings] == ["roll.csv 不是选举记录"]


def test_no_record_is_taken_of_a_box_that_is_not_done_with(phones: Stage) -> None:
    """From the opening to the announcement it would be a copy of the box."""
    phones.passes(12)
    phones.open(12, 12)
    with phones.refused(Refused, "还没有宣布结果"):
        record(phones)


def test_a_voter_finds_her_check_code_in_the_record_and_in_the_database(stage: Stage, tmp_path: Path) -> None:
    """`check = "presence"`: that a ballot with it was counted, and not what was on it."""
    (tmp_path / "record.zip").write_bytes(record(stage))
    found = contents(tmp_path / "record.zip")
    [row, *_] = stage.rows("check_codes")
    assert row[2] is None
    assert found.check(str(row[1]), "") == (True, "")
    assert found.check("0" * 12, "chair") == (False, "")
    with db.reading(stage.engine) as session:
        assert unsealing.shown(session, stage.poll(session, "chair"), str(row[1])) == (True, "")
        assert unsealing.shown(session, stage.poll(session, "chair"), "0" * 12) == (False, "")
    with pytest.raises(Misused):
        contents(tmp_path / "nothing.zip")


PAPERS = TWO.replace("[write_in]", '[record]\npublish = "papers"\ncheck = "paper"\n\n[write_in]')


def test_where_the_method_publishes_the_papers_the_public_record_is_full_and_shows_a_voter_hers(
    engine: Engine, clock: SetClock, tmp_path: Path
) -> None:
    """`publish = "papers"` and `check = "paper"`: chosen knowingly, applied to the letter."""
    stage = held(Crowd.built(engine, clock, tmp_path, PAPERS, OFFICERS))
    data = record(stage)
    found = members(data)
    assert {name.removeprefix("polls/congress.officers/") for name in found if name.startswith("polls/")} == POLL | BOX
    (tmp_path / "record.zip").write_bytes(data)
    assert verify(tmp_path / "record.zip").word == "consistent"
    seen = [contents(tmp_path / "record.zip").check(str(row[1]), "")[1] for row in stage.rows("check_codes")]
    assert sum("另选：向晚晴" in said for said in seen) == 1
    assert sum("赞成：丁一禾" in said and "赞成：邓云舒、田富" in said for said in seen) == 10
