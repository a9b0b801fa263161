"""One poll of a record: what its file says, and what the journal says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from federation.ballotbox.record.chain import Line
from federation.errors import Finding
from federation.facts.counting import Ledger
from federation.rules.chain import canonical
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

_ONCE = {
    "scrub": "scrub",
    "unseal": "unseal",
    **dict.fromkeys(("ceremony.hold", "ceremony.reserve"), "key"),
    **dict.fromkeys(
        ("presidium_decision", "next_session", "tie_runoff", "supplementary_ballot", "formal_ballot"), "decision"
    ),
}
"""Acts that are done once, of each contest where they are of one, and what they give: a voided key may be replaced."""
_BY_ROUND = (
    ("count_ballots", "results"),
    ("count_ballots", "papers_sha256"),
    ("announce", "elected"),
    ("announce_partly", "elected"),
)
"""Facts that are told of every contest of the sheet, and of no other."""
_NOT_TWICE = ("rule_on_box", "record_hands", "count_returned")
"""Acts that may be done again, and then say something else than before."""


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
        """Note that the record and the journal say different things; to JSON 7.0 is not 7, nor true 1."""
        if canonical(recorded) != canonical(journalled):
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
    """The acts stand in their order, and the lists, the key and the decisions are those of the journal."""
    poll.findings.extend(_order_findings(poll))
    poll.findings.extend(_once_findings(poll))
    _check_lists(poll)
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


def _once_findings(poll: Poll) -> Iterator[Finding]:
    """Say which line says again what was said: a box is keyed, scrubbed and opened once, a contest decided once."""
    said: dict[tuple[str, object], object] = {}
    for line in poll.lines:
        if line.act in _ONCE or line.act in _NOT_TWICE:
            of = (_ONCE.get(line.act, line.act), line.facts.get("contest"))
            if of in said and (line.act in _ONCE or said[of] == line.facts):
                yield Finding(f"工作日志第 {line.sequence} 行 {line.act} 重复（{poll.folder}）", LAW, REMEDY)
            said[of] = line.facts
        elif line.act == "ceremony.void":
            said.pop(("key", None), None)


def check_planned(poll: Poll, lines: Sequence[Line]) -> None:
    """The contests of a sheet stand in the order in which its meeting planned them, whose lines these are."""
    planned: Sequence[str] = next((line.facts["contests"] for line in lines if line.act == "plan"), [])
    contests = [round["contest"] for round in poll.rounds]
    poll.differ("选举项目的次序", contests, [name for name in planned if name in contests])


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
        if round["tally_sheet"] is not None and not _is_sheet(poll, round):
            poll.wrong("poll.json", f"的 {round['round']} 计票表 tally_sheet 不是规定的写法")
    if line:
        poll.differ("选举项目", sorted(round["round"] for round in poll.rounds), sorted(line.facts["lists"]))


def _is_sheet(poll: Poll, round: Mapping[str, Any]) -> bool:
    """True for a tally sheet in its one spelling: the list in its order, then written names by themselves, in order."""
    rows, marks = round["tally_sheet"]["names"], poll.method.ballot.marks
    listed = [(name, False) for name in round["candidates"]]
    written = [(name, True) for name in sorted({row[0] for row in rows} - set(round["candidates"]))]
    lacking = [(against is None, abstain is None) for _, _, _, against, abstain in rows]
    known = (marks.against is None, marks.abstain is None)
    return [(name, write_in) for name, write_in, *_ in rows] == listed + written and lacking == [
        (True, True) if row[1] else known for row in rows
    ]


def _check_key(poll: Poll) -> None:
    key, held = poll.data["key"], poll.last("ceremony.hold", "ceremony.reserve", "ceremony.void")
    if opened := poll.last("open_poll", "open_hands"):
        drawn = opened.facts["drawn"] + opened.facts["kept_back"]
        poll.differ("密钥", key["public"] if key and drawn else "", opened.facts["key"])
    if held is None or held.act == "ceremony.void":
        poll.differ("密钥", key, None)
        return
    said = {name: held.facts[name] for name in ("public", "threshold", "holders")}
    private = key["private"] if key else None
    poll.differ("密钥", key, {**said, "private": private})
    if unsealed := poll.last("unseal"):
        _check_shares(poll, unsealed.facts["shares"], said)


def _check_shares(poll: Poll, shares: Sequence[str], key: Mapping[str, Any]) -> None:
    """A box is opened by so many of its holders, each once, in the order in which they hold."""
    if shares != [name for name in key["holders"] if name in shares] or len(shares) < key["threshold"]:
        poll.wrong("poll.json", f"的票箱不是由规定人数的密钥保管人开启的：{'、'.join(shares) or '无人'}")


def _check_decisions(poll: Poll) -> None:
    for act, fact in _BY_ROUND:
        if line := poll.last(act):
            rounds = sorted(round["round"] for round in poll.rounds)
            poll.differ(f"选举项目（{act} 的 {fact}）", rounds, sorted(line.facts[fact]))
    poll.differ("就票箱的决定", poll.data["ruling"], _facts(poll.last("rule_on_box")))
    for round in poll.rounds:
        name = round["round"]
        raised = [
            line.facts["votes"] for line in poll.lines if line.act == "record_hands" and line.facts["contest"] == name
        ]
        poll.differ(f" {name} 举手人数", round["hands"], raised[-1] if raised else None)
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
