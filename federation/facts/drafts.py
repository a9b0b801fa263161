"""Drafts: how one is listed, and one version of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft as it is listed: its stage, and its latest version."""

    id: str
    kind: str
    meeting: str
    state: str
    state_label: str
    versions: int
    title: str
    sha256: str
    has_data: bool
    adopted_version: int | None


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a draft: its prose, and for a method its data."""

    draft: str
    number: int
    title: str
    state_label: str
    text: str
    data: str
    sha256: str
    added_on: str
    latest: bool
