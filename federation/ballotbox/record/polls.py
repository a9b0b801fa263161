"""One poll of a record: what its file says, and what the journal says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from federation.ballotbox.record.chain import Line
from federation.errors import Finding
from federation.facts.counting import Ledger
from federation.rules.ledger import missing_passes
from federation.rules.methods import ElectionMethod

LAW = "选举记录与工作日志须相符"
REMEDY = "以签过字的纸和另一份记录核对"
ORDER = (
    ("print_papers", "fix_list"),
    ("open_poll", "open_hands"),
    ("close_poll",),
    ("count_returned", "record_hands"),
    ("declare_valid", "declare_void"),
    ("unseal",),
    ("count_ballots",),
    ("announce", "announce_partly"),
)
"""The acts of a poll, each after those before it; the lists may be fixed again until it opens."""


@dataclass(slots=True)
class Poll:
    """A poll as the record tells it, beside its lines in the journal. `findings` gathers what does not agree."""

    folder: str
    data: Mapping[str, Any]
    method: ElectionMethod
    lines: Sequence[Line]
    known: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def member(self, name: str) -> str:
        return f"polls/{self.folder}/{name}"

    @property
    def ledger(self) -> Mapping[str, Any]:
        ledger: Mapping[str, Any] = self.data["ledger"]
        return ledger

    @property
    def rounds(self) -> Sequence[Mapping[str, Any]]:
        rounds: Sequence[Mapping[str, Any]] = self.data["rounds"]
        return rounds

    def last(self, *acts: str) -> Line | None:
        """The last line of one of these acts."""
        return next((line for line in reversed(self.lines) if line.act in acts), None)

    def fact(self, act: str, name: str) -> Any:
        """What the last line of an act says under this name; None where there is no such line."""
        line = self.last(act)
        return line.facts.get(name) if line else None

    def differ(self, what: str, recorded: object, journalled: object) -> None:
        """Note that the record and the journal say different things."""
        if recorded != journalled:
            problem = f"{self.member('poll.json')} 的{what}与工作日志不符：{_short(recorded)} ≠ {_short(journalled)}"
            self.findings.append(Finding(problem, LAW, REMEDY))

    def wrong(self, member: str, problem: str) -> None:
        """Note what is wrong with a member."""
        self.findings.append(Finding(f"{self.member(member)} {problem}", LAW, REMEDY))

    def figures(self) -> Ledger:
        """应到 实到 发出 投票 收回, as the count takes them."""
        ledger = self.ledger
        if self.data["form"] == "hands":
            return Ledger(due=ledger["due"], present=ledger["present"])
        untold = ledger["ticked"] is None and ledger["handed_out"] + ledger["exchanged"]
        return Ledger(
            due=ledger["due"],
            present=ledger["present"],
            issued=ledger["handed_out"] + ledger["drawn"],
            voted=None if untold else (ledger["spent"] or 0) + (ledger["ticked"] or 0),
            returned=None if ledger["papers"] is None else (ledger["phones"] or 0) + ledger["papers"],
        )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def check_acts(poll: Poll) -> None:
    """The acts stand in their order, and the lists, the ledger, the key and the decisions are those of the journal."""
    poll.findings.extend(_order_findings(poll))
    _check_lists(poll)
    _check_ledger(poll)
    _check_key(poll)
    _check_decisions(poll)


def _order_findings(poll: Poll) -> Iterator[Finding]:
    reached = 0
    for line in poll.lines:
        stage = next((place for place, acts in enumerate(ORDER) if line.act in acts), None)
        if stage is None:
            continue
        if stage < reached:
            yield Finding(f"工作日志第 {line.sequence} 行 {line.act} 次序颠倒（{poll.folder}）", LAW, REMEDY)
        reached = max(reached, stage)
    places = {line.act: line.sequence for line in poll.lines}
    if not places.get("close_poll", 0) <= places.get("scrub", places.get("close_poll", 0)):
        yield Finding(f"{poll.folder} 没有结束投票就清除了痕迹", LAW, REMEDY)
    if "unseal" in places and not places.get("scrub", places["unseal"]) < places["unseal"]:
        yield Finding(f"{poll.folder} 没有清除痕迹就打开了票箱", LAW, REMEDY)
    if poll.last("declare_void") and poll.last("unseal", "count_ballots"):
        yield Finding(f"{poll.folder} 已宣布无效，票箱却被打开", "无效的票箱不得打开", REMEDY)


def _check_lists(poll: Poll) -> None:
    line = poll.last("print_papers", "fix_list")
    recalled = poll.last("recall_papers")
    if line and recalled and line.sequence < recalled.sequence:
        line = None  # that list was taken back, and no other was fixed yet
    for round in poll.rounds:
        contest = poll.method.contest(round["contest"])
        poll.differ(f" {round['round']} 职务", round["office"], contest.office)
        if round["kind"] == "first":
            poll.differ(f" {round['round']} 名额", round["seats"], contest.seats)
        if round["kind"] != "supplementary":
            poll.differ(f" {round['round']} 轮次", round["nth"], 1)
        if line:
            listed = line.facts["lists"].get(round["round"])
            poll.differ(f" {round['round']} 名单", round["candidates"], listed)
    if line:
        poll.differ("选举项目", sorted(round["round"] for round in poll.rounds), sorted(line.facts["lists"]))


def _check_ledger(poll: Poll) -> None:
    """Every figure is the journal's, and the figures balance."""
    ledger, opened, closed = poll.ledger, poll.last("open_poll", "open_hands"), poll.last("close_poll")
    expected: dict[str, Any] = {"due": None, "present": None, "handed_out": 0, "drawn": 0, "kept_back": 0}
    if opened:
        expected |= {name: opened.facts[name] for name in expected}
        for name, field in (("选举办法", "method"), ("流程文件", "definition")):
            poll.differ(name, poll.data[f"{field}_sha256" if field == "method" else field], opened.facts[field])
    if late := poll.last("late_passes"):
        expected |= {name: late.facts[name] for name in ("drawn", "kept_back")}
    expected["exchanged"] = poll.fact("exchange", "exchanged") or 0
    expected |= {"phones": closed.facts["cast"] if closed else None, "spent": closed.facts["spent"] if closed else None}
    expected["handed_in"] = poll.fact("hand_in", "handed_in") or 0
    expected["disputes"] = poll.fact("dispute", "disputes") or 0
    expected["faulty"] = poll.fact("unseal", "faulty")
    expected |= {name: poll.fact("count_returned", name) for name in ("papers", "ticked")}
    expected["papers_printed"] = poll.fact("print_papers", "papers") or 0
    expected["passes"] = sum(line.facts["passes"] for line in poll.lines if line.act == "passes.make")
    for name, figure in expected.items():
        poll.differ(f" {name}", ledger[name], figure)
    if returned := poll.last("count_returned"):
        for name in ("missing", "handed_in"):
            poll.differ(f" {name}", ledger[name], returned.facts[name])
    _check_balance(poll, opened is not None, closed is not None)


