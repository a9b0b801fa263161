"""
The facts that a line of the journal must have: those on which a record rests.

A fact that is missing is refused by its name: nothing is held against a fact that is not there, so that leaving one out
would be the way to leave out a check.
"""

from collections.abc import Iterable, Iterator, Mapping

from federation.ballotbox.record.archive import FORM
from federation.ballotbox.record.chain import JOURNAL, Line
from federation.ballotbox.record.forms import HEX, HEX_OR_NONE, Each, Form, Partly, misfits
from federation.ballotbox.record.polls import REMEDY
from federation.ballotbox.record.shapes import VOTES
from federation.errors import Finding

_NAMES, _NUMBER = [str], (int, None)
_LISTS = Partly({"papers": int, "lists": Each(_NAMES)})
_KEY = Partly({"number": int, "public": HEX, "threshold": int, "holders": _NAMES})
_OPENING = Partly(
    {
        **dict.fromkeys(("handed_out", "drawn", "kept_back", "due", "present"), int),
        "key": HEX_OR_NONE, "method": HEX, "definition": HEX,
    }
)  # fmt: skip
_ELECTED = Partly({"elected": Each(_NAMES)})
_DECIDED = Partly({"contest": str, "note": str, "elected": _NAMES})
_CALLED = Partly({"contest": str, "seats": int, "names": _NAMES})
_OF_POLL: Mapping[str, Form] = {
    "print_papers": _LISTS,
    "fix_list": _LISTS,
    "recall_papers": Partly({}, {"name": str}),
    "passes.make": Partly({"passes": int, "sha256": HEX}),
    "passes.void": Partly({"voided": int, "void": int}),
    "ceremony.hold": _KEY,
    "ceremony.reserve": _KEY,
    "ceremony.void": Partly({"public": HEX}),
    "open_poll": _OPENING,
    "open_hands": _OPENING,
    "late_passes": Partly({"drawn": int, "kept_back": int}, {"voided": int}),
    "exchange": Partly({"exchanged": int}),
    "dispute": Partly({"disputes": int}),
    "hand_in": Partly({"handed_in": int}),
    "close_poll": Partly({"cast": int, "spent": int, "unspent": int, "sealed_sha256": HEX}),
    "count_returned": Partly(
        {
            "papers": int, "ticked": _NUMBER, "handed_in": int, "missing": int, "disputes": int, "passes_sha256": HEX,
        }
    ),
    "record_hands": Partly({"contest": str, "votes": [VOTES]}),
    "unseal": Partly({"opened": int, "faulty": int, "ballots_sha256": HEX, "checks_sha256": HEX, "shares": _NAMES}),
    "count_ballots": Partly({"results": Each(dict), "papers_sha256": Each(HEX)}),
    "rule_on_box": {"note": str},
    "announce": _ELECTED,
    "announce_partly": _ELECTED,
    "presidium_decision": _DECIDED,
    "next_session": _DECIDED,
    "tie_runoff": _CALLED,
    "supplementary_ballot": _CALLED,
    "formal_ballot": _CALLED,
}  # fmt: skip
_OF_OTHERS: Mapping[str, Form] = {
    "register": Partly({"name": str}),
    "settle_strokes": Partly({"character": str, "digits": str}),
    "open_case": Partly({"definition": HEX}),
    "adopt_definition": Partly({"to": HEX}),
    "plan": Partly({"contests": _NAMES}),
}


def fact_findings(lines: Iterable[Line], case: str) -> Iterator[Finding]:
    """Say which lines of a case lack a fact that the record is held against, or have it in another form."""
    for line in lines:
        forms = _OF_POLL if line.subject.count("/") == case.count("/") + 2 else _OF_OTHERS
        for problem in misfits(line.facts, forms[line.act]) if line.act in forms else ():
            where = f"{JOURNAL} 第 {line.sequence} 行（{line.subject} {line.act}）"
            yield Finding(f"{where}的 facts {problem}", FORM, REMEDY)
