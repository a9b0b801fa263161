"""
docs/record-format.md is enough: a verifier written from that page alone, with the standard library and libsodium.

It shares no line with the program, and checks of the sample record what an engineer would check first.
"""

import base64
import hashlib
import json
import math
import zipfile

import pytest
from nacl.bindings import crypto_box_seal_open, crypto_scalarmult_base

from federation.resources import resource

RECORD = resource("examples", "records") / "record-sealed.zip"


@pytest.fixture(scope="module")
def members() -> dict[str, bytes]:
    with zipfile.ZipFile(RECORD) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_sums_and_chain(members: dict[str, bytes]) -> None:
    """Sections 2 and 4: `sha256sum -c`, and a chain from the first line to the head."""
    listed = members.pop("sha256sums.txt").decode()
    assert listed == "".join(f"{sha256(members[name])}  {name}\n" for name in sorted(members, key=str.encode))
    members["sha256sums.txt"] = listed.encode()
    previous = ""
    for number, text in enumerate(members["journal.jsonl"].splitlines(), 1):
        line = json.loads(text)
        assert canonical(line) == text
        said = {key: value for key, value in line.items() if key != "hash"}
        assert (line["sequence"], line["previous_hash"], line["hash"]) == (number, previous, sha256(canonical(said)))
        previous = line["hash"]
    assert json.loads(members["record.json"])["head"] == previous


def test_seals_codes_and_votes(members: dict[str, bytes]) -> None:
    """Sections 5 to 8: every seal opened, every length, every check code, every approval added up."""
    folder = "polls/congress.members/"
    poll = json.loads(members[f"{folder}poll.json"])
    [contest] = poll["rounds"]
    lines = [json.loads(line) for line in members["journal.jsonl"].splitlines()]
    facts = {line["act"]: line["facts"] for line in lines if line["subject"] == poll["subject"]}
    assert sha256(members[f"{folder}method.md"] + b"\0" + members[f"{folder}method.toml"]) == poll["method_sha256"]
    for member, act in (("sealed", "close_poll"), ("passes", "count_returned"), ("checks", "unseal")):
        assert sha256(members[f"{folder}{member}.txt"]) == facts[act][f"{member}_sha256"]
    salt = bytes.fromhex(poll["salt"])
    assert sha256(salt + members[f"{folder}ballots.jsonl"]) == facts["unseal"]["ballots_sha256"]
    private = bytes.fromhex(poll["key"]["private"])
    public = crypto_scalarmult_base(private)
    assert public.hex() == poll["key"]["public"] == facts["ceremony.hold"]["public"]
    length = 12 + 7 + len(contest["candidates"]) + 8 + 40 + 12 * contest["seats"]
    boxes = [base64.b64decode(line) for line in members[f"{folder}sealed.txt"].splitlines()]
    assert boxes == sorted(boxes)
    assert {len(box) for box in boxes} == {math.ceil(length / 32) * 32 + 48}
    opened = [json.loads(crypto_box_seal_open(box, public, private)) for box in boxes]
    assert [json.loads(line) for line in members[f"{folder}ballots.jsonl"].splitlines()] == [
        sheet for _, sheet in opened
    ]
    assert members[f"{folder}checks.txt"].decode().split() == sorted(check for check, _ in opened)
    papers = [json.loads(line)["marks"] for line in members[f"{folder}papers-members.jsonl"].splitlines()]
    result = json.loads(members[f"{folder}result-members.json"])
    assert len(boxes) + len(papers) == result["ledger"]["returned"]
    everything = [paper[0] for _, [paper] in opened] + papers
    valid = [marks for marks in everything if marks.count("+") <= contest["seats"]]
    for place, row in enumerate(row for row in result["results"] if not row["write_in"]):
        assert 0 <= sum(marks[place] == "+" for marks in valid) - row["approve"] <= result["ledger"]["invalid"]
    states = [line.split()[1] for line in members[f"{folder}passes.txt"].decode().splitlines()]
    assert states.count("spent") == len(boxes) == poll["ledger"]["spent"]
