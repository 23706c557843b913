"""Stories -> the order in which they matter, with the reasons in points. Pure and deterministic.

What many independent outlets tell, what is fresh, and what good sources tell comes first.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from itertools import chain, groupby
from operator import attrgetter
from urllib.parse import urlsplit

from bot.model import Article, Importance, RankedStory, ScorePart, Story

# Points from which a story is worth a reader's time. Normal: an ordinary source's, at most a day and a half old. High:
# what several outlets tell, or what is urgent.
LEAST = {Importance.LOW: 0.0, Importance.NORMAL: 1.5, Importance.HIGH: 4.0}
PER_DOUBLING = 1.5  # points for twice as many independent outlets
FRESH = 2.0  # points for what was told just now …
HALF_LIFE = 24.0  # … and hours in which they halve
URGENT = 1.0
CLOSE = 0.5
MOST_BY_ONE = 3  # stories that one outlet alone tells, before its next ones step back
STEP_BACK = -1.5
_SCORE = attrgetter("score")

# General words of urgency, in both languages; at the start of a word.
URGENCY = re.compile(
    r"\b(?:zero-day|0-day|notfall-?update|notfallpatch|(?:aktiv|bereits) ausgenutzt|kritische (?:lücke|schwachstelle)"
    r"|actively exploited|exploited in the wild|emergency (?:patch|update)|critical (?:flaw|vulnerability)"
    r"|großstörung|outage)",
    re.IGNORECASE,
)
# Public bodies and countries that make a story one for readers in Germany, Austria and Switzerland.
NEARBY = re.compile(
    r"\b(?:BSI|CERT-Bund|Bundestag|Bundesrat|Bundesregierung|Bundesnetzagentur|Bundeskartellamt|BNetzA|Deutschland|deutsche[nrs]?|"
    r"Germany|German|Österreich|Austria|Schweiz|Swiss|Switzerland|DSGVO|EU-Kommission|European Commission)\b"
)


def rank(stories: Iterable[Story], now: datetime) -> list[RankedStory]:
    """The stories, best first; of equal ones the newest."""
    return list(choose(score(story, now) for story in stories))


def score(story: Story, now: datetime, *, recap: bool = False) -> RankedStory:
    """What a story is worth to anybody; for a recap it does not matter how fresh it is."""
    parts = tuple(part for part in _parts(story, now, recap) if part.points)
    return RankedStory(story, sum(part.points for part in parts), parts)


def choose(scored: Iterable[RankedStory]) -> Iterator[RankedStory]:
    """What these are worth to an audience, best first; of equal ones the newest.

    Who takes only the first ones pays little for the others.
    """
    return _capped(_ordered(scored))


def _ordered(scored: Iterable[RankedStory]) -> Iterator[RankedStory]:
    by_score = sorted(scored, key=_SCORE, reverse=True)
    return chain.from_iterable(sorted(alike, key=_place) for _, alike in groupby(by_score, key=_SCORE))


def _place(one: RankedStory) -> tuple[float, float, int]:
    return -one.score, -_newest(one.story).timestamp(), one.story.id


def _parts(story: Story, now: datetime, recap: bool) -> Iterable[ScorePart]:
    outlets = len({publisher(article) for article in story.articles})
    age = max((now - _newest(story)).total_seconds() / 3600, 0.0)
    yield ScorePart(f"{outlets} unabhängige Quellen", PER_DOUBLING * math.log2(outlets))
    yield ScorePart("Gewicht der besten Quelle", max(article.weight for article in story.articles))
    yield ScorePart("Aktualität", 0.0 if recap else FRESH * 0.5 ** (age / HALF_LIFE))
    yield ScorePart("Dringlichkeit", URGENT if _says(story, URGENCY) else 0.0)
    yield ScorePart("Bezug zum deutschsprachigen Raum", CLOSE if _says(story, NEARBY) else 0.0)


def _capped(ranked: Iterable[RankedStory]) -> Iterator[RankedStory]:
    """What one outlet alone tells steps back behind the others from its fourth story on."""
    told = Counter[str]()
    back: list[tuple[tuple[float, float, int], RankedStory]] = []
    for one in ranked:
        while back and back[0][0] < _place(one):
            yield heappop(back)[1]
        stepped = _step_back(one, told)
        if stepped is one:
            yield one
        else:
            heappush(back, (_place(stepped), stepped))
    yield from (one for _, one in sorted(back))


def _step_back(one: RankedStory, told: Counter[str]) -> RankedStory:
    publishers = {publisher(article) for article in one.story.articles}
    if len(publishers) > 1:
        return one
    (teller,) = publishers
    told[teller] += 1
    if told[teller] <= MOST_BY_ONE:
        return one
    part = ScorePart("viele Meldungen dieser Quelle", STEP_BACK)
    return replace(one, score=one.score + part.points, parts=(*one.parts, part))


def _newest(story: Story) -> datetime:
    return max(member.article.published for member in story.members)


def publisher(article: Article) -> str:
    """Who is behind an address: two sites under one domain, or two outlets of one name, are not independent."""
    host = urlsplit(article.url).hostname or article.outlet
    is_number = host.replace(".", "").isdigit() or ":" in host
    return article.outlet if is_number else ".".join(host.split(".")[-2:])


def _says(story: Story, words: re.Pattern[str]) -> bool:
    return any(words.search(article.title) or words.search(article.text[:500]) for article in story.articles)
