"""Guards of elections."""

from collections.abc import Iterator

from federation.errors import Finding
from federation.facts.snapshot import View
from federation.rules import candidates, doubt, ledger
from federation.rules.entries import pile_name
from federation.rules.motions import scrutiny_hash
from federation.workflows.guards.cases import meeting_in, request_approved, request_command
from federation.workflows.guards.meetings import vote_carried
from federation.workflows.guards.registry import guard


@guard
def lists_complete(view: View) -> Iterator[Finding]:
    """Every contest of the sheet has candidates, and each of them may stand."""
    for round in view.election.rounds:
        if not round.candidates:
            remedy = f"federation election nominate 姓名… --contest {round.id} --meeting {view.meeting.id}"
            yield Finding(f"{round.office}还没有候选人", "选举办法", remedy)
        yield from candidates.eligibility_findings(round.ineligible, round.id, _office(view, round.clause))


def _office(view: View, contest: str) -> str:
    """What a contest elects to: people know the office, not the id."""
    rounds = [round for poll in view.snapshot.elections for round in poll.rounds if round.contest == contest]
    return rounds[0].office if rounds else contest


@guard
def lists_approved(view: View, *, subject: str) -> Iterator[Finding]:
    """The party committee approved the candidate lists of this meeting, and just these."""
    if view.election.further or not any(round.kind in ("first", "primary") for round in view.election.rounds):
        return  # a later round's list follows from the votes; what the presidium adds to it is approved as it is added
    own = f"{subject}:{view.meeting.id}"
    yield from request_approved(view, subject=own)
    request = view.snapshot.request(own)
    if request and request.reply == "approved" and request.covers != view.meeting.lists_sha256:
        remedy = request_command(own)
        yield Finding("候选人名单在批复之后又有变动", "批复的是哪份名单，选的就是哪份", remedy)


@guard
def method_adopted(view: View) -> Iterator[Finding]:
    """The meeting has adopted the method that this election was planned from. No ballot before that."""
    draft = view.snapshot.draft(view.meeting.method)
    if draft.state != "adopted":
        remedy = f"federation motion put method --meeting {view.meeting.id} … 再 federation draft adopt {draft.id}"
        yield Finding(f"{view.meeting.label}还没有通过选举办法", "选举办法通过之前不得投票", remedy)
    elif draft.sha256 != view.election.method_sha256:
        remedy = f"federation election plan --meeting {view.meeting.id}"
        yield Finding("选举安排依据的不是所通过的那一版选举办法", "选举办法", remedy)


@guard
def meeting_in_session(view: View) -> Iterator[Finding]:
    """The meeting this election belongs to is in session."""
    yield from meeting_in(view, meeting=view.meeting.id, states=["in_session"])


@guard
def scrutineers_adopted(view: View) -> Iterator[Finding]:
    """The meeting has adopted its scrutineers, there are some, and none of them is a candidate."""
    meeting = view.meeting
    if not meeting.duties.get("scrutineer") and not meeting.duties.get("chief_scrutineer"):
        remedy = f"federation election scrutineers --chief 姓名 --scrutineer 姓名 --teller 姓名 --meeting {meeting.id}"
        yield Finding("还没有监票人", "监票人由会议通过", remedy)
    yield from vote_carried(meeting, "scrutineers")
    votes = [motion for motion in meeting.motions if motion.subject == "scrutineers" and motion.recorded]
    if votes and votes[-1].carried and votes[-1].version_sha256 != scrutiny_hash(meeting.duties):
        remedy = f"federation motion put scrutineers --meeting {meeting.id}"
        yield Finding("监票人、计票人名单在表决之后又有变动", "通过的是哪份名单，监票的就是哪些人", remedy)
    names = [name for round in view.election.rounds for name in round.candidates]
    yield from candidates.scrutiny_findings(names, meeting.scrutiny)


@guard
def earlier_contests_announced(view: View) -> Iterator[Finding]:
    """The contests that must come first (`after`) have been announced, with nothing left open."""
    wanted = {contest for round in view.election.rounds for contest in round.after}
    for poll in view.snapshot.polls(view.meeting.id):
        late = [
            round.office
            for round in poll.rounds
            if round.contest in wanted and poll.state not in ("announced", "continued")
        ]
        yield from (
            Finding(f"{office}的选举结果还没有宣布", "选举办法规定的先后", "federation status") for office in late
        )


