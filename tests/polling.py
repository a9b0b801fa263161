"""A congress in session with its method adopted, for tests of elections: nine delegates, all of them made up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from federation import db
from federation.clock import SetClock
from federation.facts.acts import Act
from federation.facts.counting import NameVotes, Paper
from federation.models import Case, Draft
from federation.rules.motions import Hands
from federation.services import (
    attendance,
    ballots,
    candidates,
    counts,
    elections,
    federations,
    hands,
    meetings,
    motions,
    polls,
    requests,
    selection,
)
from federation.services.candidates import Nominee
from federation.services.polls import Poll, poll_of
from federation.services.results import result_of
from tests.halls import Hall

SCRUTINEERS = ("赵监票", "孙监票")
SCRUTINY = {"chief_scrutineer": ["向晚晴"], "scrutineer": ["赵监票", "孙监票"], "chief_teller": [], "teller": []}


class Polling(Hall):
    """The congress of `Hall` as it comes to its ballots."""

    def __init__(self, engine: Engine, clock: SetClock) -> None:
        super().__init__(engine, clock)
        with db.transaction(engine) as session:
            of = selection.federation(session, "")
            for name in SCRUTINEERS:
                federations.add_officer(session, of, name, ("scrutineer", "teller"), self.act())

    def two(self) -> Act:
        """Two scrutineers together."""
        return replace(self.act(), by=SCRUTINEERS[0], second=SCRUTINEERS[1])

    def sitting(self, folder: Path, method: str, absent: Sequence[str] = ()) -> Self:
        """In session, the method adopted, scrutineers adopted, the elections planned."""
        self.called(folder, method)
        self.do(attendance.check_in_all, absent)
        return self.begun()

    def begun(self) -> Self:
        """Whoever is there is enough: from the opening of the meeting to its planned elections."""
        self.do(meetings.quorum)
        with db.transaction(self.engine) as session:
            root = self.root(session)
            draft = session.query(Case).filter_by(root_id=root.id, short_id="method").one()
            draft.state = "adopted"
            session.get_one(Draft, draft.id).adopted_version = 1
        self.do(elections.plan)
        self.do(elections.set_scrutineers, SCRUTINY)
        self.do(motions.put, "scrutineers", "")
        self.do(motions.record, None, Hands(self.DELEGATES * 2 // 3, 0, 0))
        return self

    def poll(self, session: Session, contest: str) -> Poll:
        return poll_of(session, selection.round(session, self.root(session), None, contest).election_id)

    def at(self, contest: str, service: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call a service on a poll in a transaction of its own."""
        with db.transaction(self.engine) as session:
            return service(session, self.poll(session, contest), *args, **more)

    def at_round(self, contest: str, service: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call a service on a poll and one of its rounds."""
        with db.transaction(self.engine) as session:
            poll = self.poll(session, contest)
            round = next(row for row in poll.rounds if row.short_id == contest)
            return service(session, poll, round, *args, **more)

    def result(self, contest: str) -> dict[str, Any]:
        """The frozen count of a round, as JSON."""
        with db.reading(self.engine) as session:
            poll = self.poll(session, contest)
            return result_of(poll, next(row for row in poll.rounds if row.short_id == contest)).as_json()

    def state(self, contest: str) -> str:
        with db.reading(self.engine) as session:
            return self.poll(session, contest).case.state

    def nominated(self, **lists: Sequence[str]) -> Self:
        """Lists of the contests, approved by the party committee."""
        for contest, names in lists.items():
            self.at_round(contest, candidates.nominate, [Nominee(name) for name in names], self.act())
        with db.transaction(self.engine) as session:
            root = self.root(session)
            requests.file(
                session, root, "candidates:congress", "示例党工委", "示例〔2020〕1号 关于候选人的请示", self.act()
            )
            requests.reply(session, root, "candidates:congress", "示例〔2020〕2号", True, self.act())
        return self

    def opened(self, contest: str, papers: int = 9) -> "Polling":
        """Papers printed and handed out (none for hands), the poll open."""
        self.at(contest, polls.print_papers, papers, self.act())
        self.at(contest, polls.open_poll, papers, 0, self.act())
        return self

    def boxed(self, boxes: Mapping[str, Sequence[Paper]]) -> "Polling":
        """The poll of these contests from closing to the count: each contest's papers from the box."""
        first, papers = next(iter(boxes.items()))
        self.at(first, polls.close_poll, self.act())
        self.at(first, polls.count_returned, len(papers), None, self.two())
        self.at(first, polls.declare, True, self.act())
        for contest, box in boxes.items():
            self.enter(contest, box)
        self.at(first, counts.count, self.act())
        return self

    def enter(self, contest: str, box: Sequence[Paper]) -> None:
        """Every paper of the box, entered for one contest."""
        self.at_round(contest, ballots.enter_box, "0" * 64, box, self.act())

    def raised(self, contest: str, *rows: tuple[str, int, int, int], written: Mapping[str, int] | None = None) -> Any:
        """Hands recorded by two: (name, 赞成, 反对, 弃权), and approvals of written names."""
        votes = [NameVotes(name, False, *numbers) for name, *numbers in rows]  # type: ignore[arg-type]
        votes += [NameVotes(name, True, number, None, None) for name, number in (written or {}).items()]
        return self.at_round(contest, hands.record, votes, self.two())
