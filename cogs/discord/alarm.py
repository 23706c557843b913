"""A story that is told at once -> one message of Discord's, as a digest's body. Pure.

The only message of all that may notify anybody: the role that was chosen for it, and nobody else, whatever its text
says.
"""

import json

from bot.german.alerts import ALERT, FOLLOW_UP, written
from bot.model import DigestStory
from bot.ports.posts import Body
from cogs.discord.layout import (
    COMPONENTS_V2,
    CONTAINER,
    DISPLAY,
    NOBODY,
    ROOM,
    SUPPRESS_EMBEDS,
    TEXT_ROOM,
    TITLE,
    fitted,
    variants,
)
from cogs.discord.markdown import cut, plain, tame
from cogs.discord.menu import menu

ACCENT = 0xC62F2F
AROUND = 300  # units of text for what stands around the story


def body(story: DigestStory, why: str, role: str = "") -> Body:
    """The message about one story, why it comes (German), and the id of the role it notifies, empty for nobody."""
    mention = f"<@&{role}>" if role else ""
    who = {"parse": [], "roles": [role]} if role else NOBODY
    name = FOLLOW_UP if story.follow_up else ALERT
    head, foot = f"-# **{name}** · {plain(why, 100)}", f"-# {written(story)}"
    told = variants(story)
    (level,) = fitted([told], ROOM - AROUND, 0)
    (shorter,) = fitted([told], TEXT_ROOM - AROUND, 0)
    inside = [_display(text) for text in (head, told[level], foot)]
    framed = {"type": CONTAINER, "accent_color": ACCENT, "components": inside}
    above = [_display(mention)] if mention else []
    message = {
        "v2": {
            "flags": SUPPRESS_EMBEDS | COMPONENTS_V2,
            "allowed_mentions": who,
            "components": [*above, framed, *menu([story])],
        },
        "text": {
            "flags": SUPPRESS_EMBEDS,
            "allowed_mentions": who,
            "content": "\n".join(part for part in (mention, head, told[shorter], foot) if part),
        },
        "title": cut(tame(f"{ALERT}: {story.summary.headline}"), TITLE),
    }
    return Body(json.dumps(message, ensure_ascii=False, separators=(",", ":")), (story.summary.story_id,))


def _display(text: str) -> dict[str, object]:
    return {"type": DISPLAY, "content": text}
