"""The paper desk, read: what one teller may see of the piles of her meeting, and the form of a paper."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from federation.errors import Finding, NotFound
from federation.facts.acts import Act
from federation.facts.counting import Mark
from federation.facts.entries import DeskContest, DeskDifference, DeskPile, DeskSheet, Key
from federation.models import BallotRound, Case
from federation.rules import sheets
from federation.rules.ballots import empty_mark
from federation.rules.entries import MARKS_IN_CHINESE, in_words
from federation.rules.methods import Marks
from federation.rules.readings import choices_of
from federation.services import comparisons, entries, minute_items, polls, steps
from federation.services.comparisons import BatchFacts
from federation.services.polls import Poll, candidates


def contests(session: Session, meeting: Case, teller: str) -> list[DeskContest]:
    """The contests of a meeting whose papers may be entered now."""
    return [
        _contest(session, poll, round, teller)
        for poll in polls.of_meeting(session, meeting)
        if "enter" in steps.definition_of(session, poll.case).states[poll.case.state].allows
        for round in poll.rounds
    ]


def there(session: Session, meeting: Case, short_id: str) -> tuple[Poll, BallotRound]:
    """The poll and the round of this contest of the meeting."""
    for poll in polls.of_meeting(session, meeting):
        for round in poll.rounds:
            if round.short_id == short_id:
                return poll, round
    raise NotFound("没有这项选举", [Finding("页面可能是旧的", remedy="回到录入台首页再选")])


def sheet(session: Session, poll: Poll, round: BallotRound, number: str, act: Act, position: int = 0) -> DeskSheet:
    """The form of a paper of a pile: the next one, or, with a position, the teller's own as it stands."""
    rules, names = poll.method, tuple(row.name for row in candidates(session, round))
    pile = _pile(comparisons.facts_of(session, poll, round, number), act.by)
    return DeskSheet(
        short_id=round.short_id,
        office=round.office,
        seats=round.seats,
        names=names,
        keys=keys_of(rules.ballot.marks),
        boxes=sheets.write_in_boxes(rules, round.seats) if rules.write_in.allowed != "no" else 0,
        needs_sign=rules.write_in.needs_sign,
        empty=empty_mark(rules.ballot.marks),
        stray_voids=rules.ballot.stray_mark_voids,
        pile=pile,
        paper=entries.own_paper(session, round, number, position, act) if position else None,
        position=position,
        last=_last(session, round, pile, act, names, rules.write_in.needs_sign) if not position else "",
    )


def _last(session: Session, round: BallotRound, pile: DeskPile, act: Act, names: tuple[str, ...], signs: bool) -> str:
    """The paper that the teller put last, in words; empty where there is none, or the pile is hers no more to enter."""
    if not pile.entered or pile.finished or pile.signed_off:
        return ""
    return in_words(names, entries.own_paper(session, round, pile.number, pile.entered, act), signs)


def keys_of(marks: Marks) -> tuple[Key, ...]:
    """The marks that may be entered, with the keys of the command line: 1 2 3, 0 for nothing, ? for unclear."""
    numbers = {Mark.APPROVE: "1", Mark.AGAINST: "2", Mark.ABSTAIN: "3"}
    set_ = [Key(numbers[each.mark], each.mark, each.word, each.sign) for each in choices_of(marks)]
    empty = empty_mark(marks)
    blank = [] if empty == Mark.UNCLEAR or any(key.mark == empty for key in set_) else [Key("0", empty, "空着", "")]
    return (*set_, *blank, Key("?", Mark.UNCLEAR, MARKS_IN_CHINESE[Mark.UNCLEAR], ""))


def _contest(session: Session, poll: Poll, round: BallotRound, teller: str) -> DeskContest:
    found = [row for row in comparisons.listed(session, poll, round) if row.kind == "papers"]
    return DeskContest(
        short_id=round.short_id,
        office=round.office,
        round_label=minute_items.round_label(poll, round),
        box=poll.election.papers or 0,
        signed_off=sum(row.papers for row in found if row.signed_off),
        piles=tuple(_pile(row, teller) for row in found),
    )


def _pile(row: BatchFacts, teller: str) -> DeskPile:
    mine = next((each for each in row.tellers if each.name == teller), None)
    others = [each for each in row.tellers if each.name != teller]
    return DeskPile(
        number=row.number,
        papers=row.papers,
        entered=mine.entered if mine else None,
        finished=bool(mine and mine.finished),
        other="、".join(each.name for each in others),
        other_finished=bool(others) and all(each.finished for each in others),
        taken=len(others) == 2,
        differences=_seen_by(row, teller) if mine else (),
        settled=row.settled,
        signed_off=row.signed_off,
    )


def _seen_by(row: BatchFacts, teller: str) -> tuple[DeskDifference, ...]:
    """The differences with the teller's own reading first; there are none before both have finished."""
    is_first = [each.name for each in row.tellers].index(teller) == 0
    pairs: Sequence[tuple[int, str, str, str]] = [
        (one.paper, one.field, one.first, one.second) if is_first else (one.paper, one.field, one.second, one.first)
        for one in row.differences
    ]
    return tuple(DeskDifference(*pair) for pair in pairs)
