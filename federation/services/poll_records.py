"""One poll as it stands in an election record: the figures in any case, its ballots where it stands in full."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from federation.ballotbox.opening import CheckCodes, opened
from federation.ballotbox.seal import BoxKey
from federation.models import (
    BallotRound,
    CheckCode,
    DraftVersion,
    Elected,
    EntryBatch,
    OpenedBallot,
    RollEntry,
    VotingPass,
)
from federation.services import digests, keys
from federation.services.casting import envelope_of
from federation.services.polls import Poll, candidates, missing_of
from federation.services.results import result_of

Member = Callable[[], Iterable[bytes]]

_FIGURES = (
    "due", "present", "papers_printed", "handed_out", "drawn", "kept_back", "exchanged", "phones", "spent", "handed_in",
    "disputes", "faulty", "papers", "ticked",
)  # fmt: skip


def pretty(data: Any) -> bytes:
    """JSON as a person reads it, with one spelling."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def was_opened(poll: Poll) -> bool:
    """True where the box was opened by its holders."""
    return poll.election.box == "opened"


class PollRecord:
    """The members of one poll: the figures in any case, its ballots where it stands in full."""

    def __init__(self, session: Session, poll: Poll, full: bool, key: BoxKey | None) -> None:
        self.session, self.poll, self.full, self.key = session, poll, full, key
        self.unsealed = full and key is not None

    def members(self) -> dict[str, Member]:
        prose, data = self._method()
        found: dict[str, Member] = {
            "poll.json": lambda: [pretty(self._poll())],
            "method.md": lambda: [prose.encode()],
            "method.toml": lambda: [data.encode()],
        }
        for round in self.poll.rounds:
            if round.result:
                found[f"result-{round.short_id}.json"] = partial(self._result, round)
        if self.full and self.poll.election.form == "ballot":
            return found | self._ballots()
        if was_opened(self.poll):  # so that a voter finds her ballot without asking anybody who keeps the box
            found["checks.txt"] = self._checks
        return found

    def _ballots(self) -> dict[str, Member]:
        election = self.poll.case.id
        found: dict[str, Member] = {
            f"papers-{round.short_id}.jsonl": partial(digests.paper_lines, self.session, round.id)
            for round in self.poll.rounds
        }
        found["passes.txt"] = partial(digests.pass_lines, self.session, election)
        found["sealed.txt"] = partial(digests.sealed_lines, self.session, election)
        if self.unsealed:
            found["ballots.jsonl"] = self._lines
            found["checks.txt"] = self._checks
        return found

    def _method(self) -> tuple[str, str]:
        query = select(DraftVersion.text, DraftVersion.method_toml).where(
            DraftVersion.sha256 == self.poll.election.method_sha256
        )
        row = self.session.execute(query).first()
        return (row[0], row[1]) if row else ("", "")

    def _result(self, round: BallotRound) -> list[bytes]:
        return [f"{result_of(self.poll, round).printed()}\n".encode()]

    def _lines(self) -> Iterator[bytes]:
        """Every sealed ballot opened again, in the order in which the sealed ones stand."""
        assert self.key is not None
        boxes = digests.sealed_boxes(self.session, self.poll.case.id)
        for ballot in CheckCodes().judged(opened(boxes, self.key, envelope_of(self.session, self.poll))):
            yield f"{ballot.line}\n".encode()

    def _checks(self) -> Iterator[bytes]:
        in_order = CheckCode.code if self.session.get_bind().dialect.name == "sqlite" else CheckCode.code.collate("C")
        query = select(CheckCode.code, OpenedBallot.marks).outerjoin(
            OpenedBallot, OpenedBallot.key == CheckCode.ballot_key
        )
        rows = self.session.execute(query.where(CheckCode.election_id == self.poll.case.id).order_by(in_order))
        for code, line in rows:
            yield (f"{code}\t{line}\n" if line and self.full else f"{code}\n").encode()

    def _poll(self) -> dict[str, Any]:
        poll, election = self.poll, self.poll.election
        return {
            "poll": poll.name,
            "subject": poll.case.path,
            "meeting": poll.meeting_case.short_id,
            "sheet": poll.case.short_id,
            "form": election.form,
            "state": poll.case.state,
            "method_sha256": election.method_sha256,
            "definition": poll.case.definition_sha256,
            "key": self._key(),
            "ledger": self._ledger(),
            "salt": election.salt if self.full and election.salt else None,
            "ruling": json.loads(election.ruling) if election.ruling else None,
            "unsealed": self.unsealed,
            "rounds": [self._round(round) for round in poll.rounds],
            "delegates": self._delegates(),
        }

    def _key(self) -> dict[str, Any] | None:
        key = keys.of_poll(self.session, self.poll)
        if key is None:
            return None
        private = self.key.private.hex() if self.unsealed and self.key else None
        return {"public": key.public, "threshold": key.threshold, "holders": keys.holders_of(key), "private": private}

    def _ledger(self) -> dict[str, Any]:
        """The figures of the poll, and those of the desk; null where they are not known yet."""
        election = self.poll.election
        query = select(VotingPass.state, func.count()).where(VotingPass.election_id == election.case_id)
        states = dict(self.session.execute(query.group_by(VotingPass.state)).all())
        return {
            **{name: getattr(election, name) for name in _FIGURES},
            "passes": sum(states.values()),
            "void": states.get("void", 0),
            "missing": None if election.spent is None else missing_of(election),
        }

    def _round(self, round: BallotRound) -> dict[str, Any]:
        won = select(Elected.name).where(Elected.round_id == round.id).order_by(Elected.position)
        return {
            "round": round.short_id,
            "contest": round.contest,
            "office": round.office,
            "kind": round.kind,
            "nth": round.nth,
            "seats": round.seats,
            "candidates": [row.name for row in candidates(self.session, round)],
            "hands": json.loads(round.hands) if round.hands else None,
            "decision": json.loads(round.decision) if round.decision else None,
            "tally_sheet": self._tally_sheet(round) if self.full else None,
            "elected": list(self.session.scalars(won)),
        }

    def _tally_sheet(self, round: BallotRound) -> Any:
        query = select(EntryBatch.totals).where(
            EntryBatch.round_id == round.id, EntryBatch.kind == "totals", EntryBatch.state == "signed_off"
        )
        text = self.session.scalar(query)
        return _spelled(json.loads(text)) if text else None

    def _delegates(self) -> list[str] | None:
        """Who may be written in, where the method asks and the ballots are here to be judged again."""
        if not self.full or self.poll.method.write_in.pool != "delegates":
            return None
        query = select(RollEntry.displayed).where(RollEntry.meeting_id == self.poll.meeting.case_id, RollEntry.may_vote)
        return sorted(self.session.scalars(query))


def _spelled(sheet: dict[str, Any]) -> dict[str, Any]:
    """A tally sheet in its one spelling: written names, which two tellers may have in two orders, by themselves."""
    names = sorted(sheet["names"], key=lambda row: (row[1], row[0] if row[1] else ""))
    return {**sheet, "names": names}
