"""Papers that go up to the party committee."""

from dataclasses import dataclass

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class CongressRequest:
    """请示: one matter, one addressee; `closing` (妥否，请批示。) is not among its paragraphs."""

    head: PaperHead
    title: str
    number: str
    """发文字号 or empty."""
    to: str
    paragraphs: tuple[str, ...]
    closing: str
    attachments: tuple[str, ...]
