"""`paper fonts`: which face prints what, from which file, under which licence."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from federation.commands.desk import Desk
from federation.commands.output import table
from federation.commands.shell import command

if TYPE_CHECKING:
    from federation.documents.fonts import Choice, Fonts

SHOWN = 60
"""Characters of a licence in the table; `--json` has all of it."""

EMBEDDING = ((0x0008, "可嵌入并编辑"), (0x0004, "可嵌入供阅读和打印"))


@dataclass(frozen=True, slots=True)
class Row:
    """One face in one role."""

    role: str
    place: str
    """首选; 代用, where only the face that pip brings is there; 补字, for the characters that those before it lack."""
    family: str
    file: str
    embedding: str
    licence: str


@command("fonts", example="federation paper fonts")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def fonts(as_json: bool) -> None:
    """列出每种用途的字体：哪个字库、哪个文件、什么许可；以及找到而不能用的字库。

    “代用”是没有找到该用途的字库，以程序自带的免费字库代替。

    自备的字库用环境变量 FEDERATION_FONTS 指明文件或文件夹，优先于系统所装的。
    """
    from federation.documents.fonts import machine_fonts

    found = machine_fonts()
    rows = list(_rows(found))
    barred = [{"name": each.name, "file": str(each.file), "because": each.because} for each in found.barred]
    Desk.told({"roles": [asdict(row) for row in rows], "not_used": barred}, _text(rows, barred), as_json=as_json)


def _rows(found: "Fonts") -> Iterator[Row]:
    from federation.documents.fonts import LABELS, pip_fonts

    substitutes = {choice.face for chain in pip_fonts().chains.values() for choice in chain}
    for role, chain in found.chains.items():
        for number, choice in enumerate(chain):
            first = "代用" if choice.face in substitutes else "首选"
            yield _row(LABELS[role], "补字" if number else first, choice)


def _row(role: str, place: str, choice: "Choice") -> Row:
    licence = choice.face.licence
    embedding = next((said for bit, said in EMBEDDING if licence.embedding & bit), "可嵌入")
    heavier = "（加粗）" if choice.stroke else ""
    said = "；".join(filter(None, (licence.text, licence.address))) or "字库未写明"
    return Row(role, place, f"{choice.face.family}{heavier}", str(choice.face.path), embedding, said)


def _text(rows: list[Row], barred: list[dict[str, str]]) -> str:
    headings = ("用途", "次序", "字库", "文件", "嵌入", "许可")
    cells = [(row.role, row.place, row.family, row.file, row.embedding, _short(row.licence)) for row in rows]
    lines = [f"  · {each['name']}（{each['file']}）：{each['because']}" for each in barred]
    return "\n".join([table(headings, cells), *(["", "找到而不用的字库：", *lines] if lines else [])])


def _short(licence: str) -> str:
    return licence if len(licence) <= SHOWN else f"{licence[:SHOWN]}…"


COMMANDS = (fonts,)
