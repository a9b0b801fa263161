"""Papers of those who take office."""

from dataclasses import dataclass
from datetime import date

from federation.facts.papers.head import PaperHead


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified to one person for one office."""

    name: str
    post: str
    """The office in full: 某某妇女联合会第一届执行委员会委员."""
    meeting: str
    elected_on: date
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Certificates:
    """当选证书, one page for each person and office."""

    head: PaperHead
    certificates: tuple[Certificate, ...]
