"""Answers that nobody promised, and a long silence before one of ours is looked for: our errors alone, each once."""

import json
from collections.abc import AsyncIterator

import pytest
from discord.http import Route

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from tests.chats.guildhall import Guildhall, guildhall
from tests.chats.world import TOKEN
from tests.contracts.test_surface import delivery

HTML, JSON = "text/html", "application/json"
PAGE = "<html>Bad Gateway</html>"


@pytest.fixture
async def hall(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Guildhall]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back what the client sets
    async with guildhall() as running:
        yield running


@pytest.fixture
async def surface(hall: Guildhall) -> AsyncIterator[DiscordChannel]:
    async with opened(TOKEN, hall.rest) as client:
        yield DiscordChannel(client)


GARBLED = [
    (502, "", JSON, "Fehler 502"),
    (502, PAGE, JSON, "Fehler 502"),
    (503, '{"message": "Serv', JSON, "Fehler 503"),
    (500, "\xff\xfe", HTML, "Fehler 500"),
    (200, "", JSON, "unverständlich"),
    (200, PAGE, JSON, "unverständlich"),
    (200, '{"id": "12', JSON, "unverständlich"),
    (200, "\xff\xfe", JSON, "unverständlich"),
    (200, PAGE, HTML, "unverständlich"),
    (200, "null", JSON, "unverständlich"),
    (404, "", JSON, "unverständlich"),
    (400, '{"code": 1, "message": null}', JSON, "unverständlich"),
    (429, '{"retry_after": null}', JSON, "unverständlich"),
    (429, '{"retry_after": "bald", "global": true}', JSON, "unverständlich"),
]


@pytest.mark.parametrize(("status", "body", "kind", "reason"), GARBLED)
async def test_a_malformed_answer_leaves_open_what_became_of_it(
    hall: Guildhall, surface: DiscordChannel, status: int, body: str, kind: str, reason: str
) -> None:
    for route in ("create_message", "list_messages"):
        fault = {"status": status, "body": body, "content_type": kind, "when": "after"}
        hall.control.fault(kind="garbled", on=route, **fault)
    with pytest.raises(ChatUnsure, match=reason):
        await surface.send(delivery())
    with pytest.raises(ChatBusy, match=reason):
        await surface.find(delivery(tries=2))
    found = await surface.find(delivery(tries=2))

    assert found
    assert await surface.send(delivery(tries=2)) == found
    assert len(hall.control.messages()) == 1


async def test_an_answer_without_an_id_is_unsure(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.fault(kind="garbled", on="create_message", status=200, body="{}")
    with pytest.raises(ChatUnsure):
        await surface.send(delivery())


async def test_who_logs_in_to_a_broken_discord_is_told_to_come_again(hall: Guildhall) -> None:
    hall.control.fault(kind="garbled", on="get_me", status=200, body=PAGE)
    with pytest.raises(ChatBusy):
        async with opened(TOKEN, hall.rest):
            pass


@pytest.mark.parametrize(
    ("code", "expected"), [(10003, ChatGone), (10004, ChatGone), (10999, ChatForbidden), (10007, ChatForbidden)]
)
async def test_only_what_is_surely_gone_is_gone(
    hall: Guildhall, surface: DiscordChannel, code: int, expected: type[ChatError]
) -> None:
    body = json.dumps({"code": code, "message": "Unknown"})
    hall.control.fault(kind="garbled", on="create_message", status=404, body=body)
    with pytest.raises(expected) as failed:
        await surface.send(delivery())

    assert type(failed.value) is expected
