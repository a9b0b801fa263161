"""What must hold of a box after a fault, seen with its key: no vote lost, none twice, no pass without its ballot."""

from collections.abc import Sequence

from federation.ballotbox.answers import Answer
from federation.ballotbox.passes import check_code, pass_hash, read_code
from federation.ballotbox.seal import BoxKey
from federation.ballotbox.shares import rebuild
from federation.services import casting
from tests.services.stage import Stage
from tests.web.crowd import Voter

MARKS = (("members:1", "+"), ("members:2", "+"), ("members:3", "-"))


class Throng(Stage):
    """A congress that votes with passes, all but fifteen who want paper."""

    DELEGATES = 90

    def voting(self) -> list[Voter]:
        """The poll open, and its voters."""
        codes = self.passes(self.DELEGATES - 15)
        self.open(15, self.DELEGATES - 15)
        return [Voter(code, MARKS) for code in codes]


def unanswered(voters: Sequence[Voter]) -> list[Voter]:
    return [voter for voter in voters if voter.told is None]


def must_be_whole(stage: Stage, voters: Sequence[Voter]) -> int:
    """
    How many ballots are in the box; AssertionError unless each has its spent pass and each spent pass its ballot.

    Whoever was told that her ballot is in the box has it there.
    """
    box = stage.at("members", casting.box_of)
    key = BoxKey.of(rebuild(stage.shares[:2]))
    opened = [key.opened(row[2]) for row in stage.rows("sealed_ballots")]
    found = sorted(box.envelope.unpacked(content or b"")[0] for content in opened)
    spent = {row[0] for row in stage.rows("voting_passes") if "spent" in row}
    secrets = {voter.code: read_code(voter.code) for voter in voters}
    with_pass = {code for code, secret in secrets.items() if pass_hash(box.name, secret) in spent}
    assert found == sorted(check_code(box.name, secrets[code]) for code in with_pass)
    assert len(spent) == len(with_pass)
    assert {voter.code for voter in voters if voter.told in (Answer.IN_BOX, Answer.ALREADY)} <= with_pass
    return len(found)
