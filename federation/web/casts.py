"""
The one writer of the box: ballots that wait together go into it in one transaction, each answered after its commit.

A commit waits for the disk, and takes as long for many ballots as for one; threads that queue for the database's lock
would each wait for it alone. Every worker has its own writer, and the database holds them apart.
"""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import NamedTuple

from sqlalchemy import Engine

from federation import db
from federation.ballotbox.answers import Answer
from federation.errors import Finding, NotReady
from federation.services import casting
from federation.services.casting import Ballot

MOST = 64
"""Ballots of one transaction: none of them waits long for the others."""
GATHER = 0.02
"""Seconds for which a transaction waits for more ballots, where the last one had several: nobody notices, and a hall
that votes at one moment takes half as many. A ballot alone never waits."""


class _Waiting(NamedTuple):
    ballot: Ballot
    answer: "Future[Answer]"


class CastQueue:
    """Takes ballots from any thread. Its own thread starts with the first of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        self._closed = False

    def put(self, ballot: Ballot) -> "Future[Answer]":
        """What becomes of the ballot: known once it is committed, or that it is not."""
        answer: Future[Answer] = Future()
        answer.set_running_or_notify_cancel()  # whoever asked may go away: the ballot does not
        with self._lock:
            if self._closed:
                raise NotReady("没有投票", [Finding("会场网页正在关闭", remedy="稍候再投，或找监票人")])
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="casts", daemon=True)
                self._writer.start()
            self._waiting.put(_Waiting(ballot, answer))
        return answer

    def waits(self) -> bool:
        """True while a ballot waits that no transaction has yet."""
        return not self._waiting.empty()

    def close(self) -> None:
        """Everything that waits is answered, and nothing more is taken."""
        with self._lock:
            self._closed = True
            self._waiting.put(None)
        if self._writer:
            self._writer.join()

    def _write(self) -> None:
        busy = False
        while (first := self._waiting.get()) is not None:
            if busy:
                time.sleep(GATHER)
            batch, ends = self._with_others(first)
            self._commit(batch)
            busy = len(batch) > 1
            if ends:
                return

    def _with_others(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        """The first and those that wait behind it; whether the queue ends with them."""
        batch = [first]
        while len(batch) < MOST:
            try:
                another = self._waiting.get_nowait()
            except Empty:
                break
            if another is None:
                return batch, True
            batch.append(another)
        return batch, False

    def _commit(self, batch: Sequence[_Waiting]) -> None:
        """
        Commit them together and answer; where one of them is at fault, each alone, so that it harms no other.

        Where it is the database, all are told so. Nothing of a transaction that failed is in the box.
        """
        try:
            with db.transaction(self._engine) as session:
                answers = casting.put(session, [each.ballot for each in batch])
        except NotReady as error:
            for each in batch:
                each.answer.set_exception(error)
        except Exception as error:
            if len(batch) == 1:
                batch[0].answer.set_exception(error)
                return
            for each in batch:
                self._commit([each])
        else:
            for each, answer in zip(batch, answers, strict=True):
                each.answer.set_result(answer)
