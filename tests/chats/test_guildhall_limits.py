"""The stand-in refuses what Discord refuses, and knows whom a message notifies."""

from typing import Any

import discord
import pytest
from discord.http import Route

from tests.chats.guildhall import Guildhall
from tests.chats.openapi import document, wrong
from tests.chats.reading import text_channel, texts
from tests.chats.world import BOT, CHANNEL, GUILD


class Layout(discord.ui.LayoutView):
    def __init__(self, *texts_: str, buttons: int = 0, name: str = "mehr") -> None:
        super().__init__()
        self.add_item(discord.ui.Container(*(discord.ui.TextDisplay(text) for text in texts_)))
        for number in range(buttons):
            self.add_item(discord.ui.ActionRow(discord.ui.Button(label="Mehr", custom_id=f"{name}{number}")))


async def test_a_layout_is_posted_and_read_back(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    sent = await channel.send(view=Layout("Guten", "Morgen", buttons=1))
    read = await channel.fetch_message(sent.id)
    assert [type(one) for one in read.components] == [discord.Container, discord.ActionRow]
    assert texts(hall) == ["Guten\nMorgen"]


LONG = {"label": "x" * 101, "value": "x"}


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2001},
        {"content": "x", "nonce": "x" * 26},
        {"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "x"}]},
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4000}, {"type": 10, "content": "x"}]},
        {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 14}] * 39}, {"type": 14}]},
        {"flags": 1 << 15, "components": []},
        {"components": [{"type": 10, "content": "x"}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x"}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x" * 101}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}] * 2}]},
        {
            "components": [
                {
                    "type": 1,
                    "components": [{"type": 3, "custom_id": "x", "options": [{"label": "x" * 101, "value": "x"}]}],
                }
            ]
        },
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {"embeds": [{"description": "x" * 4097}]},
    ],
)
@pytest.mark.parametrize("openapi", [True, False])
async def test_what_breaks_a_limit_is_refused_and_counted(
    hall: Guildhall, client: discord.Client, body: dict[str, Any], openapi: bool
) -> None:
    hall.control.settings(openapi=openapi)
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=CHANNEL)
    with pytest.raises(discord.HTTPException) as refused:
        await client.http.request(route, json=body)
    assert refused.value.code == 50035
    assert len(hall.control.counters()["violations"]) == 1
    assert not texts(hall)


async def test_what_keeps_the_limits_just_so_is_taken(hall: Guildhall, client: discord.Client) -> None:
    channel = await text_channel(client)
    await channel.send("x" * 2000, nonce="x" * 25)
    await channel.send(view=Layout("x" * 3999, "y", buttons=18))  # 1 + 2 + 18 · 2 = 39 components
    assert not hall.control.counters()["violations"]
    hall.control.channel(CHANNEL, layouts=False)
    with pytest.raises(discord.HTTPException):
        await channel.send(view=Layout("x"))


@pytest.mark.skipif(document() is None, reason="Discord's document is not beside this checkout")
async def test_requests_and_answers_fit_the_document(hall: Guildhall, client: discord.Client) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=CHANNEL)
    with pytest.raises(discord.HTTPException):
        await client.http.request(route, json={"content": "x", "tts": "nein"})
    hall.control.settings(openapi=False)
    message = await client.http.request(route, json={"content": "x", "tts": "nein"})
    assert not wrong("MessageResponse", message)
    layout = {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": "x"}]}]}
    assert not wrong("MessageResponse", await client.http.request(route, json=layout) | {"components": []})
    assert not wrong("GuildMemberResponse", await client.http.get_member(GUILD, BOT))
    thread = await client.http.start_thread_with_message(
        CHANNEL, message["id"], name="Mehr", auto_archive_duration=1440
    )
    assert not wrong("ThreadResponse", thread)
    assert not wrong("GuildChannelResponse", hall.control.world()["channels"][0])
    assert not wrong("GuildWithCountsResponse", hall.control.world()["guilds"][0])
    assert not wrong("PrivateApplicationResponse", await client.http.application_info())


NOBODY = discord.AllowedMentions.none()


@pytest.mark.parametrize(
    ("text", "allowed", "notified"),
    [
        ("@everyone, <@42>, <@!43> und <@&44>", None, ["everyone", "role:44", "user:42", "user:43"]),
        ("@everyone und <@42>", NOBODY, []),
        ("@here und <@42>", discord.AllowedMentions(everyone=False, users=True, roles=False), ["user:42"]),
        (
            "<@42> und <@43>",
            discord.AllowedMentions(everyone=True, users=[discord.Object(43)], roles=False),
            ["user:43"],
        ),
        ("@\u200beveryone, <#42>", None, []),
    ],
)
async def test_the_oracle_knows_who_is_notified(
    hall: Guildhall, client: discord.Client, text: str, allowed: discord.AllowedMentions | None, notified: list[str]
) -> None:
    channel = await text_channel(client)
    options: dict[str, Any] = {} if allowed is None else {"allowed_mentions": allowed}
    await channel.send(text, **options)
    await channel.send(view=Layout(text), **options)
    assert [message["pings"] for message in hall.control.messages()] == [notified] * 2
    assert hall.control.counters()["pinging"] == (2 if notified else 0)
