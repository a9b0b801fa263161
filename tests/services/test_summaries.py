"""The summary of a case: one key a round."""

from federation.services.summaries import round_keys


def test_a_round_is_known_by_its_id():
    """`members.2` is the second round of `members`, whatever the meeting."""
    rounds = [("congress", "members"), ("congress", "members.2"), ("plenary", "chair")]
    assert round_keys(rounds) == ["members", "members.2", "chair"]


def test_rounds_of_two_meetings_with_one_id_are_told_apart():
    """Ids are unique within their meeting only; no ledger may take another's place."""
    rounds = [("congress", "chair"), ("plenary", "chair"), ("plenary", "chair.2")]
    assert round_keys(rounds) == ["congress/chair", "plenary/chair", "chair.2"]
