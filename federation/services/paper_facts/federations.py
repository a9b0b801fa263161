"""Papers about who prepares a founding."""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.papers import PreparatoryGroupList
from federation.models import Case, JournalLine
from federation.services import journal
from federation.services.paper_facts.heads import day_of, head
from federation.services.paper_facts.live import LivePaper


def live(session: Session, root: Case) -> Iterator[LivePaper]:
    """Papers about the preparatory group, once it was formed."""
    line = journal.latest(session, root.federation_id, root.path, "form_group")
    if line is not None:
        build = lambda: preparatory_group_list(session, root, line)  # noqa: E731  # bound to this line
        yield LivePaper("preparatory_group_list", "preparatory_group_list", root.label, build)


def preparatory_group_list(session: Session, root: Case, formed: JournalLine) -> PreparatoryGroupList:
    """筹备组名单: those who were in it as it was formed, in the order in which they were named to it."""
    return PreparatoryGroupList(
        head=head(session, root, day_of(formed.stated)),
        occasion=root.label,
        basis=json.loads(formed.facts).get("note", ""),
        names=tuple(dict.fromkeys(_members(session, formed))),
    )


def _members(session: Session, formed: JournalLine) -> Iterator[str]:
    """
    Everyone who had the role before the group was formed: whoever registered the federation had every role.

    Read from the journal: the table of roles has no days, and the list is of one day.
    """
    query = select(JournalLine).where(JournalLine.chain == formed.chain, JournalLine.sequence < formed.sequence)
    for line in session.scalars(query.where(JournalLine.act.in_(("register", "add_officer"))).order_by("sequence")):
        facts = json.loads(line.facts)
        if line.act == "register":
            yield line.actor
        elif "preparatory_group" in facts["roles"]:
            yield facts["name"]
