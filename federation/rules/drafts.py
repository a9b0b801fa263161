"""What a draft must satisfy before it is put to anybody."""

import re
from collections.abc import Iterator
from functools import lru_cache

from federation.errors import Finding, Refused
from federation.rules.agreement import agreement_findings
from federation.rules.clauses import parse_document, stale_findings
from federation.rules.hands import base_findings
from federation.rules.methods import ElectionMethod, load_method

_STAGE = re.compile(r"\s*[（(](?:征求意见稿|草案|正式稿)[）)]")


def without_stage(title: str) -> str:
    """
    A title without the stage of its text: 《章程（草案）》 is named 《章程》.

    The label is dropped on adoption; a paper that names a text by it would name one that no longer exists.
    """
    return _STAGE.sub("", title).strip() or title


def is_stage(line: str) -> bool:
    """True where a line says nothing but the stage, （征求意见稿）: a paper puts its own in that place."""
    return _STAGE.fullmatch(line) is not None


@lru_cache(maxsize=64)
def submission_findings(
    kind: str,
    text: str,
    method_toml: str,
    *,
    term_no: int,
    session_no: int,
    seats: tuple[tuple[str, int], ...],
    where: str,
) -> tuple[Finding, ...]:
    """
    Say why a draft may not be submitted: stale 届, 次 and 名额 from a re-used template, or faulty data.

    A template carried over from last term is the commonest fault of such papers (domain.md section 7); it is found
    here, before anybody votes on it.
    """
    found = [*stale_findings(text, term_no=term_no, session_no=session_no, seats=dict(seats), where=where)]
    if kind == "method":
        found += _data_findings(method_toml, text, where)
    return tuple(found)


def _data_findings(method_toml: str, text: str, where: str) -> Iterator[Finding]:
    if not method_toml:
        yield Finding(
            f"文稿 {where} 只有条文，没有数据文件", "选举办法", f"federation draft add {where} 办法.md --data 办法.toml"
        )
        return
    try:
        method = load_method(method_toml, where)
    except Refused as refused:
        yield from refused.findings
        return
    labels = {clause.label for clause in parse_document(text).clauses}
    for provision in method.provisions:
        if provision.clause not in labels:
            problem = f"数据文件说 {provision.key} 出自{provision.clause}，条文里没有这一条"
            yield Finding(problem, where, "改正 [[provision]] 或条文")
    yield from agreement_findings(method, text, where)
    yield from base_findings(method)
    yield from _receipt_findings(method)


def _receipt_findings(method: ElectionMethod) -> Iterator[Finding]:
    """
    Say that published papers show a voter's paper to whoever has her stub, though the method says they do not.

    The full record opens every seal, and a seal holds the check code: `publish = "papers"` is `check = "paper"`.
    """
    record = method.record
    if record.publish == "papers" and record.check == "presence" and "phone" in method.ballot.channels:
        remedy = '明知如此的写 check = "paper"，否则写 publish = "totals"'
        problem = "公布全部票面（record.publish），持存根者即可查出票面，record.check 却写只查是否计入"
        yield Finding(problem, method.clause("record"), remedy)
