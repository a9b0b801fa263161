"""Slips of a poll: issued, returned, sealed. Frozen by the acts they report, but for what is sealed."""

import json
from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from federation.facts.acts import Stated
from federation.facts.papers import (
    IssuedPapers,
    IssuedPasses,
    IssueSlip,
    PaperHead,
    ReturnedChannel,
    ReturnSlip,
    SealedItem,
    SealingList,
    Serving,
)
from federation.facts.snapshot import ElectionFacts
from federation.models import Case, Meeting
from federation.rules.motions import SCRUTINY
from federation.services import journal, minute_items, poll_rows, results, steps
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.poll_rows import Poll
from federation.workflows.guards import GuardUse

COUNTED = ("announced", "unsettled", "continued")
LIMITS = {"issued": "发出的选票", "voted": "投票人数", "due": "应到人数"}
"""What the papers returned may not exceed."""


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """What is sealed once a poll has been counted and announced."""
    for _, case in meetings_of(session, root):
        for poll in poll_rows.of_meeting(session, case):
            if poll.election.form == "ballot" and poll.case.state in COUNTED and poll.rounds[0].result:
                build = partial(sealing_list, session, poll)
                yield LivePaper(paper_id("sealing_list", poll), "sealing_list", poll.case.label, build)


def paper_id(kind: str, poll: Poll) -> str:
    """`issue_slip-congress-members`."""
    return f"{kind}-{poll.meeting_case.short_id}-{poll.case.short_id}"


def poll_head(session: Session, poll: Poll, check_code: str = "") -> PaperHead:
    """The head of a paper of a poll: of the day on which the meeting is held, signed by who runs the election."""
    day = day_of(poll.meeting.held_on or poll.case.since)
    title = poll.meeting.title or poll.meeting_case.label
    body = body_of(session, poll.meeting_case, poll.meeting)
    return head(session, poll.case, day, meeting=title, signed_by=body, check_code=check_code)


def serving(session: Session, meeting: Meeting) -> Serving:
    """Who scrutinises and counts at a meeting."""
    held = minute_items.duties(session, meeting)
    return Serving(**{duty: held[duty] for duty in SCRUTINY if duty in held})


def office_of(poll: Poll) -> str:
    """All offices of the sheet."""
    return "、".join(round.office for round in poll.rounds)


def _facts(session: Session, poll: Poll) -> ElectionFacts:
    return steps.view_of(session, poll.case, Stated.parse(poll.case.since)).election


def issue_slip(session: Session, poll: Poll, check_code: str) -> IssueSlip:
    """发票报告单, as of the opening of the poll."""
    election, known = poll.election, _facts(session, poll)
    papers = IssuedPapers(election.papers_printed, election.handed_out, election.papers_printed - election.handed_out)
    passes = IssuedPasses(known.passes, known.passes_void, election.drawn, election.kept_back)
    return IssueSlip(
        head=poll_head(session, poll, check_code),
        office=office_of(poll),
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        due=election.due or 0,
        present=election.present or 0,
        papers=papers if election.papers_printed else None,
        passes=passes if known.passes else None,
        issued=known.issued,
        replaces=poll.method.ballot.replace_spoiled,
        serving=serving(session, poll.meeting),
    )


def return_slip(session: Session, poll: Poll, check_code: str) -> ReturnSlip:
    """收票报告单, as of the count of what came back; nobody has looked at a paper yet."""
    election, known = poll.election, _facts(session, poll)
    faults = GuardUse("returned_within_limit").findings(
        steps.view_of(session, poll.case, Stated.parse(poll.case.since))
    )
    clause = known.returned_over_clause
    limit = LIMITS[known.returned_over]
    verdict = "；".join(found.problem for found in faults) or f"收回的选票没有超过{limit}"
    return ReturnSlip(
        head=poll_head(session, poll, check_code),
        office=office_of(poll),
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        due=election.due or 0,
        present=election.present or 0,
        channels=_channels(known),
        voted=known.voted if known.returned_over == "voted" else None,
        exchanged=election.exchanged,
        handed_in=election.handed_in,
        missing=known.missing,
        disputes=election.disputes,
        valid=not faults,
        verdict=verdict + (f"（选举办法{clause}）" if clause else ""),
        serving=serving(session, poll.meeting),
    )


def _channels(known: ElectionFacts) -> tuple[ReturnedChannel, ...]:
    rows = (
        ReturnedChannel("纸质选票", known.papers_issued, known.papers or 0),
        ReturnedChannel("凭证选票", known.passes_issued, known.phones or 0),
    )
    used = tuple(row for row in rows if row.issued or row.returned)
    both = ReturnedChannel("合计", known.issued, known.returned or 0)
    return (*used, both) if len(used) > 1 else used


def sealing_list(session: Session, poll: Poll) -> SealingList:
    """封存清单 of one poll: of the result as counted, and of the sealed record once it was taken."""
    election, path = poll.election, poll.case.path
    line = journal.latest(session, poll.case.federation_id, path, "announce") or journal.latest(
        session, poll.case.federation_id, path, "announce_partly"
    )
    root = session.get_one(Case, poll.case.root_id)
    record = journal.latest(session, root.federation_id, root.path, "record.export")
    phones = bool(election.drawn)
    taken = json.loads(record.facts)["sha256"] if record and phones else ""
    return SealingList(
        head=poll_head(session, poll, line.hash if line else ""),
        office=office_of(poll),
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        items=tuple(_sealed_items(session, poll)),
        phones=phones,
        record_sha256=taken,
        serving=serving(session, poll.meeting),
    )


def _sealed_items(session: Session, poll: Poll) -> Iterator[SealedItem]:
    """Counts as the ledger has them: papers of the box, papers never handed out, passes that were not spent."""
    election, known = poll.election, _facts(session, poll)
    several, counted = len(poll.rounds) > 1, list(results.results(poll))
    yield SealedItem("箱内纸质选票", election.papers, "有效票、无效票分别包封" if not several else "整叠包封")
    for round, result in counted:
        of = f"（{round.office}）" if several else ""
        both = "纸质、凭证两种合计" if election.drawn else ""
        yield SealedItem(f"有效票{of}", result.ledger.valid, both)
        yield SealedItem(f"无效票{of}", result.ledger.invalid, both)
    if election.papers_printed:
        left = election.papers_printed - known.papers_issued
        replaced = "含写错更换的原票；" if poll.method.ballot.replace_spoiled else ""
        yield SealedItem("未发出的纸质选票", left, f"{replaced}当众剪角或者销毁的，注明并另附记录")
    if election.drawn:
        yield SealedItem("收回的未用凭证", election.handed_in, "")
        yield SealedItem("作废的凭证", known.passes_void, "")
        yield SealedItem("换领纸质选票的凭证", election.exchanged, "")
        yield SealedItem("监票人密钥函", None, "原封及拆封的，按份填写")
    yield SealedItem("计票表", None, "按张填写")
