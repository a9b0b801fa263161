"""The public record: totals and the journal for anyone to keep, no ballot in it, the same facts the same bytes."""

import hashlib
import io
import json
import zipfile

from federation import db
from federation.facts.counting import Paper
from federation.services import counts, records
from tests.services.stage import TWO, Stage


def record(stage: Stage) -> bytes:
    with db.reading(stage.engine) as session:
        return records.public_record(session, stage.root(session))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def held(stage: Stage) -> Stage:
    codes = stage.passes(2, "chair")
    stage.open(7, 2, "chair").cast(codes[0], "chair", chair="+-", vice_chairs="++0")
    stage.cast(codes[1], "chair", chair="-+", vice_chairs="0++")
    stage.boxed({"chair": [Paper("+-")] * 7, "vice_chairs": [Paper("++0")] * 7})
    stage.at("chair", counts.announce, stage.act())
    return stage


def test_the_record_holds_every_result_its_method_and_the_journal(officers: Stage) -> None:
    """And a manifest of all of them."""
    found = members(record(held(officers)))
    names = {"README.txt", "journal.jsonl", "manifest.json", "methods/congress.toml"}
    assert set(found) == names | {"rounds/congress.chair.json", "rounds/congress.vice_chairs.json"}
    assert found["methods/congress.toml"].decode() == TWO
    chair = json.loads(found["rounds/congress.chair.json"])
    assert chair["result"] == officers.result("chair")
    assert (chair["channels"], chair["returned"]) == (
        {"passes_drawn": 2, "papers_handed_out": 7},
        {"by_pass": 2, "papers": 7},
    )
    lines = [json.loads(line) for line in found["journal.jsonl"].splitlines()]
    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    digests = json.loads(found["manifest.json"])["sha256"]
    assert digests == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name in digests}
    assert set(digests) == set(found) - {"manifest.json"}


def test_the_record_holds_no_ballot_and_no_pass(officers: Stage) -> None:
    """It says of itself that it unseals nothing."""
    text = b"".join(members(record(held(officers))).values()).decode()
    assert "不含选票" in text
    assert '"marks"' not in text
    assert not [row for row in officers.rows("voting_passes") if str(row[0]) in text]
    assert "马秋澜" in text  # candidates' totals are what it is for


def test_the_same_facts_give_the_same_bytes(officers: Stage) -> None:
    """Stored, sorted, dated 1980: an archive that can be compared."""
    held(officers)
    first = record(officers)
    assert record(officers) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
