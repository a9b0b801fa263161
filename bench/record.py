"""
How long it takes to verify a sealed record, as a ratio to the primitives that it cannot do without, in the same run.

    python bench/record.py [BALLOTS] [NAMES]

The primitives: every seal opened, every byte hashed and its CRC taken, base64 and JSON read, every ballot judged and
added up. Of several pairs the one with the middle ratio is printed. Size is that of the record, for each ballot; memory
is the peak of the verification, which must not grow with the box but by the check codes.
"""

import base64
import hashlib
import io
import json
import random
import sys
import tempfile
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from nacl import bindings

from federation.ballotbox.envelope import Envelope, sheet_paper
from federation.ballotbox.opening import opened
from federation.ballotbox.passes import ALPHABET, CHECK_LENGTH
from federation.ballotbox.record import verify, write
from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.seal import BoxKey, new_secret, seal
from federation.facts.counting import Ledger, Paper, WriteIn
from federation.resources import resource
from federation.rules.ballots import PaperJudge
from federation.rules.chain import canonical, line_hash
from federation.rules.counting import decide, question
from federation.rules.methods import load_method
from federation.rules.tallies import Tally

METHOD = """
title = "核验速度"
elected = "plurality"
[ballot]
channels = ["phone"]
choose = "any"
[write_in]
allowed = "free"
[shortage]
then = "vacant"
[[contest]]
id = "members"
office = "执行委员会委员"
seats = 15
"""
CASE, SUBJECT = "founding-1", "founding-1/congress/members"
SALT = "5a" * 32
FOLDER = "polls/congress.members"
PAIRS = 5


