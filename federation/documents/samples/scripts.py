"""What the chair reads out: before the meeting, and after it."""

from dataclasses import replace

from federation.documents.samples.elections import NOTES
from federation.documents.samples.people import FEDERATION, HARD_NAMES, HEAD, NAMES, SERVING
from federation.facts.papers import PaperFacts, Question, Script, ScriptContest, ScriptPoll, Serving

OPEN = ScriptContest("执行委员会委员", 7, "差额", (*HARD_NAMES, *NAMES[:6]), NOTES, "", ())
QUORUM = "到会人数须不少于应到会人数的三分之二，即 100 人（选举办法第五条）"


def question(what: str, *, names: bool = False) -> Question:
    return Question(what, names, None, None, None, None, None, "")


def script() -> Script:
    questions = (
        question(f"《{FEDERATION}选举办法（草案）》"),
        question(f"《{FEDERATION}章程（草案）》"),
        question("监票人、计票人名单", names=True),
    )
    poll = ScriptPoll("执行委员会委员", "", False, True, (OPEN,), None, None, None, None, "发出的选票")
    agenda = ("审议通过选举办法", "审议通过章程", "选举产生第一届执行委员会委员")
    head = replace(HEAD, check_code="")
    return Script(head, "龚䶮", "某某会堂", head.day, 150, None, 0, QUORUM, agenda, questions, Serving(), (poll,))


def read_out() -> Script:
    """After the meeting every line is filled in; the second poll was void, the third by hands."""
    votes = Question(f"《{FEDERATION}选举办法》", False, 75, 148, 147, 0, 1, "通过")
    result = "应选 7 名，当选 7 名"
    done = replace(OPEN, result=result, elected=OPEN.candidates[:7])
    chair = ScriptContest("主席", 1, "等额", ("赵甲一",), NOTES[:1], "", ())
    polls = (
        ScriptPoll("执行委员会委员", "", False, False, (done,), 148, 148, 147, True, "发出的选票"),
        ScriptPoll("主席", "", False, False, (chair,), 148, 148, 149, False, "发出的选票"),
        ScriptPoll("主席", "重新选举", True, False, (replace(chair, elected=("赵甲一",)),), 148, None, None, None, ""),
    )
    return replace(script(), present=148, observers=5, questions=(votes,), serving=SERVING, polls=polls)


SAMPLES: dict[str, tuple[str, PaperFacts]] = {"script": ("script", script()), "script_after": ("script", read_out())}
