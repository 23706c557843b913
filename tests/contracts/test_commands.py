"""The catalogue keeps Discord's limits, and every surface that takes commands offers every command of it."""

import re

import pytest

from cogs.commands import CATALOGUE, Command, Words
from cogs.console.console import HANDLERS

NAME = re.compile(r"[a-z_-]{1,32}")
DESCRIPTION = 100  # characters
OPTIONS = CHOICES = 25


def test_the_console_offers_the_whole_catalogue() -> None:
    assert set(HANDLERS) == set(CATALOGUE)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.path)
def test_a_command_keeps_the_limits(command: Command) -> None:
    assert NAME.fullmatch(command.name)
    assert len(command.options) <= OPTIONS
    for option in command.options:
        assert NAME.fullmatch(option.name)
        assert len(option.choices) <= CHOICES
    texts = [command.help, *(option.help for option in command.options)]
    texts += [choice.name for option in command.options for choice in option.choices]
    assert all(is_told(words) for words in texts)


def is_told(words: Words) -> bool:
    return 0 < len(words.de) <= DESCRIPTION and 0 < len(words.en) <= DESCRIPTION
