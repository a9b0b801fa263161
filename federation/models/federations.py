"""Federations and the officers who act for them."""

import uuid

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class Federation(Keyed, Base):
    """A women's federation. Many live in one database, each under its superior."""

    __tablename__ = "federations"
    __table_args__ = (CheckConstraint("superior_id IS NULL OR superior_id <> id", name="not_its_own_superior"),)

    short_id: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    level: Mapped[str] = mapped_column(String(20))
    superior_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("federations.id"), index=True)
    specimen: Mapped[bool] = mapped_column(Boolean, default=False)
    """Made up by the demonstration: every paper says 演示."""


class Officer(Keyed, Base):
    """A person who acts at the keyboard. Nothing is authenticated: the name is her word."""

    __tablename__ = "officers"

    name: Mapped[str] = mapped_column(String(80), unique=True)


class OfficerRole(Base):
    """What an officer may do, and for which federation."""

    __tablename__ = "officer_roles"
    __table_args__ = (UniqueConstraint("federation_id", "officer_id", "role"),)

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    federation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("federations.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
