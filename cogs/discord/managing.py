"""Who may set up digests of a channel: those who may manage it, which is asked anew whenever they do something."""

from bot.errors import ChatForbidden, ChatGone, UserError
from bot.model import Channel, Platform, Subscription
from cogs.discord.asked import Asked
from cogs.discord.counter import Bureau
from cogs.discord.errors import WrongKind
from cogs.discord.private import person
from cogs.discord.rights import MANAGE_CHANNELS, MANAGE_SERVER

IN_SERVERS = "Digests lassen sich nur auf einem Server einrichten, nicht in Direktnachrichten."
NOT_ALLOWED = "Das darf nur, wer diesen Kanal verwalten darf. Es fehlt das Recht „Kanäle verwalten“."
NOT_SOURCES = (
    "Die Quellen dieses Servers darf nur ändern, wer ihn oder seine Kanäle verwalten darf. Es fehlt das Recht „Kanäle "
    "verwalten“ oder „Server verwalten“. Eigene Quellen gehen in Direktnachrichten mit dem Bot."
)
GONE_TOPICS = "Dieses Abo gibt es nicht mehr. Was abonniert ist, zeigt /topics mine."
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


async def subscriber(bureau: Bureau, asked: Asked) -> Channel:
    """The channel that is named, for those who may manage it; without one, the person. Raises `UserError`."""
    return await managed(bureau, asked) if "channel" in asked.options else person(asked.person)


async def subscribed(bureau: Bureau, asked: Asked) -> Subscription:
    """What somebody subscribed to whose button was pressed: their own, or a channel's. Raises `UserError`."""
    id_ = asked.rest
    found = await bureau.newsroom.desk.find(int(id_)) if id_.lstrip("-").isdecimal() else None
    if found is not None and found.channel == person(asked.person):
        return found
    if found is None or found.channel.direct or found.channel.space != asked.space:
        raise UserError(GONE_TOPICS)
    return await pressed(bureau, asked)


def may_change_sources(asked: Asked) -> None:
    """Raise `UserError` where they are a server's, and the person may manage neither it nor its channels."""
    if asked.space and not asked.may(MANAGE_CHANNELS | MANAGE_SERVER):
        raise UserError(NOT_SOURCES)


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
