"""The index of a case's papers."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import CODE, FEDERATION, HEAD, MEETING
from federation.facts.papers import ArchivedPaper, ArchiveIndex, PaperFacts

TITLES = (
    "意见采纳情况汇总表",
    f"{MEETING}签到册",
    "计票结果报告单（执行委员会委员选举）",
    f"关于通过《{FEDERATION}章程》的决议",
)


def archive_index() -> ArchiveIndex:
    papers = tuple(
        ArchivedPaper(number, title, f"{number:02}-{title}.pdf", date(2020, 11, number), number, CODE, "")
        for number, title in enumerate(TITLES * 4, 1)
    )
    head = replace(HEAD, meeting="", signed_by=FEDERATION, check_code="")
    return ArchiveIndex(head, f"{FEDERATION}成立", papers, sum(each.pages for each in papers))


SAMPLES: dict[str, tuple[str, PaperFacts]] = {"archive_index": ("archive_index", archive_index())}
