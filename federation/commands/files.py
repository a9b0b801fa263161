"""Files that officers name on the command line."""

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from federation.errors import FederationError, Finding, Misused, NotReady, Refused
from federation.system_faults import in_chinese

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 (BOM or none) or GB18030; Misused where there is none, Refused if it is no text."""
    data = read_bytes(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n")
    raise Refused(
        f"{path.name} 不是文本文件", [Finding("内容不是 UTF-8 或 GB18030 编码的文字", path.name, "另存为纯文本后再试")]
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file; Misused where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Misused(f"没有找到文件 {path}") from None
    except OSError as error:
        raise Misused(f"读不了文件 {path}：{in_chinese(error)}") from None


@contextmanager
def file_faults(path: Path) -> Iterator[None]:
    """Say in Chinese what the file system says of writing here."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            problem = Finding(f"磁盘已满或写入失败：{path}", remedy="腾出空间，再办一次")
            raise NotReady("文件写入失败", [problem]) from None
        raise Misused(f"写不了 {path}：{in_chinese(error)}") from None


@contextmanager
def held(folder: Path, refusal: FederationError) -> Iterator[None]:
    """
    Nobody else who asks for this folder has it meanwhile; who comes second is given the refusal.

    The lock is on the folder itself and ends with the process, however that ends.
    """
    with file_faults(folder):
        handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refusal from None
        yield
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in its place by rename, as `replace_whole` does; Misused or NotReady where that cannot be."""
    with file_faults(path):
        replace_whole(path, data)


def replace_whole(path: Path, data: bytes) -> None:
    """Put a file in its place by rename, on disk before it appears: a reader never finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
