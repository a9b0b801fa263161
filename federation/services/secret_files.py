"""
Files of secret papers: written once, for their owner alone, and deleted by two.

Their content is never stored; the journal keeps the SHA-256 of each, so that the file deleted is the file made.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from federation.errors import Finding, Misused, NotReady, Refused, refuse_if
from federation.facts.acts import Act
from federation.models import JournalLine
from federation.services import steps
from federation.services.polls import Poll
from federation.services.steps import Outcome
from federation.system_faults import cause, in_chinese

LETTER = "密钥函"
"""With what the names of the files of letters begin."""
_RULE = "机密文书只写一次，不覆盖、不重做"


def write_once(file: Path, content: bytes) -> str:
    """Put a secret paper on disk, mode 0600, file and folder fsynced, and return its SHA-256; never over another."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused("不能写机密文书", [Finding(f"{file} 已经存在", _RULE, "换一个文件名")]) from None
    except OSError as error:
        raise Misused(f"写不了机密文书 {file}：{in_chinese(error)}") from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _sync_folder(file.parent)
    except OSError as error:
        file.unlink(missing_ok=True)
        remedy = "腾出空间或换一个文件夹；本次未作任何改动"
        raise NotReady("文件写入失败", [Finding(f"写不进 {file}：{cause(error)}", "", remedy)]) from None
    return hashlib.sha256(content).hexdigest()


def destroy(session: Session, poll: Poll, file: Path, act: Act) -> Outcome:
    """
    Record that two scrutineers delete the file of a secret paper of this poll; the caller commits and then `shred`s it.

    Recorded first: a file that is still there after a fault is deleted when the same is typed again, while a deletion
    that nobody recorded could never be made good.
    """
    steps.lock(session, poll.case)
    steps.must_be_two(session, poll.case, "销毁机密文书", ("scrutineer",), act)
    done = {json.loads(facts)["file"]: line for facts, line in _destroyed(session, poll)}
    content = _content(file)
    if content is None or not any(content):  # gone, or overwritten by a run that was cut off
        if file.name in done:
            return Outcome(False, done[file.name])
        raise Misused(f"没有找到文件 {file}")
    sha256 = hashlib.sha256(content).hexdigest()
    for facts, line in _destroyed(session, poll):
        if json.loads(facts)["sha256"] == sha256:
            return Outcome(False, line)
    if not is_made(session, poll, sha256):
        remedy = (
            "核对文件。密钥仪式中断留下的密钥函已经作废，开不了任何票箱：直接删除文件，已打印的当众撕毁，重新举行仪式"
        )
        refuse_if("不能销毁", [Finding(f"{file} 不是本次选举制作的机密文书，或内容已改动", _RULE, remedy)])
    return steps.perform(session, poll.case, "secret", act, {"file": file.name, "sha256": sha256}, detail="destroy")


def is_made(session: Session, poll: Poll, sha256: str) -> bool:
    """Whether this is the content of a secret paper that was made for this poll, to the journal's knowledge."""
    return any(sha256 in facts for facts in _made(session, poll))


def undestroyed(session: Session, poll: Poll) -> list[str]:
    """The names of the files of secret papers that were made for this poll and not recorded as deleted."""
    made: dict[str, str] = {}
    for facts in map(json.loads, _made(session, poll)):
        if "sha256" in facts:
            made[facts["sha256"]] = facts.get("file", "凭证文件")
        else:
            made |= {sha256: facts.get("files", {}).get(sha256, "密钥函文件") for sha256 in facts["letters"]}
    gone = {json.loads(facts)["sha256"] for facts, _ in _destroyed(session, poll)}
    return sorted(name for sha256, name in made.items() if sha256 not in gone)


def void_letters(session: Session, poll: Poll, folder: Path) -> list[str]:
    """The letters in a folder of whose key the journal knows nothing: a ceremony that was cut off left them."""
    if not folder.is_dir():
        return []
    hashes = {file.name: hashlib.sha256(_content(file) or b"").hexdigest() for file in folder.glob(f"{LETTER}-*.pdf")}
    return sorted(name for name, sha256 in hashes.items() if not is_made(session, poll, sha256))


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Misused(f"读不了文件 {file}：{in_chinese(error)}") from None


def _destroyed(session: Session, poll: Poll) -> list[tuple[str, JournalLine]]:
    """The lines by which secret papers of this poll were deleted, with their facts."""
    query = select(JournalLine).where(
        JournalLine.chain == poll.case.federation_id,
        JournalLine.subject == poll.case.path,
        JournalLine.act == "secret.destroy",
    )
    return [(line.facts, line) for line in session.scalars(query.order_by(JournalLine.sequence))]


def _made(session: Session, poll: Poll) -> Sequence[str]:
    """The facts of every line by which a secret paper of this poll was made."""
    query = select(JournalLine.facts).where(
        JournalLine.chain == poll.case.federation_id,
        JournalLine.subject == poll.case.path,
        JournalLine.act.in_(["passes.make", "ceremony.hold"]),
    )
    return session.scalars(query).all()


def shred(file: Path) -> None:
    """Overwrite a file, for what that is worth on its medium, and delete it; NotReady says that it is still there."""
    try:
        with file.open("r+b") as content:
            length = content.seek(0, os.SEEK_END)
            content.seek(0)
            content.write(bytes(length))
            content.flush()
            os.fsync(content.fileno())
        file.unlink()
        _sync_folder(file.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        finding = Finding(f"{file} 还在：{cause(error)}", _RULE, "解除占用或写保护后，同样的命令再办一次")
        raise NotReady("已记入日志，文件没有删成", [finding]) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
