"""An article -> what it is about. Words of both languages, with German inflection and compounds.

A short word („KI“, "AI", "EV") matches only by itself or as a part of a hyphenated word; a longer one also at the start
or the end of a compound: „Rakete“ finds „Raketen“, „Trägerrakete“ and „Raketenstart“, but nothing inside a word.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.model import Topic

MOST = 3  # topics of an article
READ = 2_000  # characters of the text; the subject of a news article stands at its start
IN_TITLE = 3  # points for a word in the title, against one in the text
ENOUGH = 2  # points; a single word in passing is no topic
LONG = 5  # characters from which a word is looked for in compounds
INFLECTED = 3  # characters from which a word has endings; „KI“ and "AI" have none
ENDINGS = ("", "e", "en", "er", "ern", "es", "n", "s")
TOKEN = re.compile(r"\w+")


class TopicIndex:
    """The words of all topics, ready to be looked for."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        words = [(word.casefold(), topic.key) for topic in topics for word in topic.words]
        self._keys = tuple(topic.key for topic in topics)
        self._phrases = tuple((word, key) for word, key in words if not TOKEN.fullmatch(word))
        self._words = tuple((word, key) for word, key in words if TOKEN.fullmatch(word))
        self._topics_of = lru_cache(maxsize=50_000)(self._look_up)  # the vocabulary of some days of news

    def of(self, title: str, text: str, prior: Sequence[str] = ()) -> tuple[str, ...]:
        """At most three topics, best first. `prior` is what the feed is mostly about: half of what is needed."""
        points = Counter(dict.fromkeys((key for key in prior if key in self._keys), 1))
        for key, count in self._found(title).items():
            points[key] += IN_TITLE * count
        points.update(self._found(text[:READ]))
        best = sorted(points, key=lambda key: (-points[key], self._keys.index(key)))
        return tuple(key for key in best if points[key] >= ENOUGH)[:MOST]

    def _found(self, text: str) -> Counter[str]:
        """How many different words of each topic the text holds."""
        lowered = text.casefold()
        found = Counter(key for phrase, key in self._phrases if phrase in lowered)
        hits = {hit for token in set(TOKEN.findall(lowered)) for hit in self._topics_of(token)}
        found.update(key for _, key in hits)
        return found

    def _look_up(self, token: str) -> tuple[tuple[str, str], ...]:
        return tuple((word, key) for word, key in self._words if _matches(token, word))


def _matches(token: str, word: str) -> bool:
    """Whether a word of a text is this word, inflected or in a compound."""
    if len(word) >= LONG:
        return token.startswith(word) or token.endswith(tuple(word + ending for ending in ENDINGS))
    ending = token[len(word) :] if token.startswith(word) else None
    return ending == "" or (len(word) >= INFLECTED and ending in ENDINGS)
