"""From the text of a method file to the method, or to every mistake in it at once."""

import re
import tomllib
from typing import cast, get_args

from federation.errors import Finding, Refused, refuse_if
from federation.rules.methods import records
from federation.rules.methods.contests import read_contests
from federation.rules.methods.faults import Faults, TableReader, line_numbers
from federation.rules.methods.links import contest_faults, provision_faults
from federation.rules.methods.records import (
    Announce,
    BallotRules,
    ElectionMethod,
    Marks,
    Provision,
    Proxy,
    Record,
    Shortage,
    Ties,
    Void,
    WriteInRules,
)
from federation.rules.thresholds import Base, Threshold

_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_SPOKEN_MARKS = ("赞成", "反对", "弃权", "?", "？")


def load_method(text: str, where: str = "method.toml") -> ElectionMethod:
    """
    The election method that this text states.

    Raises `Refused` with a finding for every mistake: the place (line, key, contest), what is wrong, the remedy. An
    unknown key is a mistake: a rule misspelt would otherwise be a rule silently not applied.
    """
    text = text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(f"选举办法文件 {where} 不合格", [_syntax_finding(str(error), where)]) from None
    faults = Faults(where, line_numbers(text))
    method = _read(TableReader(faults, data))
    refuse_if(f"选举办法文件 {where} 不合格", faults.findings())
    return method


def _syntax_finding(message: str, where: str) -> Finding:
    """The place where the text stops being TOML."""
    place = _AT_LINE.search(message)
    at = f" 第 {place[1]} 行第 {place[2]} 列" if place else "末尾"
    twice = "同一个键或表写了两次" if "overwrite" in message or "twice" in message else "不合 TOML 的写法"
    return Finding(f"{where}{at}：{twice}", remedy="检查该处的引号、括号、等号和重复的键")


def _read(file: TableReader) -> ElectionMethod:
    """The method, as far as the file can be read; mistakes go to the file's faults."""
    ballot = _ballot(file.table("ballot"))
    method = ElectionMethod(
        title=file.text("title"),
        quorum=_quorum(file),
        adoption=file.threshold("adoption", "> 1/2 of present"),
        motions=file.threshold("motions", "> 1/2 of present"),
        elected=file.bar("elected", "> 1/2 of due"),
        form=cast("records.Form", file.choice("form", get_args(records.Form), "ballot")),
        ballot=ballot,
        write_in=_write_in(file.table("write_in"), ballot.marks),
        void=_void(file.table("void")),
        tie=_tie(file.table("tie"), ballot.marks),
        shortage=_shortage(file.table("shortage")),
        announce=_announce(file.table("announce")),
        record=_record(file.table("record")),
        proxy=_proxy(file.table("proxy")),
        contests=read_contests(file),
        provisions=tuple(_provision(entry) for entry in file.tables("provision")),
    )
    file.close()
    contest_faults(file, method.contests)
    provision_faults(file, method)
    return method


def _quorum(file: TableReader) -> Threshold:
    """The quorum; it is asked before any paper exists, so its base cannot be a number of papers or of voters."""
    quorum = file.threshold("quorum", ">= 2/3 of due")
    if quorum.base not in (Base.DUE, Base.PRESENT):
        file.fault("quorum", f"表决前还没有{quorum.base.in_chinese()}，不能作法定人数的基数", "以 due（应到）为基数")
    return quorum


def _ballot(table: TableReader) -> BallotRules:
    marks = _marks(table)
    rules = BallotRules(
        channels=cast(
            "tuple[records.Channel, ...]", table.choices("channels", get_args(records.Channel), ("paper",), least=1)
        ),
        marks=marks,
        choose=cast("records.Choose", table.choice("choose", get_args(records.Choose), "at_most")),
        blank=cast("records.Blank", table.choice("blank", get_args(records.Blank), "valid")),
        unclear=cast("records.Unclear", table.choice("unclear", get_args(records.Unclear), "that_part")),
        stray_mark_voids=table.flag("stray_mark_voids", True),
        replace_spoiled=table.flag("replace_spoiled", True),
        order=cast("records.Order", table.choice("order", get_args(records.Order), "stroke_surname")),
    )
    if rules.unclear == "abstain" and marks.abstain is None:
        remedy = "在 marks 中写 abstain，或改为 that_part、whole_paper"
        table.fault("unclear", "没有弃权符号，不清楚的符号不能按弃权计", remedy)
    table.close()
    return rules


