"""The ledger of one poll: what must balance before it opens, as it closes, and before its box is opened."""

from collections.abc import Iterator

from federation.errors import Finding

LIMITS = {"issued": "发出", "voted": "投票人数", "due": "应到"}


def most_issued(present: int, due: int, per_voter: int) -> int:
    """The most papers that may be issued: to those present, and for the absent whom they may vote for (代投)."""
    return max(present, min(due, present * (1 + per_voter)))


SMALLEST_PHONE_CHANNEL = 10
"""Passes drawn, at least: fewer phone ballots would be no secret among people who know each other."""


def issue_findings(
    *,
    handed_out: int,
    drawn: int,
    kept_back: int,
    present: int,
    due: int,
    per_voter: int,
    printed: int,
    passes: int,
    passes_void: int,
    smallest: int,
    by_phone: bool = False,
) -> Iterator[Finding]:
    """
    Say why a poll may not open with these papers and passes.

    No more papers than people present and those they vote for, no more than were printed, and every pass printed is
    drawn by somebody, void, or counted and kept back as a late lot: a pass left on a table is a vote nobody answers
    for. Neither channel may be so small that it shows how its voters voted.
    """
    issued = handed_out + drawn
    if issued == 0:
        what = "一张选票、一份投票凭证也没有发出" if passes else "一张选票也没有发出"
        drawn_too = " --drawn 领出的份数" if passes else ""
        phones = "；要用凭证投票的，开始投票之前先制发凭证（election passes）、举行密钥仪式（election ceremony）"
        first = phones if by_phone and not passes else ""
        yield Finding(what, "发票", f"federation election open --handed-out 发出的张数{drawn_too}{first}")
    elif issued < smallest:
        yield from small_box(issued, smallest, "发出")
    yield from issued_excess(handed_out, drawn, present, most_issued(present, due, per_voter))
    if handed_out > printed:
        yield Finding(
            f"发出纸质选票 {handed_out} 张，多于印制的 {printed} 张", "发票", "federation election papers --number 张数"
        )
    yield from _pass_findings(drawn, kept_back, passes, passes_void)
    yield from _channel_findings(handed_out, drawn, kept_back, smallest)


def issued_excess(handed_out: int, drawn: int, present: int, most: int) -> Iterator[Finding]:
    """Say that more was issued than those present, and whom they vote for, may cast."""
    issued = handed_out + drawn
    if issued > most:
        proxies = f"及可代投的 {most - present}" if most > present else ""
        problem = f"发出 {issued}（纸质 {handed_out} + 凭证 {drawn}）多于实到 {present}{proxies}"
        yield Finding(problem, "发票不得多于实到", "核对发票张数")


def _pass_findings(drawn: int, kept_back: int, passes: int, void: int) -> Iterator[Finding]:
    """printed = drawn + void + kept back: the hand count of the desk against what was printed."""
    if drawn + kept_back != passes - void:
        late = f"、预留 {kept_back} 份" if kept_back else ""
        problem = f"凭证印制 {passes} 份，作废 {void} 份，应领出 {passes - void} 份，清点却是 {drawn} 份{late}"
        remedy = "把剩余凭证 federation election void-passes 作废后再清点；来不及作废的，清点后以 --kept-back 份数 预留"
        yield Finding(problem, "凭证须账实相符", remedy)


def _channel_findings(handed_out: int, drawn: int, kept_back: int, smallest: int) -> Iterator[Finding]:
    if drawn + kept_back and drawn < SMALLEST_PHONE_CHANNEL:  # a late lot alone would be drawn by as few
        problem = f"凭证只领出 {drawn} 份，少于 {SMALLEST_PHONE_CHANNEL} 份：等于公布各人的票"
        remedy = "全部改用纸质选票：federation election void-passes 作废凭证，再发纸质选票"
        yield Finding(problem, "无记名投票", remedy)
    if drawn and 0 < handed_out < smallest:
        yield from small_box(handed_out, smallest, "纸质选票发出")


def exchange_findings(*, papers: int, passes: int, printed: int, smallest: int) -> Iterator[Finding]:
    """Say why passes may not be exchanged: so few papers would show how their voters voted, or none is left."""
    if papers < smallest:
        problem = f"换领之后纸质选票共 {papers} 张，少于 {smallest} 张：等于公布各人的票"
        yield Finding(
            problem, "选举办法的 record.smallest", f"待有 {smallest} 人要换领时一次办理，或请人协助用凭证投票"
        )
    if 0 < passes < SMALLEST_PHONE_CHANNEL:
        problem = f"换领之后凭证只剩 {passes} 份，少于 {SMALLEST_PHONE_CHANNEL} 份：等于公布各人的票"
        yield Finding(problem, "无记名投票", "请人协助用凭证投票，或全体换领")
    if papers > printed:
        yield Finding(f"换领之后发出纸质选票 {papers} 张，多于印制的 {printed} 张", "发票", "用凭证投票")


