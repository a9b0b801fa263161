"""The register of papers that were made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation import db
from federation.models import MadePaper
from federation.services import made_papers, papers
from federation.services.made_papers import Made
from tests.services.stage import Stage

BALLOT = "ballot-congress-members"


def rows(session: Session) -> list[tuple[str, str, str]]:
    return [(row.short_id, row.format, row.sha256) for row in session.scalars(select(MadePaper))]


def made(stage: Stage, session: Session, format: str = "pdf", content: bytes = b"paper") -> Made:
    return made_papers.made(papers.order(session, stage.root(session), BALLOT), format, content)


def test_a_paper_made_twice_is_registered_once(ready: Stage) -> None:
    """Also twice in one breath."""
    for _ in range(2):
        with db.transaction(ready.engine) as session:
            paper = made(ready, session)
            made_papers.register(session, ready.root(session), [paper, paper])
    with db.reading(ready.engine) as session:
        assert rows(session) == [(BALLOT, "pdf", made_papers.digest(b"paper"))]


def test_the_register_is_asked_by_hash_and_answers_for_its_own_case(ready: Stage) -> None:
    with db.transaction(ready.engine) as session:
        made_papers.register(session, ready.root(session), [made(ready, session), made(ready, session, "csv", b"csv")])
    with db.reading(ready.engine) as session:
        root, csv = ready.root(session), made_papers.digest(b"csv")
        assert made_papers.registered(session, root, [csv, "0" * 64]) == {csv: made(ready, session, "csv", b"csv")}
        assert made_papers.registered(session, root, []) == {}
        assert made_papers.elsewhere(session, root, [csv]) == []


def test_the_facts_tell_whether_a_paper_is_up_to_date(ready: Stage) -> None:
    with db.reading(ready.engine) as session:
        root, paper = ready.root(session), made(ready, session)
        order = made_papers.order_of(session, root, BALLOT)
        assert order
        assert made_papers.says_the_same(order, paper)
        assert not made_papers.says_the_same(
            order, made_papers.made(papers.order(session, root, "sign_in_list-congress"), "pdf", b"")
        )
        assert made_papers.order_of(session, root, "minutes-congress") is None


def test_a_line_of_the_journal_is_one_of_this_case_only(ready: Stage) -> None:
    ready.announced(["++0"] * 9)
    with db.reading(ready.engine) as session:
        root = ready.root(session)
        code = papers.order(session, root, "result_notice-congress").facts.head.check_code
        line = made_papers.line_of(session, root, code)
        assert line
        assert line.hash == code
        assert made_papers.line_of(session, root, "0" * 64) is None
