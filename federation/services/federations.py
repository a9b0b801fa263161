"""Federations and their officers: the first of each by `init`, more by the administrator."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, Refused
from federation.facts.acts import Act
from federation.models import DATABASE_CHAIN, Federation, JournalHead, Officer, OfficerRole
from federation.services import journal
from federation.workflows.vocabulary import ROLES

LEVELS = {
    "province": "省级",
    "city": "市级",
    "county": "县（区）级",
    "township": "乡镇（街道）",
    "village": "村（社区）",
    "unit": "单位（机关、高校、园区等）",
}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,38}\Z")


@dataclass(frozen=True, slots=True)
class FederationFacts:
    """A federation as it is listed: `superior` is a short id, empty for one at the top of this database."""

    id: str
    name: str
    level: str
    superior: str
    officers: tuple[tuple[str, tuple[str, ...]], ...] = ()


def initialise(session: Session, short_id: str, name: str, level: str, act: Act) -> Federation:
    """Register the first federation and its first officer, who may do everything until others are named."""
    if session.get(JournalHead, DATABASE_CHAIN) is not None:
        raise Refused(
            "这个数据库已经初始化",
            [Finding("库中已有妇联", "", "federation add 登记其他妇联，federation list 列出已有的")],
        )
    journal.append_for_database(session, "init", {"federation": short_id}, act)
    officer = Officer(name=act.by)
    session.add(officer)
    session.flush()
    found = _register(session, short_id, name, level, None, act)
    for role in ("administrator", "preparatory_group", "secretary"):
        session.add(OfficerRole(officer_id=officer.id, federation_id=found.id, role=role))
    session.flush()
    return found


def add(session: Session, short_id: str, name: str, level: str, superior: Federation | None, act: Act) -> Federation:
    """Register another federation; the officer becomes its administrator and secretary."""
    if superior is not None:
        _must_administer(session, superior, act)
    found = _register(session, short_id, name, level, superior, act)
    officer = session.scalars(select(Officer).where(Officer.name == act.by)).one()
    for role in ("administrator", "preparatory_group", "secretary"):
        session.add(OfficerRole(officer_id=officer.id, federation_id=found.id, role=role))
    session.flush()
    return found


def add_officer(session: Session, of: Federation, name: str, roles: tuple[str, ...], act: Act) -> bool:
    """Give a person roles in a federation, and say whether anything changed."""
    _must_administer(session, of, act)
    name = name.strip()
    if not name:
        raise Misused("工作人员姓名不能为空")
    officer = session.scalar(select(Officer).where(Officer.name == name))
    if officer is None:
        officer = Officer(name=name)
        session.add(officer)
        session.flush()
    held = set(
        session.scalars(
            select(OfficerRole.role).where(OfficerRole.officer_id == officer.id, OfficerRole.federation_id == of.id)
        )
    )
    fresh = [role for role in roles if role not in held]
    for role in fresh:
        session.add(OfficerRole(officer_id=officer.id, federation_id=of.id, role=role))
    if fresh:
        journal.append(
            session, of.id, "officers", "add_officer", {"name": name, "roles": sorted(fresh)}, act, "administrator"
        )
    return bool(fresh)


def listed(session: Session) -> list[FederationFacts]:
    """Every federation in the database."""
    rows = session.scalars(select(Federation).order_by(Federation.short_id)).all()
    ids = {row.id: row.short_id for row in rows}
    return [
        FederationFacts(row.short_id, row.name, row.level, ids[row.superior_id] if row.superior_id else "")
        for row in rows
    ]


def shown(session: Session, of: Federation) -> FederationFacts:
    """One federation with its officers and their roles."""
    superior = session.get(Federation, of.superior_id) if of.superior_id else None
    query = select(Officer.name, OfficerRole.role).join(OfficerRole).where(OfficerRole.federation_id == of.id)
    officers: dict[str, list[str]] = {}
    for name, role in session.execute(query.order_by(Officer.name, OfficerRole.role)):
        officers.setdefault(name, []).append(role)
    listing = tuple((name, tuple(roles)) for name, roles in officers.items())
    return FederationFacts(of.short_id, of.name, of.level, superior.short_id if superior else "", listing)


def same(session: Session, short_id: str, name: str, level: str, superior: Federation | None = None) -> bool:
    """True where this very federation is registered: a repeat, not a contradiction."""
    found = session.scalar(select(Federation).where(Federation.short_id == short_id))
    above = superior.id if superior else None
    return found is not None and (found.name, found.level, found.superior_id) == (name.strip(), level, above)


def _register(
    session: Session, short_id: str, name: str, level: str, superior: Federation | None, act: Act
) -> Federation:
    act.must_not_be_future()
    name = name.strip()
    if not _ID.match(short_id):
        raise Misused(f"编号 {short_id} 不合规：用小写字母、数字和连字符，如 gaoxin")
    if level not in LEVELS:
        raise Misused(f"级别 {level} 不认识，可选：{'、'.join(LEVELS)}")
    if not name:
        raise Misused("妇联全称不能为空")
    taken = session.scalar(select(Federation).where((Federation.short_id == short_id) | (Federation.name == name)))
    if taken:
        raise Refused(
            "不能重复登记",
            [Finding(f"已有 {taken.short_id}「{taken.name}」", "", "换一个编号和名称，或 federation show 查看已有的")],
        )
    found = Federation(short_id=short_id, name=name, level=level, superior_id=superior.id if superior else None)
    session.add(found)
    session.flush()
    facts = {"name": name, "level": level, "superior": superior.short_id if superior else ""}
    journal.append(session, found.id, short_id, "register", facts, act, "administrator")
    return found


def _must_administer(session: Session, of: Federation, act: Act) -> None:
    query = select(OfficerRole.role).join(Officer).where(Officer.name == act.by, OfficerRole.federation_id == of.id)
    if "administrator" not in set(session.scalars(query)):
        finding = Finding(f"{act.by}不是{of.name}的{ROLES['administrator']}", "", f"请{ROLES['administrator']}办理")
        raise Refused("无权办理", [finding])
