"""The commands that Discord is told: valid, within its limits, and told only where it doesn't know them."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import ChatBusy
from cogs.commands import CATALOGUE, Command, Option, Words
from cogs.discord.catalogue import SUMMARISE, ids, offered, same
from cogs.discord.client import DiscordClient, opened
from tests.chats import openapi
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import TOKEN

Json = dict[str, Any]
COMMANDS = offered(CATALOGUE)
MANAGE_CHANNELS = 0x10


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with guildhall(channels=1) as running:
        yield running


@pytest.fixture
async def client(hall: Guildhall) -> AsyncIterator[DiscordClient]:
    async with opened(TOKEN, hall.rest, hall.gateway) as one:
        yield one


def puts(hall: Guildhall) -> int:
    return int(hall.control.hall.counters.routes["put_commands"])


def inside(command: Json) -> Iterator[Json]:
    """A command, its subcommands, options and choices."""
    yield command
    for one in [*command.get("options", ()), *command.get("choices", ())]:
        yield from inside(one)


def option(path: str, name: str) -> Json:
    group, *sub = path.split()
    found = next(one for one in COMMANDS if one["name"] == group)
    for step in [*sub, name]:
        found = next(one for one in found["options"] if one["name"] == step)
    return dict(found)


async def test_discord_is_told_once(hall: Guildhall, client: DiscordClient) -> None:
    first = await client.offer(COMMANDS)
    second = await client.offer(COMMANDS)

    assert puts(hall) == 1
    assert first == second
    assert set(first) == {one["name"] for one in COMMANDS if one["type"] == 1}
    assert hall.control.counters()["violations"] == []


async def test_what_changed_is_told(hall: Guildhall, client: DiscordClient) -> None:
    await client.offer(COMMANDS[1:])
    await client.offer(COMMANDS)

    assert puts(hall) == 2
    (stored,) = hall.control.commands().values()
    assert same(stored, COMMANDS)


async def test_a_discord_that_is_busy_is_asked_later(hall: Guildhall, client: DiscordClient) -> None:
    hall.control.fault(kind="status", on="put_commands", status=503)
    with pytest.raises(ChatBusy):
        await client.offer(COMMANDS)
    await client.offer(COMMANDS)

    assert puts(hall) == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: str(one["name"]))
def test_a_command_is_as_discord_takes_it(command: Json) -> None:
    assert openapi.wrong("ApplicationCommandUpdateRequest", command) == []
    assert characters(command) <= 8_000
    for one in inside(command):
        assert len(one.get("options", ())) <= 25
        assert len(one.get("choices", ())) <= 25
        assert all(len(text) <= 100 for text in texts(one))
        required = [bool(each.get("required")) for each in one.get("options", ())]
        assert required == sorted(required, reverse=True)


def characters(command: Json) -> int:
    """What Discord counts: of each text the longest of its translations."""
    return sum(max(map(len, texts_of(one, key))) for one in inside(command) for key in ("name", "description", "value"))


def texts(one: Json) -> list[str]:
    return [text for key in ("name", "description", "value") for text in texts_of(one, key)]


def texts_of(one: Json, key: str) -> list[str]:
    return [one.get(key, ""), *(one.get(f"{key}_localizations") or {}).values()]


def test_a_limit_that_is_broken_is_seen() -> None:
    broken = offered([Command(Words("x" * 33, "x"), Words("x", "x"), (Option(Words("a", "a"), Words("a", "a")),) * 26)])

    assert not openapi.document() or openapi.wrong("ApplicationCommandUpdateRequest", broken[0])
    assert len(broken[0]["options"]) > 25


def test_everything_has_both_languages() -> None:
    for one in [each for command in COMMANDS for each in inside(command)]:
        assert one["name_localizations"]["de"]
        assert "description" not in one or one["description_localizations"]["de"]


def test_digests_are_for_those_who_manage_channels_all_else_for_everybody() -> None:
    told = {one["name"]: one for one in COMMANDS}

    assert told["digest"]["default_member_permissions"] == MANAGE_CHANNELS
    assert (told["digest"]["contexts"], told["digest"]["integration_types"]) == ([0], [0])
    for name in ("summary", "topics", "status", "help", SUMMARISE.en):
        assert "default_member_permissions" not in told[name]
        assert (told[name]["contexts"], told[name]["integration_types"]) == ([0, 1, 2], [0, 1])


def test_options_are_of_the_kind_they_are() -> None:
    assert option("digest setup", "channel")["type"] == 7
    assert option("digest setup", "stories") | {"min_value": 1, "max_value": 20} == option("digest setup", "stories")
    assert [one["value"] for one in option("summary", "period")["choices"]] == ["today", "yesterday", "week"]
    completed = [("summary", "topic"), ("digest setup", "topics"), ("digest now", "name")]
    completed += [("digest setup", "timezone"), ("digest setup", "holidays")]
    assert all(option(*one)["autocomplete"] for one in completed)


def test_sources_are_of_where_they_are_asked_for() -> None:
    (sources,) = [one for one in COMMANDS if one["name"] == "sources"]
    told = {one["name"]: {option["name"] for option in one.get("options", ())} for one in sources["options"]}

    assert told == {
        "list": set(),
        "add": {"address", "name", "topics", "language"},
        "remove": {"source"},
        "import": {"file"},
        "export": set(),
    }
    assert option("sources import", "file")["type"] == 11
    assert option("sources remove", "source")["autocomplete"]
    assert (sources["contexts"], sources["integration_types"]) == ([0, 1, 2], [0, 1])


def test_what_discord_adds_is_no_difference() -> None:
    there = json.loads(json.dumps(COMMANDS))
    for n, one in enumerate(there):
        one |= {"id": str(n), "version": "1", "nsfw": False, "dm_permission": True, "guild_id": None}
        one.setdefault("default_member_permissions", None)
        one["default_member_permissions"] = one["default_member_permissions"] and "16"
        for each in one.get("options", ()):
            each.setdefault("required", False)
    there.reverse()

    assert same(there, COMMANDS)
    assert ids(there)["summary"]


@pytest.mark.parametrize("changed", [{"name": "x"}, {"description_localizations": {"de": "x"}}, {"contexts": [0]}])
def test_what_was_changed_is_a_difference(changed: Json) -> None:
    assert not same([COMMANDS[0] | changed, *COMMANDS[1:]], COMMANDS)


def test_an_option_more_or_less_is_a_difference() -> None:
    options = COMMANDS[0]["options"]

    assert not same([COMMANDS[0] | {"options": options[1:]}, *COMMANDS[1:]], COMMANDS)
    assert not same([COMMANDS[0] | {"options": [options[0] | {"autocomplete": False}, *options[1:]]}], COMMANDS[:1])
    assert not same(COMMANDS[1:], COMMANDS)
