"""Papers into their files, and into the register of what was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from federation import db
from federation.commands.desk import Desk
from federation.commands.files import write_whole
from federation.commands.progress import bar
from federation.documents import FORMATS, Format, render_as
from federation.errors import NotReady
from federation.services import made_papers
from federation.services.made_papers import Made
from federation.services.papers import PaperOrder

TEMPLATES = click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="用这个文件夹里的模板（paper templates --copy 抄出的）",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper to be made, in which format and into which file."""

    order: PaperOrder
    file: Path
    format: Format = "pdf"
    copies: int = 1


def templates_in(given: Path | None) -> Path | None:
    """The folder of templates that an option named, if it did."""
    from federation.documents import templates

    return templates.folder(given) if given else None


def format_of(given: str | None, out: Path | None) -> Format:
    """The format asked for, or the one that the name of the file asks for."""
    said = given or (out.suffix.lstrip(".").lower() if out else "")
    return next((format for format in FORMATS if format == said), "pdf")


def put(desk: Desk, wanted: Sequence[Wanted], templates: Path | None) -> None:
    """Make papers into their files, register them, and say so."""
    done = []
    with bar("文书", len(wanted)) as told:
        for each in wanted:
            order = each.order
            data = render_as(each.format, order.kind, order.facts, templates=templates, copies=each.copies)
            write_whole(each.file, data)
            done.append(made_papers.made(order, each.format, data))
            told(1)
    why_not = register(desk, done)
    facts = [
        {"file": str(each.file), "short_id": made.short_id, "sha256": made.sha256, "registered": not why_not}
        for each, made in zip(wanted, done, strict=True)
    ]
    said = [f"已制作 {each.file}" for each in wanted] or ["现在还没有可做的文书"]
    say_unregistered(desk, why_not)
    desk.report(facts, "\n".join(said))


def register(desk: Desk, done: Sequence[Made]) -> str:
    """Register papers whose files are written, in one transaction; why it could not be done, where it could not."""
    if not done:
        return ""
    try:
        with db.disposed(desk.engine) as engine, db.transaction(engine) as session:
            made_papers.register(session, desk.case(session), done)
    except NotReady as error:
        return "；".join(finding.problem for finding in error.findings) or error.message
    return ""


def say_unregistered(desk: Desk, why_not: str) -> None:
    """Tell an officer that papers were made and not registered, beside what the command reports."""
    if why_not and not desk.as_json:
        click.echo(f"未登记：{why_not}。文书本身不受影响，只是 paper verify 不能凭登记认出它", err=True)
