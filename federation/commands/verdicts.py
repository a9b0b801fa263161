"""What can be said of a file that claims to be a paper: never more than was compared."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from federation.documents import reading, render_as, title_of
from federation.documents.formats import FORMATS
from federation.errors import Finding, Refused
from federation.models import Case
from federation.services import made_papers, papers
from federation.services.journal import LineFacts
from federation.services.made_papers import Made
from federation.signatures import SignatureFacts, only_signed_since, signatures

_END = re.compile(rb"(%%EOF)(?:\r\n|\r|\n)?")
_AGAIN = "用 federation paper make 重做一份，与手上的逐字比较"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file that is a paper of this case, as it was made or with signatures added."""

    file: str
    sha256: str
    paper: Made
    registered: bool
    """False: not in the register, but the same, byte for byte, as the paper made again now."""
    current: bool | None
    """Whether it says what the case says now; None where the paper can no longer be made to compare."""
    lines_of_codes: tuple[LineFacts, ...]
    signatures: tuple[SignatureFacts, ...]

    def as_json(self) -> dict[str, Any]:
        paper = {"short_id": self.paper.short_id, "kind": self.paper.kind, "label": self.paper.label}
        codes = [
            {"code": line.hash, "sequence": line.sequence, "stated": line.stated, "label": line.label}
            for line in self.lines_of_codes
        ]
        return {
            "file": self.file,
            "sha256": self.sha256,
            "verdict": "signed" if self.signatures else "unchanged",
            **paper,
            "format": self.paper.format,
            "registered": self.registered,
            "current": self.current,
            "check_codes": codes,
            "signatures": [asdict(each) for each in self.signatures],
        }

    def lines(self) -> Iterator[str]:
        """For the terminal."""
        state = "除签名外未改动" if self.signatures else "未改动"
        basis = "本库有登记" if self.registered else "本库没有登记，与现在重做的逐字节相同"
        yield f"{self.file}：本案的{self.paper.label}（{self.paper.short_id}），{state}（{basis}）"
        yield _CURRENT[self.current].format(self.paper.short_id)
        for line in self.lines_of_codes:
            yield f"校验码是本案工作日志第 {line.sequence} 行：{line.stated} {line.label}"
        for each in self.signatures:
            yield signature_line(each)
        if self.signatures and self.signatures[0].trusted is None:
            yield "签名人的身份没有核对：要核对，用 --trust 写明信任的根证书"


_CURRENT = {
    True: "内容与本案现在的一致",
    False: "内容与本案现在的不同：此后又有登记，或程序、模板、字体有变。现在的用 federation paper make {} 制作",
    None: "现在做不出这份文书，内容是否最新无从比较（{}）",
}


def signature_line(found: SignatureFacts) -> str:
    """One signature in a line: what the certificate says, what the signer says, what was checked."""
    stated = f"，署名“{found.stated}”" if found.stated else ""
    state = "完好" if found.holds else "签后又有改动" if found.intact else "不完好：签过的内容被改动，或签名读不懂"
    issuer = "自签名证书，身份只凭其自称" if found.self_signed else f"{found.issuer} 签发"
    trust = {None: "", True: "，受信任", False: "，不受所给的根证书信任"}[found.trusted]
    return f"签名：{found.subject}（{issuer}{trust}）{stated}，自称签于 {found.at or '—'}，{state}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in and about a file."""

    file: Path
    data: bytes
    parts: Mapping[str, int]
    paper: Made | None
    """The paper of this case that the file is, or begins with."""
    signatures: Sequence[SignatureFacts]
    lines: Mapping[str, LineFacts | None]
    """校验码 printed on it → the line of this case's journal."""

    @property
    def whole(self) -> bool:
        """True where the paper is all of the file."""
        return self.paper is not None and self.parts[self.paper.sha256] == len(self.data)


def judged(session: Session, root: Case, file: Path, data: bytes, roots: Sequence[Any]) -> Verdict:
    """The verdict on a file; `Refused` with everything that is known of one that is not a paper of this case."""
    parts = _parts(data)
    registered = made_papers.registered(session, root, parts)
    known = registered or _remade(session, root, data, parts)
    paper = next((known[each] for each in reversed(parts) if each in known), None)
    signed = signatures(data, file.name, roots) if data.startswith(b"%PDF-") else []
    codes = reading.check_codes(data[: parts[paper.sha256]] if paper else data)
    lines = {code: made_papers.line_of(session, root, code) for code in codes}
    seen = Evidence(file, data, parts, paper, signed, lines)
    findings = list(_findings(session, root, seen))
    if paper is None or findings:
        raise Refused(f"{file.name} 不是本案未改动的文书", findings)
    there = tuple(line for line in lines.values() if line)
    current = _current(session, root, paper)
    return Verdict(str(file), made_papers.digest(data), paper, bool(registered), current, there, tuple(signed))


def _parts(data: bytes) -> dict[str, int]:
    """The hash of the file, and of each part of it that may have been a whole PDF before something was added."""
    found, digest, at = {}, hashlib.sha256(), 0
    for end in sorted({len(data), *(end for match in _END.finditer(data) for end in (match.end(1), match.end()))}):
        digest.update(data[at:end])
        found[digest.copy().hexdigest()] = at = end
    return found


def _remade(session: Session, root: Case, data: bytes, parts: Mapping[str, int]) -> dict[str, Made]:
    """The papers with the title of the file, made again, that are a part of it byte for byte."""
    title, found = reading.title(data), {}
    for slot in papers.available(session, root) if title else ():
        order = made_papers.order_of(session, root, slot.short_id)
        if order and title_of(order.kind, order.facts) == title:
            made = made_papers.made(order, "pdf", render_as("pdf", order.kind, order.facts))
            if made.sha256 in parts:
                found[made.sha256] = made
    return found


def _current(session: Session, root: Case, paper: Made) -> bool | None:
    """Whether the paper says what it would say now: by its facts, or else by its bytes."""
    order = made_papers.order_of(session, root, paper.short_id)
    if order is None:
        return None
    if made_papers.says_the_same(order, paper):
        return True
    format = next(each for each in FORMATS if each == paper.format)
    return made_papers.digest(render_as(format, order.kind, order.facts)) == paper.sha256


def _findings(session: Session, root: Case, seen: Evidence) -> Iterator[Finding]:
    if seen.paper is None:
        yield Finding("它的字节与本案登记过的、现在做得出的文书都不同", "", _AGAIN)
        if elsewhere := made_papers.elsewhere(session, root, seen.parts):
            yield Finding(f"它是 {'、'.join(elsewhere)} 的文书", "", "用 --federation 和 --case 指明那一案再核验")
    elif not seen.whole and not only_signed_since(seen.data, seen.parts[seen.paper.sha256], seen.file.name):
        problem = f"它由本案的 {seen.paper.short_id} 改来：除签名之外还有改动，或签名盖住了版面"
        yield Finding(problem, "", _AGAIN)
    for each in seen.signatures:
        if seen.paper is None or not each.holds:
            yield Finding(signature_line(each), "", "签名只说明签署人签过这些字节，不说明它是本案的文书")
    for code, line in seen.lines.items():
        if line is None:
            problem = f"上面印的校验码 {code[:12]}… 不在本案的工作日志里"
            yield Finding(
                problem, "纸上的校验码锚定日志", "核对是不是本案的文书，日志用 federation journal verify 校验"
            )
        elif seen.paper is None:
            where = f"第 {line.sequence} 行（{line.stated} {line.label}）"
            yield Finding(f"上面印的校验码是本案工作日志{where}，但这不说明其余的字没有改过", "", _AGAIN)
