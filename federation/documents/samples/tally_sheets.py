"""Sheets for counting by hand."""

from dataclasses import replace

from federation.documents.samples.people import HARD_NAMES, HEAD, NAMES, SERVING
from federation.facts.papers import PaperFacts, TallySheet

HEAD_WITHOUT_CODE = replace(HEAD, check_code="")


def tally_sheet() -> TallySheet:
    names = (*HARD_NAMES, *NAMES[:6])
    columns = ("赞成", "不赞成", "弃权")
    return TallySheet(HEAD_WITHOUT_CODE, "执行委员会委员", "", 7, names, columns, 4, 20, 100, SERVING)


def select_only() -> TallySheet:
    """A method that knows approvals alone, in a small body, and bars other names."""
    sheet = replace(tally_sheet(), office="主席", round_label="再次投票", seats=1, columns=("赞成",), written=0)
    return replace(sheet, candidates=("王芳（某某街道第三中学）", "龚䶮"), boxes=10, papers=50)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "tally_sheet": ("tally_sheet", tally_sheet()),
    "tally_sheet_small": ("tally_sheet", select_only()),
}
