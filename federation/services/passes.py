"""Voting passes: made for a poll, voided, exchanged, handed in, counted. Which pass is whose is known to nobody."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from federation.ballotbox.passes import Pass, RandomBytes, new_pile, pass_hash, read_code
from federation.errors import Finding, Misused, NotFound, WrongStage, refuse_if
from federation.facts.acts import Act
from federation.models import VotingPass
from federation.rules.ledger import (
    drawn_late_findings,
    exchange_findings,
    issued_excess,
    late_findings,
    most_issued,
)
from federation.services import journal, secret_files, steps
from federation.services.polls import Poll, count_returned, passes_in, refuse_without_phones
from federation.services.steps import Outcome

SCRUTINEER = ("scrutineer",)
Codes = Iterable[str] | Mapping[str, str]
"""Codes as typed; with the place of each, by which it is named, where that is more than its number."""
Taken = Literal["void", "exchanged", "handed_in"]
"""What becomes of an unspent pass at the desk."""
Print = Callable[[Sequence[Pass]], bytes]
"""How a pile becomes a file: the caller lays it out, since services know no PDF."""


def make(
    session: Session,
    poll: Poll,
    number: int,
    file: Path,
    print: Print,
    act: Act,
    random: RandomBytes = secrets.token_bytes,
) -> Outcome:
    """
    Make passes for a poll: the codes go to `file`, once, readable by its owner alone; only their hashes are stored.

    The file is on disk before the hashes are committed. A run that ends between the two leaves codes that no poll
    knows: an unfinished run voids its pile.
    """
    if number < 1:
        raise Misused("请用 --number 写明凭证份数")
    refuse_without_phones(poll, "不能制发投票凭证")
    steps.lock(session, poll.case)
    steps.must_allow(session, poll.case, "passes")
    pile = new_pile(poll.name, number, random)
    hashes = sorted(pass_hash(poll.name, each.code[:-1]) for each in pile)  # in no order of the pile
    rows = [{"hash": value, "election_id": poll.case.id, "state": "unspent"} for value in hashes]
    sha256 = secret_files.write_once(file, print(pile))
    facts = {"passes": number, "sha256": sha256, "file": file.name}
    return steps.perform(session, poll.case, "passes", act, facts, lambda: _insert(session, rows), detail="make")


def _insert(session: Session, rows: list[dict[str, object]]) -> None:
    session.execute(insert(VotingPass), rows)


def void(session: Session, poll: Poll, typed: Codes, act: Act) -> Outcome:
    """
    Void unspent passes: before the poll opens those nobody drew, while it is open those of the late lot kept back.

    A code that is no pass of this poll is refused by its place.
    """
    steps.lock(session, poll.case)
    if poll.case.state == "open":
        return _void_late(session, poll, typed, act)
    steps.must_allow(session, poll.case, "passes")
    fresh = _of_poll(session, poll, typed, "void")
    before = passes_in(session, poll, "void")
    if repeated := _repeated(session, poll, fresh, "passes.void"):
        return repeated
    facts = {"voided": len(fresh), "void": before + len(fresh)}
    return steps.perform(
        session, poll.case, "passes", act, facts, lambda: _mark(session, poll, fresh, "void"), detail="void"
    )


def _void_late(session: Session, poll: Poll, typed: Codes, act: Act) -> Outcome:
    """Void passes of the late lot: as many as were kept back and no more, for issuing and voiding ended otherwise."""
    fresh = _of_poll(session, poll, typed, "void")
    repeated = _repeated(session, poll, fresh, "late_passes") or _repeated(session, poll, fresh, "passes.void")
    if repeated:
        return repeated
    refuse_if("不能作废", late_findings(len(fresh), poll.election.kept_back, "作废"))
    facts = {
        "voided": len(fresh), "drawn": poll.election.drawn, "kept_back": poll.election.kept_back - len(fresh),
    }  # fmt: skip

    def change() -> None:
        _mark(session, poll, fresh, "void")
        poll.election.kept_back -= len(fresh)

    return steps.perform(session, poll.case, "late_passes", act, facts, change)


def draw_late(session: Session, poll: Poll, total: int, act: Act) -> Outcome:
    """
    Enter how many passes of the late lot were drawn by voters who were present as the poll opened: a count by two.

    The number of all so far, not of new ones: so nothing counts twice when the same is typed again.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "登记领出的预留凭证", SCRUTINEER, act)
    steps.must_allow(session, poll.case, "late_passes")
    session.refresh(poll.election)
    election, already = poll.election, drawn_late(session, poll)
    line = journal.latest(session, poll.case.federation_id, poll.case.path, "late_passes")
    if line and total == already > 0:
        return Outcome(False, line)
    refuse_if("不能登记", drawn_late_findings(total, already))
    number = total - already
    most = most_issued(election.present or 0, election.due or 0, poll.method.proxy.per_voter)
    refuse_if(
        "不能登记",
        [
            *late_findings(number, election.kept_back, "领出"),
            *issued_excess(election.handed_out, election.drawn + number, election.present or 0, most),
        ],
    )

    def change() -> None:
        election.drawn += number
        election.kept_back -= number

    facts = {"drawn": election.drawn + number, "kept_back": election.kept_back - number}
    return steps.perform(session, poll.case, "late_passes", act, facts, change)


def drawn_late(session: Session, poll: Poll) -> int:
    """How many passes of the late lot were drawn so far: what is drawn now, less what was as the poll opened."""
    line = journal.latest(session, poll.case.federation_id, poll.case.path, "open_poll")
    return poll.election.drawn - int(json.loads(line.facts)["drawn"]) if line else 0