@guard
def held_by(view: View, *, form: str) -> Iterator[Finding]:
    """This election is held in just this form, by ballot or by show of hands."""
    if view.election.form != form:
        yield Finding(f"本项选举采用{FORMS[view.election.form]}", "选举办法的 form", "federation status，看可办的步骤")


@guard
def hands_known(view: View) -> Iterator[Finding]:
    """In a show of hands, everyone's votes have been recorded for every contest."""
    if view.election.form == "hands":
        for round in view.election.rounds:
            if not round.hands:
                remedy = f"federation election hands 姓名=赞成/反对/弃权 --contest {round.id}"
                yield Finding(f"{round.office}还没有登记举手人数", "举手表决", remedy)


@guard
def issue_balanced(view: View) -> Iterator[Finding]:
    """Papers and passes issued agree with those printed, void and present."""
    poll = view.election
    yield from ledger.issue_findings(
        handed_out=poll.handed_out,
        drawn=poll.drawn,
        kept_back=poll.kept_back,
        present=view.meeting.roll.present,
        printed=poll.papers_printed,
        passes=poll.passes,
        passes_void=poll.passes_void,
        due=view.meeting.roll.due or 0,
        per_voter=poll.proxies_per_voter,
        smallest=poll.smallest,
        by_phone="phone" in poll.channels,
    )


@guard
def returned_known(view: View) -> Iterator[Finding]:
    """The papers in the box have been counted."""
    if view.election.returned is None:
        yield Finding("还没有清点收回的选票", "收票报告单", "federation election returned --papers 张数")


@guard
def returned_within_limit(view: View) -> Iterator[Finding]:
    """Returned does not exceed what the method allows: the election is valid."""
    for finding in _excess(view):
        yield Finding(finding.problem, finding.clause, "federation election declare void")


@guard
def returned_over_limit(view: View) -> Iterator[Finding]:
    """Returned exceeds what the method allows: the whole election is void."""
    if not list(_excess(view)):
        yield Finding(
            "收回没有超过规定的数，选举有效", view.election.returned_over_clause, "federation election declare valid"
        )


def _excess(view: View) -> Iterator[Finding]:
    """Void is tested for each channel and for the sum; either voids."""
    poll = view.election
    limit = {"issued": poll.issued, "voted": poll.voted, "due": poll.due}[poll.returned_over]
    clause = poll.returned_over_clause
    yield from ledger.returned_excess(returned=poll.returned or 0, limit=limit, over=poll.returned_over, clause=clause)
    if poll.returned_over == "issued":
        yield from ledger.channel_excess(
            papers=poll.papers or 0,
            handed_out=poll.papers_issued,
            ballots=poll.phones or 0,
            drawn=poll.passes_issued,
            clause=clause,
        )


@guard
def box_keyed(view: View) -> Iterator[Finding]:
    """Where passes were made, scrutineers hold the key of the box: a ballot is sealed as it arrives."""
    poll = view.election
    if poll.passes > poll.passes_void and not poll.keyed:
        remedy = f"federation election ceremony --contest {poll.rounds[0].id}"
        yield Finding("票箱还没有密钥", "凭证投的票一到即密封，由监票人分管的密钥才能开启", remedy)


@guard
def late_lot_settled(view: View) -> Iterator[Finding]:
    """No pass of the late lot is left: each was voided or entered as drawn."""
    poll = view.election
    if poll.kept_back:
        first = poll.rounds[0].id
        remedy = (
            f"federation election void-passes --contest {first}，"
            f"或 federation election late-passes 共领出的份数 --contest {first}"
        )
        yield Finding(f"预留的凭证还有 {poll.kept_back} 份没有作废，也没有登记领出", "凭证须账实相符", remedy)


@guard
def box_opened(view: View) -> Iterator[Finding]:
    """What was cast with passes has been opened by the scrutineers."""
    poll = view.election
    if poll.phones and poll.box != "opened":
        remedy = f"federation election unseal --contest {poll.rounds[0].id}"
        yield Finding(f"凭证选票 {poll.phones} 张还没有开启", "监票人到齐规定人数，输入份额开启", remedy)


