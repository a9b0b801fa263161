"""
The table of contents: every command, where it lives, what it is for.

`federation …` and `python cli.py …` both end in `main`.
"""

from typing import NoReturn

import click

from federation import __version__
from federation.clock import Clock, SystemClock
from federation.commands.shell import RootGroup

CONTENTS = {
    "demo": ("demo:demo", "在示例数据上演示一次完整的成立"),
    "status": ("status:status", "现在到了哪一步，下一步是什么，还差什么"),
    "overview": ("status:overview", "各妇联分别到了哪一步"),
    "init": ("federations:init", "建库，登记第一个妇联和第一位工作人员"),
    "add": ("federations:add", "登记一个妇联（下级单位等）"),
    "list": ("federations:list_", "列出本库中的妇联"),
    "show": ("federations:show", "看一个妇联的情况"),
    "found": ("cases:found", "开始成立一个妇联"),
    "officer": ("officers:officer", "工作人员与角色"),
    "process": ("processes:process", "流程文件：列出、查看、检查、画图"),
    "case": ("cases:case", "办理中的案件：列出、查看、换用新流程、归档"),
    "step": ("steps:step", "办理没有专用命令的一步"),
    "request": ("requests:request", "请示与批复"),
    "filing": ("requests:filing", "报上级妇联备案"),
    "draft": ("drafts:draft", "章程、选举办法的文稿"),
    "comments": ("comments:comments", "征求意见"),
    "roll": ("roll:roll", "代表名册与资格审查"),
    "meeting": ("meetings:meeting", "会议：召集、签到、到会人数、闭会"),
    "motion": ("motions:motion", "举手表决"),
    "method": ("method:method", "选举办法的数据文件"),
    "strokes": ("strokes:strokes", "姓氏笔画"),
    "election": ("elections:election", "选举：提名、投票、收票、计票、宣布"),
    "appoint": ("terms:appoint", "依选举结果任职"),
    "term": ("terms:term", "任期与任职情况"),
    "count": ("count:count", "按选举办法重新计票（不用数据库）"),
    "record": ("records:record", "选举记录：导出、核验、查核对码"),
    "paper": ("papers:paper", "文书：列出、制作、模板、签署、核验"),
    "journal": ("journal:journal", "工作日志：查看、校验"),
    "serve": ("serve:serve", "会场网页：手机投票、核对、签到、大屏幕"),
    "desk": ("desks:desk", "会场工作台：签到台、纸票录入台的登录代码"),
    "db": ("database:db", "数据库：升级、检查"),
    "backup": ("database:backup", "备份数据库"),
    "restore": ("database:restore", "从备份恢复"),
}


@click.group("federation", cls=RootGroup, contents=CONTENTS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db", envvar="FEDERATION_DATABASE_URL", metavar="地址", help="数据库地址；不写则用当前文件夹的 federation.db"
)
@click.option("--as", "officer", envvar="FEDERATION_ACTOR", metavar="姓名", help="以哪位工作人员的名义办理")
@click.version_option(__version__, "--version", message="federation %(version)s", help="显示版本")
@click.pass_context
def federation(context: click.Context, db: str | None, officer: str | None) -> None:
    """妇女联合会的成立与选举：从征求意见稿到会议纪要，一步一步办理。

    不知道下一步做什么，就用 federation status。
    """
    clock = context.obj if context.obj is not None else SystemClock()
    context.obj = {"db": db, "as": officer, "clock": clock}


def main(clock: Clock | None = None) -> NoReturn:
    """Run the command line; a clock other than the system's is for the tests alone."""
    federation.main(obj=clock)


__all__ = ["CONTENTS", "federation", "main"]
