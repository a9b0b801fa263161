"""What is told upward."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, MEETING, NAMES
from federation.facts.papers import (
    ContestReport,
    ElectedVotes,
    FiledPerson,
    FilingForm,
    LedgerFacts,
    MeetingResult,
    OfficeHolders,
    PaperFacts,
    ResultReport,
)

MEMBERS = (*HARD_NAMES, *NAMES[:12])
PLENARY = f"{FEDERATION}第一届执行委员会第一次全体会议"


def contest(office: str, names: tuple[str, ...], present: int, label: str = "", decision: str = "") -> ContestReport:
    ledger = LedgerFacts(present + 2, present, present, None, present - 1, present - 2, 1, {"票面有无关标记": 1})
    votes = tuple(ElectedVotes(name, present - 2 - place) for place, name in enumerate(names))
    conclusion = f"应选 {len(names)} 名，当选 {len(names)} 名。"
    return ContestReport(office, label, len(names), len(names) + 2, ledger, "当选", votes, conclusion, decision)


def meetings() -> tuple[MeetingResult, ...]:
    members = contest("执行委员会委员", MEMBERS, 148)
    chair = contest("主席", MEMBERS[:1], 13)
    vice = contest("副主席", MEMBERS[1:3], 13, "再次投票", "得票相同者由抽签确定")
    congress = MeetingResult(MEETING, date(2020, 11, 2), "某某会堂", "龚䶮", 150, 148, (members,))
    return congress, MeetingResult(PLENARY, date(2020, 11, 3), "", "赵甲一", 15, 13, (chair, vice))


def result_report() -> ResultReport:
    head = replace(HEAD, meeting="", signed_by=FEDERATION, day=date(2020, 11, 4), letterhead=f"{FEDERATION}文件")
    elected = (
        OfficeHolders("执行委员会委员", MEMBERS),
        OfficeHolders("主席", MEMBERS[:1]),
        OfficeHolders("副主席", MEMBERS[1:3]),
    )
    return ResultReport(
        head, "中共某某高新技术产业开发区工作委员会", "高新妇联〔2020〕2号", "第一届", meetings(), elected
    )


def filing_form() -> FilingForm:
    unit = "某某高新技术产业开发区人民医院"
    people = [
        FiledPerson("执行委员会委员", name, "女", "1980.05", "汉族", "中共党员", unit, 146 - place)
        for place, name in enumerate(MEMBERS)
    ]
    people[1] = replace(people[1], sex="", born="", nationality="", party="", unit="", votes=None)
    return FilingForm(result_report().head, "某某市妇女联合会", "", "第一届", meetings(), tuple(people))


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "result_report": ("result_report", result_report()),
    "filing_form": ("filing_form", filing_form()),
}