def _marks(ballot: TableReader) -> Marks:
    """The signs; where the file gives any, those left out do not exist."""
    if not isinstance(given := ballot.raw("marks"), dict):
        if given is not None:
            ballot.fault("marks", "应是一个表", '写作 marks = { approve = "○", against = "×", abstain = "" }')
        return Marks(approve="○", against="×", abstain="")
    table = ballot.table("marks")
    signs: dict[str, str | None] = {"approve": table.text("approve", empty=True)}
    for key in ("against", "abstain"):
        signs[key] = table.text(key, "", empty=True) if table.written(key) else None
        table.asked.append(key)
    drawn = [(key, sign) for key, sign in signs.items() if sign is not None and table.written(key)]
    for position, (key, sign) in enumerate(drawn):
        if same := [other for other, earlier in drawn[:position] if earlier == sign]:
            table.fault(key, f"与 {same[0]} 的符号相同（“{sign}”）", "每种意见用不同的符号，至多一种留空")
        own_word = {"approve": "赞成", "against": "反对", "abstain": "弃权"}[key]
        if sign in _SPOKEN_MARKS and sign != own_word:
            table.fault(key, f"不能用“{sign}”作符号：它在票面数据中另有含义", "改用 ○、×、√、△ 之类，或留空")
        if sign.strip() != sign or "\n" in sign:
            table.fault(key, "符号前后不能有空格", '留空写作 ""')
    table.close()
    return Marks(approve=signs["approve"] or "", against=signs["against"], abstain=signs["abstain"])


def _write_in(table: TableReader, marks: Marks) -> WriteInRules:
    allowed = table.choice("allowed", get_args(records.Allowed), "no" if marks.against is None else "with_against")
    per_against = table.flag("per_against", False)
    needs_sign = table.flag("needs_sign", marks.approve != "")
    if allowed == "with_against" and marks.against is None:
        table.fault("allowed", "没有反对符号，不能要求先投反对票再另选他人", "改为 no 或 free，或在 marks 中写 against")
    if per_against and marks.against is None:
        table.fault("per_against", "没有反对符号，不能按反对票数限制另选", "改为 false，或在 marks 中写 against")
    if needs_sign and marks.approve == "":
        table.fault("needs_sign", "赞成是留空，另选姓名上不可能有赞成符号", "改为 false，或给 approve 一个符号")
    rules = WriteInRules(
        allowed=cast("records.Allowed", allowed),
        per_against=per_against,
        needs_sign=needs_sign,
        pool=cast("records.Pool", table.choice("pool", get_args(records.Pool), "anyone")),
        breach=cast("records.Breach", table.choice("breach", get_args(records.Breach), "entry")),
    )
    table.close()
    return rules


def _tie(table: TableReader, marks: Marks) -> Ties:
    ladder = table.choices("ladder", get_args(records.Rung), ("runoff",))
    if "fewest_against" in ladder and marks.against is None:
        table.fault("ladder", "没有反对符号，不能比反对票多少", "删去 fewest_against，或在 marks 中写 against")
    ties = Ties(ladder=cast("tuple[records.Rung, ...]", ladder), elected=table.bar("elected", "plurality"))
    table.close()
    return ties


def _shortage(table: TableReader) -> Shortage:
    shortage = Shortage(
        then=cast("records.Then", table.choice("then", get_args(records.Then), "presidium")),
        elected=table.bar("elected", "> 1/2 of due"),
        rounds=table.whole("rounds", 1, 0),
    )
    table.close()
    return shortage


def _void(table: TableReader) -> Void:
    over = table.choice("returned_over", get_args(records.ReturnedOver), "issued")
    table.close()
    return Void(cast("records.ReturnedOver", over))


def _announce(table: TableReader) -> Announce:
    order = table.choice("order", get_args(records.AnnounceOrder), "by_votes")
    table.close()
    return Announce(cast("records.AnnounceOrder", order))


def _record(table: TableReader) -> Record:
    record = Record(
        publish=cast("records.Publish", table.choice("publish", get_args(records.Publish), "totals")),
        check=cast("records.Check", table.choice("check", get_args(records.Check), "presence")),
        smallest=table.whole("smallest", 3, 0),
    )
    table.close()
    return record


def _proxy(table: TableReader) -> Proxy:
    proxy = Proxy(table.whole("per_voter", 0, 0))
    table.close()
    return proxy


def _provision(table: TableReader) -> Provision:
    if isinstance(label := table.data.get("key"), str) and label:
        table.faults.labels[table.path] = label
    provision = Provision(key=table.text("key"), clause=table.text("clause"))
    table.close()
    return provision
