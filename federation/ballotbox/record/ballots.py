"""The box of one poll: passes, sealed ballots opened again, check codes, papers; each as the journal has its hash."""

import base64
import binascii
import hashlib
import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from federation.ballotbox.envelope import Envelope, sheet_paper
from federation.ballotbox.opening import CheckCodes, opened
from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH
from federation.ballotbox.record.archive import Archive, parsed, reading
from federation.ballotbox.record.forms import Row, misfits
from federation.ballotbox.record.polls import Poll
from federation.ballotbox.seal import BoxKey
from federation.facts.counting import Mark, Paper, WriteIn
from federation.rules.ballots import PaperJudge
from federation.rules.chain import canonical
from federation.rules.tallies import Tally

_NOTHING = hashlib.sha256().hexdigest()
_PASS = re.compile(rb"([0-9a-f]{64}) (unspent|spent|void|exchanged|handed_in)")
_CODE = re.compile(f"[{ALPHABET}]{{{CHECK_LENGTH}}}")
_MARKS = "".join(map(re.escape, Mark))
_PAPER = {"illegible": bool, "marks": str, "stray": bool, "write_ins": [Row((str, bool, bool))]}


@dataclass(slots=True)
class Box:
    """What was found in a box: a tally for each contest of its sheet, and how many of everything."""

    tallies: dict[str, Tally]
    passes: int = 0
    sealed: int = 0
    opened: int = 0
    faulty: int = 0
    papers: dict[str, int] = field(default_factory=dict)
    unsealed: bool = False


def check_box(archive: Archive, poll: Poll, executor: Executor | None) -> Box:
    """Every list of the box held against the journal, every seal opened again, every ballot and paper added up."""
    delegates = frozenset(poll.data["delegates"]) if poll.data["delegates"] is not None else None
    box = Box(
        {
            round["round"]: Tally(PaperJudge(poll.method, round["seats"], round["candidates"], delegates))
            for round in poll.rounds
        }
    )
    _check_passes(archive, poll, box)
    if poll.data["unsealed"]:
        _open_again(archive, poll, box, executor)
    else:
        box.sealed = sum(1 for _ in _sealed(archive, poll))
    _anchored(archive, poll, "sealed.txt", "close_poll", "sealed_sha256")
    _agree(poll, "sealed.txt", box.sealed, poll.ledger["phones"] or 0, "密封的选票")
    for round in poll.rounds:
        _check_papers(archive, poll, box, round)
    return box


def check_empty(poll: Poll) -> None:
    """A list without lines has the hash of nothing, whether it is here or not: of hands no list has any."""
    empty = []
    if not poll.ledger["phones"]:
        empty.append(poll.fact("close_poll", "sealed_sha256"))
    if not poll.ledger["passes"]:
        empty.append(poll.fact("count_returned", "passes_sha256"))
    if poll.data["form"] == "hands":
        empty.extend((poll.fact("count_ballots", "papers_sha256") or {}).values())
    if not {None, _NOTHING}.issuperset(empty):
        poll.wrong("poll.json", "没有这种凭证或选票，工作日志却记有其校验值")


def check_opened(archive: Archive, poll: Poll) -> int:
    """The check codes of a box whose ballots are not here: as many as were opened, of as many as were cast."""
    found, opened = check_codes(archive, poll), poll.fact("unseal", "opened")
    _agree(poll, "checks.txt", found, opened, "核对码")
    _agree(poll, "checks.txt", opened + poll.fact("unseal", "faulty"), poll.ledger["phones"], "开启的选票")
    return int(found)


def _agree(poll: Poll, member: str, found: int, expected: object, what: str) -> None:
    if type(expected) is not int or found != expected:
        poll.wrong(member, f"{what}有 {found}，账目记 {expected}")


def _anchored(archive: Archive, poll: Poll, member: str, act: str, fact: str) -> None:
    """A list is the one whose hash the journal has, from that act on."""
    if poll.last(act) and archive.digests[poll.member(member)] != poll.fact(act, fact):
        poll.wrong(member, "与工作日志所记的校验值不符")


def _salted(archive: Archive, poll: Poll, member: str, journalled: object) -> None:
    """A list of ballots, of which the journal has a hash that nobody can guess from."""
    digest = hashlib.sha256(bytes.fromhex(poll.data["salt"] or ""))
    for block in archive.blocks(poll.member(member)):
        digest.update(block)
    if digest.hexdigest() != journalled:
        poll.wrong(member, "与工作日志所记的校验值不符")


def _check_passes(archive: Archive, poll: Poll, box: Box) -> None:
    states, last, number = Counter[bytes](), b"", 0
    for number, line in enumerate(archive.lines(poll.member("passes.txt")), 1):
        match = _PASS.fullmatch(line)
        if match is None or match[1] <= last:
            poll.wrong("passes.txt", f"第 {number} 行不合规定，或次序不对")
            return
        last = match[1]
        states[match[2]] += 1
    box.passes = number
    _anchored(archive, poll, "passes.txt", "count_returned", "passes_sha256")
    expected = {name: poll.ledger[name] or 0 for name in ("void", "spent", "exchanged", "handed_in")}
    for state, number in expected.items():
        _agree(poll, "passes.txt", states[state.encode()], number, f"{state} 的凭证")
    _agree(poll, "passes.txt", box.passes, poll.ledger["passes"], "凭证")


def _sealed(archive: Archive, poll: Poll) -> Iterator[bytes]:
    """The sealed ballots in the order of their bytes. One of another length than the poll's will not open."""
    last = b""
    for number, line in enumerate(archive.lines(poll.member("sealed.txt")), 1):
        try:
            box = base64.b64decode(line, validate=True)
        except binascii.Error:
            box = b""
        if not box or base64.b64encode(box) != line or box < last:
            poll.wrong("sealed.txt", f"第 {number} 行不是规定的写法，或次序不对")
            return
        last = box
        yield box


