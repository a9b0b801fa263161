"""A request as the officer wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """What the paper of a request says; whatever is left empty is put together from the case."""

    number: str = ""
    """发文字号."""
    title: str = ""
    text: str = ""
    attachments: tuple[str, ...] = ()
