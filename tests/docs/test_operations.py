"""What the page for whoever runs the hall tells her to type is there to be typed."""

import re
import shlex

import click
import pytest

from federation.commands import federation
from tests.docs.console import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SERVICE = re.compile(r"^ExecStart=\S+/(federation .*)$", re.MULTILINE)
_INLINE = re.compile(r"`(federation [a-z][^`]*)`")
COMMANDS = sorted({line for block in _SHELL.findall(PAGE) for line in block.replace("\\\n", " ").splitlines() if line}
                  | {*_SERVICE.findall(PAGE), *_INLINE.findall(PAGE)})  # fmt: skip


def test_the_page_has_commands() -> None:
    """One whose blocks are spelt otherwise would pass by trying nothing."""
    assert len(COMMANDS) >= 10
    assert any("--workers" in command for command in COMMANDS)


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_is_one_and_has_these_options(typed: str) -> None:
    """Parsed as the program parses it, and not carried out; a command alone, named in a sentence, needs no options."""
    program, *words = shlex.split(typed)
    assert program == "federation"
    command: click.Command = federation
    context = click.Context(federation, info_name="federation")
    while isinstance(command, click.Group):
        if words and words[0] == "--db":
            words = words[2:]
        found = command.get_command(context, words[0])
        assert found is not None, typed
        command, words = found, words[1:]
        context = click.Context(command, parent=context)
    if words:
        command.make_context(typed, words, parent=context.parent)


def test_the_proxies_keep_no_log_and_change_no_answer() -> None:
    """No address, no length that tells: the example can be copied as it stands."""
    nginx = PAGE.partition("```nginx")[2].partition("```")[0]
    for line in ("access_log off;", "gzip off;", "proxy_set_header Host $http_host;", "proxy_buffering off;"):
        assert line in nginx
    caddy = PAGE.partition("Caddy（")[2].partition("```")[2].partition("```")[0]
    assert "reverse_proxy" in caddy
    assert not re.search(r"^\s*(log|encode)\b", caddy, re.MULTILINE)


@pytest.mark.parametrize("page", ["README.zh-CN.md", "federation/commands/serve.py"])
def test_whoever_serves_is_led_to_the_page(page: str) -> None:
    """From the readme, and from the warning of a server without a certificate."""
    assert "docs/operations.md" in (ROOT / page).read_text(encoding="utf-8")
