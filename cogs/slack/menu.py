"""The menu beside each story of a digest, and what a reader is told who uses it, alone. Pure."""

from collections.abc import Iterable, Sequence

from bot.german import phrases
from bot.german.numbers import counted
from bot.newsroom import Why
from cogs.slack import pieces
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json

MENU = "story:menu"
ASK, KEEP, MORE, LESS, REASON = "story:ask", "story:keep", "story:more", "story:less", "story:reason"
CHOICES = ((ASK, "Nachfragen"), (KEEP, "Merken"), (MORE, "Mehr davon"), (LESS, "Weniger davon"), (REASON, phrases.WHY))
SOURCES, DROPPED = 8, 4
LARGEST = 2**63  # ids are below


def menu(story: int) -> Json:
    """What can be done with a story, behind three dots."""
    return pieces.overflow(MENU, [(f"{action}:{story}", name) for action, name in CHOICES])


def story_id(text: str) -> int | None:
    """The story that a value names; None where that can't be one."""
    id_ = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST)) else LARGEST
    return id_ if 0 < id_ < LARGEST else None


def card(title: str, story: int, told: str = "") -> list[Json]:
    """A story by its headline, what is told of it, and what can be done with it."""
    row = pieces.buttons(*(pieces.button(name, action, str(story)) for action, name in CHOICES))
    return [pieces.text("\n".join(filter(None, (f"*{plain(title, 200)}*", told)))), row]


def answer(why: Why) -> str:
    """Why a story is there: its topics and points, the articles in it, and what was left out of its summary."""
    topics = [f"Themen: {', '.join(plain(topic, 50) for topic in why.topics)}"] if why.topics else []
    sources = [f"• {plain(source.outlet, 40)}: {plain(source.reason, 200)}" for source in why.sources]
    return "\n".join([*topics, plain(phrases.why(why.parts)), *_some(sources, SOURCES), *_left_out(why)])


def _left_out(why: Why) -> Iterable[str]:
    if why.unused:
        named = counted(why.unused, "weiterer Artikel", "weitere Artikel")
        yield f"Nicht in der Zusammenfassung: {named} dieser Meldung."
    if why.dropped:
        yield "Aus der Zusammenfassung gestrichen:"
        yield from _some([f"• „{plain(one.text, 200)}“: {plain(one.reason, 150)}" for one in why.dropped], DROPPED)


def _some(lines: Sequence[str], most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], *([f"• … und {more} weitere"] if more > 0 else [])]