def drawn_late_findings(total: int, already: int) -> Iterator[Finding]:
    """Say that fewer of the late lot are told as drawn than were told before: the figure is that of all so far."""
    if total < max(already, 1):
        said = f"已登记领出 {already} 份，不能改少" if already else f"领出的份数写了 {total}"
        remedy = "写到目前为止共领出的份数；多登记了的，凭证仍在手中，投票结束后随未用凭证收回（hand-in）"
        yield Finding(said, "凭证须账实相符", remedy)


def late_findings(number: int, kept_back: int, what: str) -> Iterator[Finding]:
    """Say that more passes of the late lot were drawn or void than were kept back."""
    if number < 1:
        yield Finding(f"{what}的份数写了 {number}", "凭证须账实相符", "写明不少于 1 的份数")
    elif number > kept_back:
        problem = f"{what} {number} 份，预留的只有 {kept_back} 份"
        yield Finding(problem, "开始投票之后不再发凭证、不再作废", "预留之外的未用凭证，投票结束后收回")


def missing_passes(*, drawn: int, exchanged: int, spent: int, handed_in: int) -> int:
    """drawn − exchanged = spent + handed in + missing: how many are missing; none where more was spent than drawn."""
    return max(0, drawn - exchanged - spent - handed_in)


def missing_findings(*, missing: int, handed_in: int, stated: int | None, contest: str) -> Iterator[Finding]:
    """
    Say why what came back may not be entered yet: passes are out, and nobody has said that they are lost.

    未交回 is told before the hall and may cost the result, so it is never only what nobody has got round to scanning:
    where no pass at all was handed in, two scrutineers state the number; a number stated is that of the ledger.
    """
    law = "领出 = 已投 + 收回 + 换领 + 未交回"
    if stated is not None and stated != missing:
        remedy = f"核对未用的凭证是否都已扫码（federation election hand-in --contest {contest}），再写 --missing"
        yield Finding(f"写明未交回 {stated} 份，按账目是 {missing} 份", law, remedy)
    elif stated is None and missing and not handed_in:
        scan = f"federation election hand-in --contest {contest}，收回扫码"
        remedy = f"{scan}；确实收不回的，两名监票人写明 --missing {missing}"
        yield Finding(f"有 {missing} 份凭证领出而没有投，一份也没有收回", law, remedy)


def small_box(papers: int, smallest: int, what: str) -> Iterator[Finding]:
    """Say that so few papers would show how each one voted: `[record] smallest` of the method."""
    if papers < smallest:
        problem = f"{what}只有 {papers} 张，少于 {smallest} 张：公布结果等于公布各人的票"
        yield Finding(problem, "选举办法的 record.smallest", "改由更多人投票，或由会议另定方式")


def returned_excess(*, returned: int, limit: int | None, over: str, clause: str) -> Iterator[Finding]:
    """Say that the whole election is void: more papers came back than the method allows."""
    if limit is not None and returned > limit:
        yield Finding(f"收回 {returned} 张，多于{LIMITS[over]} {limit}", clause or "收回多于发出，选举无效", "")


def channel_excess(*, papers: int, handed_out: int, ballots: int, drawn: int, clause: str) -> Iterator[Finding]:
    """Say that one channel alone returned more than was issued in it: that voids the election, whatever the sum."""
    law = clause or "收回多于发出，选举无效"
    if papers > handed_out:
        yield Finding(f"纸质选票收回 {papers} 张，多于发出 {handed_out} 张", law, "")
    if ballots > drawn:
        yield Finding(f"凭证选票收回 {ballots} 张，多于领出的凭证 {drawn} 份", law, "")


def box_findings(*, entered: int, papers: int, contest: str) -> Iterator[Finding]:
    """Say that the papers entered are not the papers found in the box."""
    if entered != papers:
        remedy = (
            f"federation election enter --batch 批号 --contest {contest}（两名计票人各录一遍），"
            f"或 federation election enter 文件.csv --contest {contest}"
            if entered < papers
            else "核对录入文件与箱内清点张数"
        )
        yield Finding(f"{contest}：箱内纸质选票 {papers} 张，已录入 {entered} 张", "收票报告单", remedy)
