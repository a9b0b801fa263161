"""`election passes`, `ceremony`, `unseal`: secret papers made, typed back at a terminal, deleted by two."""

import re
import stat
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from federation.ballotbox.shares import WORDLIST
from federation.services import elections, polls
from tests import shell
from tests.services.stage import Stage, phones
from tests.shell import Run, answer
from tests.terminal import typed

__all__ = ["phones"]
MEMBERS = ("--contest", "members")
TWO = ("--as", "赵监票", "--with", "孙监票")
HOLDERS = ("向晚晴", "赵监票", "孙监票")
CEREMONY = ("election", "ceremony", *(part for name in HOLDERS for part in ("--holder", name)), *MEMBERS, *TWO)


def at(stage: Stage) -> Run:
    """Commands on the database of this stage."""
    return shell.runner(stage.engine.url.render_as_string(hide_password=False), stage.clock)


def words(letter: Path) -> list[str]:
    """The words of a share as its holder reads them from her letter, in their order."""
    pdf = pypdfium2.PdfDocument(letter)
    text = pdf[0].get_textpage().get_text_range()
    pdf.close()
    rows = re.findall(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})", text)
    listed = [row for row in rows if row[1] in WORDLIST]  # a part of the key's fingerprint may look like a row
    return [word for _, word, _ in sorted(listed, key=lambda row: int(row[0]))]


@pytest.fixture
def printed(phones: Stage) -> Stage:
    """Twelve passes made, no key yet."""
    phones.passes(12)
    return phones


def letter_of(folder: Path, shown: str) -> list[str]:
    """The words of whoever is asked now."""
    who = re.findall(r"(\S+?)，请输入你的份额", shown)[-1]
    return words(next((folder / "函").glob(f"*-{who}.pdf")))


def test_a_ceremony_at_the_terminal_from_the_letters_to_the_opened_box(printed: Stage, tmp_path: Path) -> None:
    """Mistyped shares are told what is wrong, nothing is echoed; the files of the letters are deleted by two."""
    slips = iter(("foo", "short", "right"))

    def answers(shown: str) -> str:
        own, how = letter_of(tmp_path, shown), next(slips, "right")
        return {"foo": "foo bar", "short": " ".join(own[:-1]), "right": " ".join(word[:4] for word in own)}[how]

    code, shown = typed(printed, tmp_path, answers, *CEREMONY, "--threshold", "2", "--letters", "函")
    assert code == 0, shown
    letters = sorted((tmp_path / "函").iterdir())
    assert [letter.name for letter in letters] == [f"密钥函-1-{n}-{name}.pdf" for n, name in enumerate(HOLDERS, 1)]
    assert {stat.S_IMODE(letter.stat().st_mode) for letter in letters} == {0o600}
    assert "第 1 个词“foo”不在词表中" in shown
    assert "输入了 19 个" in shown
    assert "试开成功：向晚晴＋赵监票、向晚晴＋孙监票" in shown
    shares = [words(letter) for letter in letters]
    assert set(re.findall(r"请输入你的份额: (.*)\r\n", shown)) == {""}  # nothing of what is typed is shown
    assert not [share for share in shares if " ".join(share) in str(printed.dump())]

    printed.open(12, 12).declared(0)
    run = at(printed)
    run(
        "election", "unseal", *MEMBERS, *TWO, input=f"{' '.join(shares[0])}\n", code=5
    )  # nothing was cast: nothing to open
    run("election", "ceremony", "--destroy", str(letters[0]), *MEMBERS, "--as", "赵监票", code=5)
    said = run("election", "ceremony", "--destroy", str(letters[0]), *MEMBERS, *TWO, code=0).stdout
    assert all(letter.name in said for letter in letters[1:])
    (tmp_path / "函" / "别的.txt").write_text("不是密钥函", encoding="utf-8")
    assert "别的.txt" in run("election", "ceremony", "--destroy", str(tmp_path / "函"), *MEMBERS, *TWO, code=5).stderr
    assert all(letter.exists() for letter in letters[1:])
    (tmp_path / "函" / "别的.txt").unlink()
    run("election", "ceremony", "--destroy", str(tmp_path / "函"), *MEMBERS, *TWO, code=0)
    assert not (tmp_path / "函").exists()