def _envelope(poll: Poll) -> Envelope:
    return Envelope.of(
        [len(round["candidates"]) for round in poll.rounds],
        [round["seats"] for round in poll.rounds],
        written=poll.method.write_in.allowed != "no",
    )


def _open_again(archive: Archive, poll: Poll, box: Box, executor: Executor | None) -> None:
    """Open every seal with the rebuilt key; line for line it must be what the record says."""
    key = BoxKey.of_private(bytes.fromhex(poll.data["key"]["private"]))
    if key.public.hex() != poll.data["key"]["public"]:
        poll.wrong("poll.json", "的私钥与公钥不是一对")
        return
    codes = CheckCodes()
    beside = Beside() if poll.method.record.check == "paper" else None
    said = archive.lines(poll.member("ballots.jsonl"))
    for ballot in codes.judged(opened(_sealed(archive, poll), key, _envelope(poll), executor)):
        box.sealed += 1
        if next(said, b"") != ballot.line.encode():
            poll.wrong("ballots.jsonl", f"第 {box.sealed} 行与 sealed.txt 同一行拆开的不符")
            return
        _add(poll, box, ballot.check, ballot.line)
        if beside and ballot.check:
            beside.add(ballot.check, ballot.line)
    if next(said, None) is not None:
        poll.wrong("ballots.jsonl", "比密封的选票多")
    box.unsealed = True
    _salted(archive, poll, "ballots.jsonl", poll.fact("unseal", "ballots_sha256"))
    _agree(poll, "ballots.jsonl", box.opened, poll.fact("unseal", "opened"), "打开的选票")
    _agree(poll, "ballots.jsonl", box.faulty, poll.fact("unseal", "faulty"), "打不开的选票")
    check_codes(archive, poll, iter(codes), beside)


def _add(poll: Poll, box: Box, check: str, line: str) -> None:
    if not check:
        box.faulty += 1
        sheet = [Paper(Mark.UNCLEAR * len(round["candidates"]), illegible=True) for round in poll.rounds]
    else:
        box.opened += 1
        sheet = [sheet_paper(entry) for entry in json.loads(line)]
    for round, paper in zip(poll.rounds, sheet, strict=True):
        box.tallies[round["round"]].add(paper)


class Beside:
    """
    Which ballot stands beside which check code, as one number: the sum of a keyed hash of each line, in any order.

    The key is drawn here, so that no file can be made to fit; and memory does not grow with the box.
    """

    def __init__(self) -> None:
        self._key, self._sum = secrets.token_bytes(32), 0

    def add(self, check: str, line: str, times: int = 1) -> None:
        digest = hashlib.blake2b(f"{check}\t{line}".encode(), key=self._key, digest_size=32).digest()
        self._sum += times * int.from_bytes(digest, "big")

    def take(self, check: str, line: str) -> None:
        self.add(check, line, -1)

    @property
    def is_even(self) -> bool:
        """True where whatever was added was taken, and nothing else."""
        return self._sum == 0


def check_codes(
    archive: Archive, poll: Poll, expected: Iterator[str] | None = None, beside: Beside | None = None
) -> int:
    """
    The list of check codes: as opened where the ballots are here, and as the journal has it in any case.

    A ballot stands beside its code only where the ballots are here and the method shows them: the journal has the codes
    alone, so that anything could be written there otherwise, and be shown to the voter who asks.
    """
    digest, number, last, sound = hashlib.sha256(), 0, "", True
    for text in archive.lines(poll.member("checks.txt")):
        code, tab, line = text.decode(errors="replace").partition("\t")
        digest.update(f"{code}\n".encode())
        sound = sound and _CODE.fullmatch(code) is not None and code > last and bool(tab) is (beside is not None)
        sound = sound and (expected is None or next(expected, None) == code)
        if beside:
            beside.take(code, line)
        number, last = number + 1, code
    if not sound or (expected is not None and next(expected, None) is not None) or (beside and not beside.is_even):
        poll.wrong("checks.txt", "与拆开的选票不符，或写法、次序不对")
    if digest.hexdigest() != poll.fact("unseal", "checks_sha256"):
        poll.wrong("checks.txt", "与工作日志所记的校验值不符")
    return number


def _check_papers(archive: Archive, poll: Poll, box: Box, round: Any) -> None:
    name = round["round"]
    member, last, number = f"papers-{name}.jsonl", b"", 0
    form = _PAPER | {"marks": re.compile(f"[{_MARKS}]{{{len(round['candidates'])}}}")}
    for line in archive.lines(poll.member(member)):
        with reading(f"{poll.member(member)} 第 {number + 1} 行"):
            data = parsed(line)
        if wrong := misfits(data, form):
            poll.wrong(member, f"第 {number + 1} 行不合规定的格式：{'；'.join(wrong)}")
            return
        if line < last or canonical(data).encode() != line:
            poll.wrong(member, f"第 {number + 1} 行不是规定的写法，或次序不对")
            return
        box.tallies[name].add(_paper(data))
        number, last = number + 1, line
    box.papers[name] = number
    counted = poll.last("count_ballots")
    if counted:
        _salted(archive, poll, member, counted.facts["papers_sha256"].get(name))
        if round["tally_sheet"] is None:
            _agree(poll, member, number, poll.ledger["papers"] or 0, "纸质选票")


def _paper(data: Any) -> Paper:
    written = tuple(WriteIn(name, signed, unclear) for name, signed, unclear in data["write_ins"])
    return Paper(data["marks"], written, data["stray"], data["illegible"])
