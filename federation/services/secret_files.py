"""
Files of secret papers: written once, for their owner alone, and deleted by two.

Their content is never stored; the journal keeps the SHA-256 of each, so that the file deleted is the file made.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotReady, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import JournalLine
from federation.services import journal, steps
from federation.services.polls import Poll
from federation.services.steps import Outcome

_RULE = "机密文书只写一次，不覆盖、不重做"


def write_once(file: Path, content: bytes) -> str:
    """Put a secret paper on disk, mode 0600, file and folder fsynced, and return its SHA-256; never over another."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused("不能写机密文书", [Finding(f"{file} 已经存在", _RULE, "换一个文件名")]) from None
    except OSError as error:
        raise Misused(f"写不了机密文书 {file}：{error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _sync_folder(file.parent)
    except OSError as error:
        file.unlink(missing_ok=True)
        remedy = "腾出空间或换一个文件夹；本次未作任何改动"
        raise NotReady("文件写入失败", [Finding(f"写不进 {file}：{error.strerror}", "", remedy)]) from None
    return hashlib.sha256(content).hexdigest()


def destroy(session: Session, poll: Poll, file: Path, act: Act) -> Outcome:
    """
    Delete the file of a secret paper of this poll, by two scrutineers, journalled.

    It is overwritten first, for what that is worth on the medium, and deleted before the line is committed: where the
    machine stops in between, what is missing is a line and not a secret left behind.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "销毁机密文书", ("scrutineer",), act)
    if not file.is_file():
        line = journal.latest(session, poll.case.federation_id, poll.case.path, "secret.destroy")
        if line and file.name in line.facts:
            return Outcome(False, line)
        raise Misused(f"没有找到文件 {file}")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    made = _made(session, poll)
    refuse_if(
        "不能销毁",
        []
        if any(sha256 in facts for facts in made)
        else [Finding(f"{file} 不是本次选举制作的机密文书，或内容已改动", _RULE, "核对文件；确属无用的请自行删除")],
    )
    outcome = steps.perform(session, poll.case, "secret", act, {"file": file.name, "sha256": sha256}, detail="destroy")
    _shred(file)
    return outcome


def _made(session: Session, poll: Poll) -> Sequence[str]:
    """The facts of every line by which a secret paper of this poll was made."""
    query = select(JournalLine.facts).where(
        JournalLine.chain == poll.case.federation_id,
        JournalLine.subject == poll.case.path,
        JournalLine.act.in_(["passes.make", "ceremony.hold"]),
    )
    return session.scalars(query).all()


def _shred(file: Path) -> None:
    with file.open("r+b") as content:
        length = content.seek(0, os.SEEK_END)
        content.seek(0)
        content.write(bytes(length))
        content.flush()
        os.fsync(content.fileno())
    file.unlink()
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
