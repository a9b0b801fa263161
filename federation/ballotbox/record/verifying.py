"""
The whole record verified: everything is done again, and the verdict says no more than was seen.

Consistent: the archive agrees with itself, down to the last byte. Authentic: besides, its journal has the 校验码 of a
paper that somebody signed, at or after every count. Whoever rewrote all of it with a key of her own is consistent, and
no more.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.record.archive import FAILED, SUMS, Archive
from federation.ballotbox.record.ballots import Box, check_box, check_codes
from federation.ballotbox.record.chain import JOURNAL, Chain, Line, polls_named, read
from federation.ballotbox.record.counts import check_result
from federation.ballotbox.record.polls import LAW, REMEDY, Poll, check_acts
from federation.errors import FederationError, Finding, Refused
from federation.rules.methods import load_method

FORMAT = "federation-record-1"
_COMMON = ("README.txt", "characters.json", JOURNAL, "papers.json", "record.json", SUMS)
_AFTERWARDS = ("export", "secret")
"""Acts on a poll that change nothing of its result: files exported, secret papers deleted."""
_HEAD = {"format", "kind", "case", "federation", "head", "definition", "polls"}

_POLL = {
    "poll", "subject", "meeting", "sheet", "form", "state", "method_sha256", "definition", "key", "ledger", "salt",
    "ruling", "unsealed", "rounds", "delegates",
}  # fmt: skip
_LEDGER = {
    "due", "present", "papers_printed", "handed_out", "passes", "void", "drawn", "kept_back", "exchanged", "phones",
    "spent", "handed_in", "missing", "disputes", "faulty", "papers", "ticked",
}  # fmt: skip
_ROUND = {
    "round", "contest", "office", "kind", "nth", "seats", "candidates", "hands", "decision", "tally_sheet", "elected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, line by line, and what may be said of the record."""

    word: str
    """consistent or authentic."""
    kind: str
    checked: tuple[str, ...]
    anchored: tuple[str, ...] = ()
    """Polls whose count stands at or before a line that a code on paper names."""
    unanchored: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """What an officer reads."""
        said = {"consistent": "一致（consistent）：记录自相一致", "authentic": "真实（authentic）：与签过字的纸相符"}
        return [*self.checked, f"结论：{said[self.word]}"]

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("word", "kind", "checked", "anchored", "unanchored")}


def verify(file: Path, against: Sequence[str] = (), executor: Executor | None = None) -> Verdict:
    """
    Do everything again that a record claims; Refused names every member and line that is not as it must be.

    `against` are check codes (校验码) from signed paper. `executor` opens seals in several processes.
    """
    with Archive(file) as archive:
        try:
            return _Verification(archive, executor).run(against)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
            finding = Finding(f"内容不合规定的格式（{type(error).__name__}）", "选举记录的格式", REMEDY)
            raise Refused(FAILED, [finding]) from None


