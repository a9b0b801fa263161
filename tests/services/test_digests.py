"""What the journal keeps of a box: hashes that anybody takes again from the rows themselves."""

import base64
import hashlib
import json
from collections.abc import Iterable

from federation import db
from federation.ballotbox.seal import BoxKey
from federation.ballotbox.shares import rebuild
from federation.facts.counting import Paper
from federation.services import casting, counts, passes
from tests.services.stage import Stage


def sha256(lines: Iterable[str], salt: str = "") -> str:
    return hashlib.sha256(bytes.fromhex(salt) + "".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_the_journal_keeps_the_hash_of_every_list_of_a_box(phones: Stage) -> None:
    """Sealed ballots at the close, passes at the return, what was in the seals at the opening, papers at the count."""
    codes = phones.passes(12)
    phones.open(12, 12)
    for code, marks in zip(codes[:11], ("++-", "+-+", "-++") * 4, strict=False):
        phones.cast(code, members=marks)
    phones.closed().at("members", passes.hand_in, codes[11:], phones.two())
    phones.counted_back(3).unsealed()
    phones.enter("members", [Paper("++-"), Paper("--+"), Paper("++-")])
    phones.at("members", counts.count, phones.act())

    facts = {act: json.loads(text) for act, text in phones.lines()}
    salt = phones.at("members", lambda _, poll: poll.election.salt)
    boxes = sorted(bytes(row[2]) for row in phones.rows("sealed_ballots"))  # type: ignore[arg-type]
    assert facts["close_poll"]["sealed_sha256"] == sha256(base64.b64encode(box).decode() for box in boxes)
    states = sorted(f"{row[0]} {row[2]}" for row in phones.rows("voting_passes"))
    assert facts["count_returned"]["passes_sha256"] == sha256(states)
    assert [state.split()[1] for state in states].count("handed_in") == 1
    assert facts["unseal"]["checks_sha256"] == sha256(sorted(str(row[1]) for row in phones.rows("check_codes")))

    pair = BoxKey.of(rebuild(phones.shares[1:]))
    with db.reading(phones.engine) as session:
        form = casting.box_of(session, phones.poll(session, "members")).envelope
    said = [form.lined(pair.opened(box) or b"")[1] for box in boxes]
    assert facts["unseal"]["ballots_sha256"] == sha256(said, salt) != sha256(said)
    papers = sorted(str(row[2]) for row in phones.rows("paper_entries"))
    assert facts["count_ballots"]["papers_sha256"] == {"members": sha256(papers, salt)}
    assert len(salt) == 64
    assert salt not in str(facts)
