"""
A paper as Markdown, for reading elsewhere: headings, tables and names, without the page.

Every text comes out as it would be printed, whatever signs it is made of: what Markdown or HTML would take for markup
is escaped, whether it came from a template or from a fact.
"""

import re
from collections.abc import Iterator
from functools import singledispatch

from federation.documents import blocks, outline
from federation.documents.blocks import Align, Block, Content, Script

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&$]")
_AT_THE_HEAD = re.compile(r"^([#+=-]|\d+[.)])")
_LEVELS = (("一", "二", "三", "四", "五", "六", "七", "八", "九", "十"), ("（",))
_RULE = {"left": ":---", "right": "---:", "centre": ":---:"}


def markdown(script: Script, code: str = "", across: str = "") -> str:
    """The whole paper; `code` is its 校验码, `across` a word that stands across its pages (演示)."""
    titled = any(isinstance(block, blocks.Title) for block in script.blocks)
    parts = [f"**{escaped(across)}**"] if across else []
    for block in script.blocks:
        if isinstance(block, blocks.RedMark) and not titled:
            parts.append(f"# {escaped(block.text)}")
        else:
            parts.extend(_written(block))
    if code:
        parts.append(f"校验码：{escaped(code)}")
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text of which nothing is markup, in one line."""
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], " ".join(text.split("\n")).strip())
    return _AT_THE_HEAD.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


@singledispatch
def _written(block: Block) -> Iterator[str]:
    """The paragraphs of one block."""
    raise TypeError(f"{type(block).__name__} cannot be written as Markdown")


@_written.register
def _(block: blocks.Title) -> Iterator[str]:
    yield f"# {escaped(''.join(block.lines))}"


@_written.register
def _(block: blocks.Subtitle | blocks.RedMark) -> Iterator[str]:
    yield f"**{escaped(block.text)}**" if block.text else ""


@_written.register
def _(block: blocks.Number) -> Iterator[str]:
    if block.text or block.signer:
        yield escaped("　　".join(filter(None, (block.text, block.signer))))


@_written.register
def _(block: blocks.Note) -> Iterator[str]:
    if block.text:
        yield escaped(block.text)


@_written.register
def _(block: blocks.Addressee) -> Iterator[str]:
    yield escaped(block.text.rstrip("：:")) + "："


@_written.register
def _(block: blocks.Paragraph) -> Iterator[str]:
    """一、 and （一） become headings of Markdown; the lower levels stay what they are."""
    text = escaped(block.text)
    heading = outline.read(block.text).heading
    depth = next((depth for depth, marks in enumerate(_LEVELS, 2) if block.text.startswith(marks)), 0)
    yield f"{'#' * depth} {text}" if heading and depth else text


@_written.register
def _(block: blocks.Chapter) -> Iterator[str]:
    yield f"## {escaped(block.text)}"


@_written.register
def _(block: blocks.Clause) -> Iterator[str]:
    yield f"**{escaped(block.label)}** {escaped(block.text)}" if block.label else escaped(block.text)


@_written.register
def _(block: blocks.Attachments) -> Iterator[str]:
    yield escaped("附件：" + "；".join(block.names))


@_written.register
def _(_block: blocks.Space | blocks.Break) -> Iterator[str]:
    yield from ()


@_written.register
def _(_block: blocks.Next) -> Iterator[str]:
    yield "---"


@_written.register
def _(block: blocks.Strokes) -> Iterator[str]:
    yield from _written(blocks.counted(block))


@_written.register
def _(block: blocks.Table) -> Iterator[str]:
    rows = [[column.heading for column in block.columns], *block.rows]
    head, *body = ("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
    yield "\n".join([head, "| " + " | ".join(_rule(column.align) for column in block.columns) + " |", *body])


def _cell(content: Content) -> str:
    return blocks.marked(content, "~~{}~~", "**{}**", lambda text: "<br>".join(map(escaped, text.split("\n"))))


def _rule(align: Align) -> str:
    return _RULE[align]


@_written.register
def _(block: blocks.Names) -> Iterator[str]:
    yield f"**{escaped(block.label)}：** {escaped('、'.join(block.names))}"


@_written.register
def _(block: blocks.NameList) -> Iterator[str]:
    yield escaped("、".join(block.names))


@_written.register
def _(block: blocks.Signatures) -> Iterator[str]:
    lines = "　".join(f"＿＿＿＿＿＿（{name}）" if name else "＿＿＿＿＿＿" for name in block.names or ("",))
    yield escaped(f"{block.label}：{lines}")


@_written.register
def _(block: blocks.Imprint) -> Iterator[str]:
    yield "  \n".join(map(escaped, blocks.imprinted(block)))


@_written.register
def _(block: blocks.Closing) -> Iterator[str]:
    yield "  \n".join(escaped(line) for line in (block.body, block.day) if line)
