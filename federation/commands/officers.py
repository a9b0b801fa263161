"""`officer`: who acts for a federation, in which role."""

from dataclasses import asdict

import click

from federation.commands.desk import Desk, acts, reads
from federation.commands.output import table
from federation.commands.shell import group
from federation.services import federations, selection
from federation.workflows.vocabulary import ROLES

_IN_CHINESE = {label: role for role, label in ROLES.items()}


class _Role(click.Choice[str]):
    """A role by its word or by its Chinese name, as the program itself says it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(super().convert(_IN_CHINESE.get(value, value), param, ctx))


@group("officer")
def officer() -> None:
    """工作人员与角色。"""


@officer.command("add", example="federation officer add 李监票 --role scrutineer --as 王秘书")
@click.argument("name", metavar="姓名")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=_Role(list(ROLES)),
    help="角色，可写多个，写英文或中文都可以：" + "、".join(f"{k} {v}" for k, v in ROLES.items()),
)
@acts("federation")
def add(desk: Desk, name: str, roles: tuple[str, ...]) -> None:
    """登记一位工作人员，或给她加上角色。"""
    with desk.acting() as (session, act):
        changed = federations.add_officer(session, desk.federation(session), name, roles, act)
    said = f"{name}：{'、'.join(ROLES[role] for role in roles)}" if changed else "已办理，未作改动"
    desk.report({"changed": changed, "name": name, "roles": list(roles)}, said)


@officer.command("list", example="federation officer list")
@reads("federation")
def list_(desk: Desk) -> None:
    """列出工作人员。"""
    with desk.reading() as session:
        facts = federations.shown(session, selection.federation(session, desk.federation_id))
    rows = [(name, "、".join(ROLES[role] for role in roles)) for name, roles in facts.officers]
    desk.report(asdict(facts)["officers"], table(("姓名", "角色"), rows))
