"""The mapped tables, a file a noun. Importing this package maps them all."""

from federation.models.ballots import (
    BallotKey,
    CheckCode,
    OpenedBallot,
    PaperBatch,
    PaperEntry,
    SealedBallot,
    VotingPass,
)
from federation.models.base import Base
from federation.models.cases import Case, ProcessDefinition
from federation.models.comments import Comment, CommentPolicy, CommentWindow
from federation.models.desks import HallDesk, HallDeskSession
from federation.models.drafts import Draft, DraftVersion
from federation.models.elections import BallotRound, Candidate, Elected, Election, Publicity
from federation.models.entries import EntryBatch, EntryDraft, EntrySettlement, EntryTurn
from federation.models.federations import Federation, Officer, OfficerRole
from federation.models.journal import DATABASE_CHAIN, JournalHead, JournalLine
from federation.models.meetings import AgendaItem, AgendaPoint, Meeting, MeetingDuty, Motion
from federation.models.papers import FrozenPaper, MadePaper
from federation.models.requests import Filing, Request
from federation.models.roll import DelegateQuota, IdentityNumber, RollEntry
from federation.models.strokes import SettledStrokes
from federation.models.terms import Term

__all__ = [
    "DATABASE_CHAIN",
    "AgendaItem",
    "AgendaPoint",
    "BallotKey",
    "BallotRound",
    "Base",
    "Candidate",
    "Case",
    "CheckCode",
    "Comment",
    "CommentPolicy",
    "CommentWindow",
    "DelegateQuota",
    "Draft",
    "DraftVersion",
    "Elected",
    "Election",
    "EntryBatch",
    "EntryDraft",
    "EntrySettlement",
    "EntryTurn",
    "Federation",
    "Filing",
    "FrozenPaper",
    "HallDesk",
    "HallDeskSession",
    "IdentityNumber",
    "JournalHead",
    "JournalLine",
    "MadePaper",
    "Meeting",
    "MeetingDuty",
    "Motion",
    "Officer",
    "OfficerRole",
    "OpenedBallot",
    "PaperBatch",
    "PaperEntry",
    "ProcessDefinition",
    "Publicity",
    "Request",
    "RollEntry",
    "SealedBallot",
    "SettledStrokes",
    "Term",
    "VotingPass",
]
