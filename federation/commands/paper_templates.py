"""`paper templates`, `paper preview`: the prose of the papers, and how a change of it looks."""

from pathlib import Path

import click

from federation import db
from federation.commands.desk import Desk, reads
from federation.commands.files import write_whole
from federation.commands.making import TEMPLATES, templates_in
from federation.commands.output import table
from federation.commands.shell import command
from federation.documents import paper, render
from federation.errors import NotFound
from federation.services import papers as service
from federation.services.papers import PaperOrder
from federation.workflows.vocabulary import PAPERS

_EXAMPLE = """\
federation paper templates
federation paper templates --copy 我的模板"""


@command("templates", example=_EXAMPLE)
@click.option("--copy", "target", type=click.Path(path_type=Path), metavar="文件夹", help="把全部模板抄到这里来改")
@click.option("--overwrite", is_flag=True, help="改过的也换回原样")
@TEMPLATES
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def templates(target: Path | None, overwrite: bool, templates: Path | None, as_json: bool) -> None:
    """文书的模板：列出在用的是哪一份，或抄一份来改。

    改好以后用 --templates 文件夹，或设环境变量 FEDERATION_TEMPLATES。怎样改见 docs/papers.md。
    """
    from federation.documents import templates as kept

    if target is not None:
        files = [str(file) for file in kept.copy(target, overwrite)]
        how = f"改好以后看样张：federation paper preview minutes --templates {target} --out 样张.pdf"
        Desk.told(files, f"已抄写 {len(files)} 份模板到 {target / 'documents'}。{how}", as_json=as_json)
        return
    found = kept.in_use(templates_in(templates))
    facts = [
        {"kind": each.kind, "label": each.label, "file": str(each.file), "own": each.own, "edited": each.edited}
        for each in found
    ]
    rows = [(each.kind, each.label, _which(each.own, each.edited), each.file if each.own else "") for each in found]
    Desk.told(facts, table(("种类", "文书", "在用的模板", "文件"), rows), as_json=as_json)


def _which(own: bool, edited: bool) -> str:
    return ("自己的，改过" if edited else "自己的，未改") if own else "程序自带"


@command("preview", example="federation paper preview minutes --templates 我的模板 --out 样张.pdf")
@click.argument("name", metavar="种类或编号")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="文件", help="写到哪里（PDF）")
@click.option("--sample", is_flag=True, help="一律用虚构的样本，不用本案的内容")
@TEMPLATES
@reads()
def preview(desk: Desk, name: str, out: Path, sample: bool, templates: Path | None) -> None:
    """看模板印出来的样子：本案已有内容的用本案的，没有的用虚构的样本；页面上印有“预览”或“样本”，不作文书用。"""
    from federation.documents import samples

    own = templates_in(templates)
    order = None if sample else _real(desk, name)
    kind = order.kind if order else _kind(name)
    facts = order.facts if order else samples.made_up(kind)
    write_whole(out, render(kind, facts, templates=own, across="预览" if order else "样本"))
    whose = f"内容取自本案的 {order.short_id}" if order else "内容是虚构的样本"
    told = {"file": str(out), "kind": kind, "short_id": order.short_id if order else "", "sample": order is None}
    desk.report(told, f"已预览 {out}：{PAPERS[kind]}，{whose}")


def _kind(name: str) -> str:
    """The kind of paper that a word means: its identifier, or its label."""
    kind = {label: kind for kind, label in PAPERS.items()}.get(name, name)
    paper(kind)
    return kind


def _real(desk: Desk, name: str) -> PaperOrder | None:
    """The case's own paper of this name, or its first of this kind; None where there is none yet, or no database."""
    with db.disposed(db.engine_for(desk.url)) as engine:
        if not db.exists(engine):
            return None
    kind = {label: kind for kind, label in PAPERS.items()}.get(name, name)
    with desk.reading() as session:
        case = desk.case(session)
        found = [slot for slot in service.available(session, case) if name == slot.short_id or kind == slot.kind]
        if not found and kind not in PAPERS:
            there = "、".join([*PAPERS, *(slot.short_id for slot in service.available(session, case))])
            raise NotFound(f"没有“{name}”这种或这份文书；可写 {there}")
        return service.order(session, case, found[0].short_id) if found else None
