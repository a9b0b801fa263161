"""`record export`, `verify`, `show`: the record taken, held against paper, and asked about a check code."""

import stat
from pathlib import Path

import pytest

from federation.clock import SetClock
from federation.facts.counting import Paper
from federation.resources import resource
from federation.services import counts
from tests import shell
from tests.services.stage import Stage, phones
from tests.shell import Run, answer

__all__ = ["phones"]
TWO = ("--as", "赵监票", "--with", "孙监票")
SAMPLE = resource("examples", "records") / "record-sealed.zip"


@pytest.fixture
def announced(phones: Stage) -> tuple[Stage, Run, list[str]]:
    """Twelve ballots by phone and twelve on paper, counted and announced: and the check codes of the stubs."""
    pile = phones.pile(12)
    phones.open(12, 12)
    for code, _ in pile:
        phones.cast(code)
    phones.boxed({"members": [Paper("++-")] * 12}).at("members", counts.announce, phones.act())
    return (
        phones,
        shell.runner(phones.engine.url.render_as_string(hide_password=False), phones.clock),
        [c for _, c in pile],
    )


def test_a_public_record_is_anybodys_and_verifies_without_a_database(
    announced: tuple[Stage, Run, list[str]], tmp_path: Path
) -> None:
    """Written once, said to be consistent, and authentic against the tally report."""
    stage, run, _ = announced
    file = tmp_path / "公开记录.zip"
    run("record", "export", "--out", str(file), code=0)
    assert "已经存在" in run("record", "export", "--out", str(file), code=5).stderr
    code = stage.facts_of("result_notice-congress").head.check_code
    nowhere = shell.runner("sqlite:///nowhere.db", stage.clock)
    said = nowhere("record", "verify", str(file), code=0).stdout
    assert "结论：一致（consistent）" in said
    assert "选票未随本记录公布" in said
    assert "结论：真实（authentic）" in nowhere("record", "verify", str(file), "--against", code, code=0).stdout
    assert answer(nowhere("record", "verify", str(file), "--against", code, "--json", code=0))["word"] == "authentic"
    assert "没有校验码" in nowhere("record", "verify", str(file), "--against", "0" * 64, code=5).stderr
    changed = bytearray(file.read_bytes())
    changed[-200] ^= 1
    (tmp_path / "changed.zip").write_bytes(changed)
    assert "记录核验不通过" in nowhere("record", "verify", str(tmp_path / "changed.zip"), code=5).stderr
    nowhere("record", "verify", str(tmp_path / "nothing.zip"), code=2)


def test_a_sealed_record_takes_the_shares_again_and_two_scrutineers(
    announced: tuple[Stage, Run, list[str]], tmp_path: Path
) -> None:
    """For its owner alone, journalled; a refusal leaves no file."""
    stage, run, _ = announced
    file = tmp_path / "密封记录.zip"
    export = ("record", "export", "--sealed", "--out", str(file))
    shares = "\n".join(stage.shares[1:]) + "\n"
    run(*export, code=2)
    run(*export, "--as", "赵监票", input=shares, code=5)
    run(*export, *TWO, input=f"{stage.shares[0]}\n", code=2)
    assert not file.exists()
    run(*export, *TWO, input=shares, code=0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stage.lines()[-1][0] == "record.export"
    said = run("record", "verify", str(file), code=0).stdout
    assert "密封的选票 12 张；逐张拆开与记录相同：打开 12，打不开 0；纸质选票（members）12 张" in said
    assert "依选票重新计票，结果逐字节相同" in said


def test_a_voter_asks_for_her_check_code(announced: tuple[Stage, Run, list[str]], tmp_path: Path) -> None:
    """In the database and in the public record; one that is not there says what to do, and whom to tell."""
    _, run, checks = announced
    file = tmp_path / "公开记录.zip"
    run("record", "export", "--out", str(file), code=0)
    for where in ((), (str(file),)):
        said = run("record", "show", *where, "--check-code", checks[0].lower(), "--contest", "members", code=0).stdout
        assert said == "这张票已计入。选举办法规定只查是否计入，不显示票面\n"
        refused = run("record", "show", *where, "--check-code", "0" * 12, "--contest", "members", code=3).stderr
        assert "立即找总监票人登记" in refused
        run("record", "show", *where, "--check-code", "ABC", "--contest", "members", code=2)
    assert "未经核验" in run("record", "show", str(file), code=0).stdout
    run("record", "show", code=2)


def test_a_check_code_is_not_looked_up_in_a_box_that_is_shut(phones: Stage) -> None:
    """Before the opening nobody knows."""
    run = shell.runner(phones.engine.url.render_as_string(hide_password=False), phones.clock)
    phones.passes(12)
    phones.open(12, 12)
    run("record", "show", "--check-code", "0" * 12, "--contest", "members", code=4)
    assert "还没有宣布结果" in run("record", "export", "--out", "record.zip", code=5).stderr


def test_the_sample_record_verifies_at_the_command_line(clock: SetClock) -> None:
    """As the README says."""
    run = shell.runner("sqlite:///nowhere.db", clock)
    assert "结论：一致（consistent）" in run("record", "verify", str(SAMPLE), code=0).stdout
