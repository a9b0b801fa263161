"""Papers made from the roll."""

from dataclasses import replace
from datetime import date

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, NAMES
from federation.facts.papers import (
    CompositionRow,
    CompositionTable,
    CredentialsReport,
    DelegateRoll,
    DelegateRow,
    DueRoll,
    PaperFacts,
    SignInList,
    SignInRow,
)

EVERYBODY = (*HARD_NAMES, "王芳（某某街道第三中学）", *NAMES[:16])
GROUP = replace(HEAD, signed_by=f"{FEDERATION}筹备组", check_code="")


def sign_in_list() -> SignInList:
    names = (*HARD_NAMES, *NAMES[:17])
    rows = [
        SignInRow(number, name, "女", f"某某街道第{number}社区妇女联合会", "代表", True)
        for number, name in enumerate(names, 1)
    ]
    guest = SignInRow(len(names) + 1, "特邀甲", "女", "某某市妇女联合会", "特邀代表", False)
    return SignInList(HEAD, len(names), (*rows, guest))


def delegates() -> tuple[DelegateRow, ...]:
    parties, sectors = ("中共党员", "群众", "民盟盟员"), ("街道社区", "教育", "")
    return tuple(
        DelegateRow(
            number=number,
            name=name,
            sex="女",
            nationality="维吾尔族" if "·" in name else "汉族",
            born=f"19{70 + number}年{number % 12 + 1}月" if number != 5 else "",
            party=parties[number % 3],
            unit=f"某某街道第{number}社区妇女联合会",
            kind="代表",
            may_vote=True,
            sector=sectors[number % 3],
        )
        for number, name in enumerate(EVERYBODY, 1)
    )


def delegate_roll() -> DelegateRoll:
    guest = DelegateRow(21, "列席甲", "男", "", "", "", "某某市妇女联合会", "列席", False)
    return DelegateRoll(GROUP, (*delegates(), guest), 20, 0, 1, 20)


def due_roll() -> DueRoll:
    return DueRoll(replace(HEAD, signed_by=GROUP.signed_by, day=date(2020, 10, 30)), 20, delegates())


def table(respect: str, *rows: tuple[str, int, str]) -> CompositionTable:
    return CompositionTable(respect, tuple(CompositionRow(*row) for row in rows))


def credentials_report() -> CredentialsReport:
    units = tuple((f"某某街道第{number}社区妇女联合会", 10, "6.6%") for number in range(1, 15))
    return CredentialsReport(
        head=replace(GROUP, day=date(2020, 10, 30), check_code=HEAD.check_code),
        quota=152,
        produced=152,
        invited=2,
        procedure="代表由各选举单位民主推选，经单位党组织审查并公示五个工作日，没有异议。",
        ages_on=date(2020, 11, 2),
        composition=(
            table("性别", ("女", 152, "100.0%")),
            table(
                "年龄",
                ("30岁以下", 21, "13.8%"),
                ("31至40岁", 64, "42.1%"),
                ("41至50岁", 66, "43.4%"),
                ("未填写", 1, "0.7%"),
            ),
            table("民族", ("汉族", 140, "92.1%"), ("土家族", 9, "5.9%"), ("维吾尔族", 3, "2.0%")),
            table("政治面貌", ("群众", 85, "55.9%"), ("中共党员", 60, "39.5%"), ("民盟盟员", 7, "4.6%")),
            table("界别", ("街道社区", 80, "52.6%"), ("教育", 51, "33.6%"), ("未填写", 21, "13.8%")),
            table("单位", ("某某街道第三中学", 12, "7.9%"), *units),
        ),
        reviewed=154,
        passed=154,
        failed=0,
        unreviewed=0,
    )


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "delegate_roll": ("delegate_roll", delegate_roll()),
    "credentials_report": ("credentials_report", credentials_report()),
    "due_roll": ("due_roll", due_roll()),
    "sign_in_list": ("sign_in_list", sign_in_list()),
}
