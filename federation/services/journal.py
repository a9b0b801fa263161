"""The journal: one line appended to a chain, and a chain read back."""

import json
import uuid
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import DATABASE_CHAIN, Case, Federation, JournalHead, JournalLine, ProcessDefinition
from federation.rules.chain import canonical as canonical  # the spelling of every fact that is kept
from federation.rules.chain import line_hash as chain_hash
from federation.workflows.definition import pinned_definition
from federation.workflows.vocabulary import ACTS


def append(
    session: Session, chain: uuid.UUID, subject: str, act: str, facts: Mapping[str, Any], by: Act, role: str
) -> JournalLine:
    """
    Write one line in the act's own transaction and return it.

    Facts hold row keys, counts and the names of candidates and officers; never an ID number, a birth date, a phone, or
    who commented what.
    """
    head = session.get(JournalHead, chain, with_for_update=True)
    if head is None:
        head = JournalHead(chain=chain, sequence=0, hash="")
        session.add(head)
    line = JournalLine(
        chain=chain,
        sequence=head.sequence + 1,
        stated=str(by.stated),
        recorded_at=by.recorded_at.astimezone(UTC).replace(microsecond=0),
        actor=by.by,
        second=by.second,
        role=role,
        subject=subject,
        act=act,
        facts=canonical(facts),
        previous_hash=head.hash,
        hash="",
    )
    line.hash = line_hash(line)
    head.sequence, head.hash = line.sequence, line.hash
    session.add(line)
    session.flush()
    return line


def append_for_database(session: Session, act: str, facts: Mapping[str, Any], by: Act) -> JournalLine:
    """Write a line in the chain of acts on the database itself."""
    return append(session, DATABASE_CHAIN, "database", act, facts, by, role="administrator")


def fields(line: JournalLine) -> dict[str, Any]:
    """What a line says, all but its own hash."""
    instant = line.recorded_at if line.recorded_at.tzinfo else line.recorded_at.replace(tzinfo=UTC)
    return {
        "sequence": line.sequence,
        "stated": line.stated,
        "recorded_at": _written(instant),
        "actor": line.actor,
        "second": line.second,
        "role": line.role,
        "subject": line.subject,
        "act": line.act,
        "facts": json.loads(line.facts),
        "previous_hash": line.previous_hash,
    }


def line_hash(line: JournalLine) -> str:
    """SHA-256 over the line as canonical JSON, the previous hash among its fields."""
    return chain_hash(fields(line))


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def head_hash(session: Session, chain: uuid.UUID) -> str:
    """The hash at the end of a chain (校验码); empty for an empty chain."""
    return session.scalar(select(JournalHead.hash).where(JournalHead.chain == chain)) or ""


def lines(session: Session, chain: uuid.UUID) -> Generator[JournalLine, None, None]:
    """The lines of a chain in order, streamed."""
    query = select(JournalLine).where(JournalLine.chain == chain).order_by(JournalLine.sequence)
    with closing(session.scalars(query.execution_options(yield_per=500))) as found:
        yield from found


