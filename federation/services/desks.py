"""
Desks of the hall: opened with a code of their own, signed in at, closed.

The code is made here, shown once, and only its hash is kept; so with the secret of a session. What a desk does is an
act of the officer in whose name it was opened.
"""

import hashlib
import secrets

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from federation.ballotbox.passes import ALPHABET, folded, grouped
from federation.errors import Finding, NotFound, Refused, refuse_if
from federation.facts.acts import Act, Stated
from federation.facts.desks import KINDS, DeskAtWork, DeskListed, Kind
from federation.models import Case, HallDesk, HallDeskSession, JournalLine
from federation.rules.desks import desk_findings
from federation.services import journal, steps
from federation.workflows.vocabulary import ROLES

LENGTH = 12
"""Characters of five bits each: sixty bits are not guessed in a day, and typed once."""
NEEDS: dict[Kind, tuple[str, ...]] = {"check_in": tuple(ROLES), "entry": ("teller",)}
"""Whoever acts at a desk holds one of these roles."""


def open_desk(session: Session, meeting: Case, name: str, kind: Kind, until: Stated, act: Act) -> tuple[str, str]:
    """
    Open a desk in the name of the officer who acts, and return its name and its code, which nobody can be shown again.

    Errors: Refused where one of this name is open; where the officer may not do what is done there.
    """
    steps.lock(session, meeting)
    name, label = name.strip(), f"开通{KINDS[kind]}"
    steps.must_hold(session, meeting, label, NEEDS[kind], act)
    act.must_not_be_future()
    there = _find(session, meeting, name)
    if there and not _expired(there.until, Stated.of(act.recorded_at)):
        remedy = f"federation desk close {name} --meeting {meeting.short_id}，再重新开通"
        raise Refused(f"不能{label}", [Finding(f"“{name}”已经开通，代码只显示一次", "", remedy)])
    refuse_if(f"不能{label}", desk_findings(name, until, Stated.of(act.recorded_at)))
    if there:
        _remove(session, there)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    session.add(
        HallDesk(
            meeting_id=meeting.id, name=name, kind=kind, officer=act.by, until=str(until), code_hash=_code_hash(code)
        )
    )
    _record(session, meeting, "open", {"name": name, "kind": kind, "until": str(until)}, act)
    return name, grouped(code)


def close(session: Session, meeting: Case, name: str, act: Act) -> JournalLine:
    """Close a desk: its code and whoever signed in with it are good for nothing from now on."""
    steps.lock(session, meeting)
    steps.must_hold(session, meeting, "关闭工作台", tuple(ROLES), act)
    act.must_not_be_future()
    if (found := _find(session, meeting, name.strip())) is None:
        there = "、".join(desk.name for desk in _desks(session, meeting)) or "无"
        raise NotFound(f"{meeting.label}没有叫“{name}”的工作台；现有：{there}")
    facts = {"name": found.name, "kind": found.kind}
    _remove(session, found)
    return _record(session, meeting, "close", facts, act)


def listed(session: Session, meeting: Case, now: Stated) -> list[DeskListed]:
    """The desks of a meeting in the order of their names."""
    query = select(HallDeskSession.desk_id, func.count()).group_by(HallDeskSession.desk_id)
    browsers = dict(session.execute(query).all())
    return [
        DeskListed(
            name=desk.name,
            kind=_kind(desk),
            officer=desk.officer,
            meeting=meeting.short_id,
            until=desk.until,
            expired=_expired(desk.until, now),
            browsers=browsers.get(desk.id, 0),
        )
        for desk in _desks(session, meeting)
    ]


def by_code(session: Session, typed: str, now: Stated) -> DeskAtWork:
    """The desk of this code, as it was typed; NotFound where there is none, or its time is over."""
    return _at_work(_of_code(session, typed, now))


def sign_in(session: Session, typed: str, now: Stated) -> tuple[str, DeskAtWork]:
    """The secret of a new session at the desk of this code, with the desk; NotFound as for `by_code`."""
    desk = _of_code(session, typed, now)
    secret = secrets.token_urlsafe(32)
    session.add(HallDeskSession(secret_hash=_secret_hash(secret), desk_id=desk.id))
    session.flush()
    return secret, _at_work(desk)


def signed_in(session: Session, secret: str, now: Stated) -> DeskAtWork:
    """The desk at which the browser with this secret works; NotFound once it is closed or its time is over."""
    query = select(HallDesk).join(HallDeskSession, HallDeskSession.desk_id == HallDesk.id)
    desk = session.scalar(query.where(HallDeskSession.secret_hash == _secret_hash(secret)))
    if desk is None or _expired(desk.until, now):
        finding = Finding("没有登录，或者工作台已经到期、关闭", remedy="输入工作台的代码；没有的，请秘书重新开通")
        raise NotFound("请先登录工作台", [finding])
    return _at_work(desk)


def meeting_of(session: Session, desk: DeskAtWork) -> Case:
    """The meeting at which a desk works."""
    return session.get_one(Case, desk.meeting_id)


def sign_out(session: Session, secret: str) -> None:
    """The browser with this secret has left its desk; others stay signed in."""
    session.execute(delete(HallDeskSession).where(HallDeskSession.secret_hash == _secret_hash(secret)))


def _of_code(session: Session, typed: str, now: Stated) -> HallDesk:
    """A wrong code, one that is over and one that was taken back are answered alike."""
    desk = session.scalar(select(HallDesk).where(HallDesk.code_hash == _code_hash(folded(typed))))
    if desk is None or _expired(desk.until, now):
        finding = Finding("代码不对，或者已经到期、收回", remedy="对照代码再输一次；到期的，请秘书重新开通")
        raise NotFound("没有登录", [finding])
    return desk


def _at_work(desk: HallDesk) -> DeskAtWork:
    return DeskAtWork(desk.name, _kind(desk), desk.officer, desk.meeting_id, desk.until)


def _kind(desk: HallDesk) -> Kind:
    return "entry" if desk.kind == "entry" else "check_in"


def _expired(until: str, now: Stated) -> bool:
    return not now.precedes(Stated.parse(until))


def _find(session: Session, meeting: Case, name: str) -> HallDesk | None:
    return session.scalar(select(HallDesk).where(HallDesk.meeting_id == meeting.id, HallDesk.name == name))


def _desks(session: Session, meeting: Case) -> list[HallDesk]:
    query = select(HallDesk).where(HallDesk.meeting_id == meeting.id)
    return list(session.scalars(query.order_by(HallDesk.name)))


def _remove(session: Session, desk: HallDesk) -> None:
    session.execute(delete(HallDeskSession).where(HallDeskSession.desk_id == desk.id))
    session.delete(desk)
    session.flush()


def _record(session: Session, meeting: Case, verb: str, facts: dict[str, str], act: Act) -> JournalLine:
    held = steps.roles_of(session, meeting, act.by)
    role = next(role for role in ROLES if role in held)
    return journal.append(session, meeting.federation_id, meeting.path, f"desk.{verb}", facts, act, role)


def _code_hash(code: str) -> str:
    return hashlib.sha256(f"desk\0{code}".encode()).hexdigest()


def _secret_hash(secret: str) -> str:
    return hashlib.sha256(f"desk session\0{secret}".encode()).hexdigest()
