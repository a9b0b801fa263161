"""
A small case made without a database, with everything in it that a record can hold: for verifiers, not for voters.

    congress.members   passes and papers, two contests on a sheet, written names, every fault of a ballot, a ruling
    congress.vice      papers, more of them than were handed out: void
    congress.vice.2    held again; the papers as a tally sheet
    plenary.secretary  a show of hands

Keys, seals, hashes, counts and the chain are real; the dice are loaded, so that it is the same every time.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from federation.ballotbox.envelope import Envelope, sheet_paper
from federation.ballotbox.opening import CheckCodes, Opened, opened
from federation.ballotbox.passes import LENGTH, check_code, new_code, pass_hash
from federation.ballotbox.record.about import ABOUT
from federation.ballotbox.seal import BoxKey, seal
from federation.facts.counting import CountResult, Kind, Ledger, Mark, NameVotes, Paper, Round, Votes, WriteIn
from federation.resources import resource
from federation.rules.ballots import PaperJudge
from federation.rules.chain import canonical, line_hash
from federation.rules.counting import decide, question
from federation.rules.methods import ElectionMethod, load_method
from federation.rules.tallies import Tally

Members = dict[str, bytes]
CASE, FEDERATION, NAME = "founding-1", "demo", "示例妇女联合会"
BALLOTS = """
title = "示例大会选举办法"
elected = "plurality"
[ballot]
channels = ["paper", "phone"]
order = "as_listed"
[write_in]
allowed = "free"
pool = "delegates"
[record]
check = "paper"
[[contest]]
id = "members"
office = "委员"
seats = 2
surplus = { count = 1 }
[[contest]]
id = "chair"
office = "主席"
seats = 1
sheet = "members"
[[contest]]
id = "vice"
office = "副主席"
seats = 1
surplus = { count = 1 }
"""
HANDS = """
title = "示例全体会议选举办法"
form = "hands"
elected = "plurality"
[[contest]]
id = "secretary"
office = "秘书长"
seats = 1
surplus = { count = 1 }
"""
LISTS = {"members": ["马秋澜", "邓云舒", "田富"], "chair": ["丁一禾"]}
VICE, SECRETARY = ["向晚晴", "田大利"], ["赵小满", "孙立夏"]
DELEGATES = sorted(["丁一禾", "向晚晴", "周冬至", "马秋澜"])
FIGURES = (
    "due", "present", "papers_printed", "handed_out", "passes", "void", "drawn", "kept_back", "exchanged", "phones",
    "spent", "handed_in", "missing", "disputes", "faulty", "papers", "ticked",
)  # fmt: skip
NONE = dict.fromkeys(FIGURES, 0) | {"phones": None, "spent": None, "missing": None, "faulty": None, "ticked": None}


def pretty(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines_text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


class Made:
    """The case as it grows: lines of its journal, members of its record."""

    def __init__(self, kind: str, method: str = BALLOTS, seed: int = 2020) -> None:
        self.kind, self.chance, self.lines = kind, Random(seed), list[dict[str, Any]]()
        self.text, self.method = method, load_method(method)
        processes = [resource("processes", f"{name}.toml").read_bytes() for name in ("founding", "election")]
        self.root, self.election = map(sha256, processes)
        self.members: Members = {f"definitions/{sha256(text)}.toml": text for text in processes}
        self.polls: list[str] = []

    def act(self, subject: str, act: str, **facts: Any) -> None:
        """One more line."""
        line = {"sequence": len(self.lines) + 1, "stated": "2020-11-26", "recorded_at": "2020-11-26T01:00:00Z",
                "actor": "王秘书", "second": "", "role": "secretary", "subject": subject, "act": act, "facts": facts,
                "previous_hash": self.lines[-1]["hash"] if self.lines else ""}  # fmt: skip
        self.lines.append({**line, "hash": line_hash(line)})

    def poll(self, folder: str, text: str, rounds: Sequence[Mapping[str, Any]], figures: Mapping[str, Any],
             state: str, **more: Any) -> None:  # fmt: skip
        """The members that every poll has."""
        meeting, _, sheet = folder.partition(".")
        subject = f"{CASE}/{meeting}/{sheet}"
        empty = {"hands": None, "decision": None, "tally_sheet": None, "nth": 1, "kind": "first", "elected": []}
        data = {"poll": f"{FEDERATION}/{subject}", "subject": subject, "meeting": meeting, "sheet": sheet,
                "form": load_method(text).form, "state": state, "method_sha256": sha256(b"\0" + text.encode()),
                "definition": self.election, "key": None, "ledger": NONE | figures, "salt": None, "ruling": None,
                "unsealed": False, "rounds": [empty | round for round in rounds], "delegates": None}  # fmt: skip
        self.add(folder, {"poll.json": pretty(data | more), "method.md": b"", "method.toml": text.encode()})
        self.polls.append(folder)

    def add(self, folder: str, files: Mapping[str, bytes]) -> None:
        self.members |= {f"polls/{folder}/{name}": text for name, text in files.items()}

    def opening(self, subject: str, text: str, act: str, **figures: Any) -> None:
        issued = {"handed_out": 0, "drawn": 0, "kept_back": 0, "due": 30, "present": 28, "key": ""}
        pinned = {"method": sha256(b"\0" + text.encode()), "definition": self.election}
        self.act(subject, act, **{**issued, **figures, **pinned})

    def whole(self) -> Members:
        """Every member of the record, but for the list of their hashes."""
        head = {"format": "federation-record-1", "kind": self.kind, "case": CASE, "head": self.lines[-1]["hash"],
                "federation": {"id": FEDERATION, "name": NAME}, "definition": self.root,
                "polls": self.polls}  # fmt: skip
        return self.members | {
            "README.txt": ABOUT[self.kind].encode(), "characters.json": pretty({"龘": "1"}),
            "papers.json": pretty({"minutes": {"facts_sha256": "0" * 64, "pdf_sha256": ""}}),
            "journal.jsonl": lines_text([canonical(line) for line in self.lines]), "record.json": pretty(head),
        }  # fmt: skip


def record(kind: str, method: str = BALLOTS, seed: int = 2020) -> Members:
    """The members of the whole record, `sealed` or `public`; another seed is another key, other passes, other seals."""
    made = Made(kind, method, seed)
    made.act(FEDERATION, "register", name=NAME, level="unit", superior="")
    made.act(CASE, "open_case", process="founding", definition=made.root, term_no=1)
    made.act(FEDERATION, "settle_strokes", character="龘", digits="1")
    made.act(f"{CASE}/congress", "plan", method=sha256(b"\0" + method.encode()), contests=["members", "chair", "vice"])
    _members(made)
    _vice(made)
    _secretary(made)
    return made.whole()


def counted(method: ElectionMethod, contest: str, ledger: Ledger, votes: Votes, kind: Kind = "first") -> CountResult:
    return decide(question(method, contest, Round(kind), 1 if contest != "members" else 2), ledger, votes)


def _members(made: Made) -> None:
    """Twenty-four passes and five papers; seventeen ballots with passes, three of them faulty."""
    subject, chance = f"{CASE}/congress/members", made.chance.randbytes
    secrets = [new_code(chance)[:LENGTH] for _ in range(24)]
    key, name, envelope = BoxKey.of(chance(16)), f"{FEDERATION}/{subject}", Envelope.of([3, 1], [2, 1], written=True)
    boxes = sorted(_cast(made, name, secrets, key, envelope))
    codes = CheckCodes()
    ballots = list(codes.judged(opened(boxes, key, envelope)))
    salt, full = chance(32), made.kind == "sealed"
    states = ["spent"] * 17 + ["handed_in"] * 2 + ["exchanged"] + ["void"] * 3 + ["unspent"]
    passes = sorted(f"{pass_hash(name, secret)} {state}" for secret, state in zip(secrets, states, strict=True))
    lists = {
        "sealed.txt": b"".join(base64.b64encode(box) + b"\n" for box in boxes),
        "passes.txt": lines_text(passes),
        "ballots.jsonl": lines_text([ballot.line for ballot in ballots]),
        "papers-members.jsonl": _entered(["++-", "+--", "-+0", "+++", "0?+", "---"], written="周冬至"),
        "papers-chair.jsonl": _entered(["+", "+", "-", "0", "+", "+"], stray=True),
    }  # fmt: skip
    beside = {ballot.check: ballot.line for ballot in ballots if ballot.check}
    sums = {file: sha256((b"" if file.endswith(".txt") else salt) + text) for file, text in lists.items()}
    ledger = Ledger(due=30, present=28, issued=26, voted=23, returned=23)
    results = {
        round: counted(made.method, round, ledger, _tally(made.method, place, round, ballots, lists).votes())
        for place, round in enumerate(LISTS)
    }
    won = {round: list(result.elected) for round, result in results.items()}
    held = {"public": key.public.hex(), "threshold": 2, "holders": ["赵监票", "钱监票", "孙监票"]}
    _members_acts(made, subject, held, sums, sha256(lines_text(list(codes))), results, won)
    figures = {"due": 30, "present": 28, "papers_printed": 9, "handed_out": 5, "passes": 24, "void": 3, "drawn": 21,
               "exchanged": 1, "phones": 17, "spent": 17, "handed_in": 2, "missing": 1, "disputes": 1, "faulty": 3,
               "papers": 6, "ticked": 6}  # fmt: skip
    rounds = [
        {"round": id, "contest": id, "office": made.method.contest(id).office, "seats": made.method.contest(id).seats,
         "candidates": LISTS[id], "elected": won[id]}
        for id in LISTS
    ]  # fmt: skip
    made.poll("congress.members", made.text, rounds, figures, "announced", ruling={"note": "照计"}, unsealed=full,
              key={**held, "private": key.private.hex() if full else None}, salt=salt.hex() if full else None,
              delegates=DELEGATES if full else None)  # fmt: skip
    results_files = {f"result-{id}.json": f"{result.printed()}\n".encode() for id, result in results.items()}
    checks = lines_text([f"{code}\t{beside[code]}" if full else code for code in codes])
    made.add("congress.members", {**results_files, "checks.txt": checks, **(lists if full else {})})


def _cast(made: Made, name: str, secrets: Sequence[str], key: BoxKey, envelope: Envelope) -> list[bytes]:
    """Fourteen sound ballots, one of them with a check code twice, one that is no ballot and one that does not open."""
    marks = ["++-", "+0-", "-++", "0++", "+-+", "...", "++?"]
    written = [(), (), (WriteIn("周冬至", signed=True),), (WriteIn("无此人", signed=True),)]
    boxes = []
    for place in range(15):
        sheet = [Paper(marks[place % 7], written[place % 4]), Paper("+-0?"[place % 4])]
        content = envelope.packed(check_code(name, secrets[min(place, 13)]), sheet)
        boxes.append(seal(key.public, content, made.chance.randbytes))
    boxes.append(seal(key.public, b"{}".ljust(envelope.length), made.chance.randbytes))
    return [*boxes, made.chance.randbytes(len(boxes[0]))]


def _entered(marks: Sequence[str], written: str = "", stray: bool = False) -> bytes:
    """Papers of one contest as they were entered from the box; the last is written on, or bears a stray mark."""
    papers = [{"marks": text, "write_ins": list[Any](), "stray": False, "illegible": False} for text in marks]
    papers[-1] |= {"write_ins": [[written, True, False]] if written else [], "stray": stray}
    return lines_text(sorted(map(canonical, papers)))


def _tally(
    method: ElectionMethod, place: int, round: str, ballots: Sequence[Opened], lists: Mapping[str, bytes]
) -> Tally:
    names = LISTS[round]
    tally = Tally(PaperJudge(method, method.contest(round).seats, names, DELEGATES))
    for ballot in ballots:
        unreadable = Paper(Mark.UNCLEAR * len(names), illegible=True)
        tally.add(sheet_paper(json.loads(ballot.line)[place]) if ballot.check else unreadable)
    for line in lists[f"papers-{round}.jsonl"].splitlines():
        data = json.loads(line)
        written = tuple(WriteIn(*entry) for entry in data["write_ins"])
        tally.add(Paper(data["marks"], written, data["stray"], data["illegible"]))
    return tally


def _members_acts(
    made: Made, subject: str, held: Mapping[str, Any], sums: Mapping[str, str], checks: str,
    results: Mapping[str, CountResult], won: Mapping[str, list[str]],
) -> None:  # fmt: skip
    made.act(subject, "print_papers", papers=9, lists=LISTS)
    made.act(subject, "passes.make", passes=24, sha256="0" * 64)
    made.act(subject, "passes.void", voided=2, void=2)
    made.act(subject, "ceremony.hold", number=1, **held)
    made.opening(subject, made.text, "open_poll", handed_out=5, drawn=20, kept_back=2, key=held["public"])
    made.act(subject, "late_passes", drawn=21, kept_back=1)
    made.act(subject, "late_passes", voided=1, drawn=21, kept_back=0)
    made.act(subject, "exchange", exchanged=1)
    made.act(subject, "close_poll", cast=17, spent=17, unspent=3, sealed_sha256=sums["sealed.txt"])
    made.act(subject, "hand_in", handed_in=2)
    made.act(subject, "count_returned", papers=6, ticked=6, handed_in=2, missing=1, disputes=0,
             passes_sha256=sums["passes.txt"])  # fmt: skip
    made.act(subject, "scrub")
    made.act(subject, "declare_valid")
    made.act(subject, "unseal", opened=14, faulty=3, ballots_sha256=sums["ballots.jsonl"], checks_sha256=checks,
             shares=held["holders"][:2])  # fmt: skip
    made.act(subject, "count_ballots", results={round: result.as_json() for round, result in results.items()},
             papers_sha256={round: sums[f"papers-{round}.jsonl"] for round in results})  # fmt: skip
    made.act(subject, "dispute", disputes=1)
    made.act(subject, "rule_on_box", note="照计")
    made.act(subject, "announce", elected=won)


def _vice(made: Made) -> None:
    """Nine papers found where eight were handed out; held again, entered by tally sheet."""
    first, again = f"{CASE}/congress/vice", f"{CASE}/congress/vice.2"
    full, empty = made.kind == "sealed", {"passes.txt": b"", "sealed.txt": b""}
    sheet = {"names": [["向晚晴", False, 6, 1, 1], ["田大利", False, 2, 6, 0]], "valid": 8, "invalid": 0}
    for subject, name, papers in ((first, "vice", 9), (again, "vice.2", 8)):
        made.act(subject, "print_papers", papers=10, lists={name: VICE})
        made.opening(subject, made.text, "open_poll", handed_out=8)
        made.act(subject, "close_poll", cast=0, spent=0, unspent=0, sealed_sha256=sha256(b""))
        made.act(subject, "count_returned", papers=papers, ticked=None, handed_in=0, missing=0, disputes=0,
                 passes_sha256=sha256(b""))  # fmt: skip
        made.act(subject, "declare_void" if subject == first else "declare_valid")
        if subject == first:
            made.act(subject, "rerun")
    votes = Votes(tuple(NameVotes(*row) for row in sheet["names"]), 8, 0)  # type: ignore[misc,attr-defined]
    result = counted(made.method, "vice", Ledger(due=30, present=28, issued=8, returned=8), votes, "rerun")
    salt = made.chance.randbytes(32)
    made.act(again, "count_ballots", results={"vice.2": result.as_json()}, papers_sha256={"vice.2": sha256(salt)})
    made.act(again, "announce", elected={"vice.2": list(result.elected)})
    figures = {"due": 30, "present": 28, "papers_printed": 10, "handed_out": 8, "phones": 0, "spent": 0, "missing": 0}
    round = {"round": "vice", "contest": "vice", "office": "副主席", "seats": 1, "candidates": VICE}
    made.poll("congress.vice", made.text, [round], figures | {"papers": 9}, "continued",
              delegates=DELEGATES if full else None)  # fmt: skip
    kept = sheet if full else None
    after = {"round": "vice.2", "kind": "rerun", "elected": list(result.elected), "tally_sheet": kept}
    made.poll("congress.vice.2", made.text, [round | after], figures | {"papers": 8}, "announced",
              salt=salt.hex() if full else None, delegates=DELEGATES if full else None)  # fmt: skip
    made.add("congress.vice.2", {"result-vice.2.json": f"{result.printed()}\n".encode()})
    if full:
        made.add("congress.vice", empty | {"papers-vice.jsonl": b""})
        made.add("congress.vice.2", empty | {"papers-vice.2.jsonl": b""})


def _secretary(made: Made) -> None:
    """Two names, hands raised for each."""
    subject = f"{CASE}/plenary/secretary"
    made.act(f"{CASE}/plenary", "plan", method=sha256(b"\0" + HANDS.encode()), contests=["secretary"])
    hands = [["赵小满", False, 20, 3, 5], ["孙立夏", False, 8, 15, 5]]
    ledger = Ledger(due=30, present=28)
    votes = Votes(tuple(NameVotes(*row) for row in hands))  # type: ignore[arg-type]
    result = counted(load_method(HANDS), "secretary", ledger, votes)
    made.act(subject, "fix_list", papers=0, lists={"secretary": SECRETARY})
    made.opening(subject, HANDS, "open_hands")
    made.act(subject, "close_poll", cast=0, spent=0, unspent=0, sealed_sha256=sha256(b""))
    made.act(subject, "record_hands", contest="secretary", votes=hands)
    made.act(subject, "count_ballots", results={"secretary": result.as_json()},
             papers_sha256={"secretary": sha256(b"")})  # fmt: skip
    made.act(subject, "announce", elected={"secretary": list(result.elected)})
    round = {"round": "secretary", "contest": "secretary", "office": "秘书长", "seats": 1, "candidates": SECRETARY,
             "hands": hands, "elected": list(result.elected)}  # fmt: skip
    figures = {"due": 30, "present": 28, "phones": 0, "spent": 0, "missing": 0, "papers": None}
    made.poll("plenary.secretary", HANDS, [round], figures, "announced")
    made.add("plenary.secretary", {"result-secretary.json": f"{result.printed()}\n".encode()})
