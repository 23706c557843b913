"""Answers that nobody promised, and a long silence before one of ours is looked for: our errors alone, each once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import ChatBusy, ChatError, ChatForbidden, ChatGone, ChatUnsure
from cogs.discord import channel as channels
from cogs.discord import errors
from cogs.discord.channel import DiscordChannel
from cogs.discord.client import opened
from tests.chats.guildhall import Guildhall
from tests.chats.world import TOKEN
from tests.contracts.surfaces import FORUM, PERSON, TEXT, delivery, requests

HTML, JSON = "text/html", "application/json"
PAGE = "<html>Bad Gateway</html>"


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


PLACE = '{"id": "1", "guild_id": "100000000000000001", "type": 0, %s}'
SHAPES = [
    ("find", "list_messages", "{}"),
    ("find", "list_messages", '{"messages": []}'),
    ("find", "list_messages", "[1]"),
    ("find", "list_messages", '[{"author": {"id": "1"}}]'),
    ("find", "list_messages", '[{"id": "1", "author": []}]'),
    ("find", "list_messages", '[{"id": "eins", "author": {"id": "1"}}]'),
    ("find", "list_messages", '[{"id": "1", "author": {"id": "1"}, "components": ["a"]}]'),
    ("find", "list_messages", '[{"id": "1", "author": {"id": "1"}, "content": 5}]'),
    ("check", "get_channel", "[]"),
    ("check", "get_channel", "{}"),
    ("check", "get_channel", PLACE % '"permission_overwrites": [{"id": "1"}]'),
    ("check", "get_channel", PLACE % '"thread_metadata": []'),
    ("check", "get_guild", "[]"),
    ("check", "get_guild", '{"id": "1", "roles": [{}]}'),
    ("check", "get_member", '{"roles": []}'),
    ("check", "get_member", "[]"),
    ("forum", "list_active_threads", "[]"),
    ("forum", "list_active_threads", '{"threads": {}}'),
    ("forum", "list_active_threads", '{"threads": [{}]}'),
    ("send", "create_message", "[]"),
    ("send", "create_message", '["id"]'),
    ("send", "create_message", '{"id": []}'),
    ("direct", "create_direct", "[]"),
]


async def asked(surface: DiscordChannel, what: str) -> None:
    """What meets the answer in question."""
    match what:
        case "find":
            await surface.find(delivery(tries=2, tried=datetime.now(UTC)))
        case "check":
            await surface.check(TEXT)
        case "forum":
            await surface.find(delivery(FORUM))
        case "direct":
            await surface.send(delivery(PERSON))
        case _:
            await surface.send(delivery())


@pytest.mark.parametrize(("what", "route", "body"), SHAPES)
async def test_an_answer_of_another_shape_is_an_error_of_ours(
    hall: Guildhall, surface: DiscordChannel, what: str, route: str, body: str
) -> None:
    hall.control.fault(kind="garbled", on=route, status=200, body=body)
    with pytest.raises(ChatUnsure if route == "create_message" else ChatError, match="unverständlich"):
        await asked(surface, what)


@pytest.mark.parametrize("body", ["[]", '{"messages": []}', "[1]", '[{"author": {}}]'])
async def test_unread_for_its_shape_it_would_be_a_mistake_of_ours(
    hall: Guildhall, surface: DiscordChannel, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setattr(errors, "fits", lambda *_: True)  # the negative control
    hall.control.fault(kind="garbled", on="get_channel", status=200, body="[]")
    hall.control.fault(kind="garbled", on="list_messages", status=200, body=body)
    with pytest.raises((AttributeError, LookupError, TypeError)):
        await asked(surface, "check")
    if body != "[]":
        with pytest.raises((AttributeError, LookupError, TypeError)):
            await asked(surface, "find")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409])
@pytest.mark.parametrize(
    "body", ["[]", "{}", "5", "null", '{"code": 50035, "errors": []}', '{"code": 50035, "errors": {"a": ["b"]}}',
             '{"code": []}', '{"code": "50001"}', '{"code": {}, "message": []}']
)  # fmt: skip
async def test_a_refusal_of_any_shape_is_an_error_of_ours(
    hall: Guildhall, surface: DiscordChannel, status: int, body: str
) -> None:
    for what, route in (("send", "create_message"), ("find", "list_messages"), ("check", "get_channel")):
        hall.control.fault(kind="garbled", on=route, status=status, body=body, times=2)
        with pytest.raises(ChatError):
            await asked(surface, what)
        hall.control.hall.faults.clear()


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


def talk(hall: Guildhall, messages: int) -> None:
    for n in range(messages):
        hall.control.say(TEXT.id, f"Nachricht {n}")


@pytest.mark.parametrize(("before", "later"), [(150, 0), (0, 150), (0, 99), (0, 100), (30, 250)])
async def test_among_many_messages_of_others_ours_is_found(
    hall: Guildhall, surface: DiscordChannel, before: int, later: int
) -> None:
    tried = datetime.now(UTC)
    talk(hall, before)
    id_ = await surface.send(delivery())
    talk(hall, later)
    hall.control.forget()

    assert await surface.find(delivery(tries=2, tried=tried)) == id_


async def test_looked_for_among_the_latest_alone_it_would_not_be(hall: Guildhall, surface: DiscordChannel) -> None:
    await surface.send(delivery())
    talk(hall, 150)

    assert await surface.find(delivery(tries=2)) is None  # the negative control: nobody knows when it was tried


async def test_messages_before_the_try_are_not_read(hall: Guildhall, surface: DiscordChannel) -> None:
    talk(hall, 150)
    later = datetime.now(UTC) + channels.SLACK + timedelta(seconds=1)

    assert await surface.find(replace(delivery(tries=2), tried=later)) is None
    assert requests(hall, "list_messages") == 1


async def test_looking_ends_after_a_thousand_messages(hall: Guildhall, surface: DiscordChannel) -> None:
    tried = datetime.now(UTC)
    talk(hall, 1_050)

    assert await surface.find(delivery(tries=2, tried=tried)) is None
    assert requests(hall, "list_messages") == channels.PAGES
