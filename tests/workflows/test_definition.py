"""The loader of process files refuses what could not be worked with, all of it at once."""

import hashlib

import pytest

from federation.errors import Refused
from federation.facts.papers import PAPERS
from federation.resources import resource, resource_names
from federation.workflows.definition import load_definition

SHIPPED = [name for name in resource_names("processes") if name.endswith(".toml")]

SOUND = """
[process]
id = "tea"
label = "喝茶"
start = "cold"

[[state]]
id = "cold"
label = "凉"

[[state]]
id = "hot"
label = "热"
end = true

[[step]]
event = "heat"
label = "烧水"
from = ["cold"]
to = "hot"
by = ["secretary"]
"""

# What is changed in the file above, and the fault that must be named.
FAULTS = {
    "no toml": ('id = "tea"', "id = tea", "TOML"),
    "an unknown table": ('[[state]]\nid = "cold"', '[[stat]]\nid = "x"\n[[state]]\nid = "cold"', "不认识的表 [stat]"),
    "no process": ("[process]", "[proces]", "缺少 [process]"),
    "no start": ('start = "cold"\n', "", "缺少 start"),
    "a start that is no state": ('start = "cold"', 'start = "warm"', "不是本流程的状态"),
    "an empty label": ('label = "凉"', 'label = " "', "不能为空"),
    "no label": ('label = "烧水"\n', "", "缺少 label"),
    "a misspelt key": ('by = ["secretary"]', 'by = ["secretary"]\nguard = []', "不认识的键 guard"),
    "a value of another type": ('from = ["cold"]', 'from = "cold"', "from 应为列表"),
    "true for a number": ('by = ["secretary"]', 'by = ["secretary"]\npersons = true', "persons 应为整数"),
    "a number in a list of words": ('by = ["secretary"]', "by = [1]", "by 只能列文字"),
    "three persons": ('by = ["secretary"]', 'by = ["secretary"]\npersons = 3', "只能是 1 或 2"),
    "nobody who may": ('by = ["secretary"]', "by = []", "by 是空的"),
    "an unknown role": ('by = ["secretary"]', 'by = ["queen"]', "角色 queen 不认识"),
    "an unknown paper": ('by = ["secretary"]', 'by = ["secretary"]\npapers = ["napkin"]', "文书 napkin 不认识"),
    "an unknown act": ('label = "凉"', 'label = "凉"\nallows = ["sing"]', "办理事项 sing 不认识"),
    "from nowhere": ('from = ["cold"]', "from = []", "from 是空的"),
    "to a state that is not there": ('to = "hot"', 'to = "boiling"', "状态 boiling 不存在"),
    "a state nobody reaches": (
        "[[step]]",
        '[[state]]\nid = "iced"\nlabel = "冰"\nend = true\n[[step]]',
        "iced（冰）从起点到达不了",
    ),
    "a state nobody leaves": ("end = true", "end = false", "hot（热）离不开"),
    "a circle without a way out": (
        "[[step]]",
        """[[state]]
id = "lukewarm"
label = "温"
[[step]]
event = "wait"
label = "等"
from = ["cold", "lukewarm"]
to = "lukewarm"
by = ["secretary"]
[[step]]""",
        "lukewarm（温）走不到任何终点",
    ),
    "no end": ("end = true", "end = false", "没有终点"),
    "a step out of an end": ('from = ["cold"]', 'from = ["cold", "hot"]', "hot 是终点，却还有步骤离开它"),
    "an event the engine needs": ('event = "heat"', 'event = "state"', "不能叫 state"),
    "another the engine needs": ('event = "heat"', 'event = "trigger"', "不能叫 trigger"),
    "one that looks like the engine's": ('event = "heat"', 'event = "to_hot"', "不能叫 to_hot"),
    "an event that is no word": ('event = "heat"', 'event = "烧水"', "只能用小写字母"),
    "the same event twice from one state": (
        "[[step]]",
        '[[step]]\nevent = "heat"\nlabel = "再烧"\nfrom = ["cold"]\nto = "hot"\nby = ["teller"]\n[[step]]',
        "两个都叫 heat",
    ),
    "the same state twice": ('id = "hot"', 'id = "cold"', "[[state]] cold 写了 2 次"),
    "an unknown guard": ('by = ["secretary"]', 'by = ["secretary"]\nguards = ["thirst"]', "guard thirst 不认识"),
    "a guard that is no guard": ('by = ["secretary"]', 'by = ["secretary"]\nguards = [3]', "guard 应写成"),
    "a guard without its parameter": (
        'by = ["secretary"]',
        'by = ["secretary"]\nguards = ["comment_window"]',
        "comment_window 缺少参数 days",
    ),
    "a parameter of another type": (
        'by = ["secretary"]',
        'by = ["secretary"]\nguards = [{ name = "comment_window", days = "11" }]',
        "参数 days 应为不小于 0 的整数",
    ),
    "a negative number of days": (
        'by = ["secretary"]',
        'by = ["secretary"]\nguards = [{ name = "comment_window", days = -1 }]',
        "参数 days 应为不小于 0 的整数",
    ),
    "a word where a list belongs": (
        'by = ["secretary"]',
        'by = ["secretary"]\nguards = [{ name = "drafts_present", drafts = "charter" }]',
        "参数 drafts 应为文字的列表",
    ),
    "a parameter the guard does not have": (
        'by = ["secretary"]',
        'by = ["secretary"]\nwhen = [{ name = "filing_sent", to = "x" }]',
        "guard filing_sent 没有参数 to",
    ),
    "a guard that needs a meeting the process lacks": (
        'by = ["secretary"]',
        'by = ["secretary"]\nguards = [{ name = "elections_settled", meeting = "congress" }]',
        "没有会议 congress",
    ),
}


