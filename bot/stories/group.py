"""Articles -> the stories they belong to, one at a time as they arrive. Pure: the window is all it knows.

A new article is compared with the articles of the last days that share rare names and figures with it, and with the
other articles of their stories. Each that resembles it speaks for its story; it joins the story most is said for, if
that is enough and if the story's articles do not disagree on average. A wrong merge is worse than a double, so doubt
opens a new story.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log
from statistics import fmean
from typing import Any

from bot.errors import UserError
from bot.model import Article, Language, number
from bot.ports import Placement
from bot.stories import reasons
from bot.stories.evidence import Evidence, compare, weighed
from bot.stories.features import features
from bot.stories.index import Entry, Index
from bot.stories.news import brings_news
from bot.stories.terms import terms

SPAN = timedelta(hours=96)  # follow-ups come within days; what joins later must share more and more
ENOUGH = 1.0  # evidence for one event, of the articles of the story together …
AGREED = -1.0  # … and of each of them on average
MEMBERS = 8  # of a story that are asked, the newest
TOGETHER = 1.5  # how much a second article of the story adds: two alike make 1.5 · ln 2 more than one


@dataclass(frozen=True, slots=True)
class _Match:
    """A story that the article may belong to, and the article of it that resembles the new one most."""

    entry: Entry
    evidence: Evidence
    together: float


class Window:
    """The articles of the last `span`. Articles come oldest first; those that come late are placed all the same."""

    def __init__(self, span: timedelta = SPAN) -> None:
        self._span = span
        self._index = Index()

    def __len__(self) -> int:
        return len(self._index)

    def place(self, article: Article) -> Placement:
        """Decide which story the article belongs to, and keep it.

        A private one is not kept: no article of everybody's must join a story, or be called old, because of it.
        """
        self._index.expire(article.published - self._span)
        entry, spelt = self._read(article, article.id)
        if entry.weighed.features.alone:
            return Placement(article.id, article.id, reasons.ALONE)
        told = self._index.at(entry.weighed.features.address)
        if told is not None:
            return self._join(entry, article, told.story, reasons.same_address(told.outlet))
        match = self._best(entry)
        if match is None:
            self._keep(entry, article)
            return Placement(article.id, article.id, reasons.FIRST)
        found = match.entry
        reason = reasons.shared(match.evidence, spelt, found.title, found.outlet)
        return self._join(entry, article, found.story, reason)

    def known(self, article: Article, placement: Placement) -> None:
        """Keep an article that was placed before, such as by an earlier process."""
        if article.private:
            return
        entry, _ = self._read(article, placement.story)
        if not entry.weighed.features.alone:
            self._index.add(entry)

    def _read(self, article: Article, story: int) -> tuple[Entry, Mapping[str, str]]:
        found = terms(article.title, article.text, article.language)
        told = weighed(features(article, found), self._index.weigh, german=article.language is Language.DE)
        return Entry(article.id, story, article.published, article.title, article.outlet, told), found.spelt

    def _join(self, entry: Entry, article: Article, story: int, reason: str) -> Placement:
        news = brings_news(entry, self._index.story(story))
        self._keep(Entry(entry.article, story, entry.published, entry.title, entry.outlet, entry.weighed), article)
        return Placement(entry.article, story, reason, news)

    def _keep(self, entry: Entry, article: Article) -> None:
        if not article.private:
            self._index.add(entry)

    def _best(self, entry: Entry) -> _Match | None:
        """The story that most is said for, if it is enough."""
        stories = dict.fromkeys(other.story for other in self._index.alike(entry.weighed))
        matches = [match for story in stories if (match := self._match(entry, story)) is not None]
        return max(matches, key=lambda match: match.together, default=None)

    def _match(self, entry: Entry, story: int) -> _Match | None:
        members = self._index.story(story)[-MEMBERS:]
        told = [self._compare(entry, member) for member in members]
        scores = [evidence.score for evidence in told]
        together = TOGETHER * log(sum(exp(score / TOGETHER) for score in scores))
        if together < ENOUGH or fmean(scores) < AGREED:
            return None
        best = max(range(len(told)), key=scores.__getitem__)
        return _Match(members[best], told[best], together)

    def _compare(self, new: Entry, old: Entry) -> Evidence:
        return compare(new.weighed, old.weighed, abs(new.published - old.published), self._index.weigh)


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
