"""
What each paper says, frozen before it is laid out.

A paper is made from these facts alone, so it can always be made again, byte for byte. Field names are the closed set
that a template may use. Every figure was computed elsewhere, once: a template adds nothing up.
"""

from federation.facts.papers.archive import ArchivedPaper, ArchiveIndex
from federation.facts.papers.attendance import AbsenceGroup, AttendanceSlip
from federation.facts.papers.catalogue import PAPERS, Paper, PaperFacts
from federation.facts.papers.drafts import CommentRow, CommentTable
from federation.facts.papers.elections import BallotPaper, ElectedTo, ResultNotice, ResultRow, SheetContest, TallyReport
from federation.facts.papers.head import LedgerFacts, PaperHead, Serving
from federation.facts.papers.meetings import MinuteItem, Minutes
from federation.facts.papers.polls import (
    IssuedPapers,
    IssuedPasses,
    IssueSlip,
    ReturnedChannel,
    ReturnSlip,
    SealedItem,
    SealingList,
)
from federation.facts.papers.resolutions import Resolution, Scrutineer, ScrutineerList
from federation.facts.papers.results import (
    ContestReport,
    ElectedVotes,
    FiledPerson,
    FilingForm,
    MeetingResult,
    OfficeHolders,
    ResultReport,
)
from federation.facts.papers.roll import SignInList, SignInRow
from federation.facts.papers.scripts import Question, Script, ScriptContest, ScriptPoll
from federation.facts.papers.tally_sheets import TallySheet
from federation.facts.papers.terms import Certificate, Certificates

__all__ = [
    "PAPERS",
    "AbsenceGroup",
    "ArchiveIndex",
    "ArchivedPaper",
    "AttendanceSlip",
    "BallotPaper",
    "Certificate",
    "Certificates",
    "CommentRow",
    "CommentTable",
    "ContestReport",
    "ElectedTo",
    "ElectedVotes",
    "FiledPerson",
    "FilingForm",
    "IssueSlip",
    "IssuedPapers",
    "IssuedPasses",
    "LedgerFacts",
    "MeetingResult",
    "MinuteItem",
    "Minutes",
    "OfficeHolders",
    "Paper",
    "PaperFacts",
    "PaperHead",
    "Question",
    "Resolution",
    "ResultNotice",
    "ResultReport",
    "ResultRow",
    "ReturnSlip",
    "ReturnedChannel",
    "Script",
    "ScriptContest",
    "ScriptPoll",
    "Scrutineer",
    "ScrutineerList",
    "SealedItem",
    "SealingList",
    "Serving",
    "SheetContest",
    "SignInList",
    "SignInRow",
    "TallyReport",
    "TallySheet",
]