def test_the_file_that_the_faults_are_put_into_is_sound():
    """Else the table below would prove nothing."""
    definition = load_definition(SOUND, "tea.toml")
    assert list(definition.states) == ["cold", "hot"]
    assert definition.step("heat", "cold").target == "hot"
    assert definition.sha256 == hashlib.sha256(SOUND.encode()).hexdigest()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_with_the_fault_named(fault: str):
    """A process that cannot be worked with is refused before any case pins it."""
    before, after, named = FAULTS[fault]
    assert before in SOUND
    with pytest.raises(Refused) as refused:
        load_definition(SOUND.replace(before, after, 1), "tea.toml")
    assert named in str(refused.value)
    assert "tea.toml" in str(refused.value)


def test_all_faults_come_at_once():
    """A secretary who mends one at a time gives up at the third."""
    text = SOUND.replace('by = ["secretary"]', 'by = ["queen"]\npapers = ["napkin"]').replace("end = true", "")
    with pytest.raises(Refused) as refused:
        load_definition(text, "tea.toml")
    said = str(refused.value)
    for named in ("queen", "napkin", "离不开", "没有终点"):
        assert named in said


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_process_loads(name: str):
    """What we ship, we have checked, and its file name is its id."""
    definition = load_definition(resource("processes", name).read_text(encoding="utf-8"), name)
    assert f"{definition.id}.toml" == name


def test_the_processes_of_the_design_are_there():
    """Founding, renewal and vacancy, and what lies below them."""
    assert [f"{id}.toml" for id in ("draft", "election", "founding", "meeting", "renewal", "vacancy")] == SHIPPED


@pytest.mark.parametrize("name", ["founding.toml", "renewal.toml"])
def test_no_ballot_before_the_method_is_adopted(name: str):
    """domain.md section 2, step 11: the way into the election leads past the adopted method and the scrutineers."""
    definition = load_definition(resource("processes", name).read_text(encoding="utf-8"), name)
    guards = {use.name: use.params for use in definition.step("begin_election", "in_session").guards}
    assert guards["drafts_in"] == {"drafts": ["method", "charter"], "states": ["adopted"]}
    assert guards["motion_carried"]["subject"] == "scrutineers"


def test_every_kind_of_paper_is_due_at_some_step():
    """A paper that no step asks for is offered by no status, and is forgotten."""
    steps = [step for name in SHIPPED for step in load_definition(resource("processes", name).read_text(), name).steps]
    assert set(PAPERS) - {paper for step in steps for paper in step.papers} == set()
