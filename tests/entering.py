"""A box of nine papers on the table, before two tellers and a scrutineer; all of them made up."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from federation import db
from federation.clock import SetClock
from federation.facts.acts import Act
from federation.facts.counting import Paper, WriteIn
from federation.services import entries, federations, polls, selection, sign_offs
from federation.services.comparisons import BatchFacts, facts_of
from tests.halls import METHOD
from tests.polling import Polling

FIRST, OTHER, JUDGE = "孙计票", "周计票", "李监票"
BOTH = "郑监票"
"""A scrutineer who is a teller as well."""
LIST = ("丁一禾", "马秋澜", "邓云舒", "田富")
TELLERS = METHOD.replace("[[contest]]", '[write_in]\nallowed = "free"\n\n[[contest]]', 1)
BOX = (
    Paper("+++-"),
    Paper("+++0"),
    Paper("++-+"),
    Paper("+-++"),
    Paper("-+++"),
    Paper("---+"),
    Paper("+++-"),
    Paper("00++"),
    Paper("++--", (WriteIn("向晚晴", signed=True),)),
)


class Table(Polling):
    """The congress of `Polling` once the box is opened: the election is valid, nothing is entered."""

    def __init__(self, engine: Engine, clock: SetClock) -> None:
        super().__init__(engine, clock)
        with db.transaction(engine) as session:
            of = selection.federation(session, "")
            for name in (FIRST, OTHER, "吴计票", BOTH):
                federations.add_officer(session, of, name, ("teller",), self.act())
            for name in (JUDGE, BOTH):
                federations.add_officer(session, of, name, ("scrutineer",), self.act())

    def unsealed(self, folder: Path, method: str = TELLERS, papers: int = len(BOX)) -> "Table":
        """Nine papers handed out, so many found in the box, the election declared valid."""
        self.sitting(folder, method).nominated(members=LIST)
        self.opened("members")
        self.at("members", polls.close_poll, self.act())
        self.at("members", polls.count_returned, papers, None, self.by(JUDGE, BOTH))
        self.at("members", polls.declare, True, self.act())
        return self

    def by(self, name: str, second: str = "") -> Act:
        return replace(self.act(), by=name, second=second)

    def as_(self, name: str, service: Callable[..., Any], *args: Any, second: str = "") -> Any:
        """An act of this person on the round, in a transaction of its own."""
        return self.at_round("members", service, *args, self.by(name, second))

    def puts(self, name: str, papers: Sequence[Paper], batch: str = "1") -> None:
        """One teller enters these papers, each in a transaction of its own."""
        self.as_(name, entries.begin, batch, None)
        for paper in papers:
            self.as_(name, entries.put, batch, paper)

    def entered(self, name: str, papers: Sequence[Paper], batch: str = "1") -> None:
        """One teller enters a pile of just these papers and finishes."""
        self.as_(name, entries.begin, batch, len(papers))
        for paper in papers:
            self.as_(name, entries.put, batch, paper)
        self.as_(name, entries.finish, batch)

    def facts(self, batch: str = "1") -> BatchFacts:
        return self.at_round("members", facts_of, batch)

    def signed_off(self, batch: str = "1") -> Any:
        return self.as_(FIRST, sign_offs.sign_off, batch, second=OTHER)