def test_a_ceremony_killed_or_given_up_leaves_no_key_and_a_broken_off_one_no_letters(
    printed: Stage, tmp_path: Path
) -> None:
    """Killed while the second holder types: the letters left are those of a key that no box has."""
    before = printed.dump()
    asked: list[str] = []

    def answers(shown: str) -> str | None:
        asked.append(shown)
        return " ".join(letter_of(tmp_path, shown)) if len(asked) == 1 else None

    code, _ = typed(printed, tmp_path, answers, *CEREMONY, "--threshold", "2", "--letters", "函")
    assert code == -9
    assert printed.dump() == before
    run, left = at(printed), str(tmp_path / "函")
    again = run(*CEREMONY, "--threshold", "2", "--letters", left, code=5).stderr
    assert "它们已经作废" in again
    assert f"密钥函-1-1-{HOLDERS[0]}.pdf" in again
    assert "直接删除文件" in run("election", "ceremony", "--destroy", left, *MEMBERS, *TWO, code=5).stderr
    code, shown = typed(printed, tmp_path, lambda _: "foo", *CEREMONY, "--threshold", "2", "--letters", "另函")
    assert (code, shown.count("请输入你的份额")) == (2, 5)
    assert "已经打印的请当众撕毁" in shown
    assert printed.dump() == before
    assert not (tmp_path / "另函").exists()  # the same command holds it again


def test_a_ceremony_that_cannot_be_recorded_prints_nothing(printed: Stage, tmp_path: Path) -> None:
    """Two holders, a threshold of all, a folder that is there, one scrutineer alone."""
    run = at(printed)
    letters = ("--letters", str(tmp_path / "函"))
    run("election", "ceremony", *MEMBERS, *TWO, code=2)
    run(*CEREMONY, "--threshold", "3", *letters, code=5)
    run("election", "ceremony", "--holder", "赵监票", *MEMBERS, *TWO, *letters, code=5)
    run(*CEREMONY[:-2], "--threshold", "2", *letters, code=5)
    (tmp_path / "函").mkdir()
    assert "已经存在" in run(*CEREMONY, "--threshold", "2", *letters, code=5).stderr
    assert not any((tmp_path / "函").iterdir())


