"""当选证书: made as those elected take office."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.facts.papers import Certificate, Certificates
from federation.models import Case, Elected, Federation, Meeting, Term
from federation.rules.numerals import chinese_number
from federation.services.paper_facts.heads import day_of, head


def certificates(session: Session, root: Case, check_code: str) -> Certificates:
    """当选证书 of everyone who took office in this case, in the order of appointment."""
    federation = session.get_one(Federation, root.federation_id)
    query = select(Term, Meeting, Case).join(Elected, Elected.id == Term.elected_id)
    query = query.join(Meeting, Meeting.case_id == Elected.meeting_id).join(Case, Case.id == Meeting.case_id)
    rows = session.execute(query.where(Term.case_id == root.id).order_by(Term.position)).all()
    return Certificates(
        head(session, root, day_of(root.since), signed_by=federation.name, check_code=check_code),
        tuple(
            Certificate(
                name=term.name,
                post=post(federation.name, term.term_no, term.office),
                meeting=meeting.title or case.label,
                elected_on=day_of(meeting.held_on or case.since),
                starts_on=term.starts_on,
                ends_on=term.ends_on,
            )
            for term, meeting, case in rows
        ),
    )


def post(federation: str, term_no: int, office: str) -> str:
    """An office in full: a seat in a body is one of its term (第一届执行委员会委员), the chair is the federation's."""
    return federation + (f"第{chinese_number(term_no)}届" if office.endswith("委员") else "") + office
