"""What tests of the stand-in ask again and again."""

import discord

from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL


async def text_channel(client: discord.Client, id_: int = CHANNEL) -> discord.TextChannel:
    found = await client.fetch_channel(id_)
    assert isinstance(found, discord.TextChannel)
    return found


def texts(hall: Guildhall) -> list[str]:
    return [message["text"] for message in hall.control.messages()]
