"""A process file, loaded and checked: all its faults at once."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from federation.errors import Finding, Refused
from federation.workflows.guards import GUARDS, GuardUse, guard_faults
from federation.workflows.vocabulary import ACTS, PAPERS, ROLES

EVENT = re.compile(r"[a-z][a-z0-9_]*\Z")
BELOW = ("draft", "meeting", "election")
"""The processes of cases that lie below another."""
TAKEN_EVENTS = {"state", "trigger"}
"""The engine hangs its own attributes under these names; an event of the name would silently walk round the guards."""


@dataclass(frozen=True, slots=True)
class State:
    id: str
    label: str
    allows: tuple[str, ...] = ()
    """Acts that are lawful while here."""
    end: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One way from state to state: `when` says whether it is on the table at all, `guards` what must hold."""

    event: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    persons: int = 1
    when: tuple[GuardUse, ...] = ()
    guards: tuple[GuardUse, ...] = ()
    papers: tuple[str, ...] = ()
    command: str = ""
    """What an officer types; empty: `federation step EVENT`."""
    aside: bool = False
    """Not the way on but a way out (中止, 改期): `status` names it last, in one line."""


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """A meeting that the process holds, set up with the case: which method governs it and whence its roll comes."""

    id: str
    label: str
    method: str
    roll_from: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A process: one TOML text, pinned by its hash."""

    id: str
    label: str
    start: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]
    meetings: tuple[ChildPlan, ...]
    text: str
    sha256: str
    parallel: bool = False
    """True where a term may have several cases of this process under way: vacancies, not foundings."""

    def leaving(self, state: str) -> tuple[Step, ...]:
        """The steps that leave this state, in file order."""
        return tuple(step for step in self.steps if state in step.sources)

    def step(self, event: str, state: str) -> Step | None:
        """The step of this event from this state, if there is one."""
        return next((step for step in self.leaving(state) if step.event == event), None)

    def knows(self, event: str) -> bool:
        """True where some step has this event."""
        return any(step.event == event for step in self.steps)

    def entering(self, state: str) -> tuple[Step, ...]:
        """The steps that lead into this state."""
        return tuple(step for step in self.steps if step.target == state)


def load_definition(text: str, where: str) -> Definition:
    """Read a process file; Refused with every fault it has. `where` is the file's name, for messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(
            f"流程文件 {where} 不是合法的 TOML", [Finding(str(error), where, "按报出的行号改正写法")]
        ) from None
    if shape := list(_shape_faults(data)):
        raise Refused(f"流程文件 {where} 有 {len(shape)} 处错误", [Finding(fault, where) for fault in shape])
    definition = _build(data, text)
    if faults := list(_faults(definition)):
        raise Refused(f"流程文件 {where} 有 {len(faults)} 处错误", [Finding(fault, where) for fault in faults])
    return definition


@lru_cache(maxsize=64)
def pinned_definition(text: str) -> Definition:
    """The definition of a text that was checked when it was pinned."""
    return _build(tomllib.loads(text), text)


_KEYS: Mapping[str, Mapping[str, tuple[type, bool]]] = {
    "process": {"id": (str, True), "label": (str, True), "start": (str, True), "parallel": (bool, False)},
    "state": {"id": (str, True), "label": (str, True), "allows": (list, False), "end": (bool, False)},
    "step": {
        "event": (str, True),
        "label": (str, True),
        "from": (list, True),
        "to": (str, True),
        "by": (list, True),
        "persons": (int, False),
        "when": (list, False),
        "guards": (list, False),
        "papers": (list, False),
        "command": (str, False),
        "aside": (bool, False),
    },
    "meeting": {"id": (str, True), "label": (str, True), "method": (str, True), "roll_from": (str, False)},
}
_NAMES: Mapping[type, str] = {str: "文字", list: "列表", int: "整数", bool: "true 或 false"}


def _shape_faults(data: Mapping[str, Any]) -> Iterator[str]:
    for table in data.keys() - _KEYS.keys():
        yield f"不认识的表 [{table}]"
    if not isinstance(data.get("process"), dict):
        yield "缺少 [process]"
    else:
        yield from _table_faults("process", "[process]", data["process"])
    for table in ("state", "step", "meeting"):
        rows = data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield f"{table} 应写成 [[{table}]]"
            continue
        if not rows and table != "meeting":
            yield f"一个 [[{table}]] 也没有"
        for number, row in enumerate(rows, 1):
            name = row.get("id") or row.get("event") or ""
            yield from _table_faults(table, f"第 {number} 个 [[{table}]]（{name}）", row)
        written = Counter(str(row.get("id")) for row in rows if table != "step")
        yield from (f"[[{table}]] {id} 写了 {times} 次" for id, times in written.items() if times > 1)


