"""Strokes that an officer settled for characters the table does not hold."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base


class SettledStrokes(Base):
    """One character's strokes in writing order, 1 横 2 竖 3 撇 4 点 5 折, as this federation settled them."""

    __tablename__ = "settled_strokes"

    federation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("federations.id"), primary_key=True)
    character: Mapped[str] = mapped_column(String(2), primary_key=True)
    digits: Mapped[str] = mapped_column(String(80))
