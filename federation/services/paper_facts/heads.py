"""What every paper carries: whose it is, who signs it, and of which day."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.papers import PaperHead
from federation.models import Case, Federation, Meeting, Motion
from federation.rules.numerals import NUMERAL

_SITTING = re.compile(rf"第[{NUMERAL}]+次(?:全体)?会议$")
"""How the title of a body's own meeting ends; what stands before it is the body."""


def head(
    session: Session, case: Case, day: date, *, meeting: str = "", signed_by: str = "", check_code: str = ""
) -> PaperHead:
    """What every paper carries, for a case of this federation."""
    federation = session.get_one(Federation, case.federation_id)
    body = signed_by or convener(session, case)
    return PaperHead(federation.name, meeting, body, day, check_code, federation.specimen, letterhead(federation, body))


def convener(session: Session, case: Case) -> str:
    """Who prepares and calls: the preparatory group at a founding, the federation itself later on."""
    root, federation = session.get_one(Case, case.root_id), session.get_one(Federation, case.federation_id)
    return f"{federation.name}筹备组" if root.process == "founding" else federation.name


LETTERHEADED = frozenset({"province", "city", "county", "township"})
"""Levels whose papers go out under a red head; a village's or a unit's are only signed and sealed (decision 0014)."""


def letterhead(federation: Federation, body: str) -> str:
    """
    The red head of a paper that this body signs, or none.

    It names who issues the paper: the federation, or before there is one its preparatory group. A presidium or a
    committee in session has no letterhead of its own.
    """
    issues = body in (federation.name, f"{federation.name}筹备组")
    return f"{body}文件" if issues and federation.level in LETTERHEADED else ""


def day_of(stated: str) -> date:
    return Stated.parse(stated).day


def body_of(session: Session, meeting_case: Case, meeting: Meeting) -> str:
    """
    Who signs for a meeting: the committee at its own, the presidium at a congress that has adopted one.

    No paper may claim a presidium that the meeting never adopted; before that, or without, those sign who called it:
    the preparatory group at a founding, the federation itself later on.
    """
    title = meeting.title or meeting_case.label
    if meeting.roll_from or _SITTING.search(title):
        return _SITTING.sub("", title)
    adopted = select(Motion.id).where(Motion.meeting_id == meeting.case_id, Motion.subject == "presidium")
    if session.scalar(adopted.where(Motion.carried).limit(1)):
        return f"{title}主席团"
    return convener(session, meeting_case)


def everybody(meeting: Meeting) -> str:
    """Whom a notice addresses where nobody else is named: the members of a committee, the delegates of a congress."""
    return "全体委员" if meeting.roll_from else "全体代表"
