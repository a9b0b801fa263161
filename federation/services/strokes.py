"""Strokes of characters that the table lacks: asked of an officer, remembered, journalled."""

import unicodedata

from sqlalchemy.orm import Session

from federation.errors import Misused, Refused
from federation.facts.acts import Act
from federation.models import Federation, JournalLine, SettledStrokes
from federation.rules.strokes import stroke_digits, strokes_findings
from federation.services import journal


def settle(session: Session, of: Federation, character: str, digits: str, act: Act) -> JournalLine | None:
    """Remember a character's strokes for this federation; None where they were settled so already."""
    act.must_not_be_future()
    character = unicodedata.normalize("NFC", character)
    if len(character) != 1:
        raise Misused("一次只写一个字")
    if findings := list(strokes_findings(character, digits)):
        raise Refused(f"「{character}」的笔画不能这样定", findings)
    row = session.get(SettledStrokes, (of.id, character))
    if row is not None and row.digits == digits:
        return None
    if row is None:
        session.add(SettledStrokes(federation_id=of.id, character=character, digits=digits))
    else:
        row.digits = digits
    return journal.append(
        session, of.id, of.short_id, "settle_strokes", {"character": character, "digits": digits}, act, "secretary"
    )


def known(session: Session, of: Federation, character: str) -> str:
    """The strokes of a character as digits 1 to 5, settled or from the table; UnknownCharacter if neither has it."""
    row = session.get(SettledStrokes, (of.id, character))
    return stroke_digits(character, {character: row.digits} if row else {})
