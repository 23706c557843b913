"""What every surface makes of a chat that fails: one try, our errors alone."""

import asyncio
from typing import Any

import discord
import pytest
from discord.http import Route

from bot.errors import ChatBusy, ChatError, ChatUnsure, TokenRefused
from cogs.discord import client as clients
from cogs.discord.channel import DiscordChannel
from tests.chats.guildhall import Guildhall
from tests.chats.world import TOKEN
from tests.contracts.surfaces import NEWS, TEXT, delivery, requests, told

FAULTS: list[tuple[dict[str, Any], type[ChatError], int]] = [
    ({"kind": "reset", "when": "before"}, ChatUnsure, 0),
    ({"kind": "reset", "when": "after"}, ChatUnsure, 1),
    ({"kind": "hang", "when": "after"}, ChatUnsure, 1),
    ({"kind": "status", "status": 500}, ChatUnsure, 0),
    ({"kind": "status", "status": 500, "when": "after"}, ChatUnsure, 1),
    ({"kind": "status", "status": 502}, ChatUnsure, 0),
    ({"kind": "status", "status": 503}, ChatUnsure, 0),
    ({"kind": "status", "status": 504}, ChatUnsure, 0),
    ({"kind": "status", "status": 520}, ChatUnsure, 0),
    ({"kind": "status", "status": 403}, ChatBusy, 0),
    ({"kind": "limited", "seconds": 0.3}, ChatBusy, 0),
    ({"kind": "limited", "seconds": 900.0}, ChatBusy, 0),
    ({"kind": "limited_globally", "seconds": 0.3}, ChatBusy, 0),
    ({"kind": "banned", "seconds": 60.0}, ChatBusy, 0),
]


@pytest.mark.parametrize(("fault", "expected", "posted"), FAULTS)
async def test_every_fault_is_an_error_of_ours_after_one_try(
    hall: Guildhall, surface: DiscordChannel, monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, Any], expected: type[ChatError], posted: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(clients, "PATIENCE", 1.0 if fault["kind"] == "hang" else 20.0)
    hall.control.fault(on="create_message", **fault)
    with pytest.raises(expected) as failed:
        await surface.send(delivery())

    assert type(failed.value) is expected
    assert requests(hall) == 1
    assert len(told(hall)) == posted
    if expected is ChatUnsure:
        found = await surface.find(delivery(tries=2))
        assert (found is not None) == bool(posted)
        assert await surface.send(delivery(tries=2)) == (found or told(hall)[0]["id"])
        assert len(told(hall)) == 1


async def test_discord_py_alone_would_try_again(hall: Guildhall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", hall.rest)
    hall.control.fault(kind="limited", seconds=0.01, times=2, on="create_message")
    async with discord.Client(intents=discord.Intents.none()) as alone:
        await alone.login(TOKEN)
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=TEXT.id)
        await alone.http.request(route, json={"content": "Guten Morgen"})

    assert requests(hall) == 3


@pytest.mark.parametrize(
    ("kind", "seconds", "told_"),
    [("limited", 900.0, 900.0), ("limited_globally", 2.5, 2.5), ("banned", 60.0, 600.0)],
)
async def test_it_is_told_how_long_to_wait(
    hall: Guildhall, surface: DiscordChannel, kind: Any, seconds: float, told_: float
) -> None:
    hall.control.fault(kind=kind, seconds=seconds, on="create_message")
    with pytest.raises(ChatBusy) as failed:
        await surface.send(delivery())

    assert failed.value.retry_after == told_


async def test_a_limit_of_one_channel_stops_no_other(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.fault(kind="limited", seconds=300.0, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())

    assert await surface.send(delivery(NEWS))


@pytest.mark.parametrize("kind", ["limited_globally", "banned"])
async def test_what_limits_the_bot_stops_all_its_requests(hall: Guildhall, surface: DiscordChannel, kind: Any) -> None:
    hall.control.fault(kind=kind, seconds=300.0, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    with pytest.raises(ChatBusy) as failed:
        await surface.send(delivery(NEWS))

    assert failed.value.retry_after is not None
    assert failed.value.retry_after > 200
    assert requests(hall) == 1


async def test_after_a_global_limit_it_goes_on(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.fault(kind="limited_globally", seconds=0.05, on="create_message")
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    await asyncio.sleep(0.06)

    assert await surface.send(delivery(tries=2))


async def test_a_refused_connection_posts_nothing(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.refuse(0.3)
    await asyncio.sleep(0.1)
    with pytest.raises(ChatBusy):
        await surface.send(delivery())
    await asyncio.sleep(0.3)

    assert not told(hall)
    assert await surface.send(delivery(tries=2))


async def test_a_revoked_token_is_the_operators_business(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.revoke(TOKEN)
    for asked in (surface.send(delivery()), surface.find(delivery()), surface.check(TEXT)):
        with pytest.raises(TokenRefused, match="DISCORD_TOKEN"):
            await asked
