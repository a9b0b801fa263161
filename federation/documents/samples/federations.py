"""Papers about who prepares a founding."""

from dataclasses import replace

from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD
from federation.facts.papers import PaperFacts, PreparatoryGroupList


def preparatory_group_list() -> PreparatoryGroupList:
    head = replace(HEAD, meeting="", signed_by=f"{FEDERATION}筹备组", check_code="")
    return PreparatoryGroupList(
        head, f"{FEDERATION}成立", "园区党工委确定筹备组五人", ("赵甲一", "钱乙二", *HARD_NAMES)
    )


SAMPLES: dict[str, tuple[str, PaperFacts]] = {
    "preparatory_group_list": ("preparatory_group_list", preparatory_group_list()),
}