def test_passes_are_printed_with_a_code_that_a_phone_reads(phones: Stage, tmp_path: Path) -> None:
    """The link holds the code in its fragment; the sheet is its owner's alone, and is deleted by two."""
    run = at(phones)
    file = tmp_path / "凭证.pdf"
    run(
        "election",
        "passes",
        "--number",
        10,
        "--out",
        str(file),
        "--page",
        "https://hall.example/v",
        *MEMBERS,
        *TWO,
        code=0,
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    pdf = pypdfium2.PdfDocument(file)
    links = [found.text for page in pdf for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert len(links) == 10
    assert all(link.startswith("https://hall.example/v#") for link in links)
    shown = [
        f"{'-'.join(code[n : n + 4] for n in range(0, 16, 4))}-{code[16]}" for code in (link[-17:] for link in links)
    ]
    assert all(code in text for code in shown)
    run("election", "void-passes", *shown[:1], links[1], *MEMBERS, *TWO, code=0)
    run("election", "passes", "--destroy", str(file), *MEMBERS, *TWO, code=0)
    assert not file.exists()
    run("election", "passes", "--number", 10, *MEMBERS, *TWO, code=2)
    run("election", "passes", "--number", 10, "--out", str(tmp_path / "x.txt"), *MEMBERS, *TWO, code=2)


def test_leftover_passes_are_scanned_one_by_one_at_the_terminal(phones: Stage, tmp_path: Path) -> None:
    """An answer to each, no code on the screen; one mistyped, twice or of another poll costs none of the others."""
    codes, strange = phones.passes(12), "0" * 17
    given = iter((codes[0], codes[1][:-1] + "*", codes[0], strange, codes[1], ""))
    done, shown = typed(phones, tmp_path, lambda _: next(given), "election", "void-passes", *MEMBERS, *TWO)
    assert done == 0, shown
    assert "直接按回车（或 Ctrl-D）结束" in shown
    assert shown.count("收下\r\n") == 2
    assert [shown.count(said) for said in ("输入有误", "已经扫过", "不是本次投票的凭证")] == [1, 1, 1]
    assert "已作废 2 份凭证" in shown
    assert not [code for code in codes if code in shown]
    assert sum("void" in row for row in phones.rows("voting_passes")) == 2


def test_nothing_is_scanned_where_nothing_may_be_taken(phones: Stage, tmp_path: Path) -> None:
    """Handing in before the poll has closed is a wrong stage at the first code, not at the end of the pile."""
    codes = phones.passes(12)
    done, shown = typed(phones, tmp_path, lambda _: codes[0], "election", "hand-in", *MEMBERS, *TWO)
    assert (done, shown.count("第 1 份")) == (4, 1)


def test_the_box_is_opened_by_shares_from_a_pipe_or_a_terminal(phones: Stage, tmp_path: Path) -> None:
    """Too few is a wrong call; the same twice asks for another person; progress and faults are told."""
    codes = phones.passes(12)
    phones.open(12, 12)
    for code in codes:
        phones.cast(code)
    phones.declared(0)
    run = at(phones)
    assert "份额不足" in run("election", "unseal", *MEMBERS, *TWO, input=f"{phones.shares[0]}\n", code=2).stderr
    run("election", "unseal", *MEMBERS, *TWO, input=f"{phones.shares[0]}\nfoo\n", code=2)
    given = iter((phones.shares[1], phones.shares[1], phones.shares[2]))
    done, shown = typed(phones, tmp_path, lambda _: next(given), "election", "unseal", *MEMBERS, *TWO)
    assert done == 0, shown
    assert "这一份已经输入过" in shown
    assert "已开启凭证选票 12 张" in shown
    assert "未作改动" in run("election", "unseal", *MEMBERS, *TWO, code=0).stdout


def shown_of(run: Run) -> str:
    """What status says."""
    return str(run("status", code=0).stdout)


def test_status_offers_what_is_left_to_do_with_its_command(phones: Stage) -> None:
    """A roll that is frozen is not added to, a trace once scrubbed is scrubbed; casting has a command."""
    run = at(phones)
    said = shown_of(run)
    assert "增改代表名册" not in said.partition("congress）")[2].partition("●")[0]
    assert "先制发凭证（election passes）、举行密钥仪式（election ceremony）" in said
    codes = phones.passes(12)
    phones.open(12, 12).cast(codes[0])
    said = shown_of(run)
    assert "投票（federation election cast --contest members）" in said
    assert "federation election passes --destroy 文件 --contest members" in said
    phones.at("members", polls.close_poll, phones.act())
    assert "清除投票痕迹" in shown_of(run)
    run("election", "close", *MEMBERS, "--as", "赵监票", code=0)
    assert "清除投票痕迹" not in shown_of(run)


def test_status_says_in_time_that_a_vote_with_passes_wants_three_scrutineers(phones: Stage) -> None:
    """The meeting adopts the list: in the hall it is too late to lengthen it."""
    run = at(phones)
    phones.do(elections.set_scrutineers, {"chief_scrutineer": ["向晚晴"], "scrutineer": ["赵监票"]})
    [warning] = answer(run("status", "--json", code=0))["warnings"]
    assert "至少 3 名，名单上现有 2 名" in warning
    assert "提醒：" + warning in shown_of(run)
    phones.do(elections.set_scrutineers, {"chief_scrutineer": ["向晚晴"], "scrutineer": ["赵监票", "孙监票"]})
    assert answer(run("status", "--json", code=0))["warnings"] == []


def test_the_desk_by_command(phones: Stage) -> None:
    """exchange, dispute, late-passes, hand-in, returned: the words and figures a scrutineer reads."""
    codes = phones.passes(16)
    phones.open(8, 14, kept_back=2)
    run = at(phones)
    run("election", "exchange", *codes[:3], *MEMBERS, *TWO, code=0)
    run("election", "dispute", 1, *MEMBERS, *TWO, code=0)
    assert "还剩 0 份" in run("election", "late-passes", 2, *MEMBERS, *TWO, code=0).stdout
    assert "未作改动" in run("election", "late-passes", 2, *MEMBERS, *TWO, code=0).stdout
    for code in codes[3:14]:
        phones.cast(code)
    said = run("election", "close", *MEMBERS, "--as", "赵监票", code=0).stdout
    assert "用凭证投出 11 票，未用凭证 2 份" in said
    assert "已清除投票先后的痕迹" in said
    assert "未作改动" in run("election", "close", *MEMBERS, "--as", "赵监票", code=0).stdout
    assert said.index("election hand-in --contest members") < said.index("election returned --papers")
    assert "--missing 2" in run("election", "returned", "--papers", 11, *MEMBERS, *TWO, code=5).stderr
    run("election", "hand-in", *MEMBERS, *TWO, input=f"{codes[14]}\n", code=0)
    run("election", "returned", "--papers", 12, *MEMBERS, *TWO, code=0)
    said = run("election", "returned", "--papers", 11, *MEMBERS, *TWO, code=0).stdout
    assert "更正：纸质选票原登记 12 张，现为 11 张" in said
    assert "凭证领出 16 份 = 已投 11 + 收回未用 1 + 换领纸质选票 3 + 未交回 1（请当场宣布未交回的份数）" in said