def main(ballots: int = 100_000, names: int = 60) -> None:
    """Make a record of so many ballots, verify it, and print times, ratio, size and memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record.zip"
        made = _Made(ballots, names)
        with file.open("w+b") as target:
            write(target, made.members())
        size = file.stat().st_size
        pairs = sorted((_pair(made, file) for _ in range(PAIRS)), key=lambda pair: pair[0] / pair[1])
        least, whole = pairs[PAIRS // 2]
        tracemalloc.start()
        verify(file)
        peak = tracemalloc.get_traced_memory()[1]
    print(f"{ballots} ballots of {names} names")
    print(f"primitives   {least:6.2f} s")
    print(f"verify       {whole:6.2f} s   primitives are {least / whole:.2f} of it")
    print(f"record       {size / ballots:6.0f} bytes a ballot")
    print(f"peak memory  {peak / 1e6:6.1f} MB, {peak / ballots:.0f} bytes a ballot")


def _pair(made: "_Made", file: Path) -> tuple[float, float]:
    """Seconds for the primitives and for the whole verification, one right after the other."""
    least, begun = made.primitives(file), perf_counter()
    assert verify(file).word == "consistent"
    return least, perf_counter() - begun


class _Made:
    """A sealed record of one large poll by phone, made without a database."""

    def __init__(self, ballots: int, names: int) -> None:
        self.listed = [f"候选人{number}" for number in range(names)]
        self.method = load_method(METHOD)
        self.key, self.envelope = BoxKey.of(new_secret()), Envelope.of([names], [15], written=True)
        self.boxes = sorted(self._sealed(ballots))
        self.tally, self.lines, codes = self._tally(), [], []
        for ballot in opened(self.boxes, self.key, self.envelope):
            self.lines.append(ballot.line)
            codes.append(ballot.check)
            self.tally.add(sheet_paper(json.loads(ballot.line)[0]))
        chance = random.Random(7)
        hashes = sorted(hashlib.sha256(chance.randbytes(10)).hexdigest() for _ in range(ballots))
        self.lists = {
            "passes.txt": "".join(f"{hash} spent\n" for hash in hashes).encode(),
            "sealed.txt": b"".join(base64.b64encode(box) + b"\n" for box in self.boxes),
            "ballots.jsonl": "".join(f"{line}\n" for line in self.lines).encode(),
            "checks.txt": "".join(f"{code}\n" for code in sorted(codes)).encode(),
            "papers-members.jsonl": b"",
        }

    def _tally(self) -> Tally:
        return Tally(PaperJudge(self.method, 15, self.listed))

    def _sealed(self, ballots: int) -> Iterator[bytes]:
        chance = random.Random(2020)
        for _ in range(ballots):
            check = "".join(chance.choices(ALPHABET, k=CHECK_LENGTH))
            written = (WriteIn(f"另选人{chance.randrange(30)}", signed=True),) if chance.random() < 0.1 else ()
            paper = Paper("".join(chance.choices("+-0", (20, 10, 70), k=len(self.listed))), written)
            yield seal(self.key.public, self.envelope.packed(check, [paper]))

    def members(self) -> list[tuple[str, list[bytes]]]:
        """Every member, the journal and the result among them."""
        number = len(self.boxes)
        ledger = Ledger(due=number, present=number, issued=number, voted=number, returned=number)
        result = decide(question(self.method, "members"), ledger, self.tally.votes())
        texts = [resource("processes", f"{name}.toml").read_bytes() for name in ("founding", "election")]
        root, election = (hashlib.sha256(text).hexdigest() for text in texts)
        method = hashlib.sha256(b"\0" + METHOD.encode()).hexdigest()
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in self.lists.items()}
        for name in ("ballots.jsonl", "papers-members.jsonl"):
            sums[name] = hashlib.sha256(bytes.fromhex(SALT) + self.lists[name]).hexdigest()
        none = {"papers": 0, "ticked": None, "handed_in": 0, "missing": 0, "disputes": 0}
        opening = {"handed_out": 0, "drawn": number, "kept_back": 0, "due": number, "present": number}
        key = {"public": self.key.public.hex(), "threshold": 2, "holders": ["甲", "乙", "丙"]}
        acts: list[tuple[str, str, dict[str, object]]] = [
            ("a", "register", {"name": "甲"}),
            (CASE, "open_case", {"process": "founding", "definition": root, "term_no": 1}),
            (f"{CASE}/congress", "plan", {"contests": ["members"]}),
            (SUBJECT, "print_papers", {"papers": 0, "lists": {"members": self.listed}}),
            (SUBJECT, "passes.make", {"passes": number, "sha256": hashlib.sha256(b"passes").hexdigest()}),
            (SUBJECT, "ceremony.hold", {"number": 1, **key}),
            (SUBJECT, "open_poll", {**opening, "key": key["public"], "method": method, "definition": election}),
            (SUBJECT, "close_poll", {"cast": number, "spent": number, "unspent": 0,
                                     "sealed_sha256": sums["sealed.txt"]}),
            (SUBJECT, "scrub", {}),
            (SUBJECT, "count_returned", {**none, "passes_sha256": sums["passes.txt"]}),
            (SUBJECT, "declare_valid", {}),
            (SUBJECT, "unseal", {"opened": number, "faulty": 0, "ballots_sha256": sums["ballots.jsonl"],
                                 "checks_sha256": sums["checks.txt"], "shares": key["holders"][:2]}),
            (SUBJECT, "count_ballots", {"results": {"members": result.as_json()},
                                        "papers_sha256": {"members": sums["papers-members.jsonl"]}}),
            (SUBJECT, "announce", {"elected": {"members": list(result.elected)}}),
        ]  # fmt: skip
        journal, head = _chain(acts)
        figures = {**opening, "papers_printed": 0, "passes": number, "void": 0, "exchanged": 0, "phones": number,
                   "spent": number, "faulty": 0, **none}  # fmt: skip
        round = {"round": "members", "contest": "members", "office": "执行委员会委员", "kind": "first", "nth": 1,
                 "seats": 15, "candidates": self.listed, "hands": None, "decision": None, "tally_sheet": None,
                 "elected": list(result.elected)}  # fmt: skip
        poll = {"poll": f"a/{SUBJECT}", "subject": SUBJECT, "meeting": "congress", "sheet": "members", "form": "ballot",
                "state": "announced", "method_sha256": method, "definition": election,
                "key": {**key, "private": self.key.private.hex()}, "ledger": figures, "ruling": None, "salt": SALT,
                "unsealed": True, "rounds": [round], "delegates": None}  # fmt: skip
        record = {"format": "federation-record-1", "kind": "sealed", "case": CASE,
                  "federation": {"id": "a", "name": "甲"}, "head": head,
                  "definition": root, "polls": ["congress.members"]}  # fmt: skip
        found = {
            "README.txt": ABOUT["sealed"].encode(), "characters.json": b"{}\n", "papers.json": b"{}\n",
            "journal.jsonl": journal, "record.json": _pretty(record),
            f"definitions/{root}.toml": texts[0], f"definitions/{election}.toml": texts[1],
            f"{FOLDER}/poll.json": _pretty(poll), f"{FOLDER}/method.md": b"",
            f"{FOLDER}/method.toml": METHOD.encode(), f"{FOLDER}/result-members.json": f"{result.printed()}\n".encode(),
            **{f"{FOLDER}/{name}": data for name, data in self.lists.items()},
        }  # fmt: skip
        return [(name, [found[name]]) for name in sorted(found, key=str.encode)]

    def primitives(self, file: Path) -> float:
        """Seconds for what nobody can leave out, each by itself, added up."""
        data = file.read_bytes()
        begun = perf_counter()
        hashlib.sha256(data)
        zlib.crc32(data)
        for line in self.lists["sealed.txt"].splitlines():
            box = base64.b64decode(line)
            bindings.crypto_box_seal_open(box, self.key.public, self.key.private)
        tally = self._tally()
        for line in io.BytesIO(self.lists["ballots.jsonl"]):
            tally.add(sheet_paper(json.loads(line)[0]))
        tally.votes()
        return perf_counter() - begun


def _pretty(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _chain(acts: list[tuple[str, str, dict[str, object]]]) -> tuple[bytes, str]:
    """A journal of these acts, and its head."""
    lines, previous = [], ""
    for number, (subject, act, facts) in enumerate(acts, 1):
        line = {"sequence": number, "stated": "2020-11-26", "recorded_at": "2020-11-26T01:00:00Z", "actor": "甲",
                "second": "", "role": "secretary", "subject": subject, "act": act, "facts": facts,
                "previous_hash": previous}  # fmt: skip
        previous = line_hash(line)
        lines.append(f"{canonical({**line, 'hash': previous})}\n")
    return "".join(lines).encode(), previous


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
