"""`paper sign`, `paper verify`: what is said of a file, and what is not."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from federation import db
from federation.models import Meeting
from tests import shell
from tests.certificates import PASSPHRASE, holder
from tests.services.stage import Stage, ready
from tests.shell import Run, answer

__all__ = ["ready"]


@pytest.fixture(autouse=True)
def _own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEDERATION_TEMPLATES", "FEDERATION_FONTS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def announced(ready: Stage) -> Stage:
    """The same congress after its ballot, its certificates at hand."""
    ready.announced(["++0"] * 9)
    for name in ("甲", "乙"):
        Path(f"{name}.p12").write_bytes(holder(name).p12)
    return ready


def at(stage: Stage) -> Run:
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


def verdict(run: Run, file: str, *options: str) -> Any:
    return answer(run("paper", "verify", file, "--json", *options, code=0))


def sign(run: Run, file: str, who: str, *options: str, code: int = 0, passphrase: str = PASSPHRASE) -> Any:
    return run("paper", "sign", file, "--key", f"{who}.p12", *options, input=f"{passphrase}\n", code=code)


NOTICE = "result_notice-congress"


def test_a_paper_as_it_was_made_is_told_with_the_line_of_the_journal_it_stands_for(announced: Stage) -> None:
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    found = verdict(run, "公告.pdf")
    told = {key: found[key] for key in ("verdict", "short_id", "kind", "format", "registered", "current", "signatures")}
    assert told == {
        "verdict": "unchanged", "short_id": NOTICE, "kind": "result_notice", "format": "pdf", "registered": True,
        "current": True, "signatures": [],
    }  # fmt: skip
    (code,) = found["check_codes"]
    against = answer(run("journal", "verify", "--against", code["code"], "--json", code=0))["against"]
    assert (code["sequence"], code["label"]) == (against["sequence"], against["label"])
    said = run("paper", "verify", "公告.pdf", code=0).stdout
    assert "未改动（本库有登记）" in said
    assert f"工作日志第 {code['sequence']} 行" in said


def meeting(stage: Stage, **changes: object) -> None:
    """The meeting as later acts may leave it."""
    with db.transaction(stage.engine) as session:
        session.execute(update(Meeting).values(**changes))


def test_a_paper_whose_facts_went_on_is_genuine_and_out_of_date(ready: Stage) -> None:
    """A paper that prepares an act is made from the facts as they are: what changed later is not in it."""
    run = at(ready)
    run("paper", "make", "sign_in_list", "--out", "签到册.pdf", code=0)
    run("paper", "make", "sign_in_list", "--out", "签到册.csv", code=0)
    assert verdict(run, "签到册.csv")["format"] == "csv"
    meeting(ready, title="另一次大会")
    assert [verdict(run, name)["current"] for name in ("签到册.pdf", "签到册.csv")] == [False, True]  # no title in it
    assert "paper make sign_in_list-congress" in run("paper", "verify", "签到册.pdf", code=0).stdout
    meeting(ready, roll_frozen=False)
    assert verdict(run, "签到册.pdf")["current"] is None
    assert "无从比较" in run("paper", "verify", "签到册.pdf", code=0).stdout


def test_other_words_for_the_same_facts_are_no_older_paper(ready: Stage) -> None:
    """A template that was changed since makes other bytes; what the paper says of the case still holds."""
    run = at(ready)
    run("paper", "templates", "--copy", "模板", code=0)
    Path("模板/documents/sign_in_list.txt").write_text("# 另一种", encoding="utf-8")
    run("paper", "make", "sign_in_list", "--out", "另一种.pdf", "--templates", "模板", code=0)
    assert verdict(run, "另一种.pdf")["current"] is True


def test_a_changed_file_is_not_a_paper_of_this_case(announced: Stage) -> None:
    """One byte; and nothing is claimed for the 校验码 that is still on it."""
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    data = bytearray(Path("公告.pdf").read_bytes())
    place = data.index(b"/Title")
    data[place + 1] = ord("t")
    Path("改.pdf").write_bytes(data)
    said = run("paper", "verify", "改.pdf", code=5).stderr
    assert "不是本案未改动的文书" in said
    assert "不说明其余的字没有改过" in said
    assert answer(run("paper", "verify", "改.pdf", "--json", code=5))["error"]["code"] == 5
    Path("别的.txt").write_text("甲", encoding="utf-8")
    assert "paper make" in run("paper", "verify", "别的.txt", code=5).stderr
    run("paper", "verify", "没有.pdf", code=2)


def test_a_paper_of_another_federation_is_told_to_be_of_the_other(announced: Stage) -> None:
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    run("add", "bixi", "碧溪镇妇女联合会", "--as", "王秘书", code=0)
    run("found", "--federation", "bixi", "--as", "王秘书", code=0)
    said = run("paper", "verify", "公告.pdf", "--federation", "bixi", code=5).stderr
    assert "founding-1 的文书" in said
    assert "不在本案的工作日志里" in said


def test_several_sign_a_paper_in_turn_and_each_is_told(announced: Stage) -> None:
    """The paper stays in the file as it was made; the first signature goes into a file of its own."""
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    made = Path("公告.pdf").read_bytes()
    assert "甲 已签署，在 公告.signed.pdf，现有 1 个签名" in sign(run, "公告.pdf", "甲", "--name", "主任").stdout
    told = answer(sign(run, "公告.signed.pdf", "乙", "--json"))
    assert told == {"file": "公告.signed.pdf", "signer": "乙", "signatures": 2}
    assert Path("公告.pdf").read_bytes() == made
    found = verdict(run, "公告.signed.pdf")
    assert (found["verdict"], found["short_id"], found["current"]) == ("signed", NOTICE, True)
    assert [(each["subject"], each["stated"], each["trusted"]) for each in found["signatures"]] == [
        ("甲", "主任", None),
        ("乙", "", None),
    ]
    assert all(each["intact"] and each["untouched"] and each["self_signed"] for each in found["signatures"])
    said = run("paper", "verify", "公告.signed.pdf", code=0).stdout
    assert "除签名外未改动" in said
    assert "自签名证书，身份只凭其自称" in said
    assert "签名人的身份没有核对" in said
    Path("根.pem").write_bytes(holder("甲").pem)
    trusted = verdict(run, "公告.signed.pdf", "--trust", "根.pem")["signatures"]
    assert [each["trusted"] for each in trusted] == [True, False]
    assert "不受所给的根证书信任" in run("paper", "verify", "公告.signed.pdf", "--trust", "根.pem", code=0).stdout


def test_a_paper_that_was_never_registered_is_told_by_making_it_again(announced: Stage) -> None:
    """Signed or not: the demonstration registers nothing, and neither does a read-only database."""
    from federation.documents import render
    from federation.documents.fonts import machine_fonts

    run = at(announced)
    facts = announced.facts_of(NOTICE)
    Path("公告.pdf").write_bytes(render("result_notice", facts, fonts=machine_fonts()))
    sign(run, "公告.pdf", "甲")
    assert verdict(run, "公告.pdf")["registered"] is False
    found = verdict(run, "公告.signed.pdf")
    assert (found["verdict"], found["registered"], found["current"]) == ("signed", False, True)


def test_a_stranger_s_signed_file_is_not_a_paper_of_this_case(announced: Stage) -> None:
    """Whose signature is on it is said, and that it proves nothing about the case."""
    from federation.documents import render, samples

    Path("别处.pdf").write_bytes(render("minutes", samples.made_up("minutes")))
    run = at(announced)
    sign(run, "别处.pdf", "甲")
    said = run("paper", "verify", "别处.signed.pdf", code=5).stderr
    assert "签名：甲" in said
    assert "不说明它是本案的文书" in said


def test_a_changed_paper_that_was_signed_is_refused(announced: Stage) -> None:
    """The bytes of the paper are still at its head."""
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    sign(run, "公告.pdf", "甲")
    with Path("公告.signed.pdf").open("ab") as file:
        file.write(b"\n%more\n")
    assert "除签名之外还有改动" in run("paper", "verify", "公告.signed.pdf", code=5).stderr


def test_a_certificate_without_a_passphrase_signs_and_asks_for_none(announced: Stage) -> None:
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    Path("无.p12").write_bytes(holder("无").open_p12)
    Path("签.pem").write_bytes(holder("签").pem + holder("签").key_pem())
    run("paper", "sign", "公告.pdf", "--key", "无.p12", input="", code=0)
    run("paper", "sign", "公告.signed.pdf", "--key", "签.pem", input="", code=0)
    assert [each["subject"] for each in verdict(run, "公告.signed.pdf")["signatures"]] == ["无", "签"]


def test_what_cannot_be_signed_leaves_no_file(announced: Stage) -> None:
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    assert "口令不对" in sign(run, "公告.pdf", "甲", code=5, passphrase="不对").stderr
    assert "没有输入证书口令" in sign(run, "公告.pdf", "甲", code=2, passphrase="").stderr
    Path("假.p12").write_text("甲", encoding="utf-8")
    assert "证书文件不对" in sign(run, "公告.pdf", "假", code=5).stderr
    Path("过期.p12").write_bytes(holder("过期", until=2020).p12)
    announced.clock.advance(days=90)
    assert "有效期" in sign(run, "公告.pdf", "过期", code=5).stderr
    Path("纪要.md").write_text("# 纪要", encoding="utf-8")
    assert "不是 PDF" in run("paper", "sign", "纪要.md", "--key", "甲.p12", code=5).stderr
    run("paper", "sign", "没有.pdf", "--key", "甲.p12", code=2)
    assert not list(Path().glob("*.signed.pdf"))


def test_nobody_signs_twice_and_no_signed_file_is_written_over(announced: Stage) -> None:
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    sign(run, "公告.pdf", "甲")
    before = Path("公告.signed.pdf").read_bytes()
    assert "公告.signed.pdf" in sign(run, "公告.pdf", "乙", code=5).stderr
    assert "已经签过" in sign(run, "公告.signed.pdf", "甲", code=5).stderr
    shutil.copy("公告.pdf", "存.pdf")
    assert "已经存在" in sign(run, "公告.pdf", "乙", "--out", "存.pdf", code=5).stderr
    assert Path("公告.signed.pdf").read_bytes() == before


def test_a_file_that_is_no_paper_is_told_apart_with_what_to_do(announced: Stage) -> None:
    """Empty, cut off, a text, a folder, not there."""
    run = at(announced)
    run("paper", "make", NOTICE, "--out", "公告.pdf", code=0)
    whole = Path("公告.pdf").read_bytes()
    Path("空.pdf").write_bytes(b"")
    Path("半.pdf").write_bytes(whole[: len(whole) // 2])
    Path("文.pdf").write_text("公告", encoding="utf-8")
    Path("夹.pdf").mkdir()
    for name, code, said in (
        ("空.pdf", 5, "是空文件"), ("半.pdf", 5, "不是完好的 PDF"), ("文.pdf", 5, "不是本案未改动的文书"),
        ("夹.pdf", 2, "是文件夹"), ("无.pdf", 2, "没有找到文件"), ("文.pdf/a.pdf", 2, "读不了文件"),
    ):  # fmt: skip
        assert said in run("paper", "verify", name, code=code).stderr
