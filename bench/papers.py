"""
How fast papers are made, as a ratio to ReportLab's bare canvas drawing the same text, in the same run.

    python bench/papers.py [ROUNDS]

The canvas is given each stretch of text with its place, its face already TrueType, cut down and registered: it breaks
no line, asks for no face, knows no template and makes no PDF/A. Ours goes the whole way from the facts. Faces are open
and outlines redrawn before either is timed. A ratio of 0.5 is a paper at half the page rate of the canvas.

Then the two large files, each in a process of its own: seconds, and how far the peak of memory rises above what the
first paper took.
"""

import io
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from federation import documents
from federation.ballotbox.passes import new_pile, shown, shown_check
from federation.documents.compose import compose
from federation.documents.faces import Face
from federation.documents.fonts import pip_fonts
from federation.documents.furniture import Furniture
from federation.documents.marks import Sheet, Text
from federation.documents.markup import read
from federation.documents.prose import prose
from federation.facts.papers import BallotPaper, MinuteItem, Minutes, PaperHead, SheetContest
from federation.facts.secret_papers import PassSheet, PassSlip

FEDERATION = "某某高新技术产业开发区妇女联合会"
MEETING = f"{FEDERATION}第一次代表大会"
HEAD = PaperHead(FEDERATION, MEETING, f"{MEETING}主席团", date(2020, 11, 2), "0f" * 32)
SAID = (
    "会议审议了《选举办法（征求意见稿）》。筹备组就2020年9月20日至10月1日征求意见的情况作了说明：共收到意见18条，"
    "其中采纳16条、部分采纳1条、未采纳1条，逐条答复并说明了理由。经举手表决，应到150人，实到148人，同意147人，予以通过。"
)
NAMES = tuple(f"{surname}{given}" for surname in "赵钱孙李周吴郑王冯陈" for given in ("甲一", "乙二", "丙三", "丁四"))
BALLOTS, PASSES = 3000, 2000


def minutes() -> Minutes:
    """Two full pages of minutes."""
    items = tuple(MinuteItem(heading, (SAID,) * 2) for heading in ("审议通过选举办法", "审议通过章程"))
    head = replace(HEAD, signed_by=FEDERATION)
    opening = f"2020年11月2日，赵甲一同志在某某会堂主持召开{MEETING}。现将议定事项纪要如下："
    return Minutes(head, f"{MEETING}纪要", "高新妇联〔2020〕1号", opening, items, NAMES[:10], (), ())


def ballot() -> BallotPaper:
    """Forty names and six boxes for others."""
    notes = ("赞成的画“○”，不赞成的画“×”，弃权的不画。", "多于应选名额的为无效票。")
    contest = SheetContest("执行委员会委员", 37, "差额", "按姓氏笔画为序", NAMES, "○", "×", "", 6, notes)
    return BallotPaper(HEAD, f"{MEETING}选票", "", (contest,))


def pile() -> PassSheet:
    """As many passes as a large congress needs."""
    made = new_pile("试", PASSES, Random(7).randbytes)
    page = "https://vote.example/b/members"
    slips = tuple(PassSlip(shown(each.code), shown_check(each.check_code), f"{page}#{each.code}") for each in made)
    return PassSheet(FEDERATION, MEETING, ("执行委员会委员",), page, "presence", slips)


@dataclass(frozen=True)
class Bare:
    """The same text for ReportLab's canvas: pages of (name of the face, size, x, y from the foot, text)."""

    pages: list[list[tuple[str, float, float, float, str]]]

    def draw(self) -> bytes:
        made = io.BytesIO()
        canvas = Canvas(made, invariant=1, pageCompression=1)
        for page in self.pages:
            for name, size, x, y, text in page:
                canvas.setFont(name, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return made.getvalue()


def bare(sheets: list[Sheet]) -> Bare:
    """The text of these pages, its faces registered with ReportLab."""
    texts = [[mark for mark in sheet.marks if isinstance(mark, Text)] for sheet in sheets]
    used: dict[Face, set[str]] = {}
    for mark in (mark for page in texts for mark in page):
        used.setdefault(mark.face, set()).update(mark.text)
    for face, characters in used.items():
        pdfmetrics.registerFont(TTFont(face.name, io.BytesIO(true_type(face, characters)), asciiReadable=False))
    heights = [sheet.height for sheet in sheets]
    return Bare(
        [
            [(mark.face.name, mark.size, mark.x, height - mark.y, mark.text) for mark in page]
            for page, height in zip(texts, heights, strict=True)
        ]
    )


def true_type(face: Face, characters: set[str]) -> bytes:
    """A whole TrueType font of these characters, as ReportLab wants one."""
    codes = sorted({" ", *characters})
    outlines = {f"u{ord(sign):05X}": face.outline(sign) for sign in codes}
    glyphs = {".notdef": Glyph(b""), **{name: Glyph(each.data) for name, each in outlines.items()}}
    for glyph in glyphs.values():
        glyph.expand(None)
    measures = face.measures
    builder = FontBuilder(measures.em, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(sign): f"u{ord(sign):05X}" for sign in codes})
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    widths = {".notdef": (measures.em, 0), **{name: (each.width, each.box[0]) for name, each in outlines.items()}}
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=measures.ascent, descent=measures.descent)
    builder.setupNameTable({"familyName": face.name, "styleName": "Regular", "psName": face.name})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def rate(rounds: int) -> None:
    """A paper of two pages, from the facts to the PDF, beside the canvas."""
    facts, fonts = minutes(), pip_fonts()
    script = read(prose("minutes.txt", facts), "minutes.txt")
    sheets = compose(script, fonts, Furniture(facts.head.check_code))
    canvas = bare(sheets)
    documents.render("minutes", facts, fonts=fonts)
    alone, whole = float("inf"), float("inf")
    for _ in range(rounds):
        alone = min(alone, seconds(canvas.draw))
        whole = min(whole, seconds(lambda: documents.render("minutes", facts, fonts=fonts)))
    pages = len(sheets)
    print(f"a paper of {len(sheets)} pages, faces warm, best of {rounds}")
    print(f"bare canvas, text alone    {pages / alone:7.1f} pages/s")
    print(f"facts to PDF/A             {pages / whole:7.1f} pages/s   ratio {alone / whole:.2f} (at least 0.50)")


def seconds(work: Callable[[], object]) -> float:
    """What one paper costs: the best of many, taken in turns, tells the work and not what else the machine did."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def volume(what: str, folder: Path) -> None:
    """One large file, made here and now."""
    fonts = pip_fonts()
    facts = pile()
    documents.render("ballot", ballot(), fonts=fonts)
    documents.pass_sheet(replace(facts, slips=facts.slips[:8]), fonts=fonts)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
    if what == "passes":
        made = documents.pass_sheet(facts, fonts=fonts)
    else:
        made = documents.render("ballot", ballot(), fonts=fonts, copies=BALLOTS)
    (folder / what).write_bytes(made)
    took, more = perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    number = PASSES if what == "passes" else BALLOTS
    print(f"{number} {what:8}  {took:6.1f} s   {len(made) / 1e6:5.1f} MB file   memory +{more / 1024:.0f} MB")


def main(rounds: int = 40) -> None:
    """Print the rate of a paper and the figures of the two large files."""
    rate(rounds)
    for what in ("ballots", "passes"):
        subprocess.run([sys.executable, __file__, what], check=True)


if __name__ == "__main__":
    if sys.argv[1:] in (["ballots"], ["passes"]):
        with TemporaryDirectory() as name:
            volume(sys.argv[1], Path(name))
    else:
        main(*map(int, sys.argv[1:]))