class _Verification:
    """One record as it is verified; what is found wrong on the way is told at the end, all of it."""

    def __init__(self, archive: Archive, executor: Executor | None) -> None:
        self.archive, self.executor = archive, executor
        self.told: list[str] = []
        self.findings: list[Finding] = []
        self.counted: dict[str, int] = {}
        """Folder of each counted poll → the sequence of its count."""
        self.acts: dict[str, Sequence[Line]] = {}
        """Folder of each poll → its lines: a result is what the last of them left."""

    def run(self, against: Sequence[str]) -> Verdict:
        self.told.append(f"档案：{len(self.archive.members)} 个文件，逐字节合乎规定的格式")
        self.told.append(f"校验值：{self.archive.check_sums()} 个文件与 {SUMS} 相符")
        head = self._head()
        chain, broken = read(self.archive, head["case"])
        if not broken and head["head"] != chain.head:
            broken = [Finding(f"{JOURNAL} 的末行不是 record.json 所记的校验码：末尾缺行或多行", "工作日志", REMEDY)]
        if broken:
            raise Refused(FAILED, broken)
        self.told.append(f"工作日志：{chain.length} 行前后相扣")
        registered = [line for line in chain.lines if line.act == "register"]
        if {"id": registered[0].subject, "name": registered[0].facts["name"]} != head["federation"]:
            self.findings.append(Finding("record.json 的妇联与工作日志所登记的不符", LAW, REMEDY))
        polls = [self._poll(folder, head, chain) for folder in head["polls"]]
        self._definitions(head, polls, chain)
        self._whole(head, polls, chain)
        self._papers()
        if self.findings:
            raise Refused(FAILED, self.findings)
        return self._verdict(head, chain, against)

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = self.archive.json("record.json")
        if head.keys() != _HEAD or head["format"] != FORMAT or head["kind"] not in ("public", "sealed"):
            raise Refused(FAILED, [Finding("record.json 不是本程序认识的选举记录", "选举记录的格式", REMEDY)])
        if self.archive.read("README.txt") != ABOUT[head["kind"]].encode():
            self.findings.append(Finding("README.txt 不是这种记录的说明", "选举记录的格式", REMEDY))
        return head

    def _definitions(self, head: dict[str, Any], polls: Sequence[Poll], chain: Chain) -> None:
        """The definitions are those that the journal names, each with the content that its name is the hash of."""
        opened = [line for line in chain.of(head["case"]) if line.act in ("open_case", "adopt_definition")]
        journalled = opened[-1].facts.get("to") or opened[-1].facts["definition"]
        if head["definition"] != journalled:
            self.findings.append(Finding("record.json 的流程文件与工作日志不符", LAW, REMEDY))
        wanted = {f"definitions/{sha256}.toml" for sha256 in (journalled, *(poll.data["definition"] for poll in polls))}
        found = {name for name in self.archive.members if name.startswith("definitions/")}
        for name in sorted(found ^ wanted):
            self.findings.append(Finding(f"{name} {'缺少' if name in wanted else '不该在这份记录里'}", LAW, REMEDY))
        for name in found:
            if f"definitions/{hashlib.sha256(self.archive.read(name)).hexdigest()}.toml" != name:
                self.findings.append(Finding(f"{name} 的内容与其名称所含的校验值不符", LAW, REMEDY))
        self.told.append(f"流程文件：{len(found)} 份，与工作日志所记的相符")

    def _poll(self, folder: str, head: dict[str, Any], chain: Chain) -> Poll:
        data = self.archive.json(f"polls/{folder}/poll.json")
        toml = self.archive.read(f"polls/{folder}/method.toml")
        try:
            method = load_method(toml.decode(), f"polls/{folder}/method.toml")
        except FederationError as refused:
            raise Refused(FAILED, [*refused.findings, Finding(f"polls/{folder}/method.toml 读不出来")]) from None
        lines = chain.of(data["subject"])
        counted = next((line.sequence for line in lines if line.act == "count_ballots"), 1 << 62)
        poll = Poll(folder, data, method, lines, chain.settled(counted))
        prose = self.archive.read(poll.member("method.md"))
        poll.differ("选举办法", data["method_sha256"], hashlib.sha256(prose + b"\0" + toml).hexdigest())
        self._names(poll, head)
        try:
            box = self._box(poll, head)
            check_acts(poll)
            self._count(poll, box)
        except FederationError as refused:
            poll.findings.extend(refused.findings or [Finding(f"polls/{folder}：{refused.message}", LAW, REMEDY)])
        self.findings.extend(poll.findings)
        self.acts[folder] = [line for line in poll.lines if line.act.partition(".")[0] not in _AFTERWARDS]
        return poll

    def _names(self, poll: Poll, head: dict[str, Any]) -> None:
        """A poll is what its folder and its subject say, and follows a definition that is here."""
        data = poll.data
        if data.keys() != _POLL or data["ledger"].keys() != _LEDGER or any(one.keys() != _ROUND for one in poll.rounds):
            poll.wrong("poll.json", "的项目不合规定")
        poll.differ("方式", data["form"], poll.method.form)
        poll.differ("编号", f"{data['meeting']}.{data['sheet']}", poll.folder)
        poll.differ("对象", data["subject"], f"{head['case']}/{data['meeting']}/{data['sheet']}")
        poll.differ("名称", data["poll"], f"{head['federation']['id']}/{data['subject']}")
        definition = tomllib.loads(self.archive.read(f"definitions/{data['definition']}.toml").decode())
        reached = {step["event"]: step["to"] for step in definition["step"]}
        moves = [reached[line.act] for line in poll.lines if line.act in reached]
        poll.differ("状态", data["state"], moves[-1] if moves else definition["process"]["start"])

    def _box(self, poll: Poll, head: dict[str, Any]) -> Box | None:
        """The box of a poll that stands here in full; of another its check codes alone."""
        full = head["kind"] == "sealed" or poll.method.record.publish == "papers"
        must = full and poll.last("unseal") is not None
        if poll.data["unsealed"] is not must:
            poll.wrong("poll.json", "的 unsealed 与记录的种类不符")
        if poll.data["form"] == "hands":
            return None
        if not full:
            if poll.last("unseal"):
                found = check_codes(self.archive, poll, None)
                self.told.append(f"{poll.folder}：核对码 {found} 个，与工作日志相符；选票未随本记录公布")
            return None
        box = check_box(self.archive, poll, self.executor)
        self.told.append(_told(poll, box))
        return box

    def _count(self, poll: Poll, box: Box | None) -> None:
        counted = poll.last("count_ballots")
        for round in poll.rounds:
            result = check_result(self.archive, poll, round, box)
            if result is None or counted is None:
                continue
            self.counted[poll.folder] = counted.sequence
            if round["hands"] is not None:
                how = "依举手人数重算"
            else:
                how = "依选票重新计票" if box else "依合计票数重算（选票未公布，不能逐张重计）"
            self.told.append(f"{poll.folder} {round['office']}：{how}，结果逐字节相同")

    def _whole(self, head: dict[str, Any], polls: Sequence[Poll], chain: Chain) -> None:
        """No poll of the journal is left out, and no file is here that does not belong."""
        subjects = {poll.data["subject"] for poll in polls}
        for subject in polls_named(chain, head["case"]):
            if subject not in subjects:
                self.findings.append(Finding(f"工作日志里的选举 {subject} 不在记录里", LAW, REMEDY))
        expected = {*_COMMON, *(name for name in self.archive.members if name.startswith("definitions/"))}
        expected |= {poll.member(name) for poll in polls for name in _members(poll, head)}
        strange = [name for name in self.archive.members if name not in expected]
        lacking = [name for name in sorted(expected) if name not in self.archive.members]
        self.findings.extend(Finding(f"{name} 不该在这份记录里", "选举记录的格式", REMEDY) for name in strange)
        self.findings.extend(Finding(f"缺少 {name}", "选举记录的格式", REMEDY) for name in lacking)
        if self.archive.json("characters.json") != chain.settled():
            self.findings.append(Finding("characters.json 与工作日志所记的笔画不符", LAW, REMEDY))
        self.told.append(f"选举：{len(polls)} 次，与工作日志所记的齐全")

    def _papers(self) -> None:
        papers = self.archive.json("papers.json")
        for name, sums in papers.items():
            if sums.keys() != {"facts_sha256", "pdf_sha256"} or not all(isinstance(sum, str) for sum in sums.values()):
                self.findings.append(Finding(f"papers.json 的 {name} 不合规定", "选举记录的格式", REMEDY))
        self.told.append(f"文书：{len(papers)} 份的校验值（供与文书本身核对，不由校验码证明）")

    def _verdict(self, head: dict[str, Any], chain: Chain, against: Sequence[str]) -> Verdict:
        reached = 0
        for code in against:
            if (found := chain.found(code)) is None:
                raise Refused(FAILED, [_stranger(code)])
            self.told.append(f"纸上的校验码 {code[:12]}… 是工作日志第 {found} 行，其后还有 {chain.length - found} 行")
            reached = max(reached, found)
        late = {folder: [line for line in lines if line.sequence > reached] for folder, lines in self.acts.items()}
        anchored = tuple(folder for folder in self.counted if not late[folder])
        left = tuple(folder for folder in self.counted if late[folder])
        authentic = bool(against) and bool(anchored) and not any(late.values())
        if against:
            for folder, lines in late.items():
                if lines:
                    said = "、".join(dict.fromkeys(line.act for line in lines))
                    self.told.append(f"校验码管到第 {reached} 行；{folder} 其后还有 {said}，不在其内")
        return Verdict("authentic" if authentic else "consistent", head["kind"], tuple(self.told), anchored, left)


