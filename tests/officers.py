"""A federation with officers, made by the same services as the commands."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import Clock
from federation.facts.acts import Act, Stated
from federation.models import Case, Federation
from federation.services import cases, federations, selection

ROLES = {
    "王秘书": (),  # administrator, preparatory_group and secretary, as the first officer is
    "孙筹备": ("preparatory_group",),
    "李监票": ("scrutineer",),
    "周监票": ("scrutineer",),
    "吴计票": ("teller",),
}


def act(clock: Clock, by: str = "王秘书", stated: str = "", second: str = "") -> Act:
    """An officer's word, now unless stated otherwise."""
    now = clock.now()
    return Act(by, Stated.parse(stated) if stated else Stated.of(now), now, second)


def found(engine: Engine, clock: Clock) -> None:
    """The federation gaoxin, its officers, and founding-1 being prepared."""
    with db.transaction(engine) as session:
        of = federations.initialise(session, "gaoxin", "示例区妇女联合会", "unit", act(clock))
        for name, roles in ROLES.items():
            if roles:
                federations.add_officer(session, of, name, roles, act(clock))
        cases.open_case(session, of, "founding", 1, act(clock))


def federation(session: Session) -> Federation:
    """The only one."""
    return selection.federation(session, "")


def founding(session: Session) -> Case:
    """founding-1."""
    return selection.case(session, federation(session), "founding-1")
