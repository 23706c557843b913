"""What the bot may do in a channel, computed as Discord does it from roles and overwrites. Pure.

Members, roles and channels are as Discord's API gives them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Given = Mapping[str, Any]

ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_SERVER = 1 << 3, 1 << 4, 1 << 5
MENTION_EVERYONE, MANAGE_ROLES = 1 << 17, 1 << 28
VIEW, SEND, HISTORY = 1 << 10, 1 << 11, 1 << 16
MANAGE_THREADS, SEND_IN_THREADS = 1 << 34, 1 << 38
EVERYTHING = ~0
TEXT, VOICE, ANNOUNCEMENT, STAGE, FORUM, MEDIA = 0, 2, 5, 13, 15, 16
FORUMS, THREADS, THREADED = frozenset({FORUM, MEDIA}), frozenset({10, 11, 12}), frozenset({TEXT, ANNOUNCEMENT})
POSTABLE = FORUMS | THREADS | THREADED | {VOICE, STAGE}
NAMES = {
    VIEW: "Kanal ansehen",
    SEND: "Nachrichten senden",
    SEND_IN_THREADS: "Nachrichten in Threads senden",
    HISTORY: "Nachrichtenverlauf anzeigen",  # to look for what may have been posted before it is posted again
}
POSTS = "Beiträge erstellen"  # what Discord calls the right to send messages in a forum


def missing(channel: Given, parent: Given, guild: Given, member: Given) -> list[str]:
    """The names of the rights that posting there needs and the bot has not; `parent` has a thread's overwrites."""
    held = rights(parent, guild, member)
    needed = (VIEW, SEND_IN_THREADS if channel["type"] in THREADS else SEND, HISTORY)
    names = {**NAMES, SEND: POSTS} if channel["type"] in FORUMS else NAMES
    return [names[right] for right in needed if not held & right]


def rights(channel: Given, guild: Given, member: Given) -> int:
    """Everything a member may do in a channel, as bits."""
    me, everyone = str(member["user"]["id"]), str(guild["id"])
    roles = {everyone, *map(str, member["roles"])}
    held = _union(role["permissions"] for role in guild["roles"] if str(role["id"]) in roles)
    if str(guild.get("owner_id")) == me or held & ADMINISTRATOR:
        return EVERYTHING
    for ids in ({everyone}, roles - {everyone}, {me}):
        overwrites = [one for one in channel.get("permission_overwrites") or () if str(one["id"]) in ids]
        held &= ~_union(one["deny"] for one in overwrites)
        held |= _union(one["allow"] for one in overwrites)
    return held


def _union(bits: Iterable[str | int]) -> int:
    together = 0
    for one in bits:
        together |= int(one)
    return together
