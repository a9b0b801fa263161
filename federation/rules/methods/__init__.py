"""
An adopted 选举办法 as data: what it says, how its file is read, how a chair reads it out.

The method is law for its meeting. Where published methods disagree, the difference is a key; nothing here chooses.
"""

from federation.rules.methods.candidates import expected_candidates, surplus_findings
from federation.rules.methods.departures import departure_findings
from federation.rules.methods.reading import load_method
from federation.rules.methods.records import (
    Announce,
    BallotRules,
    Contest,
    ElectionMethod,
    Marks,
    Order,
    Primary,
    Provision,
    Proxy,
    Record,
    Shortage,
    Surplus,
    Ties,
    Void,
    WriteInRules,
)
from federation.rules.methods.sentences import method_sentences

__all__ = [
    "Announce",
    "BallotRules",
    "Contest",
    "ElectionMethod",
    "Marks",
    "Order",
    "Primary",
    "Provision",
    "Proxy",
    "Record",
    "Shortage",
    "Surplus",
    "Ties",
    "Void",
    "WriteInRules",
    "departure_findings",
    "expected_candidates",
    "load_method",
    "method_sentences",
    "surplus_findings",
]
