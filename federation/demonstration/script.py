"""The script of an example: preparation, comment period, meetings, end. Elections have a file of their own."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from federation.demonstration.ballots import poll_scenes
from federation.demonstration.example import Example
from federation.demonstration.scenes import Scene, Stage, Take
from federation.facts.acts import Act
from federation.facts.comments import WrittenComment
from federation.facts.requests import Letter
from federation.rules.motions import Hands
from federation.services import (
    attendance,
    cases,
    comments,
    drafts,
    elections,
    federations,
    meetings,
    motions,
    requests,
    roll,
    steps,
    terms,
)
from federation.spreadsheets import read_table

NO_NOTE = {"note": "", "file": ""}


def script(example: Example, seed: int) -> Iterator[Scene]:
    """Every scene of the example; those at one time stand in the order in which they are played."""
    one = _Script(example)
    yield from one.preparation()
    yield from one.comment_period()
    yield from one.drafts_settled()
    yield from one.requests()
    for meeting in example.scenario["meetings"]:
        yield from one.called(meeting)
        yield from one.session(meeting)
    for id, poll in example.scenario["polls"].items():
        yield from poll_scenes(Stage(example), one.secretary, id, poll, seed)
    for meeting in example.scenario["meetings"]:
        yield from one.adjourned(meeting)
    yield from one.ending()


class _Script:
    def __init__(self, example: Example) -> None:
        self.example, self.scenario, self.stage = example, example.scenario, Stage(example)
        self.secretary = example.officers("secretary")[0]

    def scene(self, at: datetime, take: Take, by: str = "") -> Scene:
        return Scene(at, by or self.secretary, take)

    def step(self, event: str, at: datetime) -> Scene:
        return self.scene(
            at, lambda session, act: steps.advance(session, self.stage.root(session), event, act, NO_NOTE)
        )

    def preparation(self) -> Iterator[Scene]:
        of, case = self.scenario["federation"], self.scenario["case"]
        start = self.example.starts_at
        yield self.scene(start, lambda session, act: _initialise(session, of, act))
        for officer in self.example.people["officer"]:
            yield self.scene(start, self._officer(officer["name"], tuple(officer["roles"])))
        yield self.scene(
            case["founded_at"],
            lambda session, act: cases.open_case(
                session, self.stage.federation(session), case["process"], case["term_no"], act
            ),
        )
        yield self.step("form_group", case["group_formed_at"])
        for draft in self.scenario["draft"]:
            yield self.scene(draft["added_at"], self._draft(draft, self.example.text(draft["file"])))

    def _officer(self, name: str, roles: tuple[str, ...]) -> Take:
        return lambda session, act: federations.add_officer(session, self.stage.federation(session), name, roles, act)

    def _draft(self, draft: dict[str, Any], text: str) -> Take:
        data = self.example.text(draft["data"]) if "data" in draft else ""
        return lambda session, act: drafts.add(session, self.stage.root(session), draft["id"], text, act, data)

    def comment_period(self) -> Iterator[Scene]:
        period = self.scenario["comments"]
        file = self.example.folder / period["file"]
        rows = _comments(file)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        yield self.scene(
            period["opened_at"],
            lambda session, act: comments.open_period(session, self.stage.root(session), period["ends_on"], act),
        )
        yield self.scene(
            period["opened_at"],
            lambda session, act: comments.publish(session, self.stage.root(session), "各单位，各代表团", "", act),
        )
        yield self.scene(
            period["imported_at"],
            lambda session, act: comments.take_in(session, self.stage.root(session), rows, digest, act),
        )
        yield self.scene(
            period["closed_at"], lambda session, act: comments.close(session, self.stage.root(session), act)
        )

    def drafts_settled(self) -> Iterator[Scene]:
        revised = self.scenario["revised"]
        for draft in self.scenario["draft"]:
            text = self.example.text(draft["file"])
            for change in self.scenario.get("revision", ()):
                if change["draft"] == draft["id"]:
                    text = text.replace(change["old"], change["new"], 1)
            yield self.scene(revised["added_at"], self._draft(draft, text))
            yield self.scene(revised["submitted_at"], self._submit(draft["id"]))
        yield self.step("settle_drafts", revised["submitted_at"])

    def _submit(self, id: str) -> Take:
        return lambda session, act: drafts.submit(session, self.stage.root(session), id, act)

    def requests(self) -> Iterator[Scene]:
        for request in self.scenario["request"]:
            for subject, not_before in self._subjects(request["subject"]):
                reply = request["reply"]
                sent = max(request["sent_at"], not_before)
                yield self.scene(sent, self._file(subject, request))
                yield self.scene(max(reply["at"], sent), self._reply(subject, reply))

    def _subjects(self, subject: str) -> Iterator[tuple[str, datetime]]:
        """A request for candidates is one for each meeting, and not before its lists are there."""
        if subject != "candidates":
            yield subject, self.example.starts_at
            return
        for meeting in self.scenario["meetings"]:
            planned = [
                poll["planned_at"]
                for id, poll in self.scenario["polls"].items()
                if poll["meeting"] == meeting and "." not in id
            ]
            yield f"candidates:{meeting}", max(planned)

    def _file(self, subject: str, request: dict[str, Any]) -> Take:
        to, note = self.scenario["federation"]["party_committee"], f"{request['number']} {request['title']}"
        letter = Letter(request["number"], request["title"], request["text"])
        return lambda session, act: requests.file(session, self.stage.root(session), subject, to, note, act, letter)

    def _reply(self, subject: str, reply: dict[str, Any]) -> Take:
        approved = reply["decision"] == "approved"
        return lambda session, act: requests.reply(
            session, self.stage.root(session), subject, reply["number"], approved, act
        )

    def called(self, id: str) -> Iterator[Scene]:
        meeting = self.scenario["meetings"][id]
        first = id == next(iter(self.scenario["meetings"]))
        roll_table = self.scenario["roll"]
        if first:
            yield self.scene(roll_table["imported_at"], self._import_roll(id))
            yield self.scene(roll_table["imported_at"], self._quota(id))
            yield self.scene(roll_table["reviewed_at"], self._review(id))
        called = meeting["called_at"]
        yield self.scene(called, self._agenda(id, meeting["agenda"]))
        yield self.scene(called, self._call(id, meeting))
        yield self.scene(meeting["noticed_at"], self._notice(id))
        yield self.scene(roll_table["frozen_at"] if first else called, self._freeze(id, drawn=not first))
        if first:
            yield self.step("convene", roll_table["frozen_at"])
        yield self.scene(meeting["checkin_from"], self._check_in(id))

    def _import_roll(self, id: str) -> Take:
        file = self.example.folder / self.scenario["roll"]["file"]
        return lambda session, act: roll.import_file(session, self.stage.meeting(session, id), file, False, act)

    def _quota(self, id: str) -> Take:
        quota, procedure = self.scenario["roll"]["quota"], self.scenario["roll"]["procedure"]
        return lambda session, act: roll.set_quota(session, self.stage.meeting(session, id), quota, procedure, act)

    def _review(self, id: str) -> Take:
        return lambda session, act: roll.review(session, self.stage.meeting(session, id), (), True, "", act)

    def _agenda(self, id: str, items: list[str]) -> Take:
        return lambda session, act: meetings.agenda(session, self.stage.meeting(session, id), items, act)

    def _call(self, id: str, meeting: dict[str, Any]) -> Take:
        chair = meeting.get("chair") or self.example.people["presiding_chair"]
        return lambda session, act: meetings.call(
            session,
            self.stage.meeting(session, id),
            str(meeting["held_on"]),
            meeting["place"],
            chair,
            act,
            meeting["title"],
            meeting["session_no"],
        )

    def _notice(self, id: str) -> Take:
        return lambda session, act: meetings.notice(session, self.stage.meeting(session, id), "", act)

    def _freeze(self, id: str, drawn: bool) -> Take:
        def take(session: Session, act: Act) -> None:
            meeting = self.stage.meeting(session, id)
            if drawn:
                roll.draw(session, meeting, act)
            roll.freeze(session, meeting, act)

        return take

    def _check_in(self, id: str) -> Take:
        there = self.example.people["attendance"][id]
        away = [row["name"] for row in (*there["absent"], *there["late"])]

        def take(session: Session, act: Act) -> None:
            meeting = self.stage.meeting(session, id)
            attendance.check_in_all(session, meeting, away, act)
            for row in there["absent"]:
                attendance.stayed_away(session, meeting, [row["name"]], row["reason"], act)

        return take

    def session(self, id: str) -> Iterator[Scene]:
        meeting = self.scenario["meetings"][id]
        opened = meeting["opened_at"]
        yield self.scene(opened, lambda session, act: meetings.quorum(session, self.stage.meeting(session, id), act))
        yield self.step("open_congress" if id == "congress" else "open_plenary", opened)
        yield from self._comings_and_goings(id, opened)
        motions_here = [motion for motion in self.scenario["motion"] if motion["meeting"] == id]
        for motion in motions_here:
            if motion["subject"] == "scrutineers":
                yield self.scene(motion["at"], self._duties(id))
            yield self.scene(motion["at"], self._vote(id, motion))
        if id == "congress":
            yield self.step("begin_election", max(motion["at"] for motion in motions_here))

    def _comings_and_goings(self, id: str, opened: datetime) -> Iterator[Scene]:
        there = self.example.people["attendance"][id]
        for kind, record in (("late", attendance.came_late), ("left", attendance.left)):
            for row in there[kind]:
                hour, minute = map(int, row["at"].split(":"))
                at = opened.replace(hour=hour, minute=minute)
                yield self.scene(
                    at,
                    lambda session, act, record=record, name=row["name"]: record(  # type: ignore[misc]
                        session, self.stage.meeting(session, id), [name], act
                    ),
                )

    def _duties(self, id: str) -> Take:
        own = self.example.people["duties"][id]
        duties = {
            "chief_scrutineer": [own["chief_scrutineer"]],
            "scrutineer": own["scrutineers"],
            "chief_teller": [own["chief_teller"]],
            "teller": own["tellers"],
        }
        return lambda session, act: elections.set_scrutineers(session, self.stage.meeting(session, id), duties, act)

    def _vote(self, id: str, motion: dict[str, Any]) -> Take:
        hands = Hands(motion["hands"]["approve"], motion["hands"]["against"], motion["hands"]["abstain"])

        def take(session: Session, act: Act) -> None:
            meeting = self.stage.meeting(session, id)
            text = "" if "draft" in motion else motion["text"]
            motions.put(session, meeting, motion["subject"], text, act)
            motions.record(session, meeting, None, hands, act)
            if "draft" in motion:
                drafts.adopt(session, self.stage.root(session), motion["draft"], act)

        return take

    def adjourned(self, id: str) -> Iterator[Scene]:
        at = self.scenario["meetings"][id]["adjourned_at"]
        if id == "congress":
            yield self.step("elect_committee", at)
        yield self.scene(at, lambda session, act: meetings.adjourn(session, self.stage.meeting(session, id), act))

    def ending(self) -> Iterator[Scene]:
        case, filing = self.scenario["case"], self.scenario["filing"]
        superior = self.scenario["federation"]["superior"]
        yield self.scene(
            case["appointed_at"], lambda session, act: terms.appoint(session, self.stage.root(session), 5, (), act)
        )
        yield self.scene(
            filing["sent_at"],
            lambda session, act: requests.send_filing(session, self.stage.root(session), superior, act),
        )
        yield self.step("report", filing["sent_at"])
        receipt = filing["receipt"]
        yield self.scene(
            receipt["at"],
            lambda session, act: requests.filing_reply(session, self.stage.root(session), receipt["number"], act),
        )
        yield self.scene(
            case["archived_at"], lambda session, act: cases.archive(session, self.stage.root(session), act)
        )


def _initialise(session: Session, of: dict[str, Any], act: Act) -> None:
    federations.initialise(session, of["id"], of["name"], "unit", act).specimen = True


def _comments(file: Any) -> list[WrittenComment]:
    from federation.commands.comments import COLUMNS

    return [
        WrittenComment(*(row.text(key) for key in ("source", "draft", "clause", "text", "disposition", "reason")))
        for row in read_table(file).rows(COLUMNS, optional=("disposition", "reason"))
    ]
