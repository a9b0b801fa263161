"""A founding at its desk work: drafts, comments, requests. Everything in it is made up."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import SetClock
from federation.models import Case
from federation.services import comments, drafts, journal, steps
from tests.halls import METHOD, PROSE
from tests.officers import act, federation, found, founding

CHARTER = """# 示例区妇女联合会章程

第一章 总则
第一条 本会名称为示例区妇女联合会。
第二条 本会的宗旨是服务妇女。

第二章 组织
第三条 本会每届任期五年。
"""
NO_NOTE = {"note": "", "file": ""}
LAST_DAY = date(2020, 11, 12)
"""Eleven days from 2 November, both counted: just what the founding asks for."""


class Founding:
    """founding-1 in a database: each act is a transaction of its own, stated now or on the day given."""

    def __init__(self, engine: Engine, clock: SetClock) -> None:
        self.engine = engine
        self.clock = clock
        found(engine, clock)

    def do(self, service: Callable[..., Any], *args: Any, on: str = "", **more: Any) -> Any:
        """Call a service on the case."""
        with db.transaction(self.engine) as session:
            return service(session, founding(session), *args, act(self.clock, stated=on), **more)

    def see(self, reader: Callable[..., Any], *args: Any) -> Any:
        """Ask a service about the case."""
        with db.reading(self.engine) as session:
            return reader(session, founding(session), *args)

    def step(self, event: str) -> None:
        """Take a step of the case that has no service of its own."""

        def take(session: Session, root: Case, by: Any) -> None:
            steps.advance(session, root, event, by, NO_NOTE)

        self.do(take)

    def put(self, state: str) -> None:
        """Set the case where a test needs it, without the way there."""
        with db.transaction(self.engine) as session:
            founding(session).state = state

    def lines(self, act_name: str) -> list[str]:
        """The facts of every line of this act, as the journal holds them."""
        with db.reading(self.engine) as session:
            return [line.facts for line in journal.lines(session, federation(session).id) if line.act == act_name]

    def drafted(self) -> "Founding":
        """The charter and the method of the congress have a version each; the case is in drafting."""
        self.step("form_group")
        self.do(drafts.add, "charter", CHARTER)
        self.do(drafts.add, "method", PROSE, data=METHOD)
        return self

    def commenting(self) -> "Founding":
        """The comment period runs from 2 to 12 November."""
        self.drafted().do(comments.open_period, LAST_DAY)
        return self
