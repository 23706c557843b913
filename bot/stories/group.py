"""Articles -> the stories they belong to, one at a time as they arrive. Pure: the window is all it knows.

A new article is compared with the articles of the last days that share rare names and figures with it. It joins the story
of the one it resembles most, if what speaks for it outweighs what speaks against it, and if the story as a whole agrees.
A wrong merge is worse than a double, so doubt opens a new story.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import UserError
from bot.model import Article, Language
from bot.ports import Placement
from bot.stories import reasons
from bot.stories.evidence import Evidence, compare, weighed
from bot.stories.features import features
from bot.stories.identity import number
from bot.stories.index import Entry, Index
from bot.stories.news import brings_news
from bot.stories.terms import terms

SPAN = timedelta(hours=96)  # follow-ups come within days; what joins later must share more and more
ENOUGH = 1.0  # evidence for one event, with the article it resembles most
AGREED = -1.0  # and on average with those of the story
MEMBERS = 8  # of a story that are asked


@dataclass(frozen=True, slots=True)
class _Match:
    entry: Entry
    evidence: Evidence


class Window:
    """The articles of the last `span`. Articles come oldest first; those that come late are placed all the same."""

    def __init__(self, span: timedelta = SPAN) -> None:
        self._span = span
        self._index = Index()

    def __len__(self) -> int:
        return len(self._index)

    def place(self, article: Article) -> Placement:
        """Decide which story the article belongs to, and keep it."""
        self._index.expire(article.published - self._span)
        entry, spelt = self._read(article, article.id)
        if entry.weighed.features.alone:
            return Placement(article.id, article.id, reasons.ALONE)
        told = self._index.at(entry.weighed.features.address)
        if told is not None:
            return self._join(entry, told.story, reasons.same_address(told.outlet))
        match = self._best(entry)
        if match is None:
            self._index.add(entry)
            return Placement(article.id, article.id, reasons.FIRST)
        found = match.entry
        return self._join(entry, found.story, reasons.shared(match.evidence, spelt, found.title, found.outlet))

    def known(self, article: Article, placement: Placement) -> None:
        """Keep an article that was placed before, such as by an earlier process."""
        entry, _ = self._read(article, placement.story)
        if not entry.weighed.features.alone:
            self._index.add(entry)

    def _read(self, article: Article, story: int) -> tuple[Entry, Mapping[str, str]]:
        found = terms(article.title, article.text, article.language)
        told = weighed(features(article, found), self._index.weigh, german=article.language is Language.DE)
        return Entry(article.id, story, article.published, article.title, article.outlet, told), found.spelt

    def _join(self, entry: Entry, story: int, reason: str) -> Placement:
        news = brings_news(entry, self._index.story(story))
        self._index.add(Entry(entry.article, story, entry.published, entry.title, entry.outlet, entry.weighed))
        return Placement(entry.article, story, reason, news)

    def _best(self, entry: Entry) -> _Match | None:
        """The article it resembles most, if enough, and if that one's story agrees."""
        matches = [self._compare(entry, other) for other in self._index.alike(entry.weighed)]
        matches = [match for match in matches if match.evidence.score >= ENOUGH]
        for match in sorted(matches, key=lambda match: -match.evidence.score):
            if self._agreed(entry, match.entry.story):
                return match
        return None

    def _agreed(self, entry: Entry, story: int) -> bool:
        members = self._index.story(story)[-MEMBERS:]
        scores = [self._compare(entry, member).evidence.score for member in members]
        return sum(scores) >= AGREED * len(scores)

    def _compare(self, new: Entry, old: Entry) -> _Match:
        apart = abs(new.published - old.published)
        return _Match(old, compare(new.weighed, old.weighed, apart, self._index.weigh))


def group_lines(lines: Iterable[str]) -> Iterator[str]:
    """One JSON line {id, story, reason} for each article line, which come oldest first.

    Raises `UserError`, naming the line, for what is no article.
    """
    window = Window()
    names: dict[int, object] = {}
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        id_, article = _article(line, n)
        names[article.id] = id_
        placement = window.place(article)
        told = {"id": id_, "story": f"s-{names.get(placement.story, placement.story)}", "reason": placement.reason}
        yield json.dumps(told, ensure_ascii=False)


def _article(line: str, n: int) -> tuple[object, Article]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise UserError(f"Zeile {n} ist kein JSON: je Zeile wird ein Artikel erwartet ({error}).") from error
    if not isinstance(told, dict):
        raise UserError(f"Zeile {n} ist kein Artikel: erwartet wird ein JSON-Objekt mit id, title, text und published.")
    missing = [name for name in ("id", "title", "published") if not told.get(name)]
    if missing:
        raise UserError(f"In Zeile {n} fehlt {' und '.join(missing)}.")
    published = _moment(told, n)
    return told["id"], Article(
        id=number(f"{n}\0{told['id']}"),
        feed_url="",
        outlet=_text(told, "outlet"),
        url=_text(told, "url"),
        title=_text(told, "title"),
        text=_text(told, "text"),
        language=Language.DE if _text(told, "language").lower().startswith("de") else Language.EN,
        published=published,
        seen=published,
    )


def _moment(told: Mapping[str, Any], n: int) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(told, "published"))
    except ValueError as error:
        raise UserError(f"In Zeile {n} ist published kein Zeitpunkt wie 2026-11-23T08:00:00+01:00.") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)
