"""
The whole record verified: everything is done again, and the verdict says no more than was seen.

Consistent: the archive agrees with itself, down to the last byte. Authentic: besides, its journal has the 校验码 of a
paper that somebody signed, at or after every count. Whoever rewrote all of it with a key of her own is consistent, and
no more.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path
from typing import Any

from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.record.acts import fact_findings
from federation.ballotbox.record.archive import FAILED, FORM, STRANGE, SUMS, Archive, reading
from federation.ballotbox.record.ballots import Box, check_box, check_empty, check_opened
from federation.ballotbox.record.chain import JOURNAL, Chain, Line, polls_named, read
from federation.ballotbox.record.counts import check_result
from federation.ballotbox.record.course import act_label, course_findings, ruling_findings
from federation.ballotbox.record.further import check_further
from federation.ballotbox.record.ledgers import check_ledger
from federation.ballotbox.record.polls import LAW, REMEDY, Poll, check_acts, check_planned
from federation.ballotbox.record.shapes import (
    COMMON,
    check_kept,
    head_misfits,
    is_full,
    members_of,
    papers_misfits,
    poll_misfits,
    reuse_findings,
)
from federation.ballotbox.record.texts import shown_findings
from federation.ballotbox.record.verdicts import Verdict
from federation.errors import FederationError, Finding, Refused
from federation.facts.counting import CountResult
from federation.rules.methods import ElectionMethod, load_method

_AFTERWARDS = ("export", "secret")
"""Acts on a poll that change nothing of its result: files exported, secret papers deleted."""


def verify(file: Path, against: Sequence[str] = (), executor: Executor | None = None) -> Verdict:
    """
    Do everything again that a record claims; Refused names every member and line that is not as it must be.

    `against` are check codes (校验码) from signed paper. `executor` opens seals in several processes.
    """
    try:
        with Archive(file) as archive:
            return _Verification(archive, executor).run(against)
    except Refused as refused:
        raise Refused(FAILED, shown_findings(refused.findings)) from None
    except STRANGE as error:
        finding = Finding(f"record.json 或其他文件不合规定的格式（{type(error).__name__}）", FORM, REMEDY)
        raise Refused(FAILED, [finding]) from None


class _Verification:
    """One record as it is verified; what is found wrong on the way is told at the end, all of it."""

    def __init__(self, archive: Archive, executor: Executor | None) -> None:
        self.archive, self.executor = archive, executor
        self.told: list[str] = []
        self.findings: list[Finding] = []
        self.counted: dict[str, int] = {}
        """Folder of each counted poll → the sequence of its count."""
        self.results: dict[str, dict[str, CountResult]] = {}
        """Folder of each poll → the result of each round that was counted, counted again."""
        self.acts: dict[str, Sequence[Line]] = {}
        """Folder of each poll → its lines: a result is what the last of them left."""
        self.labels: dict[str, Mapping[str, str]] = {}
        """Folder of each poll → what the acts of its process are called."""

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
        if lacking := list(fact_findings(chain.lines, head["case"])):
            raise Refused(FAILED, lacking)
        registered = [line for line in chain.lines if line.act == "register"]
        if len(registered) != 1:
            raise Refused(FAILED, [Finding(f"{JOURNAL} 里登记妇联（register）的不是一行", LAW, REMEDY)])
        if {"id": registered[0].subject, "name": registered[0].facts["name"]} != head["federation"]:
            self.findings.append(Finding("record.json 的妇联与工作日志所登记的不符", LAW, REMEDY))
        polls = [self._poll(folder, head, chain) for folder in head["polls"]]
        if not any(poll.findings for poll in polls):  # else nothing is known of what one ballot left to the next
            check_further(polls, self.results)
        self.findings.extend(finding for poll in polls for finding in poll.findings)
        self.findings.extend(reuse_findings(polls))
        self._definitions(head, polls, chain)
        self._whole(head, polls, chain)
        self._papers()
        if self.findings:
            raise Refused(FAILED, self.findings)
        return self._verdict(head, chain, against)

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = self.archive.json("record.json")
        if wrong := head_misfits(head):
            raise Refused(FAILED, [_unknown("record.json 不是本程序认识的选举记录", wrong)])
        if self.archive.read("README.txt") != ABOUT[head["kind"]].encode():
            self.findings.append(Finding("README.txt 不是这种记录的说明", FORM, REMEDY))
        return head

    def _definitions(self, head: dict[str, Any], polls: Sequence[Poll], chain: Chain) -> None:
        """The definitions are those that the journal names, each with the content that its name is the hash of."""
        acts = ("open_case", "adopt_definition")
        opened = [line for line in chain.of(head["case"]) if line.act in acts]
        if [line.act for line in opened].count("open_case") != 1 or opened[0].act != "open_case":
            problem = f"record.json 的 case：{JOURNAL} 里 {head['case']} 立案（open_case）的不是一行"
            raise Refused(FAILED, [Finding(problem, LAW, REMEDY)])
        journalled = opened[-1].facts["to" if len(opened) > 1 else "definition"]
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
        if wrong := poll_misfits(data):
            raise Refused(FAILED, [_unknown(f"polls/{folder}/poll.json 的项目不合规定", wrong)])
        toml = self.archive.read(f"polls/{folder}/method.toml")
        try:
            with reading(f"polls/{folder}/method.toml"):
                method = _method(toml.decode())
        except FederationError as refused:
            finding = Finding(f"polls/{folder}/method.toml 读不出来", FORM, REMEDY)
            raise Refused(FAILED, [finding, *refused.findings]) from None
        lines = chain.of(data["subject"])
        counted = next((line.sequence for line in lines if line.act == "count_ballots"), 1 << 62)
        poll = Poll(folder, data, method, lines, chain.settled(counted))
        prose = self.archive.read(poll.member("method.md"))
        poll.differ("选举办法", data["method_sha256"], hashlib.sha256(prose + b"\0" + toml).hexdigest())
        self.results[folder] = {}
        try:
            self._names(poll, head)
            box = self._box(poll, head)
            check_acts(poll)
            check_ledger(poll)
            check_planned(poll, chain.of(f"{head['case']}/{data['meeting']}"))
            self._count(poll, box)
            poll.findings.extend(ruling_findings(poll, list(self.results[folder].values())))
        except FederationError as refused:
            told = [each.problem for each in refused.findings] or [refused.message]
            poll.findings.extend(Finding(f"polls/{folder}：{problem}", LAW, REMEDY) for problem in told)
        except STRANGE as error:
            poll.wrong("poll.json", f"或同一次选举的其他文件不合规定的格式（{type(error).__name__}：{error}）")
        self.acts[folder] = [line for line in poll.lines if line.act.partition(".")[0] not in _AFTERWARDS]
        return poll

    def _names(self, poll: Poll, head: dict[str, Any]) -> None:
        """A poll is what its folder and its subject say, and follows a definition that is here."""
        data = poll.data
        poll.differ("方式", data["form"], poll.method.form)
        poll.differ("编号", f"{data['meeting']}.{data['sheet']}", poll.folder)
        poll.differ("对象", data["subject"], f"{head['case']}/{data['meeting']}/{data['sheet']}")
        poll.differ("名称", data["poll"], f"{head['federation']['id']}/{data['subject']}")
        name = f"definitions/{data['definition']}.toml"
        with reading(name):
            definition = _definition(self.archive.read(name))
            poll.findings.extend(course_findings(poll, definition))
            self.labels[poll.folder] = {line.act: act_label(definition, line.act) for line in poll.lines}

    def _box(self, poll: Poll, head: dict[str, Any]) -> Box | None:
        """The box of a poll that stands here in full; of another its check codes alone."""
        full = is_full(poll, head)
        known = len(poll.findings)
        check_kept(poll, full)
        must = full and poll.last("unseal") is not None
        if poll.data["unsealed"] is not must:
            poll.wrong("poll.json", "的 unsealed 与记录的种类不符")
        if len(poll.findings) > known:
            return None  # nothing is opened with what is no key, or where nothing was opened
        check_empty(poll)
        if poll.data["form"] == "hands":
            return None
        if not full:
            if poll.last("unseal"):
                found = check_opened(self.archive, poll)
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
            self.results[poll.folder][round["round"]] = result
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
        expected = {*COMMON, *(name for name in self.archive.members if name.startswith("definitions/"))}
        expected |= {poll.member(name) for poll in polls for name in members_of(poll, is_full(poll, head))}
        strange = [name for name in self.archive.members if name not in expected]
        lacking = [name for name in sorted(expected) if name not in self.archive.members]
        self.findings.extend(Finding(f"{name} 不该在这份记录里", FORM, REMEDY) for name in strange)
        self.findings.extend(Finding(f"缺少 {name}", FORM, REMEDY) for name in lacking)
        if self.archive.json("characters.json") != chain.settled():
            self.findings.append(Finding("characters.json 与工作日志所记的笔画不符", LAW, REMEDY))
        self.told.append(f"选举：{len(polls)} 次，与工作日志所记的齐全")

    def _papers(self) -> None:
        papers = self.archive.json("papers.json")
        if wrong := papers_misfits(papers):
            raise Refused(FAILED, [*self.findings, _unknown("papers.json 不合规定", wrong)])
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
                    said = "、".join(dict.fromkeys(self.labels[folder].get(line.act, line.act) for line in lines))
                    self.told.append(f"校验码管到第 {reached} 行；{folder} 其后还有：{said}，不在其内")
        older = bool(against) and any(late.values())
        word = "authentic" if authentic else "consistent"
        return Verdict(word, head["kind"], tuple(self.told), anchored, left, older)


@lru_cache(maxsize=16)
def _method(text: str) -> ElectionMethod:
    """The method of a text; the polls of a meeting have one and the same."""
    return load_method(text)


@lru_cache(maxsize=16)
def _definition(text: bytes) -> Mapping[str, Any]:
    return tomllib.loads(text.decode())


def _unknown(what: str, wrong: Sequence[str]) -> Finding:
    return Finding(f"{what}：{'；'.join(wrong)}", FORM, REMEDY)


def _told(poll: Poll, box: Box) -> str:
    parts = [f"凭证 {box.passes} 份", f"密封的选票 {box.sealed} 张"]
    if box.unsealed:
        parts.append(f"逐张拆开与记录相同：打开 {box.opened}，打不开 {box.faulty}")
    parts.extend(f"纸质选票（{name}）{number} 张" for name, number in box.papers.items())
    return f"{poll.folder}：{'；'.join(parts)}"


def _stranger(code: str) -> Finding:
    remedy = "核对纸上的字；无误则这份记录不是那次选举的，或被整个重造过，报告上级"
    return Finding(f"{JOURNAL} 里没有校验码 {code}", "签过字的纸证明工作日志", remedy)
