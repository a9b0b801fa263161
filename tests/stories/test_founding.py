"""
A founding from the first command to the archive, led by `federation status`.

王秘书 knows nothing but where to look: before every step she asks what is next, reads what stands in the way, and types
the command that status gives her, with her own figures in the places left open. Nine delegates elect a committee of
three; the three elect their chair.
"""

import json
import shlex
from pathlib import Path
from typing import Any

from federation.clock import SetClock
from tests.halls import AS, PROSE, delegates, roll_file
from tests.shell import Run, answer
from tests.stories.telling import TWO, ask, box, carried

CHARTER = "# 示例区妇女联合会章程\n\n第一条 本会名称为示例区妇女联合会。\n\n第二条 本会每届任期五年。\n"
METHOD = """
title = "示例大会选举办法"
quorum = ">= 2/3 of due"
elected = "> 1/2 of due"

[ballot]
order = "as_listed"

[[contest]]
id = "members"
office = "执行委员会委员"
seats = 3
surplus = { count = 1 }
"""
PLENARY = """
title = "示例全体会议选举办法"
elected = "> 1/2 of due"

[[contest]]
id = "chair"
office = "主席"
seats = 1
requires = "members"
"""


class Secretary:
    """Asks status, reads what stands in the way, types the command it gives."""

    def __init__(self, run: Run, clock: SetClock) -> None:
        self.run, self.clock = run, clock

    def offered(self, where: str) -> dict[str, Any]:
        """The steps that status offers at this place (`""` is the founding itself), by event."""
        [case] = answer(self.run("status", "--json", code=0))["cases"]
        for part in filter(None, where.split("/")):
            case = next(child for child in case["children"] if child["case"] == part)
        return {step["event"]: step for step in case["next"]}

    def blocked(self, event: str, where: str = "") -> list[str]:
        """What stands in the way of a step: the same that typing its command would say."""
        step = self.offered(where)[event]
        assert step["ready"] is (step["findings"] == [])
        return [finding["problem"] for finding in step["findings"]]

    def take(self, event: str, where: str = "", ready: bool = True, by: tuple[str, ...] = AS, **own: object) -> str:
        """Type the command of a step; `own` are the values for the places that it leaves open."""
        step = self.offered(where)[event]
        assert step["ready"] is ready, step["findings"]
        words = shlex.split(step["command"])
        assert words.pop(0) == "federation"
        if "--with" in words:
            del words[words.index("--with") :]
        typed = [str(own.pop(word, word)) for word in words]
        assert own == {}, f"{step['command']} leaves no place for {own}"
        return str(self.run(*typed, *by, code=0).stdout)

    def on(self, month: int, day: int) -> None:
        """It is nine o'clock of a later day."""
        now = self.clock.now()
        self.clock.advance(days=(now.replace(month=month, day=day) - now).days)


def files(folder: Path) -> Path:
    for name, text in (("charter.md", CHARTER), ("method.md", PROSE), ("method.toml", METHOD), ("chair.toml", PLENARY)):
        (folder / name).write_text(text, encoding="utf-8")
    roll_file(folder / "roll.xlsx", delegates())
    return folder


