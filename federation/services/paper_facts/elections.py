"""Papers of a poll, from the sheet to the notice of the result. Every number comes from the ledger or the count."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.clock import chinese_date
from federation.facts.counting import CountResult, NameResult
from federation.facts.papers import (
    BallotPaper,
    ElectedTo,
    LedgerFacts,
    PaperHead,
    ResultNotice,
    ResultRow,
    SheetContest,
    TallyReport,
)
from federation.models import BallotRound, Case, Elected, Election
from federation.rules import explanations, sheets
from federation.rules.ballots import REASONS_IN_CHINESE
from federation.services import minute_items
from federation.services.paper_facts.heads import body_of, day_of, head
from federation.services.paper_facts.live import LivePaper
from federation.services.poll_rows import Poll, candidates, poll_of


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Papers that prepare a poll."""
    polls = select(Election.case_id, Case).join(Case, Case.id == Election.case_id).where(Case.root_id == root.id)
    for election_id, case in session.execute(polls.where(Election.form == "ballot").order_by(Case.position)):
        if case.state not in ("nominating",):
            poll = poll_of(session, election_id)
            short_id = f"ballot-{poll.meeting_case.short_id}-{case.short_id}"
            yield LivePaper(short_id, "ballot", case.label, partial(ballot, session, poll))


def ballot(session: Session, poll: Poll) -> BallotPaper:
    """选票: the sheet of one poll."""
    offices = "、".join(round.office for round in poll.rounds)
    shared = sheets.shared_notes([sheets.sheet_notes(poll.method, round.seats) for round in poll.rounds])
    return BallotPaper(
        head=_poll_head(session, poll, poll.case.since),
        title=f"{poll.meeting.title or poll.meeting_case.label}选举{offices}选票",
        round_label=minute_items.round_label(poll, poll.rounds[0]),
        contests=tuple(_sheet_contest(session, poll, round, shared) for round in poll.rounds),
        notes=shared,
    )


def _poll_head(session: Session, poll: Poll, stated: str, check_code: str = "") -> PaperHead:
    day = day_of(poll.meeting.held_on or stated)
    title = poll.meeting.title or poll.meeting_case.label
    body = body_of(session, poll.meeting_case, poll.meeting)
    return head(session, poll.case, day, meeting=title, signed_by=body, check_code=check_code)


def _sheet_contest(session: Session, poll: Poll, round: BallotRound, shared: tuple[str, ...]) -> SheetContest:
    names = tuple(row.name for row in candidates(session, round))
    marks = poll.method.ballot.marks
    return SheetContest(
        office=round.office,
        seats=round.seats,
        kind="差额" if len(names) > round.seats else "等额",
        order=sheets.ORDERS[poll.method.ballot.order],
        candidates=names,
        approve=marks.approve,
        against=marks.against,
        abstain=marks.abstain,
        write_in_boxes=sheets.write_in_boxes(poll.method, round.seats),
        notes=tuple(note for note in sheets.sheet_notes(poll.method, round.seats) if note not in shared),
    )


def tally_report(session: Session, poll: Poll, round: BallotRound, result: CountResult, check_code: str) -> TallyReport:
    """计票结果报告单 of one contest, as of its count."""
    duties = minute_items.duties(session, poll.meeting)
    return TallyReport(
        head=_poll_head(session, poll, poll.case.since, check_code),
        office=round.office,
        round_label=minute_items.round_label(poll, round),
        seats=result.seats,
        candidates=sum(not row.votes.write_in for row in result.results),
        ledger=ledger_facts(result),
        quorum=explanations.quorum_sentence(result, poll.method) + "。",
        threshold=explanations.threshold_sentence(result, poll.method) + "。",
        results=tuple(_result_row(result, row, poll) for row in result.results),
        elected=result.elected,
        conclusion=explanations.conclusion_sentence(result, poll.method, named=False) + "。",
        chief_scrutineer="".join(duties.get("chief_scrutineer", ())),
        scrutineers=duties.get("scrutineer", ()),
        chief_teller="".join(duties.get("chief_teller", ())),
        tellers=duties.get("teller", ()),
    )


def ledger_facts(result: CountResult) -> LedgerFacts:
    """The one ledger, for any paper that prints it."""
    ledger = result.ledger
    return LedgerFacts(
        due=ledger.due or 0,
        present=ledger.present or 0,
        issued=ledger.issued,
        voted=ledger.voted,
        returned=ledger.returned,
        valid=ledger.valid,
        invalid=ledger.invalid,
        invalid_because={REASONS_IN_CHINESE[reason]: number for reason, number in ledger.invalid_because.items()},
    )


def _result_row(result: CountResult, row: NameResult, poll: Poll) -> ResultRow:
    votes = row.votes
    why = explanations.name_sentence(result, row, poll.method).partition("：")[2]
    outcome = explanations.OUTCOMES[row.outcome].replace("当选", explanations.seated(result))
    return ResultRow(row.name, votes.write_in, votes.approve, votes.against, votes.abstain, outcome, why)


def result_notice(session: Session, poll: Poll, day: date, check_code: str) -> ResultNotice:
    """选举结果公告 of a meeting: everyone announced in it so far."""
    query = select(BallotRound.office, Elected.name).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.where(Elected.meeting_id == poll.meeting.case_id).order_by(
        BallotRound.position, Elected.contest, Elected.position
    )
    order = [contest.office for contest in poll.method.contests]
    names: dict[str, tuple[str, ...]] = {}
    for office, name in session.execute(query):
        names[office] = (*names.get(office, ()), name)
    title = poll.meeting.title or poll.meeting_case.label
    how = "无记名投票" if poll.election.form == "ballot" else "举手表决"
    preamble = f"{title}于{chinese_date(day)}以{how}方式选举产生下列人员："
    elected = tuple(ElectedTo(office, names[office]) for office in sorted(names, key=order.index))
    poll_head = _poll_head(session, poll, str(day), check_code)
    return ResultNotice(head=poll_head, number="", preamble=preamble, elected=elected)
