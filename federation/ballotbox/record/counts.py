"""The results of a record, each counted again from what the record holds."""

from collections.abc import Mapping
from typing import Any

from federation.ballotbox.record.archive import Archive, parsed, reading
from federation.ballotbox.record.ballots import Box
from federation.ballotbox.record.polls import Poll
from federation.ballotbox.record.shapes import result_misfits
from federation.facts.counting import CountResult, Kind, NameVotes, Round, Votes
from federation.rules.chain import canonical
from federation.rules.counting import decide, question
from federation.rules.entries import merged


def check_result(archive: Archive, poll: Poll, round: Mapping[str, Any], box: Box | None) -> CountResult | None:
    """
    One round counted again, from its ballots where they are here and from its totals where they are not.

    The result must come out to the byte, and be the one that the journal has. None where the round was not counted.
    """
    member, counted = f"result-{round['round']}.json", poll.last("count_ballots")
    if counted is None:
        return None
    text = archive.read(poll.member(member))
    with reading(poll.member(member)):
        data = parsed(text)
        if wrong := result_misfits(data):
            poll.wrong(member, f"不合规定的格式：{'；'.join(wrong)}")
            return None
        result = CountResult.from_json(data)
    if canonical(result.as_json()) != canonical(counted.facts["results"].get(round["round"])):
        poll.wrong(member, "与工作日志所记的计票结果不符")
    with reading(poll.member(member)):
        again = decide(_asked(poll, round), poll.figures(), _votes(round, result, box), poll.known)
    if f"{again.printed()}\n".encode() != text:
        poll.wrong(member, "重新计票的结果不同")
    if announced := poll.last("announce", "announce_partly"):
        said = announced.facts["elected"].get(round["round"])
        if list(again.elected) != said:
            told = "、".join(map(str, said or ())) or "无人"
            poll.wrong(member, f"重新计票当选的是{'、'.join(again.elected) or '无人'}，宣布的是{told}")
    return again


def _asked(poll: Poll, round: Mapping[str, Any]) -> Any:
    kinds: dict[str, Kind] = {
        "first": "first", "rerun": "rerun", "runoff": "runoff", "primary": "primary", "supplementary": "supplementary",
    }  # fmt: skip
    kind = kinds[round["kind"]]
    nth = round["nth"] if kind == "supplementary" else 0
    return question(poll.method, round["contest"], Round(kind, nth), round["seats"])


def _votes(round: Mapping[str, Any], result: CountResult, box: Box | None) -> Votes:
    if round["hands"] is not None:
        return Votes(tuple(NameVotes(*row) for row in round["hands"]))
    if box is None:
        ledger = result.ledger
        return Votes(
            tuple(row.votes for row in result.results), ledger.valid, ledger.invalid, dict(ledger.invalid_because)
        )
    votes = box.tallies[round["round"]].votes()
    if (sheet := round["tally_sheet"]) is None:
        return votes
    kept = Votes(tuple(NameVotes(*row) for row in sheet["names"]), sheet["valid"], sheet["invalid"])
    return merged(votes, kept)
