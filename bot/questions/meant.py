"""A question and a story -> how well it is the story that is asked about. Pure."""

from collections.abc import Sequence

from bot.german.keys import keys
from bot.model import Article
from bot.questions.asked import Asked, Wanted

ENOUGH = 0.5  # share of the question, by what its words tell, that a story must have
TELLING = 6.0  # what a word must tell to name a story: „Kernel“, but not „kostet“
LOOKED_AT = 3  # articles of a story, and
READ = 3_000  # characters of each: milliseconds, and a digest has up to 25 stories
TITLE = 0.5  # what a word of a title counts beyond one of a text, to choose among stories that have the same


def meant(asked: Asked, articles: Sequence[Article]) -> float:
    """How well the story of these articles fits, to choose the best of several; 0.0 where it is not meant.

    A question that leans on the one before may mean the same story, unless it names another one.
    """
    own = [one for one in asked.wanted if not one.earlier]
    telling = any(one.name or one.weight >= TELLING for one in own)
    wanted = own if telling or not asked.leans else list(asked.wanted)
    total = sum(one.weight for one in wanted)
    looked_at = articles[:LOOKED_AT]
    title = frozenset[str]().union(*(keys(one.title, one.language) for one in looked_at))
    told = title.union(*(keys(one.text[:READ], one.language) for one in looked_at))
    if not wanted or not all(_has(one, told) for one in wanted if one.name):
        return 0.0
    share, above = (sum(one.weight for one in wanted if _has(one, there)) / total for there in (told, title))
    return share + TITLE * above if share >= ENOUGH else 0.0


def _has(one: Wanted, told: frozenset[str]) -> bool:
    return not one.keys.isdisjoint(told) or bool(one.pieces and one.pieces <= told)