def _check_balance(poll: Poll, opened: bool, closed: bool) -> None:
    ledger = poll.ledger
    if opened and ledger["passes"] - ledger["void"] != ledger["drawn"] + ledger["kept_back"]:
        poll.wrong("poll.json", "凭证账目不平：印制 − 作废 ≠ 领出 + 预留")
    if closed:
        kept = {name: ledger[name] for name in ("drawn", "exchanged", "spent", "handed_in")}
        if ledger["missing"] != missing_passes(**kept):
            poll.wrong("poll.json", "凭证账目不平：领出 ≠ 已投 + 收回 + 换领 + 未交回")


def _check_key(poll: Poll) -> None:
    key, held = poll.data["key"], poll.last("ceremony.hold", "ceremony.reserve")
    if held is None:
        poll.differ("密钥", key, None)
        return
    said = {name: held.facts[name] for name in ("public", "threshold", "holders")}
    poll.differ("密钥", {name: key[name] for name in said} if key else None, said)
    opened = poll.fact("open_poll", "key")
    if key and opened:
        poll.differ("密钥", key["public"], opened)


def _check_decisions(poll: Poll) -> None:
    poll.differ("就票箱的决定", poll.data["ruling"], _facts(poll.last("rule_on_box")))
    for round in poll.rounds:
        name = round["round"]
        decided = [
            line.facts for line in poll.lines
            if line.act in ("presidium_decision", "next_session") and line.facts["contest"] == name
        ]  # fmt: skip
        said = {part: decided[-1][part] for part in ("note", "elected")} if decided else None
        if said or (round["decision"] or {}).keys() == {"note", "elected"}:
            poll.differ(f" {name} 主席团的决定", round["decision"], said)
        announced = poll.last("announce", "announce_partly")
        won = list(announced.facts["elected"].get(name, ())) if announced and round["kind"] != "primary" else []
        poll.differ(f" {name} 当选人", round["elected"], [*won, *(said["elected"] if said else ())])


def _facts(line: Line | None) -> Any:
    return dict(line.facts) if line else None
