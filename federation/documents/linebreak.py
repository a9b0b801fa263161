"""
Where a Chinese line may end (避头尾).

No full stop, comma or closing mark begins a line, no opening mark ends one; a number with what it counts (12人), a
Latin word and a doubled dash stay whole. What cannot be broken is a chunk; lines are filled with chunks.
"""

import re
from collections.abc import Callable, Sequence

CLOSING = frozenset("，。、；：？！）》〉」』】〕〗’”…—～·％‰℃,.;:?!)]}%")
OPENING = frozenset("（《〈「『【〔〖‘“([{")

UNITS = (
    "平方米", "公里", "小时", "分钟", "个月", "人次", "周岁", "万元", *"年月日天周时分秒岁届次期号",
    *"人名位票张份件条款项章节页个种组级起户家元万亿倍米楼层室",
)  # fmt: skip
"""What a figure of our papers counts or names: parted from it by a line end, neither reads."""

_PIECES = re.compile(
    rf"\n|—+|…+|[ \u3000]+|[0-9A-Za-zÀ-ɏ]+(?:[.,:/@_'+-]+[0-9A-Za-zÀ-ɏ]+)*(?:(?<=\d) ?(?:{'|'.join(UNITS)}))?|.",
    re.DOTALL,
)

Width = Callable[[str], float]


def chunks(text: str) -> list[str]:
    """The parts of a text that stay whole, in order; a line break the writer made is a chunk of its own."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if found and "\n" not in (piece, found[-1]) and _clings(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _clings(before: str, piece: str) -> bool:
    """True where no line may end between the two."""
    return before[-1] in OPENING or piece[0] in CLOSING or piece.isspace()


def fill(pieces: Sequence[str], width: Width, first: float, rest: float | None = None) -> list[str]:
    """Fill lines of these widths; a piece longer than a whole line is cut where the line is full."""
    rest = first if rest is None else rest
    lines: list[str] = []
    line, wide = "", 0.0
    for piece in pieces:
        room = rest if lines else first
        if piece == "\n":
            lines.append(line)
            line, wide = "", 0.0
            continue
        # The width of a line is that of its pieces: measuring it anew for each would take longest in the whole paper.
        bare = piece.rstrip()
        more = width(bare)
        if line and wide + more > room + 0.01:
            lines.append(line)
            line, wide, room = "", 0.0, rest
        added = piece if line else piece.lstrip(" ")
        line, wide = line + added, wide + (more if added is bare else width(added))
        while wide > room + 0.01 and (cut := _cut(line, width, room)) < len(line.rstrip()):
            lines.append(line[:cut])
            line, room = line[cut:], rest
            wide = width(line)
    return [line.rstrip(" ") for line in [*lines, line]]


def _cut(line: str, width: Width, room: float) -> int:
    """How many characters of a line find room: one at least."""
    count = 1
    while count < len(line) and width(line[: count + 1]) <= room + 0.01:
        count += 1
    return count


WHOLE_WORDS = (
    "妇女联合会", "妇女代表大会", "代表大会", "成立大会", "执行委员会", "常务委员会", "筹备组", "主席团", "委员",
    "副主席", "主席", "第一届", "第一次", "全体会议", "会议", "纪要", "选举", "结果", "计票", "报告单", "报告", "公告",
    "选票", "签到册", "征求意见稿", "征求意见", "意见", "采纳", "情况", "汇总表", "名单", "名册", "办法", "章程",
    "决议", "通知", "请示", "高新技术", "产业", "开发区", "街道",
)  # fmt: skip
"""Words of our titles that a line end must not tear (词意完整)."""


def balance(text: str, width: Width, room: float) -> list[str]:
    """
    A title in as few lines as it needs, of like length and without torn words (排列对称、长短适宜).

    Two lines are balanced; where more are needed, or no word boundary serves, lines are simply filled.
    """
    if width(text) <= room:
        return [text]
    torn = _inside_words(text)
    cuts = [
        at
        for at in range(2, len(text) - 1)
        if at not in torn and _may_cut(text, at) and max(width(text[:at]), width(text[at:])) <= room
    ]
    if not cuts:
        return fill(chunks(text), width, room)
    best = min(cuts, key=lambda at: (abs(width(text[:at]) - width(text[at:])), at))
    return [text[:best].rstrip(), text[best:].lstrip()]


def _may_cut(text: str, at: int) -> bool:
    if text[at] in CLOSING or text[at - 1] in OPENING:
        return False
    if text[at - 1].isdecimal() and text.startswith(UNITS, at):
        return False
    return not (re.match(r"[0-9A-Za-z]", text[at]) and re.match(r"[0-9A-Za-z]", text[at - 1]))


def _inside_words(text: str) -> set[int]:
    """Where a cut would tear a word."""
    spans = (found.span() for word in WHOLE_WORDS for found in re.finditer(word, text))
    return {at for start, end in spans for at in range(start + 1, end)}
