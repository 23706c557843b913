"""A message as the gateway tells of it -> what somebody said to the bot, if it was to the bot. Pure.

Without the privileged intent, Discord tells what a message says only in direct messages, and where it mentions the bot
or answers it with a ping. All others come empty, and are nobody's business here.
"""

import re
from dataclasses import dataclass

from bot.model import Channel, Platform
from cogs.discord import shapes

PLAIN, REPLY = 0, 19  # kinds of messages; all others are Discord's own, such as „has joined“
_MENTION = "<@!?{}>"

# What is read of a message; what is not there counts as null.
_PERSON = {"id": shapes.is_number, "bot": (None, bool)}
_MESSAGE = {
    "id": shapes.is_number,
    "channel_id": shapes.is_number,
    "guild_id": (None, shapes.is_number),
    "author": _PERSON,
    "type": int,
    "content": str,
    "mentions": [{"id": shapes.is_number}],
    "message_reference": (None, {"message_id": (None, shapes.is_number)}),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said to the bot: in which channel, and server if it was in one; `replied`: as a reply to what.

    `question` is empty where nothing was written but the bot's name, or something was attached alone.
    """

    id: str
    channel: str
    person: str
    question: str
    space: str = ""
    replied: str = ""

    @property
    def home(self) -> str:
        """The server, or the person outside of servers, as `Channel.home` writes it: whose feeds are seen."""
        return Channel(Platform.DISCORD, self.space, self.channel).home if self.space else self.asker.home

    @property
    def asker(self) -> Channel:
        """The person."""
        return Channel(Platform.DISCORD, "", self.person, direct=True)


def heard(message: object, me: str) -> Said | None:
    """What was said to the bot of this id; None for what is not for it: of bots and webhooks, or for everybody."""
    if not isinstance(message, dict) or not shapes.fits(message, _MESSAGE):
        return None
    author, space = message["author"], str(message.get("guild_id") or "")
    if author.get("bot") or message.get("webhook_id") or message["type"] not in {PLAIN, REPLY}:
        return None
    if space and (message.get("mention_everyone") or me not in {str(one["id"]) for one in message["mentions"]}):
        return None
    question = " ".join(re.sub(_MENTION.format(me), " ", message["content"]).split())
    replied = (message.get("message_reference") or {}).get("message_id") or ""
    return Said(str(message["id"]), str(message["channel_id"]), str(author["id"]), question, space, str(replied))
