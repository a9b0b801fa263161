"""Cases: running instances of a process, the drafts, meetings and elections among them."""

import uuid

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from federation.models.base import Base, Keyed


class ProcessDefinition(Base):
    """The text of a process file as some case pinned it: a changed file changes new cases only."""

    __tablename__ = "process_definitions"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    process: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)


class Case(Keyed, Base):
    """One running instance of a process. Its state is moved by `services.steps` alone."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("uq_cases_child", "parent_id", "short_id", unique=True),
        Index(
            "uq_cases_root",
            "federation_id",
            "short_id",
            unique=True,
            sqlite_where=text("parent_id IS NULL"),
            postgresql_where=text("parent_id IS NULL"),
        ),
    )

    federation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("federations.id"), index=True)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"))
    root_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    """The case at the top, itself for a root: its row is the lock of everything below it."""
    short_id: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(200))
    """`founding-1/congress/members`: the subject of its journal lines."""
    process: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    definition_sha256: Mapped[str] = mapped_column(ForeignKey("process_definitions.sha256"))
    state: Mapped[str] = mapped_column(String(40))
    term_no: Mapped[int] = mapped_column(Integer)
    """届: which term this case founds or renews."""
    since: Mapped[str] = mapped_column(String(16))
    """The stated time of the last step; no later step may be stated before it."""
    position: Mapped[int] = mapped_column(Integer, default=0)
    """Its place among its siblings, as the process lists them: for display alone."""
