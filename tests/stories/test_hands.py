"""
A small federation elects its officers by show of hands, typed from the call to the announcement.

Nine delegates, one of whom leaves before the vote. 举手: nothing is printed, nothing issued, nothing found in a box.
The list is fixed, the quorum asked, hands are counted name by name by two; from there on it goes as with ballots.
"""

from pathlib import Path

import pytest

from tests import halls
from tests.halls import AS, convened
from tests.shell import Run, answer

AT = ("--meeting", "congress", *AS)
ON = ("--contest", "members", *AS)
METHOD = halls.METHOD.replace('elected = "> 1/2 of due"', 'elected = "> 1/2 of present"\nform = "hands"')


def test_an_election_by_show_of_hands(founded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the notice to 当选, and a recount from the tally sheet says the same."""
    run = founded
    monkeypatch.setattr(halls, "METHOD", METHOD)
    monkeypatch.setattr(halls, "SUBMIT", ("--attest", "理事会规模小，历来举手"))
    run("officer", "add", "赵监票", "--role", "scrutineer", *AS, code=0)
    convened(run, tmp_path)

    run("election", "plan", *AT, code=0)
    run("election", "nominate", "马秋澜", "邓云舒", "田富", "田大利", *ON, code=0)
    run("request", "file", "candidates:congress", "--to", "示例党工委", *AS, code=0)
    run("request", "reply", "candidates:congress", "--number", "示例〔2020〕2号", *AS, code=0)
    run("election", "scrutineers", "--chief", "向晚晴", *AT, code=0)
    assert "举手表决不印选票" in run("election", "papers", "--number", "9", *ON, code=2).stderr
    fixed = run("election", "papers", *ON, code=0).stdout
    assert fixed == "名单已确定，举手表决的次序：\n执行委员会委员（应选 3 名）：马秋澜、邓云舒、田富、田大利\n"

    run("meeting", "checkin", "--all", *AT, code=0)
    run("meeting", "quorum", *AT, code=0)
    run("motion", "put", "method", *AS, code=0)
    run("motion", "record", "--approve", "9", "--against", "0", "--abstain", "0", *AS, code=0)
    run("draft", "adopt", "method", *AS, code=0)
    run("motion", "put", "scrutineers", *AS, code=0)
    run("motion", "record", "--approve", "9", "--against", "0", "--abstain", "0", *AS, code=0)
    run("meeting", "leave", "9", *AT, code=0)

    assert run("election", "open", *ON, code=0).stdout == "开始举手表决：应到 9，实到 8\n"
    run("election", "close", *ON, code=0)
    counted = ("马秋澜=8/0/0", "邓云舒=6/1/1", "田富=4/4/0", "田大利=5/2/1")
    run("election", "hands", *counted, *ON, code=5)  # one person alone
    assert "看不懂" in run("election", "hands", "马秋澜=8", *ON, "--with", "赵监票", code=2).stderr
    told = run("election", "hands", *counted, *ON, "--with", "赵监票", code=0).stdout
    assert told.splitlines()[:2] == ["执行委员会委员：已登记举手人数", "马秋澜：赞成 8，反对 0，弃权 0"]

    said = run("election", "count", *ON, code=0).stdout
    assert "应到会 9 人，实到 8 人" in said
    assert "田富：赞成 4 票，反对 4 票，弃权 0 票，未超过实到会 8 人的半数（需 5 票），未当选" in said
    assert "选票" not in said
    run("election", "announce", *ON, code=0)
    [row] = answer(run("election", "list", "--json", *AT[:2], code=0))
    assert (row["state"], row["due"], row["present"], row["issued"]) == ("已宣布结果", 9, 8, None)

    (tmp_path / "totals.csv").write_text(
        "candidate,approve,against,abstain\n马秋澜,8,0,0\n邓云舒,6,1,1\n田富,4,4,0\n田大利,5,2,1\n", encoding="utf-8"
    )
    again = run(
        "count", tmp_path / "method.toml", "--totals", tmp_path / "totals.csv", "--ledger", "due=9,present=8", "--json"
    )
    assert answer(again) == answer(run("election", "result", "--contest", "members", "--json", code=0))
