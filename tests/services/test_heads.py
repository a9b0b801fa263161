"""What every paper carries: whether it goes out under a red head is decided by facts."""

from datetime import date

import pytest

from federation import db
from federation.models import Federation
from federation.services.federations import LEVELS
from federation.services.paper_facts.heads import LETTERHEADED, head, letterhead
from tests.services.stage import Stage

NAME = "某某妇女联合会"


@pytest.mark.parametrize("level", LEVELS)
def test_a_red_head_is_a_matter_of_level(level: str) -> None:
    """A village's or a unit's federation signs and seals a plain sheet (decision 0014)."""
    given = letterhead(Federation(name=NAME, level=level), NAME)
    assert given == ("" if level in ("village", "unit") else "某某妇女联合会文件")


def test_the_levels_with_a_red_head_are_levels_there_are() -> None:
    assert set(LEVELS) > LETTERHEADED


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (NAME, f"{NAME}文件"),
        (f"{NAME}筹备组", f"{NAME}筹备组文件"),
        (f"{NAME}第一次代表大会主席团", ""),
        (f"{NAME}第一届执行委员会", ""),
    ],
)
def test_the_head_names_who_issues_the_paper(body: str, given: str) -> None:
    """A presidium or a committee in session has none of its own and borrows nobody's."""
    assert letterhead(Federation(name=NAME, level="county"), body) == given


def test_every_paper_is_given_the_head_of_its_federation(ready: Stage) -> None:
    with db.reading(ready.engine) as session:
        root = ready.root(session)
        federation = session.get_one(Federation, root.federation_id)
        day = date(2020, 11, 2)
        assert head(session, root, day).letterhead == letterhead(federation, f"{federation.name}筹备组")
        assert head(session, root, day, signed_by=f"{federation.name}第一次代表大会主席团").letterhead == ""
