"""
What each paper says, frozen before it is laid out.

A paper is made from these facts alone, so it can always be made again, byte for byte. Field names are the closed set
that a template may use. Every figure was computed elsewhere, once: a template adds nothing up.
"""

from federation.facts.papers.candidates import CandidateContest, CandidateList, CandidatePublicity, CandidateRow
from federation.facts.papers.catalogue import PAPERS, Paper, PaperFacts
from federation.facts.papers.drafts import (
    CommentNotice,
    CommentRow,
    CommentTable,
    DraftPart,
    DraftText,
    Redline,
    RedlineRow,
    RedlineRun,
    Renumbered,
)
from federation.facts.papers.elections import (
    BallotPaper,
    ElectedTo,
    ResultNotice,
    ResultRow,
    SheetContest,
    TallyReport,
)
from federation.facts.papers.federations import PreparatoryGroupList
from federation.facts.papers.head import LedgerFacts, PaperHead
from federation.facts.papers.meetings import Invited, MeetingNotice, MinuteItem, Minutes
from federation.facts.papers.requests import CongressRequest
from federation.facts.papers.roll import (
    CompositionRow,
    CompositionTable,
    CredentialsReport,
    DelegateRoll,
    DelegateRow,
    DueRoll,
    SignInList,
    SignInRow,
)

__all__ = [
    "PAPERS",
    "BallotPaper",
    "CandidateContest",
    "CandidateList",
    "CandidatePublicity",
    "CandidateRow",
    "CommentNotice",
    "CommentRow",
    "CommentTable",
    "CompositionRow",
    "CompositionTable",
    "CongressRequest",
    "CredentialsReport",
    "DelegateRoll",
    "DelegateRow",
    "DraftPart",
    "DraftText",
    "DueRoll",
    "ElectedTo",
    "Invited",
    "LedgerFacts",
    "MeetingNotice",
    "MinuteItem",
    "Minutes",
    "Paper",
    "PaperFacts",
    "PaperHead",
    "PreparatoryGroupList",
    "Redline",
    "RedlineRow",
    "RedlineRun",
    "Renumbered",
    "ResultNotice",
    "ResultRow",
    "SheetContest",
    "SignInList",
    "SignInRow",
    "TallyReport",
]
