"""The menu under a digest: a reader picks a story and is told, alone, why it is there. Pure."""

from collections.abc import Sequence

from bot.german import phrases
from bot.model import DigestStory
from bot.newsroom import Why
from cogs.discord.markdown import cut, plain, tame

CUSTOM_ID = "story:why"
ROW, SELECT = 1, 3  # kinds of components
OPTIONS, LABEL, PLACEHOLDER = 25, 100, "Warum sehe ich das? Meldung wählen …"
ANSWER = 1_900  # units of a message without components
GONE = "Diese Meldung ist nicht mehr gespeichert."
SOURCES = 8


def menu(shown: Sequence[DigestStory]) -> list[dict[str, object]]:
    """A row with the menu of these stories; nothing where there are none."""
    if not shown:
        return []
    labels = {str(story.summary.story_id): cut(tame(story.summary.headline), LABEL) for story in shown[:OPTIONS]}
    options = [{"label": label, "value": value} for value, label in labels.items()]
    select = {"type": SELECT, "custom_id": CUSTOM_ID, "placeholder": PLACEHOLDER, "options": options}
    return [{"type": ROW, "components": [select]}]


def answer(why: Why | None) -> str:
    """Why a story is there: its points, and the articles in it with what made them one story."""
    if why is None:
        return GONE
    lines = [f"**{plain(why.title, 200)}**", plain(phrases.why(why.parts))]
    lines += [f"- {plain(source.outlet, 40)}: {plain(source.reason, 200)}" for source in why.sources[:SOURCES]]
    more = len(why.sources) - SOURCES
    return cut("\n".join([*lines, *([f"… und {more} weitere"] if more > 0 else [])]), ANSWER)
