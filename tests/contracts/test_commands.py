"""The catalogue keeps Discord's limits, and every surface that takes commands offers every command of it."""

import re
from collections.abc import Iterable

import pytest

from cogs.commands import CATALOGUE, Command, Words
from cogs.console.console import HANDLERS
from cogs.discord.catalogue import MESSAGES, SUGGESTED
from cogs.discord.cogs import COGS
from cogs.slack import words
from cogs.slack.cogs import COGS as SLACK_COGS
from cogs.typed import find

NAME = re.compile(r"[-_\w]{1,32}")
DESCRIPTION = 100  # characters
OPTIONS = CHOICES = 25


def test_the_console_offers_the_whole_catalogue() -> None:
    assert set(HANDLERS) == set(CATALOGUE)


def test_discord_offers_the_whole_catalogue() -> None:
    assert {command for cog in COGS for command in cog.commands} == set(CATALOGUE)
    assert {name for cog in COGS for name in cog.messages} == set(MESSAGES)


def test_slack_offers_the_whole_catalogue() -> None:
    assert {command for cog in SLACK_COGS for command in cog.commands} == set(CATALOGUE)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.path.en)
def test_slack_understands_every_command_with_its_example(command: Command) -> None:
    first, _, rest = command.path.en.partition(" ")
    given = [f"{one.name.en}:{one.example}" for one in command.options if one.example and one.name.en != "channel"]
    told = words.read(first, " ".join([rest, *given]))

    assert told.command is command
    assert find(command.path.en.split())[0] is words.read(words.ALL, command.path.en).command
    assert {one.name.en for one in command.options if one.example} >= set(told.options)


def test_no_two_cogs_answer_the_same() -> None:
    for cogs, tables in (
        (COGS, ("commands", "messages", "parts", "forms", "typing")),
        (SLACK_COGS, ("commands", "shortcuts", "parts", "forms")),
    ):
        for table in tables:
            entries = [entry for cog in cogs for entry in getattr(cog, table)]
            assert len(entries) == len(set(entries))


def test_what_is_completed_while_typing_has_something_to_offer() -> None:
    assert {name for cog in COGS for name in cog.typing} == SUGGESTED


def test_no_name_means_two_things() -> None:
    assert is_unambiguous(command.path for command in CATALOGUE)
    assert all(is_unambiguous(option.name for option in command.options) for command in CATALOGUE)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.path.en)
def test_a_command_keeps_the_limits(command: Command) -> None:
    names = [command.name, *([command.group] if command.group else []), *(option.name for option in command.options)]
    texts = [command.help, *(option.help for option in command.options)]
    texts += [choice.name for option in command.options for choice in option.choices]

    assert all(is_name(name.de) and is_name(name.en) for name in names)
    assert all(is_told(words) for words in texts)
    assert len(command.options) <= OPTIONS
    assert all(len(option.choices) <= CHOICES for option in command.options)


@pytest.mark.parametrize("name", ["Zusammenfassung", "zwei worte", "", "x" * 33, "a/b"])
def test_the_limits_refuse_what_discord_refuses(name: str) -> None:
    assert not is_name(name)


def is_name(name: str) -> bool:
    return NAME.fullmatch(name) is not None and name == name.lower()


def is_told(words: Words) -> bool:
    return 0 < len(words.de) <= DESCRIPTION and 0 < len(words.en) <= DESCRIPTION


def is_unambiguous(names: Iterable[Words]) -> bool:
    """Whether no two share a name, in whichever language."""
    told = [own for name in names for own in {name.de, name.en}]
    return len(told) == len(set(told))
