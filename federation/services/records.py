"""
The public record of a case: what was decided and by which figures, for anyone to keep.

Totals, ledgers, results, the methods they followed and the journal; no ballot, no name of a voter. What a sealed record
adds, ballots that scrutineers can open again, is not part of it, and it says so.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.models import BallotRound, Case, DraftVersion, Election
from federation.services import journal
from federation.services.polls import Poll, poll_of

ABOUT = """妇联选举公开记录

journal.jsonl        工作日志，一行一件，逐行以 SHA-256 相连；最后一行的 hash 即校验码
methods/*.toml       据以计票的选举办法
rounds/*.json        每一轮的账目、票数、结果和后续
manifest.json        以上各文件的 SHA-256

本记录只含票数合计，不含选票，也没有拆开任何密封的选票。
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def public_record(session: Session, root: Case) -> bytes:
    """The public record as a ZIP: stored, sorted, with fixed dates, so that the same facts give the same bytes."""
    members = {"README.txt": ABOUT.encode()}
    members["journal.jsonl"] = "".join(f"{line}\n" for line in _journal(session, root)).encode()
    query = select(Election.case_id).join(Case, Case.id == Election.case_id).where(Case.root_id == root.id)
    for election_id in session.scalars(query.order_by(Case.position, Case.path)):
        poll = poll_of(session, election_id)
        for round in poll.rounds:
            name = f"{poll.meeting_case.short_id}.{round.short_id}"
            members[f"rounds/{name}.json"] = _pretty(_round(poll, round))
        members[f"methods/{poll.meeting_case.short_id}.toml"] = _method(session, poll).encode()
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())}
    members["manifest.json"] = _pretty({"case": root.path, "sha256": digests})
    return _archive(members)


def _journal(session: Session, root: Case) -> Iterator[str]:
    for line in journal.lines(session, root.federation_id):
        yield journal.canonical({**journal.fields(line), "hash": line.hash})


def _round(poll: Poll, round: BallotRound) -> dict[str, Any]:
    election = poll.election
    return {
        "round": round.short_id,
        "kind": round.kind,
        "office": round.office,
        "seats": round.seats,
        "channels": {"passes_drawn": election.drawn, "papers_handed_out": election.handed_out},
        "returned": {"by_pass": election.phones, "papers": election.papers},
        "state": poll.case.state,
        "result": json.loads(round.result) if round.result else None,
        "decision": json.loads(round.decision) if round.decision else None,
    }


def _method(session: Session, poll: Poll) -> str:
    query = select(DraftVersion.method_toml).where(DraftVersion.sha256 == poll.election.method_sha256)
    return session.scalars(query).first() or ""


def _pretty(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return buffer.getvalue()
