"""The form of a record: its members, the keys of its JSON and no others, figures that are figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from federation.ballotbox.record.archive import SUMS
from federation.ballotbox.record.chain import JOURNAL
from federation.ballotbox.record.forms import HEX, HEX_OR_NONE, Each, Row, misfits
from federation.ballotbox.record.polls import REMEDY, Poll
from federation.errors import Finding

FORMAT = "federation-record-1"
COMMON = ("README.txt", "characters.json", JOURNAL, "papers.json", "record.json", SUMS)
_NAMES, _NUMBER = [str], (int, None)
VOTES = Row((str, bool, int, _NUMBER, _NUMBER))
"""Name, written in, approve, against, abstain."""
_HEAD = {
    "format": str, "kind": str, "case": str, "federation": {"id": str, "name": str}, "head": HEX, "definition": HEX,
    "polls": _NAMES,
}  # fmt: skip
_ROUND = {
    "round": str, "contest": str, "office": str, "kind": str, "nth": int, "seats": int, "candidates": _NAMES,
    "hands": (None, [VOTES]), "decision": (None, {"followed_by": str}, {"note": str, "elected": _NAMES}),
    "tally_sheet": (None, {"names": [VOTES], "valid": int, "invalid": int}), "elected": _NAMES,
}  # fmt: skip
_LEDGER = {
    **dict.fromkeys(
        (
            "papers_printed", "handed_out", "passes", "void", "drawn", "kept_back", "exchanged", "handed_in",
            "disputes",
        ),
        int,
    ),
    **dict.fromkeys(("due", "present", "phones", "spent", "missing", "faulty", "papers", "ticked"), _NUMBER),
}  # fmt: skip
_POLL = {
    "poll": str, "subject": str, "meeting": str, "sheet": str, "form": str, "state": str, "method_sha256": HEX,
    "definition": HEX, "key": (None, {"public": str, "threshold": int, "holders": _NAMES, "private": (None, str)}),
    "ledger": _LEDGER, "salt": (None, str), "ruling": (None, {"note": str}), "unsealed": bool, "rounds": [_ROUND],
    "delegates": (None, _NAMES),
}  # fmt: skip
_RESULT = {
    "contest": str, "office": str, "round": str, "seats": int,
    "quorum": {"rule": str, "needed": int, "present": int, "holds": bool},
    "ledger": {
        **dict.fromkeys(("due", "present", "issued", "returned", "valid", "invalid"), _NUMBER),
        "invalid_because": Each(int),
    },
    "threshold": {"rule": str, "base": _NUMBER, "needed": _NUMBER},
    "results": [
        {
            "name": str, "write_in": bool, "approve": int, "against": _NUMBER, "abstain": _NUMBER, "passes": bool,
            "outcome": str,
        }
    ],
    "elected": _NAMES, "tied": _NAMES, "seats_left": int, "next": str,
    "findings": [{"problem": str, "clause": str, "remedy": str}],
}  # fmt: skip
_PAPERS = Each({"facts_sha256": HEX, "pdf_sha256": HEX_OR_NONE})


def head_misfits(head: Any) -> list[str]:
    """What record.json of this format does not say so: each poll is there once, in the order of the names' bytes."""
    if wrong := misfits(head, _HEAD):
        return wrong
    if head["format"] != FORMAT or head["kind"] not in ("public", "sealed"):
        return ["format 或 kind 不合规定"]
    return [] if head["polls"] == sorted(set(head["polls"]), key=str.encode) else ["polls 有重复，或次序不对"]


def poll_misfits(data: Any) -> list[str]:
    """What poll.json says otherwise than in its form; whether it is so is another question."""
    return misfits(data, _POLL) or ([] if data["rounds"] else ["rounds 是空的"])


def result_misfits(data: Any) -> list[str]:
    """What the result of a count says otherwise than in its form."""
    return misfits(data, _RESULT)


def papers_misfits(papers: Any) -> list[str]:
    """What papers.json says otherwise than in its form."""
    return misfits(papers, _PAPERS)


def is_full(poll: Poll, head: Mapping[str, Any]) -> bool:
    """True for a poll that stands here with its ballots."""
    return bool(head["kind"] == "sealed" or poll.method.record.publish == "papers")


def members_of(poll: Poll, full: bool) -> Iterator[str]:
    """The names of the files that a poll must have, and no others."""
    yield from ("poll.json", "method.md", "method.toml")
    if poll.last("count_ballots"):
        yield from (f"result-{round['round']}.json" for round in poll.rounds)
    opened = poll.last("unseal") is not None
    if full and poll.data["form"] != "hands":
        yield from ("passes.txt", "sealed.txt", *(f"papers-{round['round']}.jsonl" for round in poll.rounds))
        if opened:
            yield "ballots.jsonl"
    if opened:
        yield "checks.txt"


def check_kept(poll: Poll, full: bool) -> None:
    """
    Note what a poll that is not here in full gives away all the same.

    The key opens the ballots, and the salt lets few of them be guessed: both are for who has the ballots anyway.
    """
    private = poll.data["key"] and poll.data["key"]["private"]
    _check_secret(poll, "私钥", private, full and poll.last("unseal") is not None)
    counted = poll.last("unseal", "count_ballots") is not None
    _check_secret(poll, " salt", poll.data["salt"], full and poll.data["form"] == "ballot" and counted)
    delegates, asked = poll.data["delegates"], full and poll.method.write_in.pool == "delegates"
    if asked != (delegates is not None) or (asked and delegates != sorted(delegates)):
        poll.wrong("poll.json", "的 delegates：只有办法规定只能另选代表的完整记录才有，按字排列")
    if not full and any(round["tally_sheet"] is not None for round in poll.rounds):
        poll.wrong("poll.json", "的 tally_sheet：只有完整记录才有")


def _check_secret(poll: Poll, what: str, value: str | None, wanted: bool) -> None:
    if (value is not None) != wanted or (value is not None and not re.fullmatch("[0-9a-f]{64}", value)):
        where = "应有而没有，或不是六十四位小写十六进制" if wanted else "不该在这份记录里"
        poll.wrong("poll.json", f"的{what}{where}")


def reuse_findings(polls: Sequence[Poll]) -> Iterator[Finding]:
    """Say that two boxes have one key: once it is rebuilt for the one, the other is open."""
    seen: dict[str, str] = {}
    for poll in polls:
        if key := poll.data["key"]:
            other = seen.setdefault(key["public"], poll.folder)
            if other != poll.folder:
                yield Finding(f"{poll.folder} 与 {other} 用同一把密钥", "一箱一钥", REMEDY)
