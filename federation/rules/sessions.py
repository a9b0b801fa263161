"""What a meeting is called."""

import re

from federation.rules.numerals import chinese_number


def meeting_title(federation: str, label: str, term_no: int, session_no: int) -> str:
    """
    The full title of a meeting, as its papers bear it.

    A congress is counted by terms (某某妇女第一次代表大会), a session of a body by its term and its own number
    (某某妇女联合会第一届执行委员会第一次全体会议). `label` is what the process file calls the meeting.
    """
    term = chinese_number(term_no)
    if body := re.fullmatch(r"(.+)全体会议", label):
        return f"{federation}第{term}届{body[1]}第{chinese_number(session_no)}次全体会议"
    if label == "妇女代表大会":
        place = federation.removesuffix("妇女联合会").removesuffix("妇联")
        ending = "妇女第{}次代表大会" if place != federation else "第{}次妇女代表大会"
        return place + ending.format(term)
    return f"{federation}{label}"
