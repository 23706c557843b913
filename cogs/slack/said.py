"""An event of Slack's -> what somebody said to the bot, if it was to the bot. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Channel, Platform
from cogs.slack.mrkdwn import unescaped

WRITTEN = {"", "file_share", "thread_broadcast"}  # kinds of messages; all others are Slack's own, or changes
_OTHERS = re.compile(r"<@[UW]\w+|<!")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said: in which channel, and thread if it was in one; `event` is its id.

    `aloud`: not to the bot by its name, so it is only for it in the thread of one of its digests.
    """

    event: str
    ts: str
    channel: str
    person: str
    space: str
    question: str
    thread: str = ""
    direct: bool = False
    aloud: bool = False

    @property
    def asker(self) -> Channel:
        """The person."""
        return Channel(Platform.SLACK, self.space, self.person, direct=True)

    @property
    def place(self) -> Channel:
        """The channel, or the person in direct messages."""
        return self.asker if self.direct else Channel(Platform.SLACK, self.space, self.channel)

    @property
    def conversation(self) -> str:
        """The key of the conversation: a thread, which each answer in a channel begins, or all direct messages."""
        thread = self.thread or ("" if self.direct else self.ts)
        return f"slack:{self.space}/{self.channel}" + (f"/{thread}" if thread else "")


def said_of(payload: Mapping[str, Any], me: str) -> Said | None:
    """What was said to the bot of this id; None for what is not for it: of bots, of itself, or of others to others."""
    event = payload.get("event") or {}
    text, thread = str(event.get("text") or ""), str(event.get("thread_ts") or "")
    direct, mentioned = event.get("channel_type") == "im", f"<@{me}>" in text
    if event.get("bot_id") or not event.get("user") or event["user"] == me or event.get("subtype", "") not in WRITTEN:
        return None
    aloud = event.get("type") == "message" and not direct
    if event.get("type") not in {"message", "app_mention"} or (aloud and (mentioned or not thread)):
        return None  # a mention comes as an event of its own
    if aloud and (_OTHERS.search(text) or not text.rstrip().endswith("?")):
        return None
    question = " ".join(unescaped(text.replace(f"<@{me}>", " ")).split())
    told = {key: str(event.get(key) or "") for key in ("ts", "channel", "user")}
    id_, space = (str(payload.get(key) or "") for key in ("event_id", "team_id"))
    return Said(id_, told["ts"], told["channel"], told["user"], space, question, thread, direct, aloud)
