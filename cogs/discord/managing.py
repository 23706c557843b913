"""Who may set up digests of a channel: those who may manage it, which is asked anew whenever they do something."""

from bot.errors import ChatForbidden, ChatGone, UserError
from bot.model import Channel, Platform, Subscription
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau
from cogs.discord.errors import WrongKind
from cogs.discord.rights import MANAGE_CHANNELS

IN_SERVERS = "Digests lassen sich nur auf einem Server einrichten, nicht in Direktnachrichten."
NOT_ALLOWED = "Das darf nur, wer diesen Kanal verwalten darf. Es fehlt das Recht „Kanäle verwalten“."
GONE = "Diesen Digest gibt es nicht mehr. Bitte /digest show neu eingeben."


async def managed(bureau: Bureau, asked: Asked, channel: str = "") -> Channel:
    """The channel that is named, or this one. Raises `UserError` for whoever may not manage it, or in no server."""
    if not asked.space:
        raise UserError(IN_SERVERS)
    place = Channel(Platform.DISCORD, asked.space, channel or asked.options.get("channel", asked.channel))
    allowed = asked.may(MANAGE_CHANNELS, place.id)
    if allowed is None:
        allowed = await bureau.surface.may(place, asked.person, MANAGE_CHANNELS)
    if not allowed:
        raise UserError(NOT_ALLOWED)
    return place


async def pressed(bureau: Bureau, asked: Asked) -> Subscription:
    """The digest whose button was pressed. Raises `UserError` as `managed`, and where there is none on this server."""
    id_ = asked.rest
    found = await bureau.newsroom.desk.find(int(id_)) if id_.lstrip("-").isdecimal() else None
    if found is None or found.channel.space != asked.space or found.channel.platform is not Platform.DISCORD:
        raise UserError(GONE)
    await managed(bureau, asked, found.channel.id)
    return found


async def lacking(bureau: Bureau, channel: Channel) -> str:
    """What keeps the bot from posting there, in German; empty where nothing does.

    Raises `ChatError` where no digest should be set up: a channel of another server, one that takes no messages.
    """
    try:
        await bureau.surface.check(channel)
    except (ChatGone, WrongKind):
        raise
    except ChatForbidden as error:
        return str(error)
    return ""
