"""What was recorded of somebody's presence by mistake: until when it is taken back."""

import pytest

from federation.rules.attendance import BEFORE, WORDS, Recorded, may_be_withdrawn, withdrawal_findings


@pytest.mark.parametrize(
    ("figures", "late", "may"),
    [(0, False, True), (1, False, False), (0, True, True), (1, True, True), (2, True, False)],
)
def test_a_presence_may_be_withdrawn_while_no_figure_may_count_it(figures: int, late: bool, may: bool):
    """Of one who came late the opening is known not to."""
    assert may_be_withdrawn(figures=figures, late=late) == may


@pytest.mark.parametrize("presence", ["", "present", "left", "absent"])
@pytest.mark.parametrize("recorded", list(WORDS))
def test_only_what_is_recorded_is_taken_back_and_again_is_no_fault(presence: str, recorded: Recorded):
    """What was taken back already stays so."""
    found = list(withdrawal_findings("王芳", presence, recorded, counted=False))
    assert bool(found) == (presence not in (recorded, BEFORE[recorded]))


@pytest.mark.parametrize(("recorded", "refused"), [("present", True), ("left", False), ("absent", False)])
def test_what_was_announced_keeps_a_presence_and_nothing_else(recorded: Recorded, refused: bool):
    """Whoever was thought gone, or absent, was not in the figure."""
    assert bool(list(withdrawal_findings("王芳", recorded, recorded, counted=True))) == refused