@guard
def box_cannot_be_opened(view: View) -> Iterator[Finding]:
    """The box is shut and stays shut: its holders cannot come together, or so few ballots would show whose they are."""
    poll = view.election
    shut = poll.phones and poll.box != "opened"
    if not shut and not list(ledger.small_box(poll.returned or 0, poll.smallest, "收回")):
        remedy = f"federation election count --contest {poll.rounds[0].id}"
        yield Finding("票箱已经开启，或都是纸质选票", "已宣布有效的选举不再宣布无效", remedy)


@guard
def box_undoubted(view: View) -> Iterator[Finding]:
    """No ballot is in doubt that could change an outcome, or the presidium has decided about it."""
    poll = view.election
    if poll.form == "ballot" and not poll.ruled:
        yield from _doubts(view)


@guard
def box_doubted(view: View) -> Iterator[Finding]:
    """The box is in doubt, decided or not: only then may a counted election still be declared void."""
    if not list(_doubts(view)):
        yield Finding("票箱没有存疑之处", "计票之后不能再宣布选举无效", "federation election announce")


def _doubts(view: View) -> Iterator[Finding]:
    poll = view.election
    number = doubt.doubtful(disputes=poll.disputes, missing=poll.missing, unexplained=poll.unexplained)
    yield from doubt.doubt_findings(
        disputes=poll.disputes,
        missing=poll.missing,
        unexplained=poll.unexplained,
        faulty=poll.faulty,
        offices=[round.office for round in poll.rounds if round.result and doubt.could_change(round.result, number)],
        contest=poll.rounds[0].id,
    )


@guard
def box_entered(view: View) -> Iterator[Finding]:
    """Every paper found in the box has been entered, for every contest of the sheet, and no pile is half entered."""
    for round in view.election.rounds:
        yield from ledger.box_findings(entered=round.entered, papers=view.election.papers or 0, contest=round.id)
        for pile in round.piles_open:
            remedy = f"federation election entries --contest {round.id}，看录到哪里、哪里不一致"
            yield Finding(f"{round.id}：{pile_name(pile)}还没有由两名计票人签认", "一张选票由两人各录一遍", remedy)


@guard
def box_large_enough(view: View) -> Iterator[Finding]:
    """Enough papers came back that the result tells nobody's vote. Hands are raised in the open: nothing is hidden."""
    poll = view.election
    if poll.form == "ballot":
        yield from ledger.small_box(poll.returned or 0, poll.smallest, "收回")


@guard
def nothing_left_open(view: View) -> Iterator[Finding]:
    """Every contest of the sheet is filled, or what the method asks for was called or decided."""
    for round in view.election.rounds:
        if round.next in FOLLOW_UPS and not round.decided:
            label, command = FOLLOW_UPS[round.next]
            yield Finding(f"{round.office}：{label}", "选举办法", f"federation election {command} --contest {round.id}")


@guard
def something_left_open(view: View) -> Iterator[Finding]:
    """Some contest of the sheet needs a further ballot or a decision."""
    if not any(round.next in FOLLOW_UPS and not round.decided for round in view.election.rounds):
        yield Finding("各项选举都已有结果", "选举办法", "federation election announce")


@guard
def follow_up_due(view: View, *, next: str) -> Iterator[Finding]:
    """Some contest of the sheet needs just this kind of follow-up, and it has not been called yet."""
    if not any(round.next == next and not round.decided for round in view.election.rounds):
        yield Finding(
            f"没有哪一项需要{FOLLOW_UPS[next][0]}" if next in FOLLOW_UPS else f"没有哪一项的下一步是 {next}", "选举办法"
        )


FORMS = {"ballot": "无记名投票", "hands": "举手表决"}
FOLLOW_UPS = {
    "tie_runoff": ("得票相同，须再次投票", "runoff"),
    "supplementary_ballot": ("名额不足，须另行选举", "supplement"),
    "formal_ballot": ("预选已毕，须正式选举", "stage"),
    "presidium_decision": ("须由主席团决定", "decide --note 决定内容"),
    "next_session": ("缺额留待下次会议", "decide --note 决定内容"),
}
"""What a count may leave open: how to say it, and the command that follows it up."""
