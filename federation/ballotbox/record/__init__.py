"""
The election record: one archive from which anybody counts again, with neither database nor network.

    archive    its bytes: the one canonical ZIP of its members
    forms      the form of JSON; shapes has that of its files, acts that of the lines of its journal
    chain      its journal
    polls      its polls: lists, keys and decisions as the journal has them; ledgers has their figures
    course     the acts of a poll in the states that allow them; further has the ballots that one poll called
    ballots    its boxes: passes, sealed and opened ballots, check codes, papers
    counts     its results, counted again
    verifying  all of it, and the verdict
    contents   what is in it, for who only looks; texts as they may be shown

The form is described in docs/record-format.md, for whoever writes a verifier of her own.
"""

from federation.ballotbox.record.archive import Archive, write
from federation.ballotbox.record.contents import Contents, contents
from federation.ballotbox.record.verdicts import Verdict
from federation.ballotbox.record.verifying import verify

__all__ = ["Archive", "Contents", "Verdict", "contents", "verify", "write"]
