"""What an article can be recognised by when another outlet, or the other language, tells the same event."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from operator import itemgetter

from bot.german.figures import figures
from bot.model import Article
from bot.stories.address import canonical
from bot.stories.chances import CAPITAL
from bot.stories.happenings import kinds
from bot.stories.roundups import is_roundup
from bot.stories.terms import Terms

READ = 3000  # characters of an article; news say first what is new
LEAD = 300  # of these, what it is mainly about
WORDS = 80  # ordinary words kept: a teaser has fewer, and a copy shows in them
SUBJECT = 12  # names kept as what the article is about
WORD = re.compile(r"[^\W\d_]+")
ZEROS = re.compile(r"([.,]0)+$")


@dataclass(frozen=True, slots=True)
class Features:
    """Names and figures with their chances, ordinary words, what happens; `ids` and `products` are of the main subject.

    `subject` are the names told most, with how often, `title` those of the title. `alone`: a round-up of many
    events, it belongs to none of them.
    """

    names: dict[str, float]
    figures: dict[str, float]
    words: frozenset[str]
    subject: dict[str, int]
    title: tuple[str, ...]
    kinds: dict[str, int]
    ids: frozenset[str]
    products: dict[str, frozenset[str]]
    address: str
    alone: bool

    def mentions(self, key: str) -> bool:
        """Whether it has this term, as a name or as a word."""
        return key in self.names or key in self.words


def features(article: Article, found: Terms) -> Features:
    """All that is kept of an article, given its terms."""
    text = article.text[:READ]
    told = figures(f"{article.title}\n{text}", article.language)
    names = {key: chance for key, chance in found.chances.items() if chance <= CAPITAL}
    return Features(
        names=names,
        figures=told,
        words=frozenset(_first(key for key in found.chances if key not in names)),
        subject=dict(_most(found, names)),
        title=tuple(key for key in names if key in found.headline),
        kinds=_kinds(article.title, text, found),
        ids=_main_ids(article.title, told),
        products=_products(article.title, found),
        address=canonical(article.url),
        alone=is_roundup(article.title),
    )


def _first(keys: Iterable[str]) -> list[str]:
    return list(islice(keys, WORDS))


def _most(found: Terms, names: Mapping[str, float]) -> list[tuple[str, int]]:
    return nlargest(SUBJECT, ((key, found.counts[key]) for key in names), key=itemgetter(1))


def _kinds(title: str, text: str, found: Terms) -> dict[str, int]:
    """What happens; the title counts four times, the lead twice."""
    told = kinds(found.words)
    told.update(kinds(WORD.findall(f"{title} {title} {title} {text[:LEAD]}".lower())))
    return dict(told)


def _main_ids(title: str, told: Mapping[str, float]) -> frozenset[str]:
    """The CVE (or other) ids in the title, else the first of all."""
    ids = [key for key in told if key.startswith("id:")]
    named = [key for key in ids if key[3:] in title.upper()]
    return frozenset(named or ids[:1])


def _products(title: str, found: Terms) -> dict[str, frozenset[str]]:
    """The numbers that names have in the title: „Fold 3“ is not „Fold 4“, but version 9 is version 9.0."""
    numbers: dict[str, frozenset[str]] = {}
    for key, spelling in found.spelt.items():
        name, _, number = key.partition(" ")
        if number and spelling in title:
            numbers[name] = numbers.get(name, frozenset()) | {ZEROS.sub("", number)}
    return numbers
