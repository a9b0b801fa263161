"""A record taken apart, changed and put together again: by a clumsy hand, a careful one, and one that rewrites all."""

import base64
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from federation.ballotbox.envelope import Envelope, sheet_paper
from federation.ballotbox.opening import CheckCodes, opened
from federation.ballotbox.record import write
from federation.ballotbox.seal import BoxKey, new_secret, seal
from federation.facts.counting import Kind, Ledger, Paper, Round
from federation.rules.ballots import PaperJudge
from federation.rules.chain import canonical, line_hash
from federation.rules.counting import decide, question
from federation.rules.methods import load_method
from federation.rules.tallies import Tally

SUMS = "sha256sums.txt"
Members = dict[str, bytes]


def apart(file: Path) -> Members:
    """The members of a record, the list of their hashes left out: it is made again."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != SUMS}


def together(members: Mapping[str, bytes]) -> bytes:
    """The canonical archive of these members, their hashes listed anew."""
    out = io.BytesIO()
    write(out, [(name, [members[name]]) for name in sorted(members, key=str.encode)])
    return out.getvalue()


def rezipped(file: Path, change: Callable[[list[tuple[zipfile.ZipInfo, bytes]]], Any], comment: bytes = b"") -> bytes:
    """Every member with its header as another ZIP program would write it, after a change of the list."""
    with zipfile.ZipFile(file) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    change(entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for info, data in entries:
            archive.writestr(info, data, compress_type=info.compress_type)
    return out.getvalue()


def edited(members: Members, name: str, change: Callable[[Any], Any]) -> Members:
    """One JSON member changed, its hash listed anew."""
    data = json.loads(members[name])
    change(data)
    return members | {name: (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def lines_of(members: Members, name: str) -> list[bytes]:
    return members[name].splitlines(keepends=True)


def chained(members: Members, change: Callable[[list[dict[str, Any]]], Any]) -> Members:
    """The journal changed and every hash after it made anew, up to the head: nothing in it gives it away."""
    lines = [json.loads(line) for line in members["journal.jsonl"].splitlines()]
    change(lines)
    previous = ""
    for number, line in enumerate(lines, 1):
        line["sequence"], line["previous_hash"] = number, previous
        previous = line["hash"] = line_hash(line)
    journal = "".join(f"{canonical(line)}\n" for line in lines).encode()
    return edited(members | {"journal.jsonl": journal}, "record.json", lambda head: head.update(head=previous))


def facts(lines: list[dict[str, Any]], subject: str, act: str) -> dict[str, Any]:
    """What the last line of an act on a subject says, to be changed in place."""
    return next(line["facts"] for line in reversed(lines) if (line["subject"], line["act"]) == (subject, act))


def rebuilt(members: Members, folder: str, flip: Mapping[str, str]) -> Members:
    """
    Everything rebuilt with a new key, every ballot of one contest marked otherwise: seals, ballots, hashes, the count,
    the announcement and the journal. Nothing inside the record is at odds with anything else.
    """
    prefix = f"polls/{folder}/"
    poll = json.loads(members[f"{prefix}poll.json"])
    [round] = poll["rounds"]
    method, subject = load_method(members[f"{prefix}method.toml"].decode()), poll["subject"]
    envelope = Envelope.of([len(round["candidates"])], [round["seats"]], written=method.write_in.allowed != "no")
    old, new = BoxKey.of_private(bytes.fromhex(poll["key"]["private"])), BoxKey.of(new_secret())
    sealed = [base64.b64decode(line) for line in members[f"{prefix}sealed.txt"].splitlines()]
    ballots = list(opened(sealed, old, envelope))
    papers = {ballot.check: _flipped(ballot.line, flip) for ballot in ballots}
    boxes = sorted(seal(new.public, envelope.packed(check, [paper])) for check, paper in papers.items())
    codes, again, tally = CheckCodes(), [], Tally(PaperJudge(method, round["seats"], round["candidates"]))
    for ballot in codes.judged(opened(boxes, new, envelope)):
        again.append(ballot.line)
        tally.add(sheet_paper(json.loads(ballot.line)[0]))
    for line in members[f"{prefix}papers-{round['round']}.jsonl"].splitlines():
        tally.add(_entered(line))
    figures, kinds = poll["ledger"], dict[str, Kind](first="first", rerun="rerun")
    ledger = Ledger(due=figures["due"], present=figures["present"], issued=figures["handed_out"] + figures["drawn"],
                    voted=None, returned=figures["phones"] + figures["papers"])  # fmt: skip
    asked = question(method, round["contest"], Round(kinds[round["kind"]]), round["seats"])
    result = decide(asked, ledger, tally.votes())
    poll["key"].update(public=new.public.hex(), private=new.private.hex())
    round["elected"] = list(result.elected)
    changed = members | {
        f"{prefix}poll.json": (json.dumps(poll, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
        f"{prefix}sealed.txt": b"".join(base64.b64encode(box) + b"\n" for box in boxes),
        f"{prefix}ballots.jsonl": "".join(f"{line}\n" for line in again).encode(),
        f"{prefix}result-{round['round']}.json": f"{result.printed()}\n".encode(),
    }

    def rewrite(lines: list[dict[str, Any]]) -> None:
        facts(lines, subject, "ceremony.hold")["public"] = facts(lines, subject, "open_poll")["key"] = new.public.hex()
        facts(lines, subject, "close_poll")["sealed_sha256"] = _sha256(changed[f"{prefix}sealed.txt"])
        salted = bytes.fromhex(poll["salt"]) + changed[f"{prefix}ballots.jsonl"]
        facts(lines, subject, "unseal")["ballots_sha256"] = _sha256(salted)
        facts(lines, subject, "count_ballots")["results"][round["round"]] = result.as_json()
        announced = next(line for line in lines if line["subject"] == subject and line["act"].startswith("announce"))
        announced["facts"]["elected"][round["round"]] = list(result.elected)

    return chained(changed, rewrite)


def _flipped(line: str, flip: Mapping[str, str]) -> Paper:
    paper = sheet_paper(json.loads(line)[0])
    return Paper("".join(flip.get(mark, mark) for mark in paper.marks))


def _entered(line: bytes) -> Paper:
    data = json.loads(line)
    return Paper(data["marks"], (), data["stray"], data["illegible"])


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def first_byte(file: Path, name: str) -> int:
    """Where a member's bytes begin in the archive."""
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo(name)
    data = file.read_bytes()
    name_length, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    return info.header_offset + 30 + name_length + extra
