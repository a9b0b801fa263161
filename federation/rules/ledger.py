"""The ledger of one poll: what must balance before it opens, as it closes, and before its box is opened."""

from collections.abc import Iterator

from federation.errors import Finding

LIMITS = {"issued": "发出", "voted": "投票人数", "due": "应到"}


def most_issued(present: int, due: int, per_voter: int) -> int:
    """The most papers that may be issued: to those present, and for the absent whom they may vote for (代投)."""
    return max(present, min(due, present * (1 + per_voter)))


def issue_findings(
    *,
    handed_out: int,
    drawn: int,
    present: int,
    due: int,
    per_voter: int,
    printed: int,
    passes: int,
    passes_void: int,
    smallest: int,
) -> Iterator[Finding]:
    """
    Say why a poll may not open with these papers and passes.

    No more papers than people present and those they vote for, no more than were printed, and every pass printed is
    either drawn by somebody
    or void: a pass left on a table is a vote nobody answers for.
    """
    issued = handed_out + drawn
    if issued == 0:
        what = "一张选票、一份投票凭证也没有发出" if passes else "一张选票也没有发出"
        drawn_too = " --drawn 领出的份数" if passes else ""
        yield Finding(what, "发票", f"federation election open --handed-out 发出的张数{drawn_too}")
    elif issued < smallest:
        yield from small_box(issued, smallest, "发出")
    limit = most_issued(present, due, per_voter)
    if issued > limit:
        proxies = f"及可代投的 {limit - present}" if limit > present else ""
        problem = f"发出 {issued}（纸质 {handed_out} + 凭证 {drawn}）多于实到 {present}{proxies}"
        yield Finding(problem, "发票不得多于实到", "核对发票张数")
    if handed_out > printed:
        yield Finding(
            f"发出纸质选票 {handed_out} 张，多于印制的 {printed} 张", "发票", "federation election papers --number 张数"
        )
    if drawn != passes - passes_void:
        problem = f"凭证印制 {passes} 份，作废 {passes_void} 份，应领出 {passes - passes_void} 份，清点却是 {drawn} 份"
        yield Finding(problem, "凭证须账实相符", "把剩余凭证 federation election void-passes 作废后再清点")


def small_box(papers: int, smallest: int, what: str) -> Iterator[Finding]:
    """Say that so few papers would show how each one voted: `[record] smallest` of the method."""
    if papers < smallest:
        problem = f"{what}只有 {papers} 张，少于 {smallest} 张：公布结果等于公布各人的票"
        yield Finding(problem, "选举办法的 record.smallest", "改由更多人投票，或由会议另定方式")


def returned_excess(*, returned: int, limit: int | None, over: str, clause: str) -> Iterator[Finding]:
    """Say that the whole election is void: more papers came back than the method allows."""
    if limit is not None and returned > limit:
        yield Finding(f"收回 {returned} 张，多于{LIMITS[over]} {limit}", clause or "收回多于发出，选举无效", "")


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
