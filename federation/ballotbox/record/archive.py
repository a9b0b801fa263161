"""
The bytes of a record: a ZIP of which there is exactly one for its members.

Stored, in the order of the names' bytes, dated 1980, without extra fields, comments or descriptors: whoever packs the
same members packs the same bytes, and any other byte is refused. Written and read as a stream.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from federation.errors import Finding, Misused, Refused
from federation.system_faults import in_chinese

SUMS = "sha256sums.txt"
MOST = 1 << 26
"""Bytes of a member that is read whole: everything but lists of ballots."""
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UNIX, _DATE, _MODE = 20, 3, 33, 0o100644 << 16
_BLOCK, _LONGEST = 1 << 16, 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive and where its bytes lie."""

    name: str
    crc: int
    size: int
    offset: int

    @property
    def local(self) -> bytes:
        """Its header before its bytes."""
        name = self.name.encode()
        head = (b"PK\3\4", _VERSION, self._flags, 0, 0, _DATE, self.crc, self.size, self.size)
        return _LOCAL.pack(*head, len(name), 0) + name

    @property
    def central(self) -> bytes:
        """Its entry in the directory at the end."""
        name, made_by = self.name.encode(), _UNIX << 8 | _VERSION
        head = (b"PK\1\2", made_by, _VERSION, self._flags, 0, 0, _DATE, self.crc, self.size, self.size)
        return _CENTRAL.pack(*head, len(name), 0, 0, 0, 0, _MODE, self.offset) + name

    @property
    def _flags(self) -> int:
        return 0 if self.name.isascii() else 0x800  # the name is UTF-8

    @property
    def begins(self) -> int:
        return self.offset + len(self.local)


