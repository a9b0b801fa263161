"""
The frame of the command line: Chinese help, sub-commands loaded on demand, one error boundary.

Nothing here imports the database: `federation --help` stays fast, and a test holds it to that.
"""

import json
import logging
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from click.formatting import HelpFormatter

from federation.errors import FederationError, Misused, NotReady
from federation.facts.refusals import Refusal
from federation.system_faults import in_chinese

log = logging.getLogger("federation")
log.addHandler(logging.NullHandler())  # else the standard library prints the traceback on the officer's screen
F = TypeVar("F", bound=Callable[..., Any])


class _Chinese(click.Command):
    """Help in Chinese, with the example that every command owes its reader."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl([(name, chinese_notes(text)) for name, text in records])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, _ctx: click.Context, formatter: HelpFormatter) -> None:
        if self.example:
            with formatter.section("例"):
                for line in self.example.splitlines():
                    formatter.write(f"  {line}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本说明"
        return option


def chinese_notes(text: str) -> str:
    """An option's help with the notes that click adds in brackets ([default: 5], [x>=1; required]) in Chinese."""
    said, bracket, notes = text.rpartition("[")
    if not bracket or not re.fullmatch(r"((default: .*|x>=\d+|required)(; )?)+\]", notes):
        return text
    words = notes[:-1].replace("default: ", "默认 ").replace("x>=", "不小于 ").replace("required", "必填")
    return f"{said}[{words.replace('; ', '，')}]"


class ChineseCommand(_Chinese):
    """A command with Chinese help."""


class ChineseGroup(_Chinese, click.Group):
    """A group with Chinese help, its commands in the order in which they were written."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **kwargs)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, _ctx: click.Context, formatter: HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(60)) for name in self.commands])


class RootGroup(ChineseGroup):
    """The root: it knows its sub-commands by name and help text, and loads one only when it is called."""

    def __init__(self, *args: Any, contents: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contents = contents

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.contents)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.contents:
            return None
        module, attribute = self.contents[name][0].split(":")
        found: click.Command = getattr(import_module(f"federation.commands.{module}"), attribute)
        return found

    def format_commands(self, _ctx: click.Context, formatter: HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in self.contents.items()])

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, *more: Any, **extra: Any
    ) -> NoReturn:
        """Run, and translate whatever goes wrong: no traceback ever reaches a user."""
        given = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            code = super().main(given, prog_name or "federation", *more, **extra)
        except click.exceptions.Exit as done:
            code = done.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = _refused(Misused("已取消，未作改动"), given)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.message)
            code = error.exit_code
        except click.ClickException as error:
            code = _refused(_translated(error), given)
        except FederationError as error:
            code = _refused(error, given)
        except BrokenPipeError:
            sys.stderr.close()  # the reader went away; nothing is left to say to it
            code = 0
        except OSError as error:
            where = f" {error.filename} " if error.filename else "文件"
            code = _refused(NotReady(f"读写{where}没有办成：{in_chinese(error)}"), given)
        except Exception:
            code = _our_fault(given, next((word for word in given if word in self.contents), ""))
        sys.exit(code if isinstance(code, int) else 0)


def command(name: str, *, example: str, **kwargs: Any) -> Callable[[F], ChineseCommand]:
    """A command outside any group."""
    return click.command(name, cls=ChineseCommand, example=example, **kwargs)


def group(name: str, **kwargs: Any) -> Callable[[F], ChineseGroup]:
    """A group of commands on one noun."""
    return click.group(name, cls=ChineseGroup, **kwargs)


def _refused(error: FederationError, given: Sequence[str]) -> int:
    if "--json" in given:
        click.echo(json.dumps(Refusal.of(error).as_json(), ensure_ascii=False))
    else:
        click.echo(str(error), err=True)
    return error.exit_code


def _our_fault(given: Sequence[str], command: str) -> int:
    reference = secrets.token_hex(4)
    where = _log_file()
    log.addHandler(handler := logging.FileHandler(where, encoding="utf-8"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.exception("reference %s: %s", reference, command)  # the other words may hold a name, a mark or a password
    log.removeHandler(handler)
    handler.close()
    return _refused(FederationError(f"程序出错，未办的没有办。请把编号 {reference} 和日志 {where} 交给技术人员"), given)


def _log_file() -> Path:
    """Where tracebacks go: the user's state folder, or the temp folder where there is none to write to."""
    for folder in (
        Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "federation",
        Path(tempfile.gettempdir()),
    ):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "federation.log").touch(mode=0o600)
        except OSError:
            continue
        return folder / "federation.log"
    return Path(os.devnull)


def _translated(error: click.ClickException) -> FederationError:
    """Say in Chinese what click says in English."""
    where = f"。看用法：{error.ctx.command_path} --help" if isinstance(error, click.UsageError) and error.ctx else ""
    match error:
        case click.MissingParameter():
            choices = _choices(error)
            return Misused(f"缺少{_parameter(error).rstrip()}{f'；可选：{choices}' if choices else ''}{where}")
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return Misused(f"没有选项 {error.option_name}{near}{where}")
        case click.BadParameter():
            if choices := _choices(error):
                return Misused(f"{_parameter(error)}可选：{choices}{where}")
            return Misused(f"{_parameter(error)}的值不合要求：{_reason(error.message)}{where}")
        case click.BadOptionUsage():
            return Misused(f"选项 {error.option_name} 用法不对，可能少了值{where}")
        case click.FileError():
            return Misused(f"打不开文件 {error.ui_filename}")
    if "unexpected extra argument" in error.message:
        return Misused(f"多余的内容：{error.message.partition('(')[2].rstrip(').')}{where}")
    name = error.message.partition("'")[2].partition("'")[0]
    if error.message.startswith("No such command"):
        return Misused(f"没有命令 {name}{where}")
    if error.message.startswith("Missing command"):
        return Misused(f"还要写明子命令{where}")
    return Misused(f"用法不对：{error.message}{where}")


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    name = (
        error.param.opts[-1]
        if isinstance(error.param, click.Option)
        else (error.param.metavar or error.param.name or "")
    )
    return f"{'选项' if isinstance(error.param, click.Option) else '参数'} {name} "


def _reason(message: str) -> str:
    for sign, words in (
        ("valid integer", "要写整数"),
        ("in the range", "超出范围"),
    ):
        if sign in message:
            return words
    return message.rstrip(".。")


def _choices(error: click.BadParameter) -> str:
    """What an option or argument may be, each word with what its help says it means."""
    if error.param is None or not isinstance(error.param.type, click.Choice):
        return ""
    help = getattr(error.param, "help", None) or ""
    said = {
        word: re.search(rf"(?:^|[：、，]){re.escape(word)} ([^、，（]+(?:（[^）]*）)?)", help)
        for word in error.param.type.choices
    }
    return "、".join(f"{word}（{found[1]}）" if found else word for word, found in said.items())
