"""
Every move of every state, and every act on a case, goes through here.

One call is one unit: lock the case, check who and when, apply the change, ask the guards of the facts as they then
stand, move the state, write the journal line. A refusal undoes all of it: the caller's transaction ends with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound, Refused, WrongStage, refuse_if
from federation.facts.acts import Act, Stated
from federation.facts.snapshot import Snapshot, View
from federation.models import BallotRound, Case, JournalHead, JournalLine, Officer, OfficerRole, ProcessDefinition
from federation.services import journal, snapshots
from federation.workflows import engine
from federation.workflows.definition import Definition, GuardUse, Step, pinned_definition
from federation.workflows.vocabulary import ACTS, ROLES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: `taken` is False for a repeat with the same facts, which changed nothing."""

    taken: bool
    line: JournalLine

    @property
    def check_code(self) -> str:
        """The journal head as of this act."""
        return self.line.hash


def no_change() -> None:
    """A step that moves the state and changes nothing else."""


def advance(
    session: Session, case: Case, event: str, act: Act, facts: Mapping[str, Any], change: Callable[[], None] = no_change
) -> Outcome:
    """
    Take one step; `change` alters the rows that belong to it, before the guards are asked.

    Whether the step is on the table at all (`when`) is asked of the facts before the change, which may well end it:
    a runoff once called is due no more. A repeat with the same facts changes nothing and says so; with other facts it
    is a wrong stage. Errors: WrongStage, Refused with every finding.
    """
    lock(session, case)
    definition = definition_of(session, case)
    step = definition.step(event, case.state)
    if step is None:
        return _repeated(session, case, definition, event, act, facts)
    role = _role(session, case, step.by, act)
    _check_persons(session, case, step, act)
    must_follow(case, act)
    if step.when:
        refuse_if(f"不能办理「{step.label}」", asked(step.when, view_of(session, case, act.stated)))
    change()
    session.flush()
    refuse_if(f"不能办理「{step.label}」", asked(step.guards, view_of(session, case, act.stated)))
    case.state, case.since = engine.destination(definition, case.state, event), _since(case, act)
    return Outcome(True, journal.append(session, case.federation_id, case.path, event, facts, act, role))


def perform(
    session: Session,
    case: Case,
    name: str,
    act: Act,
    facts: Mapping[str, Any],
    change: Callable[[], None] = no_change,
    detail: str = "",
) -> Outcome:
    """
    Do something that is lawful in the present state and moves nothing (`allows` in the process file).

    The line's act is `name`, or `name.detail`. Errors: WrongStage where the state does not allow it.
    """
    lock(session, case)
    must_allow(session, case, name)
    role = _role(session, case, tuple(ROLES), act)
    must_follow(case, act)
    change()
    session.flush()
    line = journal.append(
        session, case.federation_id, case.path, f"{name}.{detail}" if detail else name, facts, act, role
    )
    return Outcome(True, line)


def repeated(session: Session, case: Case, act: str) -> Outcome:
    """A repeat that changed nothing; the line is that of the act repeated, or else the last of the chain."""
    line = journal.latest(session, case.federation_id, case.path, act)
    if line is None:
        head = session.get_one(JournalHead, case.federation_id)
        line = session.get_one(JournalLine, (case.federation_id, head.sequence))
    return Outcome(False, line)


def must_allow(session: Session, case: Case, name: str) -> None:
    """Refuse an act that the case's state does not allow."""
    definition = definition_of(session, case)
    state = definition.states[case.state]
    if name not in state.allows:
        allowed = "、".join(ACTS[act] for act in state.allows) or "没有"
        where = (
            "、".join(other.label for other in definition.states.values() if name in other.allows)
            or "本流程任何阶段都不"
        )
        remedy = f"办理时机：{where}；现在可办：{allowed}"
        raise WrongStage(
            f"{case.label}现处「{state.label}」，不能办理「{ACTS[name]}」", [Finding("阶段不对", "流程规定", remedy)]
        )


def must_follow(case: Case, act: Act) -> None:
    """Refuse a stated time in the future, or before the case's last step."""
    act.must_not_be_future()
    if act.stated.precedes(Stated.parse(case.since)):
        finding = Finding(
            f"所填时间 {act.stated} 早于上一步的 {case.since}", "时间先后", "改用不早于上一步的 --on 日期 或 --at 时间"
        )
        raise Refused("时间不对", [finding])


def _since(case: Case, act: Act) -> str:
    """The stated time that later steps must follow: a day alone does not undo the hour already stated for it."""
    return case.since if case.since.startswith(f"{act.stated} ") else str(act.stated)


def lock(session: Session, case: Case) -> None:
    """Hold the root case until the transaction ends, and see this case as it now is."""
    session.execute(select(Case.id).where(Case.id == case.root_id).with_for_update()).one()
    session.refresh(case)


def definition_of(session: Session, case: Case) -> Definition:
    """The definition that this case pinned."""
    return pinned_definition(session.get_one(ProcessDefinition, case.definition_sha256).text)


def findings(view: View, step: Step) -> tuple[Finding, ...]:
    """Everything that stands in the way of a step, in the order of its guards."""
    return asked((*step.when, *step.guards), view)


def asked(guards: tuple[GuardUse, ...], view: View) -> tuple[Finding, ...]:
    """What these guards say of the facts as they stand."""
    return tuple(found for use in guards for found in use.findings(view))


def view_of(session: Session, case: Case, at: Stated, snapshot: Snapshot | None = None) -> View:
    """The facts of the whole, seen from this case."""
    return View(snapshot or snapshots.of(session, case, at), case.path.partition("/")[2])


