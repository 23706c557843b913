"""A question and some stories -> the one that it is about. Pure."""

from collections.abc import Mapping, Sequence

from bot.german.keys import keys
from bot.model import Article
from bot.questions.asked import Asked, Wanted

ENOUGH = 0.5  # share of the question, by what its words tell, that a story must have
TELLING = 6.0  # what a word must tell to name a story: „Kernel“, but not „kostet“
LOOKED_AT = 3  # articles of a story; a digest has up to 25 stories, and each article takes half a millisecond
READ = 3_000  # characters of an article
TITLE = 0.5  # what a word of a title counts beyond one of a text, to choose among stories that have the same


def meant(asked: Asked, stories: Mapping[int, Sequence[Article]]) -> int | None:
    """The story (of these, by id) that is asked about; None where none fits well enough."""
    own = [one for one in asked.wanted if not one.earlier]
    telling = any(one.name or one.weight >= TELLING for one in own)
    wanted = own if telling or not asked.leans else list(asked.wanted)
    if not wanted:
        return None
    worth = {story: _worth(wanted, articles) for story, articles in stories.items()}
    fitting = {story: score for story, (share, score) in worth.items() if share >= ENOUGH}
    return max(fitting, key=lambda story: fitting[story], default=None)


def _worth(wanted: Sequence[Wanted], articles: Sequence[Article]) -> tuple[float, float]:
    """The share of what is wanted that a story has (none where it lacks a name), and that with its titles counted."""
    looked_at = articles[:LOOKED_AT]
    title = frozenset[str]().union(*(keys(one.title, one.language) for one in looked_at))
    told = title.union(*(keys(one.text[:READ], one.language) for one in looked_at))
    total = sum(one.weight for one in wanted)
    if not all(_has(one, told) for one in wanted if one.name):
        return 0.0, 0.0
    share, above = (sum(one.weight for one in wanted if _has(one, there)) / total for there in (told, title))
    return share, share + TITLE * above


def _has(one: Wanted, told: frozenset[str]) -> bool:
    return not one.keys.isdisjoint(told) or bool(one.pieces and one.pieces <= told)