def latest(session: Session, chain: uuid.UUID, subject: str, act: str) -> JournalLine | None:
    """The last line of this act on this subject, if any."""
    query = select(JournalLine).where(
        JournalLine.chain == chain, JournalLine.subject == subject, JournalLine.act == act
    )
    return session.scalar(query.order_by(JournalLine.sequence.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line as an officer reads it: `label` is the act in Chinese, by the process that the case follows."""

    sequence: int
    stated: str
    recorded_at: str
    actor: str
    second: str
    role: str
    subject: str
    act: str
    label: str
    facts: Mapping[str, Any]
    previous_hash: str
    hash: str

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def cells(self) -> tuple[object, ...]:
        """What the terminal shows of it."""
        people = f"{self.actor}、{self.second}" if self.second else self.actor
        return self.sequence, self.stated, people, self.subject, self.label, self.hash[:12]


def shown(session: Session, of: Federation | None, case: Case | None, last: int | None) -> list[LineFacts]:
    """
    The lines of a federation, of one case and everything below it, or (`of` None) of the database itself.

    The last so many, in order.
    """
    query = select(JournalLine).where(JournalLine.chain == (of.id if of else DATABASE_CHAIN))
    if case is not None:
        below = JournalLine.subject.startswith(f"{case.path}/", autoescape=True)
        query = query.where((JournalLine.subject == case.path) | below)
    rows = session.scalars(query.order_by(JournalLine.sequence.desc()).limit(last)).all()
    labels = _labels(session)
    return [_facts(row, labels) for row in reversed(rows)]


def line_of(session: Session, code: str) -> LineFacts:
    """The line that a 校验码 on paper stands for: its chain has not been rewritten before that line."""
    row = session.scalar(select(JournalLine).where(JournalLine.hash == code.strip().lower()))
    if row is None:
        finding = Finding(
            f"日志里没有校验码 {code}", "纸上的校验码锚定日志", "核对纸上的字；无误则从备份恢复，并报告上级"
        )
        raise Refused("与纸上的校验码不符", [finding])
    return _facts(row, _labels(session))


_OWN_LABELS = {
    "init": "建库",
    "upgrade": "升级数据库",
    "backup": "备份",
    "restore": "恢复",
    "register": "登记妇联",
    "add_officer": "登记工作人员",
    "open_case": "立案",
    "adopt_definition": "换用流程",
    "settle_strokes": "设定笔画",
    "record": "选举记录",
    "desk": "会场工作台",
}
_DETAILS = {
    "make": "制发",
    "open": "开通",
    "close": "关闭",
    "web": "网页收到",
    "at": "进行到",
    "void": "作废",
    "hold": "举行",
    "reserve": "启用备用",
    "void_reserves": "作废备用密钥",
    "destroy": "销毁",
    "export": "导出",
    "import": "导入",
    "add": "登记",
    "publish": "公布",
    "notice": "发通知",
    "send": "报送",
    "reply": "批复",
    "scrutineers": "监票人、计票人",
}
"""What the second word of an act says; one that is an id of the officers' own stands as it is."""


def _labels(session: Session) -> dict[tuple[str, str], str]:
    """The Chinese label of every step, by the case's path and the event."""
    query = select(Case.path, ProcessDefinition.text).join(ProcessDefinition)
    return {
        (path, step.event): step.label
        for path, text in session.execute(query)
        for step in pinned_definition(text).steps
    }


def _facts(line: JournalLine, labels: Mapping[tuple[str, str], str]) -> LineFacts:
    name, _, detail = line.act.partition(".")
    general = _OWN_LABELS.get(name) or ACTS.get(name) or name
    described = f"{general}（{_DETAILS.get(detail, detail)}）" if detail else general
    label = labels.get((line.subject, line.act)) or described
    return LineFacts(
        sequence=line.sequence,
        stated=line.stated,
        recorded_at=_written(line.recorded_at if line.recorded_at.tzinfo else line.recorded_at.replace(tzinfo=UTC)),
        actor=line.actor,
        second=line.second,
        role=line.role,
        subject=line.subject,
        act=line.act,
        label=label,
        facts=json.loads(line.facts),
        previous_hash=line.previous_hash,
        hash=line.hash,
    )


def verify(session: Session, chain: uuid.UUID) -> int:
    """Check a chain from first line to head and return how many lines it holds; Refused names the first bad line."""
    count, previous = 0, ""
    with closing(lines(session, chain)) as whole:
        for line in whole:
            refuse_if("工作日志校验不通过", _line_findings(line, count + 1, previous))
            count, previous = line.sequence, line.hash
    head = session.get(JournalHead, chain)
    if (head.sequence, head.hash) != (count, previous) if head else bool(count):
        lost = f"末行应为第 {head.sequence} 行，实为第 {count} 行" if head else "没有末行记录"
        refuse_if(
            "工作日志校验不通过", [Finding(f"第 {count + 1} 行起缺失：{lost}", "工作日志", "从备份恢复，并报告上级")]
        )
    return count


def _line_findings(line: JournalLine, expected: int, previous: str) -> Iterator[Finding]:
    remedy = "从备份恢复，并报告上级"
    if line.sequence != expected:
        yield Finding(f"第 {expected} 行缺失，其后是第 {line.sequence} 行", "工作日志", remedy)
    elif line.previous_hash != previous:
        yield Finding(f"第 {line.sequence} 行与前一行接不上：有行被改动、删除或插入", "工作日志", remedy)
    elif not _sound(line):
        yield Finding(f"第 {line.sequence} 行内容与校验值不符：该行被改动过", "工作日志", remedy)


def _sound(line: JournalLine) -> bool:
    try:
        facts = canonical(json.loads(line.facts))  # another spelling of the same facts is a change too
    except ValueError:
        return False
    return line.facts == facts and not line.recorded_at.microsecond and line.hash == line_hash(line)
