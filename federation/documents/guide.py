"""The closed set of facts that a template of each kind may use, as a secretary reads it."""

import types
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from federation.documents.meanings import meaning
from federation.facts.papers import PAPERS

_PLAIN = {str: "文字", int: "整数", bool: "是或否", date: "日期"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name as a template writes it, what kind of thing it is, and what it means."""

    name: str
    type: str
    meaning: str


def facts_of(kind: str) -> list[Fact]:
    """Every fact of a kind of paper, those of a list below the list: `items[].heading`."""
    return list(_facts(PAPERS[kind].record))


def _facts(record: type, prefix: str = "") -> Iterator[Fact]:
    for name, hint in get_type_hints(record).items():
        yield Fact(prefix + name, _type(hint), meaning(record, name))
        for inner in _records(hint):
            yield from _facts(inner, f"{prefix}{name}{'[]' if get_origin(hint) is tuple else ''}.")


def _type(hint: Any) -> str:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return "若干项" if is_dataclass(inner[0]) else f"若干{_type(inner[0])}"
    if origin is dict:
        return f"{_type(inner[0])}→{_type(inner[1])}"
    if origin in (Union, types.UnionType):
        return f"{_type(inner[0])}或无"
    return _PLAIN.get(hint, "见下")


def _records(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _records(inner)


MARKUP = {
    "#": ("# 某某妇女联合会\\\\选举结果公告", "标题；`\\\\` 处换行"),
    "##": ("## （再次投票）", "标题下居中的一行"),
    "@page": ("@page landscape", "写在模板第一行：用哪种页面；不写是公文页"),
    "@mark": ("@mark {{ mark }}", "红色的发文机关标志，或纪要标志"),
    "@number": (
        "@number {{ number }}",
        "发文字号和下面的红线；上行文后面加 ` | 签发人：`；不写字，只有红线",
    ),
    "@to": ("@to 各位代表", "主送机关，顶格"),
    "@chapter": ("@chapter 第一章　总则", "章、节的标题，居中"),
    "@clause": ("@clause 第一条 | 条文", "一条，条号用黑体；`@clause | 条文` 接着写下一段"),
    "@attachments": ("@attachments 甲 | 乙", "附件"),
    "@next": ("@next", "同一个文件里的下一份，另起页码"),
    "@break": ("@break", "另起一页"),
    "@space": ("@space", "空一行"),
    "@note": ("@note 注：……", "小字"),
    "@table": (
        "@table 序号 3 | 姓名 6 | 理由 16 <",
        "表的各列：列名、所占宽度，`<` 靠左、`>` 靠右；`@table tall |` 的行高供签名",
    ),
    "@row": ("@row {{ row.number }} | {{ row.name }} |", "表里的一行，格数与列数相同"),
    "@names": ("@names 出席{% for name in present %} | {{ name }}{% endfor %}", "标签和姓名，对齐第一个姓名"),
    "@list": ("@list{% for name in elected %} | {{ name }}{% endfor %}", "分栏排列的姓名"),
    "@sign": (
        "@sign 监票人{% for name in scrutineers %} | {{ name }}{% endfor %}",
        "每人一道签名线；没有姓名的留一道空线",
    ),
    "@seal": ("@seal {{ head.signed_by }} | {{ head.day }}", "署名和日期，留出盖章的地方"),
    "@signed": ("@signed {{ head.signed_by }} | {{ head.day }}", "署名和日期，不盖章"),
    "@imprint": ("@imprint 甲 | 乙 | {{ head.day }}", "版记：抄送（可空）、印发机关、印发日期"),
    "@choices": ("@choices {% for name in contest.candidates %}{{ name }} | {% endfor %}", "选票上的姓名和符号格"),
    "@blank": ("@blank 2", "紧接在后：另选他人的空格数"),
    "@strokes": ("@strokes 20 | 赞成 | 不赞成", "画“正”字的格；其后 `@row 姓名`，`@blank 2`"),
}
"""Each directive of the markup: how it is written, and what it does."""
