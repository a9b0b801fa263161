"""`request` and `filing` as an officer types them."""

import subprocess
import sys
from pathlib import Path

from tests.halls import AS, convened
from tests.shell import Run, answer


def test_a_request_is_filed_answered_and_listed(founded: Run) -> None:
    """A repeat says so; the other answer is a wrong stage."""
    said = founded("request", "file", "congress", "--to", "示例区党工委", "--note", "关于召开大会的请示", *AS, code=0)
    assert said.stdout == "已登记：关于召开大会的请示，报示例区党工委\n"
    reply = ("request", "reply", "congress", "--number", "某工委〔2020〕18号")
    assert founded(*reply, *AS, code=0).stdout == "已登记批复：召开大会，同意，某工委〔2020〕18号\n"
    assert founded(*reply, *AS, code=0).stdout == "已办理，未作改动\n"
    founded(*reply, "--returned", *AS, code=4)
    (row,) = answer(founded("request", "list", "--json", code=0))
    assert (row["subject"], row["reply"], row["note"]) == ("congress", "同意", "关于召开大会的请示")


def test_a_request_is_filed_with_its_letter(founded: Run, tmp_path: Path) -> None:
    """Number, title, text and attachments stand on the paper; a file that is not there is exit 2."""
    (tmp_path / "text.txt").write_text("拟召开大会。\n妥否，请批示。\n", encoding="utf-8")
    letter = ("--number", "示妇筹〔2020〕1号", "--title", "关于召开大会的请示", "--attach", "大会议程")
    filing = ("request", "file", "congress", *letter, "--text")
    founded(*filing, tmp_path / "none.txt", *AS, code=2)
    founded(*filing, tmp_path / "text.txt", *AS, code=0)
    assert founded(*filing, tmp_path / "text.txt", *AS, code=0).stdout == "已办理，未作改动\n"
    assert "congress_request-congress" in founded("paper", "list", code=0).stdout


def test_wrong_calls_have_their_exit_codes(founded: Run) -> None:
    """2 for a subject that is none or a missing number, 3 for a reply to nothing, 4 for a filing too early."""
    founded("request", "file", "大会", *AS, code=2)
    founded("request", "file", "candidates", *AS, code=2)
    founded("request", "file", "congress", code=2)
    founded("request", "reply", "congress", "--number", "批1号", *AS, code=3)
    founded("request", "file", "congress", *AS, code=0)
    founded("request", "reply", "congress", *AS, code=2)
    founded("request", "file", "candidates:congress", *AS, code=5)
    founded("request", "file", "result", *AS, code=5)
    founded("filing", "send", "--to", "示例市妇女联合会", *AS, code=4)
    founded("filing", "reply", "--receipt", "妇备9号", *AS, code=3)
    assert "还没有报送备案" in founded("filing", "list", code=0).stdout


def test_an_approval_covers_the_list_that_was_put_and_no_other(founded: Run, tmp_path: Path) -> None:
    """批复的是哪份名单，选的就是哪份: a list that changed is asked for again."""
    convened(founded, tmp_path)
    founded("election", "plan", "--meeting", "congress", *AS, code=0)
    nominate = ("election", "nominate", "--contest", "members")
    founded(*nominate, "丁一禾", "马秋澜", "邓云舒", *AS, code=0)
    founded("request", "file", "candidates:congress", *AS, code=0)
    assert founded("request", "file", "candidates:congress", *AS, code=0).stdout == "已办理，未作改动\n"
    founded("request", "reply", "candidates:congress", "--number", "批2号", *AS, code=0)
    papers = ("election", "papers", "--number", "9", "--contest", "members")
    founded(*nominate, "田富", *AS, code=0)
    assert "候选人名单在批复之后又有变动" in founded(*papers, *AS, code=5).stderr
    told = founded("request", "file", "candidates:congress", *AS, code=0).stdout
    assert "提醒：执行委员会委员：候选人 4 名，按办法应为" in told
    told = founded("request", "reply", "candidates:congress", "--number", "批3号", *AS, code=0).stdout
    assert "提醒：执行委员会委员：候选人 4 名，按办法应为" in told
    assert "候选人名单在批复之后又有变动" not in founded(*papers, *AS).stderr
    rows = answer(founded("request", "list", "--json", code=0))
    assert [(row["number"], row["reply_number"]) for row in rows] == [(1, "批2号"), (2, "批3号")]


def test_the_installed_command_answers(tmp_path: Path) -> None:
    """One process from outside."""
    command = [sys.executable, "-c", "from federation.commands import main; main()", "filing", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, "federation init" in done.stderr) == (6, True)
