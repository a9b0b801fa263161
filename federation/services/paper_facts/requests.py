"""
Papers that go up to the party committee.

What the officer wrote is printed as she wrote it. What she left out is said from the case: the day and place of the
congress and the seats of its method, the lists as they stand, those announced as elected.
"""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.clock import chinese_date
from federation.facts.papers import CongressRequest
from federation.facts.requests import Letter
from federation.models import BallotRound, Case, Elected, Federation, Meeting, Request
from federation.rules.requests import closed, subject_label
from federation.services import poll_rows, snapshots, steps
from federation.services.paper_facts import candidates
from federation.services.paper_facts.heads import convener, day_of, head
from federation.services.paper_facts.live import LivePaper, meetings_of
from federation.services.paper_facts.stages import drafts_of, stages
from federation.services.poll_rows import Poll

Said = tuple[str, list[str], tuple[str, ...]]
"""Title, paragraphs and attachments."""


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """
    The requests that a next step waits for and that are yet to be sent: as they would read, to be sealed and sent.

    Once sent they are frozen, with the number and the words that the officer gave them.
    """
    for subject, day in _awaited(session, root):
        query = select(Request).where(Request.case_id == root.id, Request.subject == subject)
        last = session.scalars(query.order_by(Request.number.desc()).limit(1)).first()
        if last is None or last.reply == "returned":
            number = last.number + 1 if last else 1
            row = Request(subject=subject, number=number, addressee="", note="", sent_on=day)
            build = partial(congress_request, session, root, row, Letter(), "")
            yield LivePaper(request_id(row), "congress_request", subject_label(subject), build)


def request_id(row: Request) -> str:
    """`congress_request-candidates-congress`; one that was sent again after it was returned has its number behind."""
    again = f"-{row.number}" if row.number > 1 else ""
    return f"congress_request-{row.subject.replace(':', '-')}{again}"


def _awaited(session: Session, root: Case) -> Iterator[tuple[str, str]]:
    """What the steps out of this state want approved, each with the day it dates from, and the lists not yet fixed."""
    definition = steps.definition_of(session, root)
    for step in definition.leaving(root.state):
        for use in step.guards:
            if use.name == "request_approved":
                yield use.params["subject"], root.since
    if not definition.states[root.state].end:
        for held, case in meetings_of(session, root):
            if any(_awaits_approval(session, poll) for poll in candidates.first_polls(session, case)):
                yield f"candidates:{case.short_id}", str(candidates.candidate_list(session, held, case).head.day)


def _awaits_approval(session: Session, poll: Poll) -> bool:
    """True where this poll has a list, and the way on wants it approved."""
    ways_on = steps.definition_of(session, poll.case).leaving("nominating")
    wanted = any(use.name == "lists_approved" for step in ways_on for use in step.guards)
    listed = any(poll_rows.candidates(session, round) for round in poll.rounds)
    return poll.case.state == "nominating" and wanted and listed


def congress_request(session: Session, root: Case, row: Request, letter: Letter, check_code: str) -> CongressRequest:
    """请示 as it was sent. The result is reported by the federation: at a founding the group's task is done by then."""
    word, _, meeting = row.subject.partition(":")
    name = session.get_one(Federation, root.federation_id).name
    title, said, attached = _said(session, root, name, word, meeting, row)
    paragraphs, closing = closed(letter.text.splitlines() or said)
    by = name if word == "result" else convener(session, root)
    code = check_code if word == "result" else ""
    return CongressRequest(
        head=head(session, root, day_of(row.sent_on), signed_by=by, check_code=code),
        title=letter.title or title,
        number=letter.number,
        to=row.addressee,
        paragraphs=paragraphs,
        closing=closing,
        attachments=letter.attachments or attached,
    )


def _said(session: Session, root: Case, name: str, word: str, meeting: str, row: Request) -> Said:
    found = {case.short_id: (held, case) for held, case in meetings_of(session, root)}
    if word == "congress" and found:
        return _congress(session, root, *next(iter(found.values())))
    if word == "candidates" and meeting in found:
        return _candidates(session, name, *found[meeting])
    if word == "result":
        return _result(session, root, name)
    label = subject_label(row.subject)
    return f"关于{label}的请示", [row.note or f"现就{label}一事请示。"], ()


def _congress(session: Session, root: Case, held: Meeting, case: Case) -> Said:
    title = held.title or f"{session.get_one(Federation, root.federation_id).name}{case.label}"
    when = chinese_date(day_of(held.held_on)) if held.held_on else "近期"
    said = [f"为做好{root.label}工作，拟于{when}{'在' + held.place if held.place else ''}召开{title}。"]
    if seats := "，".join(f"{office}{number}名" for office, number in _seats(session, root)):
        said.append(f"拟选举{seats}。")
    return f"关于召开{title}的请示", said, ()


def _seats(session: Session, root: Case) -> Iterator[tuple[str, int]]:
    """Every office and its seats, by the latest version of each method."""
    for draft, case in drafts_of(session, root):
        toml = stages(session, root, draft, case)[-1].version.method_toml
        for contest in snapshots.method_of(toml).contests if toml else ():
            yield contest.office, contest.seats


def _candidates(session: Session, name: str, held: Meeting, case: Case) -> Said:
    title = held.title or f"{name}{case.label}"
    lists = [
        (round.office, round.seats, len(poll_rows.candidates(session, round)))
        for poll in poll_rows.of_meeting(session, case)
        if poll.election.previous_id is None
        for round in poll.rounds
    ]
    said = "，".join(f"{office}候选人{names}名（应选{seats}名）" for office, seats, names in lists)
    offices = "、".join(office for office, _, _ in lists)
    text = f"{title}将选举{offices}。经推荐、考察，提出{said}，名单和简介附后。"
    return f"关于{offices}候选人建议名单的请示", [text], ("候选人名单及简介",)


def _result(session: Session, root: Case, name: str) -> Said:
    said = ["会议已经按照选举办法完成选举，现将结果报告如下："]
    for held, case in meetings_of(session, root):
        for office, names in _elected(session, held).items():
            said.append(f"{held.title or case.label}选举产生{office}{len(names)}名：{'、'.join(names)}。")
    return f"关于{name}选举结果的请示", said, ("计票结果报告单", "选举结果公告")


def _elected(session: Session, held: Meeting) -> dict[str, list[str]]:
    """Everyone announced, by office, in announce order."""
    query = select(BallotRound.office, Elected.name).join(BallotRound, BallotRound.id == Elected.round_id)
    query = query.where(Elected.meeting_id == held.case_id)
    found: dict[str, list[str]] = {}
    rows = session.execute(query.order_by(BallotRound.position, Elected.contest, Elected.position))
    for office, name in rows:
        found.setdefault(office, []).append(name)
    return found