def test_a_founding_led_by_what_status_says(founded: Run, clock: SetClock, tmp_path: Path) -> None:
    """Every obstacle of domain.md section 2 is met on the way and cured by the command beside it."""
    her, run, folder = Secretary(founded, clock), founded, files(tmp_path)
    for name in ("赵监票", "钱监票"):
        run("officer", "add", name, "--role", "scrutineer", *AS, code=0)

    # preparing, drafting, comments
    her.take("form_group")
    assert len(her.blocked("open_comments")) == 3
    run("draft", "add", "charter", folder / "charter.md", *AS, code=0)
    for id, data in (("method", "method"), ("method:plenary", "chair")):
        run("draft", "add", id, folder / "method.md", "--data", folder / f"{data}.toml", *AS, code=0)
    her.take("open_comments", ready=False, 日期="2020-11-12")
    comment = ("--draft", "charter", "--clause", "第二条", "--from", "第一小学", "请写明任期")
    run("comments", "add", *comment, *AS, code=0)
    her.on(11, 12)
    assert len(her.blocked("close_comments")) == 2
    her.on(11, 13)
    assert her.blocked("close_comments") == ["还有 1 条意见未答复"]
    run("comments", "answer", "1", "--adopted", "--reason", "已写明", *AS, code=0)
    her.take("close_comments")

    # the drafts, the request, the roll, the call
    assert her.blocked("settle_drafts")
    for id in ("charter", "method", "method:plenary"):
        run("draft", "submit", id, *AS, code=0)
    her.take("settle_drafts")
    assert len(her.blocked("convene")) == 3
    ask(run, "congress", "1号")
    at = ("--meeting", "congress", *AS)
    run("roll", "import", folder / "roll.xlsx", *at, code=0)
    run("roll", "review", "--all", "--passed", *at, code=0)
    run("roll", "freeze", *at, code=0)
    run("meeting", "agenda", "选举办法", "章程", "选举", *at, code=0)
    her.take("call", "congress", 日期="2020-11-20", 地点="礼堂", 主持人="丁一禾")
    run("election", "plan", *at, code=0)
    run("election", "nominate", "马秋澜", "邓云舒", "田富", "田大利", "--contest", "members", *AS, code=0)
    ask(run, "candidates:congress", "2号")
    her.take("convene")

    # the congress
    her.on(11, 20)
    assert her.blocked("open_session", "congress")
    run("meeting", "checkin", "--all", *at, code=0)
    her.take("open_session", "congress")
    her.take("open_congress")
    assert len(her.blocked("begin_election")) == 3
    her.take("print_papers", "congress/members", 张数=9)
    problems = her.blocked("open_poll", "congress/members")
    assert any("还没有通过选举办法" in problem for problem in problems)
    assert any("监票人" in problem for problem in problems)
    for draft in ("method", "charter"):
        carried(run, draft, 9)
        run("draft", "adopt", draft, *AS, code=0)
    run("election", "scrutineers", "--chief", "向晚晴", "--teller", "丁一禾", *at, code=0)
    carried(run, "scrutineers", 9)
    her.take("begin_election")
    poll = "congress/members"
    assert her.blocked("open_poll", poll) == ["一张选票也没有发出"]
    her.take("open_poll", poll, ready=False, 发出的张数=9)
    her.take("close_poll", poll)
    her.take("count_returned", poll, ready=False, by=TWO, 张数=9)
    assert "declare_void" not in [event for event, step in her.offered(poll).items() if step["ready"]]
    her.take("declare_valid", poll)
    assert her.blocked("count_ballots", poll) == ["members：箱内纸质选票 9 张，已录入 0 张"]
    run("election", "enter", box(run, "members", ["○○○×"] * 6 + ["○○×○"] * 3), "--contest", "members", *AS, code=0)
    her.take("count_ballots", poll)
    assert "执行委员会委员当选：" in her.take("announce", poll)
    her.take("elect_committee")
    her.take("adjourn", "congress")

    # the first plenary, among those elected
    at = ("--meeting", "plenary", *AS)
    run("roll", "draw", *at, code=0)
    run("roll", "freeze", *at, code=0)
    run("meeting", "agenda", "选举办法", "选举主席", *at, code=0)
    her.take("call", "plenary", 日期="2020-11-20", 地点="小会议室", 主持人="马秋澜")
    run("meeting", "checkin", "--all", *at, code=0)
    her.take("open_session", "plenary")
    her.take("open_plenary")
    carried(run, "method", 3)
    run("draft", "adopt", "method:plenary", *AS, code=0)
    run("election", "scrutineers", "--chief", "向晚晴", *at, code=0)
    carried(run, "scrutineers", 3)
    run("election", "plan", *at, code=0)
    run("election", "nominate", "田大利", "--contest", "chair", *AS, code=0)
    ask(run, "candidates:plenary", "3号")
    assert any("田大利没有当选" in problem for problem in her.blocked("print_papers", "plenary/chair"))
    run("election", "withdraw", "田大利", "--contest", "chair", *AS, code=0)
    run("election", "nominate", "马秋澜", "--contest", "chair", *AS, code=0)
    ask(run, "candidates:plenary", "4号")
    poll = "plenary/chair"
    her.take("print_papers", poll, 张数=3)
    her.take("open_poll", poll, ready=False, 发出的张数=3)
    her.take("close_poll", poll)
    her.take("count_returned", poll, ready=False, by=TWO, 张数=3)
    her.take("declare_valid", poll)
    run("election", "enter", box(run, "chair", ["○"] * 3), "--contest", "chair", *AS, code=0)
    her.take("count_ballots", poll)
    assert "主席当选：马秋澜" in her.take("announce", poll)
    her.take("adjourn", "plenary")

    # office, report, archive
    said = her.take("appoint", 年数=5)
    assert "马秋澜" in said
    assert len(her.blocked("report")) == 2
    ask(run, "result", "5号")
    run("filing", "send", "--to", "示例市妇联", *AS, code=0)
    her.take("report")
    her.take("archive")
    assert her.offered("") == {}
    terms = answer(run("term", "list", "--json", code=0))
    assert [(row["office"], row["name"]) for row in terms] == [
        ("执行委员会委员", "马秋澜"),
        ("执行委员会委员", "邓云舒"),
        ("执行委员会委员", "田富"),
        ("主席", "马秋澜"),
    ]
    made = json.loads(run("paper", "list", "--json", code=0).stdout)
    assert {"minutes-congress", "minutes-plenary", "comment_table"} <= {slot["short_id"] for slot in made}
    run("journal", "verify", code=0)