def _table_faults(table: str, place: str, row: Mapping[str, Any]) -> Iterator[str]:
    keys = _KEYS[table]
    for key in row.keys() - keys.keys():
        yield f"{place} 有不认识的键 {key}"
    for key, (kind, required) in keys.items():
        if key not in row:
            if required:
                yield f"{place} 缺少 {key}"
        elif not isinstance(row[key], kind) or (kind is int and isinstance(row[key], bool)):
            yield f"{place} 的 {key} 应为{_NAMES[kind]}"
        elif kind is str and required and not row[key].strip():
            yield f"{place} 的 {key} 不能为空"
        elif key in ("from", "by", "allows", "papers") and not all(isinstance(item, str) for item in row[key]):
            yield f"{place} 的 {key} 只能列文字"
        elif key in ("when", "guards"):
            yield from (f"{place}：{fault}" for item in row[key] for fault in guard_faults(item))


def _build(data: Mapping[str, Any], text: str) -> Definition:
    process = data["process"]
    states = {
        row["id"]: State(row["id"], row["label"], tuple(row.get("allows", ())), row.get("end", False))
        for row in reversed(data["state"])
    }
    return Definition(
        id=process["id"],
        label=process["label"],
        start=process["start"],
        states=dict(reversed(states.items())),
        steps=tuple(_step(row) for row in data["step"]),
        meetings=tuple(
            ChildPlan(row["id"], row["label"], row["method"], row.get("roll_from", ""))
            for row in data.get("meeting", ())
        ),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        parallel=process.get("parallel", False),
    )


def _step(row: Mapping[str, Any]) -> Step:
    return Step(
        event=row["event"],
        label=row["label"],
        sources=tuple(row["from"]),
        target=row["to"],
        by=tuple(row["by"]),
        persons=row.get("persons", 1),
        when=tuple(GuardUse.read(item) for item in row.get("when", ())),
        guards=tuple(GuardUse.read(item) for item in row.get("guards", ())),
        papers=tuple(row.get("papers", ())),
        command=row.get("command", ""),
        aside=row.get("aside", False),
    )


def _faults(definition: Definition) -> Iterator[str]:
    states = definition.states
    if definition.start not in states:
        yield f"start = {definition.start!r} 不是本流程的状态"
    yield from _state_faults(definition)
    yield from _meeting_faults(definition)
    taken: set[tuple[str, str]] = set()
    for step in definition.steps:
        yield from _step_faults(step, states)
        for source in step.sources:
            if (source, step.event) in taken:
                yield f"状态 {source} 有两个都叫 {step.event} 的步骤"
            taken.add((source, step.event))


def _state_faults(definition: Definition) -> Iterator[str]:
    ways = [(source, step.target) for step in definition.steps for source in step.sources]
    reached = _closure({definition.start}, ways)
    ended = {state.id for state in definition.states.values() if state.end}
    ending = _closure(ended, [(target, source) for source, target in ways])
    if not any(state.end for state in definition.states.values()):
        yield "没有终点：至少一个状态要写 end = true"
    for state in definition.states.values():
        if state.id not in reached:
            yield f"状态 {state.id}（{state.label}）从起点到达不了"
        if state.end and definition.leaving(state.id):
            yield f"状态 {state.id} 是终点，却还有步骤离开它"
        if not state.end and not definition.leaving(state.id):
            yield f"状态 {state.id}（{state.label}）离不开：没有步骤从它出发，也没有写 end = true"
        elif ended and state.id not in ending:
            yield f"状态 {state.id}（{state.label}）走不到任何终点"
        yield from (f"状态 {state.id} 允许的办理事项 {act} 不认识" for act in state.allows if act not in ACTS)


def _closure(seen: set[str], ways: Sequence[tuple[str, str]]) -> set[str]:
    """Everything to which these ways lead from what is seen."""
    while fresh := {to for source, to in ways if source in seen} - seen:
        seen = seen | fresh
    return seen


def _meeting_faults(definition: Definition) -> Iterator[str]:
    """A root process speaks of its own meetings; what lies below a case may speak of its root's."""
    if definition.id in BELOW:
        return
    there = {plan.id for plan in definition.meetings}
    for step in definition.steps:
        for use in (*step.when, *step.guards):
            if (meeting := use.params.get("meeting")) and meeting not in there:
                yield f"步骤 {step.event} 的 guard {use.name}：本流程没有会议 {meeting}"


def _step_faults(step: Step, states: Mapping[str, State]) -> Iterator[str]:
    place = f"步骤 {step.event}"
    if not EVENT.match(step.event):
        yield f"{place} 的 event 只能用小写字母、数字和下划线，以字母开头"
    if step.event in TAKEN_EVENTS or step.event.startswith(("is_", "to_", "may_")):
        yield f"{place}：event 不能叫 {step.event}，这个名字引擎自己要用"
    if not step.sources:
        yield f"{place} 的 from 是空的"
    yield from (f"{place} 提到的状态 {state} 不存在" for state in (*step.sources, step.target) if state not in states)
    if not step.by:
        yield f"{place} 的 by 是空的：总要有人能办"
    yield from (f"{place} 的角色 {role} 不认识" for role in step.by if role not in ROLES)
    yield from (f"{place} 的文书 {paper} 不认识" for paper in step.papers if paper not in PAPERS)
    if step.persons not in (1, 2):
        yield f"{place} 的 persons 只能是 1 或 2"


__all__ = ["GUARDS", "ChildPlan", "Definition", "GuardUse", "State", "Step", "load_definition", "pinned_definition"]
