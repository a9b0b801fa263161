"""What may be asked of a show of hands, and what cannot have been counted."""

import pytest

from federation.facts.counting import Ledger, NameVotes
from federation.rules.hands import hands_findings
from tests.counts import method_of

PRESENT = Ledger(due=9, present=8)


@pytest.mark.parametrize(("form", "said"), [("hands", 0), ("ballot", 1)])
def test_nobody_has_to_raise_a_hand(form: str, said: int):
    """Of ballots the three add up to the papers, where an unclear sign is an abstention; of hands they need not."""
    method = method_of(f'form = "{form}"', '[ballot]\nunclear = "abstain"')
    ledger = PRESENT if form == "hands" else Ledger(due=9, present=8, valid=8)
    found = list(hands_findings(method, 2, ["甲"], ledger, [NameVotes("甲", False, 5, 1, 0)]))
    assert len(found) == said


def test_a_listed_name_is_not_a_written_one():
    """Its approvals would stand in two rows."""
    rows = [NameVotes("甲", False, 5, 1, 0), NameVotes("甲", True, 1, None, None)]
    found = list(hands_findings(method_of('form = "hands"'), 2, ["甲"], PRESENT, rows))
    assert [finding.problem for finding in found] == ["甲就在名单上，不是另选"]
