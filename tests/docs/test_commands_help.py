"""Every command can be found, says in Chinese what it is for, and shows how it is typed."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from federation.commands import CONTENTS, federation
from federation.commands.shell import ChineseCommand, ChineseGroup

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and sub-command, by the words that call it."""
    for name in CONTENTS:
        yield from below(name, federation.get_command(click.Context(federation), name))


def below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command and, of a group, everything in it."""
    yield words, command
    if isinstance(command, click.Group):
        for name, sub in command.commands.items():
            yield from below(f"{words} {name}", sub)


ALL = dict(commands())
LEAVES = {words: command for words, command in ALL.items() if not isinstance(command, click.Group)}


@pytest.mark.parametrize("words", ALL)
def test_a_command_says_in_chinese_what_it_is_for(words: str):
    """One sentence at least, and help text on each of its options."""
    command = ALL[words]
    assert isinstance(command, (ChineseCommand, ChineseGroup))
    assert CHINESE.search(command.help or ""), "no help"
    for param in command.params:
        if isinstance(param, click.Option):
            assert CHINESE.search(param.help or ""), f"{param.opts} has no help"
        else:
            choices = re.fullmatch(r"[a-z_]+(\|[a-z_]+)+", param.metavar or "")
            assert choices or CHINESE.search(param.metavar or ""), f"{param.name} has no Chinese metavar"


@pytest.mark.parametrize("words", LEAVES)
def test_an_example_calls_the_command_and_would_be_understood(words: str):
    """The example is parsed by the very command that shows it: an option taken away makes it fail."""
    command = LEAVES[words]
    examples = [line for line in command.example.replace("\\\n", "").splitlines() if line.startswith("federation ")]
    assert examples, "no example"
    for line in examples:
        given = shlex.split(line.partition(" > ")[0].partition(" | ")[0], comments=True)[1:]
        assert " ".join(given[: len(words.split())]) == words
        command.make_context(words, given[len(words.split()) :], resilient_parsing=False)


@pytest.mark.parametrize("words", ALL)
def test_the_help_is_printed_without_a_word_of_english(words: str):
    """As the officer sees it."""
    command = ALL[words]
    shown = command.get_help(click.Context(command, info_name=words))
    assert "用法：" in shown
    assert not re.search(r"\b(Usage|Options|Commands|Show|default|required|TEXT|PATH|INTEGER|FILE)\b", shown), shown
