"""
The election record: one archive from which anybody counts again, with neither database nor network.

    archive    its bytes: the one canonical ZIP of its members
    chain      its journal
    ballots    its boxes: passes, sealed and opened ballots, check codes, papers
    counts     its results, counted again
    verifying  all of it, and the verdict

The form is described in docs/record-format.md, for whoever writes a verifier of her own.
"""

from federation.ballotbox.record.archive import Archive, write
from federation.ballotbox.record.contents import Contents, contents
from federation.ballotbox.record.verifying import Verdict, verify

__all__ = ["Archive", "Contents", "Verdict", "contents", "verify", "write"]