def _members(poll: Poll, head: dict[str, Any]) -> Iterator[str]:
    """The names of the files that a poll must have, and no others."""
    yield from ("poll.json", "method.md", "method.toml")
    if poll.last("count_ballots"):
        yield from (f"result-{round['round']}.json" for round in poll.rounds)
    opened = poll.last("unseal") is not None
    if (head["kind"] == "sealed" or poll.method.record.publish == "papers") and poll.data["form"] != "hands":
        yield from ("passes.txt", "sealed.txt", *(f"papers-{round['round']}.jsonl" for round in poll.rounds))
        if opened:
            yield "ballots.jsonl"
    if opened:
        yield "checks.txt"


def _told(poll: Poll, box: Box) -> str:
    parts = [f"凭证 {box.passes} 份", f"密封的选票 {box.sealed} 张"]
    if box.unsealed:
        parts.append(f"逐张拆开与记录相同：打开 {box.opened}，打不开 {box.faulty}")
    parts.extend(f"纸质选票（{name}）{number} 张" for name, number in box.papers.items())
    return f"{poll.folder}：{'；'.join(parts)}"


def _stranger(code: str) -> Finding:
    remedy = "核对纸上的字；无误则这份记录不是那次选举的，或被整个重造过，报告上级"
    return Finding(f"{JOURNAL} 里没有校验码 {code}", "签过字的纸证明工作日志", remedy)
