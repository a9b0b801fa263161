"""Cases: opened from a process file, moved to a changed one, archived."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused
from federation.facts.acts import Act
from federation.models import Case, Draft, Federation, Meeting, ProcessDefinition
from federation.resources import resource
from federation.services import journal, steps
from federation.services.steps import Outcome
from federation.workflows.definition import Definition, load_definition


def open_case(session: Session, of: Federation, process: str, term_no: int, act: Act) -> Case:
    """
    Open a root case of this process, with the meetings that the process holds, and return it.

    A term is founded or renewed once: where such a case is under way, that one is returned and nothing is changed.
    """
    act.must_not_be_future()
    if term_no < 1:
        raise Misused("届次从 1 开始")
    definition = read_definition(process)
    session.get_one(Federation, of.id, with_for_update=True)
    if not definition.parallel and (running := _running(session, of, definition.id, term_no)):
        return running
    number = session.scalar(
        select(func.count()).where(Case.federation_id == of.id, Case.parent_id.is_(None), Case.process == definition.id)
    )
    root = _add(
        session,
        of,
        None,
        f"{definition.id}-{(number or 0) + 1}",
        definition,
        f"{of.name}{definition.label}",
        term_no,
        act,
    )
    for position, plan in enumerate(definition.meetings):
        meeting = add_child(session, root, "meeting", plan.id, plan.label, act, position)
        session.add(Meeting(case_id=meeting.id, method=plan.method, roll_from=plan.roll_from))
    role = steps.roles_of(session, root, act.by)
    if not role & {"secretary", "preparatory_group"}:
        raise Refused(
            "无权办理",
            [
                Finding(
                    f"{act.by}不是{of.name}的秘书或筹备组成员", "", f"federation officer add {act.by} --role secretary"
                )
            ],
        )
    facts = {"process": definition.id, "definition": definition.sha256, "term_no": term_no}
    journal.append(session, of.id, root.path, "open_case", facts, act, sorted(role)[-1])
    return root


def _running(session: Session, of: Federation, process: str, term_no: int) -> Case | None:
    """The root case of this process and term that has not come to its end, if there is one."""
    query = select(Case).where(
        Case.federation_id == of.id, Case.parent_id.is_(None), Case.process == process, Case.term_no == term_no
    )
    for case in session.scalars(query.order_by(Case.short_id)):
        if not steps.definition_of(session, case).states[case.state].end:
            return case
    return None


def add_child(
    session: Session, parent: Case, process: str, short_id: str, label: str, act: Act, position: int = 0
) -> Case:
    """Open a case below another: a draft, a meeting, an election."""
    federation = session.get_one(Federation, parent.federation_id)
    return _add(session, federation, parent, short_id, read_definition(process), label, parent.term_no, act, position)


def add_draft(session: Session, root: Case, short_id: str, kind: str, meeting: str, label: str, act: Act) -> Case:
    """Open the case of a draft, with the meeting that will adopt it."""
    order = {"charter": 10, "method": 11}
    case = add_child(session, root, "draft", short_id, label, act, order.get(short_id, 12))
    session.add(Draft(case_id=case.id, kind=kind, meeting=meeting))
    session.flush()
    return case


def _add(
    session: Session,
    of: Federation,
    parent: Case | None,
    short_id: str,
    definition: Definition,
    label: str,
    term_no: int,
    act: Act,
    position: int = 0,
) -> Case:
    pin(session, definition)
    id = uuid.uuid4()
    case = Case(
        id=id,
        federation_id=of.id,
        parent_id=parent.id if parent else None,
        root_id=parent.root_id if parent else id,
        short_id=short_id,
        path=f"{parent.path}/{short_id}" if parent else short_id,
        process=definition.id,
        label=label,
        definition_sha256=definition.sha256,
        state=definition.start,
        term_no=term_no,
        since=str(act.stated),
        position=position,
    )
    session.add(case)
    session.flush()
    return case


def read_definition(process: str) -> Definition:
    """The process file of this name as it stands now, checked."""
    name = f"{process}.toml"
    return load_definition(resource("processes", name).read_text(encoding="utf-8"), name)


def pin(session: Session, definition: Definition) -> None:
    """Keep the text of a definition, so that a changed file changes new cases only."""
    if session.get(ProcessDefinition, definition.sha256) is None:
        session.add(ProcessDefinition(sha256=definition.sha256, process=definition.id, text=definition.text))
        session.flush()


def adopt(session: Session, case: Case, definition: Definition, act: Act) -> Outcome:
    """Move a running case to another text of its process, if its state exists there."""
    steps.lock(session, case)
    if case.definition_sha256 == definition.sha256:
        line = journal.latest(session, case.federation_id, case.path, "adopt_definition")
        if line is not None:
            return Outcome(False, line)
        raise Refused("不用换", [Finding("案件用的就是这一版流程", "", "")])
    problems = []
    if definition.id != case.process:
        problems.append(
            Finding(f"这是流程 {definition.id}，案件的流程是 {case.process}", "流程文件", "换同一流程的文件")
        )
    if case.state not in definition.states:
        problems.append(
            Finding(f"新流程里没有案件现在的状态 {case.state}", "流程文件", "在文件里保留这个状态，或等案件走过它")
        )
    if missing := {plan.id for plan in definition.meetings} - _meeting_ids(session, case):
        problems.append(Finding(f"新流程多出会议 {'、'.join(sorted(missing))}", "流程文件", "会议只能在立案时设置"))
    if problems:
        raise Refused("不能换用这份流程", problems)
    role = steps.roles_of(session, case, act.by)
    if "administrator" not in role:
        raise Refused("无权办理", [Finding(f"{act.by}不是管理员", "", "请管理员办理")])
    facts = {"from": case.definition_sha256, "to": definition.sha256}
    pin(session, definition)
    case.definition_sha256 = definition.sha256
    return Outcome(
        True, journal.append(session, case.federation_id, case.path, "adopt_definition", facts, act, "administrator")
    )


def _meeting_ids(session: Session, case: Case) -> set[str]:
    return set(
        session.scalars(
            select(Case.short_id).join(Meeting, Meeting.case_id == Case.id).where(Case.root_id == case.root_id)
        )
    )


def archive(session: Session, case: Case, act: Act) -> Outcome:
    """Close the file of a case that has been reported."""
    return steps.advance(session, case, "archive", act, {})


def of_federation(session: Session, federation: Federation) -> list[Case]:
    """The root cases of a federation, oldest first."""
    query = select(Case).where(Case.federation_id == federation.id, Case.parent_id.is_(None))
    return list(session.scalars(query.order_by(Case.process, Case.short_id)))
