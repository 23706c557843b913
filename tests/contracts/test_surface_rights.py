"""What every surface says of where it may not post."""

from dataclasses import replace

import pytest

from bot.errors import ChatForbidden, ChatGone
from bot.model import Channel
from cogs.discord.channel import DiscordChannel
from tests.chats.guildhall import Guildhall
from tests.chats.world import GUILD, USUAL
from tests.contracts.surfaces import FORUM, PERSON, PLACES, TEXT, delivery, told


def without(*rights: str) -> str:
    return " ".join(right for right in USUAL.split() if right not in rights)


@pytest.mark.parametrize(
    ("rights", "reason"),
    [(without("view_channel"), "Kanal ansehen"), (without("send_messages"), "Nachrichten senden")],
)
async def test_what_the_bot_may_not_is_named(
    hall: Guildhall, surface: DiscordChannel, rights: str, reason: str
) -> None:
    hall.control.channel(TEXT.id, permissions=rights)
    for asked in (surface.send(delivery()), surface.check(TEXT)):
        with pytest.raises(ChatForbidden, match=f"fehlt das Recht „{reason}“"):
            await asked


async def test_a_closed_person_is_forbidden(hall: Guildhall, surface: DiscordChannel) -> None:
    hall.control.close_direct(PERSON.id)
    with pytest.raises(ChatForbidden, match="Direktnachrichten"):
        await surface.send(delivery(PERSON))


@pytest.mark.parametrize("guild", [False, True])
async def test_what_is_gone_is_gone(hall: Guildhall, surface: DiscordChannel, guild: bool) -> None:
    if guild:
        hall.control.delete_guild(GUILD)
    else:
        hall.control.delete_channel(TEXT.id)
        hall.control.delete_channel(FORUM.id)
    for asked in (
        surface.send(delivery()),
        surface.send(delivery(FORUM)),
        surface.find(delivery()),
        surface.check(TEXT),
    ):
        with pytest.raises(ChatGone):
            await asked


@pytest.mark.parametrize("channel", PLACES)
async def test_where_it_may_post_a_check_is_silent(hall: Guildhall, surface: DiscordChannel, channel: Channel) -> None:
    await surface.check(channel)

    assert not told(hall)


@pytest.mark.parametrize(
    ("channel", "lacking", "reason"),
    [
        (TEXT, ("read_message_history",), "fehlt das Recht „Nachrichtenverlauf anzeigen“"),
        (TEXT, ("send_messages", "read_message_history"), "fehlen die Rechte „Nachrichten senden“ und „Nachrichtenv"),
        (FORUM, ("send_messages",), "„Beiträge erstellen“"),
    ],
)
async def test_a_check_names_what_is_missing(
    hall: Guildhall, surface: DiscordChannel, channel: Channel, lacking: tuple[str, ...], reason: str
) -> None:
    kind = "forum" if channel is FORUM else "text"
    hall.control.channel(channel.id, kind=kind, permissions=without(*lacking))
    with pytest.raises(ChatForbidden, match=reason):
        await surface.check(channel)


async def test_a_thread_needs_its_own_right_and_must_be_open(hall: Guildhall, surface: DiscordChannel) -> None:
    thread = replace(TEXT, id=await surface.send(delivery(FORUM)))
    await surface.check(thread)
    await surface.send(delivery(thread, id=8))
    hall.control.channel(thread.id, locked=True)
    with pytest.raises(ChatForbidden, match="gesperrt"):
        await surface.check(thread)
    with pytest.raises(ChatForbidden, match="gesperrt"):
        await surface.send(delivery(thread, id=9))
    hall.control.channel(FORUM.id, kind="forum", permissions=without("send_messages_in_threads"))
    with pytest.raises(ChatForbidden, match="Nachrichten in Threads senden"):
        await surface.check(thread)


async def test_a_channel_of_another_server_is_not_checked_for_this_one(surface: DiscordChannel) -> None:
    with pytest.raises(ChatGone):
        await surface.check(replace(TEXT, space=str(GUILD + 1)))
