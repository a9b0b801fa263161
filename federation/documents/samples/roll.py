"""Papers made from the roll."""

from federation.documents.samples.people import HARD_NAMES, HEAD, NAMES
from federation.facts.papers import PaperFacts, SignInList, SignInRow


def sign_in_list() -> SignInList:
    names = (*HARD_NAMES, *NAMES[:17])
    rows = [
        SignInRow(number, name, "女", f"某某街道第{number}社区妇女联合会", "代表", True)
        for number, name in enumerate(names, 1)
    ]
    guest = SignInRow(len(names) + 1, "特邀甲", "女", "某某市妇女联合会", "特邀代表", False)
    return SignInList(HEAD, len(names), (*rows, guest))


SAMPLES: dict[str, tuple[str, PaperFacts]] = {"sign_in_list": ("sign_in_list", sign_in_list())}