def roles_of(session: Session, case: Case, officer: str) -> frozenset[str]:
    """The roles this officer holds in the federation of the case."""
    query = (
        select(OfficerRole.role)
        .join(Officer)
        .where(Officer.name == officer, OfficerRole.federation_id == case.federation_id)
    )
    return frozenset(session.scalars(query))


def _role(session: Session, case: Case, by: tuple[str, ...], act: Act) -> str:
    held = roles_of(session, case, act.by)
    for role in by:
        if role in held:
            return role
    wanted = "、".join(ROLES[role] for role in by)
    finding = Finding(
        f"{act.by}不是{wanted}", "流程规定", f"请{wanted}办理，或 federation officer add {act.by} --role {by[0]}"
    )
    raise Refused("无权办理", [finding])


def _check_persons(session: Session, case: Case, step: Step, act: Act) -> None:
    if step.persons == 2 and not act.second:
        remedy = f"加上 --with 另一人姓名；还没有另一人的，先 federation officer add 姓名 --role {step.by[0]}"
        raise Refused(f"不能办理「{step.label}」", [Finding("这一步须两人一同办理", "流程规定", remedy)])
    if act.second == act.by:
        raise Refused(f"不能办理「{step.label}」", [Finding("两人须是不同的人", "流程规定", "--with 另一人姓名")])
    if step.persons == 2 and not roles_of(session, case, act.second) & set(step.by):
        wanted = "、".join(ROLES[role] for role in step.by)
        finding = Finding(
            f"{act.second}不是{wanted}",
            "流程规定",
            f"--with 须是{wanted}中的另一人，或 federation officer add {act.second} --role {step.by[0]}",
        )
        raise Refused(f"不能办理「{step.label}」", [finding])


def must_hold(session: Session, case: Case, label: str, roles: tuple[str, ...], act: Act) -> None:
    """Refuse an act of somebody who holds none of these roles."""
    if not roles_of(session, case, act.by) & set(roles):
        wanted = "、".join(ROLES[role] for role in roles)
        remedy = f"请{wanted}办理，或 federation officer add {act.by} --role {roles[0]}"
        raise Refused(f"不能办理「{label}」", [Finding(f"{act.by}不是{wanted}", "流程规定", remedy)])


def must_be_two(session: Session, case: Case, label: str, roles: tuple[str, ...], act: Act) -> None:
    """Refuse an act that two persons of these roles do together, where they are not two or not of them."""
    wanted = "、".join(ROLES[role] for role in roles)
    findings = []
    if not act.second:
        findings.append(Finding(f"须两名{wanted}一同办理", "流程规定", "加上 --with 另一人姓名"))
    elif act.second == act.by:
        findings.append(Finding("两人须是不同的人", "流程规定", "--with 另一人姓名"))
    for name in dict.fromkeys(filter(None, (act.by, act.second))):
        if not roles_of(session, case, name) & set(roles):
            remedy = f"请{wanted}办理，或 federation officer add {name} --role {roles[0]}"
            findings.append(Finding(f"{name}不是{wanted}", "流程规定", remedy))
    refuse_if(f"不能办理「{label}」", findings)


def _repeated(
    session: Session, case: Case, definition: Definition, event: str, act: Act, facts: Mapping[str, Any]
) -> Outcome:
    line = journal.latest(session, case.federation_id, case.path, event)
    if line and line.facts == journal.canonical(facts):
        return Outcome(False, line)
    if not definition.knows(event):
        raise NotFound(f"流程「{definition.label}」没有步骤 {event}。federation status 列出可办的步骤")
    state, label = definition.states[case.state], next(step.label for step in definition.steps if step.event == event)
    problem = f"{case.label}现处「{state.label}」，" + (
        "这一步已经办过，这次的内容与上次不同" if line else "还没有到或已经过了这一步"
    )
    remedy = "本案已到终点，没有可办的步骤" if state.end else f"现在可办：{_ahead(session, case, definition, act)}"
    raise WrongStage(f"不能办理「{label}」", [Finding(problem, "流程规定", remedy)])


def _ahead(session: Session, case: Case, definition: Definition, act: Act) -> str:
    """The steps that lead on from here, each with its command."""
    view, words = view_of(session, case, act.stated), words_of(session, case)
    steps = [step for step in definition.leaving(case.state) if not step.aside and not asked(step.when, view)]
    return "、".join(f"「{step.label}」{command_of(step, view, words)}" for step in steps) or "federation status"


def words_of(session: Session, case: Case) -> dict[str, str]:
    """What the capitals in a step's command stand for in this case: a poll goes by its first round."""
    first = select(BallotRound.short_id).where(BallotRound.election_id == case.id).order_by(BallotRound.position)
    contest = session.scalar(first.limit(1)) or ""
    return {"DRAFT": case.short_id, "MEETING": case.short_id, "CONTEST": contest}


def command_of(step: Step, view: View, words: Mapping[str, str]) -> str:
    """What an officer types to take a step of the case from which the facts are seen."""
    command = step.command or f"federation step {step.event}" + (f" --on-case {view.own}" if view.own else "")
    if "ISSUED" in command:
        command = command.replace("ISSUED", _issued(view))
    for word, value in words.items():
        command = command.replace(word, value)
    return command + (" --with 另一人姓名" if step.persons == 2 else "")


def _issued(view: View) -> str:
    """The hand counts that open a poll: papers, and passes where any were made, which two scrutineers count."""
    by_phone = view.election.passes > view.election.passes_void
    return "--handed-out 发出的张数" + (" --drawn 领出的份数 --with 另一名监票人" if by_phone else "")