def write(target: IO[bytes], members: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """
    Write the canonical archive of these members, given in the order of their names' bytes, and their hashes.

    `target` can seek; nothing of a member is kept in memory but the piece at hand.
    """
    written: list[Member] = []
    sums = []
    for name, parts in members:
        member, sha256 = _put(target, name, parts)
        written.append(member)
        sums.append(f"{sha256}  {name}\n".encode())
    written.append(_put(target, SUMS, sums)[0])
    names = [member.name.encode() for member in written]
    if names != sorted(set(names)):
        raise ValueError("the members are not in the order of their names")
    begins = target.tell()
    for member in written:
        target.write(member.central)
    size = target.tell() - begins
    target.write(_END.pack(b"PK\5\6", 0, 0, len(written), len(written), size, begins, 0))


def _put(target: IO[bytes], name: str, parts: Iterable[bytes]) -> tuple[Member, str]:
    offset, crc, size, digest = target.tell(), 0, 0, hashlib.sha256()
    target.write(Member(name, 0, 0, offset).local)
    for part in parts:
        crc, size = zlib.crc32(part, crc), size + len(part)
        digest.update(part)
        target.write(part)
    member = Member(name, crc, size, offset)
    target.seek(offset)
    target.write(member.local)
    target.seek(0, 2)
    return member, digest.hexdigest()


class Archive:
    """A record opened for reading, its form checked byte by byte; Refused where it is not the canonical one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.digests: dict[str, str] = {}
        """Name → SHA-256, once `check_sums` was called."""
        try:
            self._bytes: IO[bytes] = file.open("rb")
        except OSError as error:
            raise Misused(f"读不了文件 {file}：{in_chinese(error)}") from None
        try:
            self.members = {member.name: member for member in self._directory()}
            self._check_headers()
        except (struct.error, UnicodeDecodeError, ValueError) as error:
            self.close()
            raise _malformed(str(error) if isinstance(error, ValueError) else "目录读不出来") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._bytes.close()

    def _directory(self) -> Iterator[Member]:
        """The members by the directory at the end, every byte of which is the one that it must be."""
        if self._at(0, 2) != b"PK":  # no archive of any kind: whoever gave the file means another
            remedy = "请给 federation record export 写出的文件（.zip）"
            raise Refused(FAILED, [Finding(f"{self.file.name} 不是选举记录", FORM, remedy)])
        length = self._bytes.seek(0, 2)
        tail = self._at(length - _END.size, _END.size) if length >= _END.size else b""
        sign, _, _, number, _, size, begins, _ = _END.unpack(tail)
        if sign != b"PK\5\6" or begins + size + _END.size != length:
            raise _malformed("末尾不是规定的目录，或文件前后有多余的字节")
        if tail != _END.pack(b"PK\5\6", 0, 0, number, number, size, begins, 0):
            raise _malformed("目录的末尾被改动过")
        directory, at, expected, names = self._at(begins, size), 0, 0, [""]
        for _ in range(number):
            fields = _CENTRAL.unpack_from(directory, at)
            name = directory[at + _CENTRAL.size : at + _CENTRAL.size + fields[10]].decode()
            member = Member(name, fields[7], fields[8], fields[16])
            entry = directory[at : at + len(member.central)]
            if entry != member.central or member.offset != expected or name.encode() <= names[-1].encode():
                raise _malformed(f"{name or '（无名）'} 的目录项被改动过，或次序、位置不对")
            yield member
            names.append(name)
            at, expected = at + len(member.central), member.begins + member.size
        if at != size or expected != begins:
            raise _malformed("文件之间或目录之后有多余的字节")

    def _check_headers(self) -> None:
        for member in self.members.values():
            if self._at(member.offset, len(member.local)) != member.local:
                raise _malformed(f"{member.name} 的文件头被改动过")

    def _at(self, offset: int, size: int) -> bytes:
        if not 0 <= size <= MOST or offset < 0:
            raise _malformed("目录过大，或位置不对")
        self._bytes.seek(offset)
        return self._bytes.read(size)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece."""
        member = self._member(name)
        at, left = member.begins, member.size
        while left:
            self._bytes.seek(at)
            block = self._bytes.read(min(left, _BLOCK))
            if not block:
                raise _malformed(f"{name} 不完整")
            yield block
            at, left = at + len(block), left - len(block)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member without their ends; Refused where the last one has none."""
        rest = b""
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
            if len(rest) > _LONGEST:
                raise _malformed(f"{name} 有过长的行")
        if rest:
            raise _malformed(f"{name} 末行没有结束")

    def read(self, name: str) -> bytes:
        """A member whole."""
        if self._member(name).size > MOST:
            raise _malformed(f"{name} 过大")
        return b"".join(self.blocks(name))

    def json(self, name: str) -> Any:
        """A member as JSON in its one spelling; Refused where it is none, or is spelled in any other way."""
        try:
            text = self.read(name)
            data = parsed(text)
            spelled = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        except ValueError:
            raise _malformed(f"{name} 不是规定的 JSON") from None
        if spelled.encode(errors="replace") != text:
            raise _malformed(f"{name} 不是规定的写法")
        return data

    def _member(self, name: str) -> Member:
        if name not in self.members:
            raise _malformed(f"缺少 {name}")
        return self.members[name]

    def check_sums(self) -> int:
        """Hold every member against its SHA-256 and its CRC; Refused names each that differs. How many there are."""
        listed = self.read(SUMS) if SUMS in self.members else b""
        findings = []
        sums = []
        for name, member in self.members.items():
            if name == SUMS:
                continue
            digest, crc = hashlib.sha256(), 0
            for block in self.blocks(name):
                digest.update(block)
                crc = zlib.crc32(block, crc)
            self.digests[name] = digest.hexdigest()
            line = f"{digest.hexdigest()}  {name}\n".encode()
            sums.append(line)
            if crc != member.crc or line not in listed:
                findings.append(Finding(f"{name} 被改动过：与 {SUMS} 或自身的校验值不符", "选举记录", _REMEDY))
        if not findings and (b"".join(sums) != listed or zlib.crc32(listed) != self._member(SUMS).crc):
            findings.append(Finding(f"{SUMS} 与所列的文件不符：有文件缺少、多出或重排", "选举记录", _REMEDY))
        if findings:
            raise Refused(FAILED, findings)
        return len(sums)


STRANGE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)
"""What reading data of an unforeseen form raises; what is too deep is a RuntimeError."""
FAILED = "记录核验不通过"
FORM = "选举记录的格式"
_REMEDY = "向监票人或上级妇联另取一份；取不到的，这份记录不能作依据"


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Whatever cannot be read in here is refused by the name of its file, and of what it lacks where that is known."""
    try:
        yield
    except STRANGE as error:
        lacks = f"缺少 {error.args[0]}" if isinstance(error, KeyError) else type(error).__name__
        raise Refused(FAILED, [Finding(f"{name} 不合规定的格式（{lacks}）", FORM, _REMEDY)]) from None


def parsed(text: bytes) -> Any:
    """JSON in its usual sense: no NaN, no depth that breaks a reader; ValueError for anything else."""

    def refused(word: str) -> Any:
        raise ValueError(word)

    try:
        return json.loads(text.decode(), parse_constant=refused)
    except RecursionError:
        raise ValueError("too deep") from None


def _malformed(problem: str) -> Refused:
    return Refused(FAILED, [Finding(problem, FORM, _REMEDY)])
