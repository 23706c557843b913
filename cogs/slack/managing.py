"""Who may set up what: asked anew whenever somebody does something.

A channel's digests are for its members, but for guests; the workspace's sources are for its admins.
"""

from bot.errors import ChatError, ChatForbidden, ChatGone, UserError
from bot.model import Channel, Platform, Subscription
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau

IN_CHANNELS = "Digests lassen sich nur in einem Kanal einrichten, nicht in Direktnachrichten. Bitte channel: angeben."
GUEST = "Das dürfen Gäste dieses Workspace nicht."
NOT_MEMBER = "Das darf nur, wer in diesem Kanal ist."
NOT_SOURCES = (
    "Die Quellen dieses Workspace dürfen nur seine Administratoren ändern. Eigene Quellen gehen in Direktnachrichten "
    "mit dem Bot."
)
GONE_TOPICS = "Dieses Abo gibt es nicht mehr. Was abonniert ist, zeigt /topics mine."
GONE = "Diesen Digest gibt es nicht mehr. Bitte /digest show neu eingeben."
PAGES = 20  # of a thousand members each


async def managed(bureau: Bureau, asked: Asked, channel: str = "") -> Channel:
    """The channel that is named, or this one. Raises `UserError` for guests and those who are not in it."""
    place = _named(bureau, asked, channel or asked.options.get("channel", ""))
    await _check_member(bureau, asked, place)
    return place


async def pressed(bureau: Bureau, asked: Asked) -> Subscription:
    """The digest whose button was pressed. Raises `UserError` as `managed`, and where there is none."""
    found = await _found(bureau, asked)
    if found is None or found.channel.direct:
        raise UserError(GONE)
    await managed(bureau, asked, found.channel.id)
    return found


async def subscriber(bureau: Bureau, asked: Asked) -> Channel:
    """The channel that is named, for those who may manage it; without one, the person. Raises `UserError`."""
    return await managed(bureau, asked) if "channel" in asked.options else asked.asker


async def subscribed(bureau: Bureau, asked: Asked) -> Subscription:
    """What somebody subscribed to whose button was pressed: their own, or a channel's. Raises `UserError`."""
    found = await _found(bureau, asked)
    if found is not None and found.channel == asked.asker:
        return found
    if found is None or found.channel.direct:
        raise UserError(GONE_TOPICS)
    return await pressed(bureau, asked)


async def check_sources(bureau: Bureau, asked: Asked) -> None:
    """Raise `UserError` where they are the workspace's, and the person is none of its admins."""
    if not asked.direct and not await is_admin(bureau, asked.person):
        raise UserError(NOT_SOURCES)


async def is_admin(bureau: Bureau, person: str) -> bool:
    """Whether this is an admin of the workspace, or one that the operator named."""
    if person in bureau.admins:
        return True
    told = await _person(bureau, person)
    return any(told.get(name) for name in ("is_admin", "is_owner", "is_primary_owner"))


async def lacking(bureau: Bureau, channel: Channel) -> str:
    """What keeps the bot from posting there, in German; empty where nothing does. Raises `ChatError` where all does."""
    try:
        await bureau.surface.check(channel)
    except ChatForbidden as error:
        return str(error)
    return ""


def _named(bureau: Bureau, asked: Asked, text: str) -> Channel:
    if text.startswith(("slack:", "discord:", "dm:")):
        place = bureau.newsroom.desk.channel(text)
        if place.platform is not Platform.SLACK or place.direct or place.space != asked.space:
            raise UserError("Das ist kein Kanal dieses Workspace.")
        return place
    if not text and asked.direct:
        raise UserError(IN_CHANNELS)
    return Channel(Platform.SLACK, asked.space, text.removeprefix("#") or asked.channel)


async def _found(bureau: Bureau, asked: Asked) -> Subscription | None:
    id_ = asked.value.partition("/")[0]
    found = await bureau.newsroom.desk.find(int(id_)) if id_.lstrip("-").isdecimal() else None
    if found is None or (found.channel.platform, found.channel.space) != (Platform.SLACK, asked.space):
        return None
    return found


async def _check_member(bureau: Bureau, asked: Asked, place: Channel) -> None:
    told = await _person(bureau, asked.person)
    if any(told.get(name) for name in ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")):
        raise UserError(GUEST)
    if place.id == asked.channel:  # nobody types or presses anything where they are not
        return
    try:
        found = (await bureau.surface.client.request("conversations.info", channel=place.id))["channel"]
    except ChatGone as error:
        raise UserError(str(error)) from error
    if found.get("is_private") and not await _is_member(bureau, asked.person, place.id):
        raise UserError(NOT_MEMBER)


async def _is_member(bureau: Bureau, person: str, channel: str) -> bool:
    cursor = ""
    for _ in range(PAGES):
        page = await bureau.surface.client.request("conversations.members", channel=channel, limit=1_000, cursor=cursor)
        if person in page.get("members", ()):
            return True
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return False
    return False


async def _person(bureau: Bureau, person: str) -> dict[str, object]:
    """What Slack tells of a person. Raises `UserError` where it tells nothing."""
    try:
        return dict((await bureau.surface.client.request("users.info", user=person))["user"])
    except (ChatGone, ChatForbidden) as error:
        raise UserError(str(error)) from error
    except ChatError as error:
        raise UserError(f"{error} Bitte in einer Minute noch einmal.") from error
