"""Tables and records of an example are read back as they were written."""

import csv
import tomllib
from datetime import date, datetime

from federation.clock import BEIJING
from federation.demonstration.tables import box_rows, csv_text, roll_rows, toml_text
from federation.sampling import sample_box, sample_people


def test_a_record_is_read_back_as_it_was() -> None:
    """Plain values, tables, tables of tables with ids that need quotes, lists of tables, and what lies in line."""
    record = {
        "number": 3,
        "words": 'she said "yes", 龚䶮\\',
        "names": ["甲", "乙"],
        "none": [],
        "held": {"on": date(2020, 11, 26), "at": datetime(2020, 11, 26, 9, tzinfo=BEIJING)},
        "polls": {"chair": {"rows": 0}, "chair.2": {"papers": {"printed": 20, "issued": 15}}},
        "draft": [{"id": "a", "roles": ["x"]}, {"id": "b", "away": [{"name": "丙"}]}],
    }
    text = toml_text(record)
    assert tomllib.loads(text) == record
    assert '[polls."chair.2"]\npapers = { printed = 20, issued = 15 }\n' in text
    assert text.startswith("number = 3\n")


def test_a_roll_has_its_delegates_first_and_then_observers_without_a_vote() -> None:
    """Numbered from one without a gap."""
    rows = list(csv.DictReader(csv_text(roll_rows(sample_people(12, 1), 11)).splitlines()))
    assert [int(row["序号"]) for row in rows] == list(range(1, 13))
    assert [row["表决权"] for row in rows] == ["有"] * 11 + ["无"]
    assert [row["类别"] for row in rows] == ["代表"] * 11 + ["列席"]


def test_a_box_has_a_column_for_every_written_name_and_one_for_the_face() -> None:
    """Two written names have room on a paper of `sample_box`."""
    header, *rows = box_rows(["甲", "乙"], sample_box(2, 5, 1, 1))
    assert header == ["甲", "乙", "另选1", "另选2", "票面"]
    assert {len(row) for row in rows} == {5}
    assert len(rows) == 5
