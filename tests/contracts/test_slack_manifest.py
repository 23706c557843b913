"""The manifest that sets the app up offers what the catalogue has, and asks for no more rights than are used."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped] # comes without types

from cogs.commands import CATALOGUE, GROUPS
from cogs.slack.answers import TAKEN
from cogs.slack.cogs import COGS
from cogs.slack.words import ALL, commands
from tests.chats.slack_world import SCOPES

MANIFEST: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docs/slack-manifest.yaml").read_text("utf-8"))
FEATURES = MANIFEST["features"]
EVENTS = {
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_deleted",
    "group_deleted",
    "message.channels",
    "message.groups",
    "message.im",
}


def test_every_command_can_be_typed() -> None:
    offered = {one["command"] for one in FEATURES["slash_commands"]}

    assert offered == {f"/{name}" for name in {*commands(), ALL} - TAKEN}


def test_descriptions_are_the_catalogues() -> None:
    told = {one.name.en: one.help.de for one in CATALOGUE if one.group is None}
    told |= {group.en: words.de for group, words in GROUPS.items()}

    for one in FEATURES["slash_commands"]:
        name = one["command"].removeprefix("/")
        assert name == ALL or one["description"] == told[name]
        assert len(one["usage_hint"]) <= 1_000
        assert one["should_escape"], "or a channel would be told by its name"


def test_shortcuts_are_answered() -> None:
    assert {one["callback_id"] for one in FEATURES["shortcuts"]} == {name for cog in COGS for name in cog.shortcuts}


def test_rights_and_events_are_those_that_are_used() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES.split()), "what the stand-in grants"
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == EVENTS


def test_it_needs_no_port() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert len(MANIFEST["display_information"]["long_description"]) >= 174
