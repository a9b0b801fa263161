"""The prose of charters and election methods: its 章 and 条, what changed, and what is left of another term."""

from federation.rules.clauses.documents import Clause, Document, numbering_findings, parse_document
from federation.rules.clauses.redline import ClauseChange, Span, redline, spans
from federation.rules.clauses.staleness import stale_findings

__all__ = [
    "Clause",
    "ClauseChange",
    "Document",
    "Span",
    "numbering_findings",
    "parse_document",
    "redline",
    "spans",
    "stale_findings",
]