def exchange(session: Session, poll: Poll, typed: Codes, act: Act) -> Outcome:
    """
    Cancel unspent passes shown at the desk, each for a paper handed to its holder. A lost pass cannot be exchanged.

    Refused where so few papers would be in the box that they showed how their voters voted.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "换领纸质选票", SCRUTINEER, act)
    steps.must_allow(session, poll.case, "exchange")
    fresh = _of_poll(session, poll, typed, "exchanged")
    if repeated := _repeated(session, poll, fresh, "exchange"):
        return repeated
    election, smallest = poll.election, poll.method.record.smallest
    papers = election.handed_out + election.exchanged + len(fresh)
    left = election.drawn - election.exchanged - len(fresh)
    printed = election.papers_printed
    refuse_if("不能换领", exchange_findings(papers=papers, passes=left, printed=printed, smallest=smallest))

    def change() -> None:
        _mark(session, poll, fresh, "exchanged")
        election.exchanged += len(fresh)

    return steps.perform(session, poll.case, "exchange", act, {"exchanged": election.exchanged + len(fresh)}, change)


def hand_in(session: Session, poll: Poll, typed: Codes, act: Act) -> Outcome:
    """
    Take unspent passes back after the poll has closed: what is then neither spent nor here is missing.

    What turns up after the papers were counted corrects that count in the same moment: 未交回 is never a stale figure.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "收回未用的凭证", SCRUTINEER, act)
    steps.must_allow(session, poll.case, "hand_in")
    fresh = _of_poll(session, poll, typed, "handed_in")
    if repeated := _repeated(session, poll, fresh, "hand_in"):
        return repeated

    def change() -> None:
        _mark(session, poll, fresh, "handed_in")
        poll.election.handed_in += len(fresh)

    facts = {"handed_in": poll.election.handed_in + len(fresh)}
    outcome = steps.perform(session, poll.case, "hand_in", act, facts, change)
    if poll.case.state == "returned":
        return count_returned(session, poll, poll.election.papers or 0, poll.election.ticked, act)
    return outcome


def _repeated(session: Session, poll: Poll, fresh: set[str], name: str) -> Outcome | None:
    """The line of the last such act, where every pass given is in that state already."""
    line = None if fresh else journal.latest(session, poll.case.federation_id, poll.case.path, name)
    return Outcome(False, line) if line else None


def usable(session: Session, poll: Poll, typed: Codes, to: Taken) -> None:
    """Refuse codes that could not be brought into state `to`, and change nothing: asked as each of them is scanned."""
    acts = {"void": "late_passes" if poll.case.state == "open" else "passes", "exchanged": "exchange"}
    steps.must_allow(session, poll.case, acts.get(to, "hand_in"))
    _of_poll(session, poll, typed, to)


def _of_poll(session: Session, poll: Poll, typed: Codes, to: Taken) -> set[str]:
    """
    The hashes of these codes that are unspent; those that are in state `to` already are passed over.

    Refused by their places, never by the code: a code of no pass of this poll, and a pass that is something else.
    """
    hashes = {place: pass_hash(poll.name, secret) for place, secret in _read(typed).items()}
    if not hashes:
        raise Misused("没有给出凭证代码")
    known = _states(session, poll, [*hashes.values()])
    strange = [
        Finding(f"{place}代码不是本次投票的凭证", "凭证须账实相符", "核对是不是别的选举的凭证")
        for place, value in hashes.items()
        if value not in known
    ]
    if strange:
        raise NotFound("\n".join(["有不认识的凭证", *(f"  · {fault}" for fault in strange)]))
    remedies = _REMEDIES | ({"spent": _SPENT_IN_RESERVE} if to == "void" and poll.case.state == "open" else {})
    refuse_if(
        "不能办理",
        [
            Finding(f"{place}凭证{_SAID[known[value]]}", "凭证须账实相符", remedies.get(known[value], "另行收存"))
            for place, value in hashes.items()
            if known[value] not in ("unspent", to)
        ],
    )
    return {value for value in hashes.values() if known[value] == "unspent"}  # a code scanned twice is one pass


def _read(typed: Codes) -> dict[str, str]:
    """The secrets by their places; Misused with every place at which no code stands."""
    placed = typed if isinstance(typed, Mapping) else {f"第 {place} 个": code for place, code in enumerate(typed, 1)}
    found: dict[str, str] = {}
    slips = []
    for place, code in placed.items():
        try:
            found[place] = read_code(code)
        except Misused as slip:
            slips.append(f"{place}{slip}")
    if slips:
        raise Misused("\n".join(slips))
    return found


_SPENT_IN_RESERVE = (
    "预留的没有人领，却已投出：登记为领出（federation election late-passes 共领出的份数），"
    "再登记争议（federation election dispute 起数），由主席团决定"
)
_REMEDIES = {"spent": "持证人称未投的：federation election dispute 起数"}
_SAID = {"spent": "已经投过票", "void": "已经作废", "exchanged": "已经换领纸质选票", "handed_in": "已经收回"}


def _states(session: Session, poll: Poll, hashes: list[str]) -> dict[str, str]:
    query = select(VotingPass.hash, VotingPass.state).where(
        VotingPass.election_id == poll.case.id, VotingPass.hash.in_(hashes)
    )
    return dict(session.execute(query).all())


def _mark(session: Session, poll: Poll, hashes: set[str], state: Taken) -> None:
    """Change the state of unspent passes; WrongStage where one was spent in this very moment."""
    mine = (VotingPass.election_id == poll.case.id, VotingPass.state == "unspent", VotingPass.hash.in_(hashes))
    done = session.execute(update(VotingPass).where(*mine).values(state=state))
    if done.rowcount != len(hashes):  # type: ignore[attr-defined]
        raise WrongStage("有凭证正在投票", [Finding("其中一份刚刚投出", "一张凭证投一次", "再办一次，看是哪一份")])
