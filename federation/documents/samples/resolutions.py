"""What a meeting adopted."""

from dataclasses import replace

from federation.documents.samples.people import FEDERATION, HEAD, MEETING
from federation.facts.papers import PaperFacts, Resolution, Scrutineer, ScrutineerList

PEOPLE = (
    Scrutineer("总监票人", "监督甲", "某某街道妇女联合会"),
    Scrutineer("监票人", "监督乙", "某某街道第三中学"),
    Scrutineer("监票人", "阿依古丽·买买提", "某某高新技术产业开发区人民医院"),
    Scrutineer("总计票人", "点票甲", ""),
    Scrutineer("计票人", "点票乙", "某某街道妇女联合会"),
    Scrutineer("唱票人", "唱票甲", "某某街道妇女联合会"),
)
THRESHOLD = "同意的人数须超过实到会人数的半数，即 75 人（选举办法第四条）。"


def resolution() -> Resolution:
    what = f"《{FEDERATION}章程》"
    head = replace(HEAD, signed_by=MEETING)
    return Resolution(head, f"关于通过{what}的决议", "", what, True, 150, 148, 145, 0, 2, 1, THRESHOLD, ())


def of_scrutineers() -> Resolution:
    what = "监票人、计票人名单"
    return replace(
        resolution(), title=f"关于通过{what}的决议", what=what, document=False, approve=148, abstain=0, silent=0,
        people=PEOPLE,
    )  # fmt: skip


def scrutineer_list() -> ScrutineerList:
    adopted = "经会议举手表决（应到 150 人，实到 148 人，同意 148 人，不同意 0 人，弃权 0 人），予以通过。"
    return ScrutineerList(HEAD, PEOPLE, adopted)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "scrutineer_list": ("scrutineer_list", scrutineer_list()),
    "resolution": ("resolution", resolution()),
    "resolution_scrutineers": ("resolution", of_scrutineers()),
}
