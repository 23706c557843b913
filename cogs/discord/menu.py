"""The menu under a digest, and what a reader who picks a story there is shown, alone. Pure."""

from collections.abc import Iterable, Sequence

from bot.german import phrases
from bot.german.numbers import counted
from bot.german.topics import NOT_STORED
from bot.model import DigestStory
from bot.newsroom import Why
from cogs.discord import pieces
from cogs.discord.markdown import cut, plain, tame
from cogs.discord.pieces import Json

CUSTOM_ID = "story:why"  # of the menu; messages of long ago have it, too
ASK, KEEP, MORE, LESS, REASON = "story:ask", "story:keep", "story:more", "story:less", "story:reason"
ROW, SELECT = 1, 3  # kinds of components
OPTIONS, LABEL = 25, 100
PLACEHOLDER = "Meldung wählen: nachfragen, merken, mehr oder weniger davon, Warum sehe ich das?"
ANSWER = 3_000  # units
SOURCES, DROPPED = 8, 4
LARGEST = 2**63  # ids are below


def menu(shown: Sequence[DigestStory]) -> list[dict[str, object]]:
    """A row with the menu of these stories; nothing where there are none."""
    if not shown:
        return []
    labels = {str(story.summary.story_id): cut(tame(story.summary.headline), LABEL) for story in shown[:OPTIONS]}
    options = [{"label": label, "value": value} for value, label in labels.items()]
    select = {"type": SELECT, "custom_id": CUSTOM_ID, "placeholder": PLACEHOLDER, "options": options}
    return [{"type": ROW, "components": [select]}]


def story_id(text: str) -> int | None:
    """The story that a value or the rest of a custom id names; None where that can't be one."""
    id_ = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST)) else LARGEST
    return id_ if id_ < LARGEST else None


def choices(story: int) -> Json:
    """What can be done with a story."""
    return pieces.buttons(
        pieces.button("Nachfragen", f"{ASK}:{story}", pieces.BLUE),
        pieces.button("Merken", f"{KEEP}:{story}"),
        pieces.button("Mehr davon", f"{MORE}:{story}"),
        pieces.button("Weniger davon", f"{LESS}:{story}"),
        pieces.button(phrases.WHY, f"{REASON}:{story}"),
    )


def card(title: str, story: int, told: str = "") -> list[Json]:
    """A story by its headline, what is told of it, and what can be done with it."""
    return [pieces.text("\n".join(filter(None, (f"**{plain(title, 200)}**", told)))), choices(story)]


def answer(why: Why | None) -> str:
    """Why a story is there: its topics and points, the articles in it, and what was left out of its summary."""
    if why is None:
        return NOT_STORED
    topics = [f"Themen: {', '.join(plain(topic, 50) for topic in why.topics)}"] if why.topics else []
    sources = [f"- {plain(source.outlet, 40)}: {plain(source.reason, 200)}" for source in why.sources]
    lines = [*topics, plain(phrases.why(why.parts)), *_some(sources, SOURCES), *_left_out(why)]
    return cut("\n".join(lines), ANSWER)


def _left_out(why: Why) -> Iterable[str]:
    if why.unused:
        named = counted(why.unused, "weiterer Artikel", "weitere Artikel")
        yield f"Nicht in der Zusammenfassung: {named} dieser Meldung."
    if why.dropped:
        yield "Aus der Zusammenfassung gestrichen:"
        yield from _some([f"- „{plain(one.text, 200)}“: {plain(one.reason, 150)}" for one in why.dropped], DROPPED)


def _some(lines: Sequence[str], most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], *([f"- … und {more} weitere"] if more > 0 else [])]
