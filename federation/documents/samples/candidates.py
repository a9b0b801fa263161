"""Papers about who stands."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, NAMES
from federation.facts.papers import CandidateContest, CandidateList, CandidatePublicity, CandidateRow, PaperFacts

GROUP = replace(HEAD, signed_by=f"{FEDERATION}筹备组", day=date(2020, 10, 20), check_code="")


def row(number: int, name: str) -> CandidateRow:
    nationality, born, unit = "维吾尔族" if "·" in name else "汉族", f"19{70 + number}年{number}月", f"第{number}小学"
    profile = f"女，{nationality}，{born}生，中共党员，{unit}。小学高级教师，主持家长学校八年。"
    return CandidateRow(number, name, "女", nationality, born, "中共党员", unit, profile * (1 + number % 2))


def contests() -> tuple[CandidateContest, ...]:
    members = (*HARD_NAMES, "王芳（某某街道第三中学）", *NAMES[:4])
    rows = (*(row(number, name) for number, name in enumerate(members, 1)), CandidateRow(9, "吴外人", *[""] * 6))
    chair = CandidateContest("主席", 1, "等额", "", (row(1, "龚䶮"),))
    return (CandidateContest("执行委员会委员", 8, "差额", "按姓氏笔画为序", rows), chair)


def candidate_list() -> CandidateList:
    return CandidateList(GROUP, True, contests())


def candidate_publicity() -> CandidatePublicity:
    to = "某某高新技术产业开发区妇女联合会筹备组（综合楼 305 室，电话略）"
    return CandidatePublicity(GROUP, contests(), date(2020, 10, 20), date(2020, 10, 26), 7, to)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "candidate_list": ("candidate_list", candidate_list()),
    "candidate_publicity": ("candidate_publicity", candidate_publicity()),
}
