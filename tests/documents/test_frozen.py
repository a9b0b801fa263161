import json

import pytest

from federation import documents
from federation.documents.fonts import pip_fonts
from federation.documents.samples import SAMPLES
from federation.errors import Refused


@pytest.mark.parametrize("name", SAMPLES)
def test_frozen_facts_come_back_equal_and_make_the_same_paper(name: str):
    kind, facts = SAMPLES[name]
    text = documents.facts_to_json(facts)
    thawed = documents.facts_from_json(kind, text)
    assert thawed == facts
    assert documents.facts_to_json(thawed) == text
    assert documents.render(kind, thawed, fonts=pip_fonts()) == documents.render(kind, facts, fonts=pip_fonts())


def test_days_are_frozen_as_iso_dates_and_reasons_keep_their_order():
    text = documents.facts_to_json(SAMPLES["tally_report"][1])
    assert '"day":"2020-11-02"' in text
    assert '"invalid_because":{"所选人数多于应选名额":1,"票面有无关标记":1}' in text


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(documents.facts_to_json(SAMPLES["minutes"][1])), **fields})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        ("[]", "全文"),
        (changed(mark=1), "mark"),
        (changed(present=["甲", 2]), "present[1]"),
        (changed(extra=""), "多出 extra"),
        ('{"mark":""}', "缺少 head"),
        (changed(head={"federation": "", "meeting": "", "signed_by": "", "day": "2020-13-01"}), "head.day"),
        (
            changed(head={"federation": "", "meeting": "", "signed_by": "", "day": "2020-11-02", "specimen": 1}),
            "head.specimen",
        ),
    ],
)
def test_a_text_that_is_no_such_record_is_refused_with_the_place(text: str, said: str):
    with pytest.raises(Refused) as refusal:
        documents.facts_from_json("minutes", text)
    assert said in str(refusal.value)


def test_a_field_added_later_with_a_default_does_not_spoil_old_papers():
    head = {"federation": "甲", "meeting": "", "signed_by": "乙", "day": "2020-11-02"}
    assert documents.facts_from_json("minutes", changed(head=head)).head.check_code == ""
