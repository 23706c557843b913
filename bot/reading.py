"""An article of which the feed only tells the start -> the same article with the text of its page.

A page that cannot be read (a wall, robots.txt, an error) leaves the article as it is: a teaser, marked as one.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.errors import SourceError, UserError
from bot.feeds.page import Page, better, from_text, read_page
from bot.feeds.status import once
from bot.model import Article, Extent, Language, number
from bot.ports import Articles, Progress, Request, Web, Workers

PAGE_BYTES = 3_000_000  # trafilatura needs more than 25 s for 20 MB
TRIED = 10_000  # as many articles as a window holds; what was tried is not tried again


class Reading:
    """Reads the pages of articles, each at most once in the life of a process."""

    def __init__(self, web: Web, workers: Workers, articles: Articles) -> None:
        self._web = web
        self._workers = workers
        self._articles = articles
        self._tried: dict[int, None] = {}

    async def complete(self, articles: Sequence[Article], progress: Progress) -> dict[int, Article]:
        """The articles that became fuller, by id, stored as well. Never raises for a page."""
        wanted = [article for article in articles if article.extent is Extent.TEASER and article.id not in self._tried]
        done = 0

        async def read(article: Article) -> Article:
            nonlocal done
            fuller = await self._fuller(article)
            done += 1
            progress("Artikel gelesen", done, len(wanted))
            return fuller

        self._remember(wanted)
        found = await asyncio.gather(*(read(article) for article in wanted))
        fuller = [new for old, new in zip(wanted, found, strict=True) if new != old]
        await self._articles.rewrite(fuller)
        return {article.id: article for article in fuller}

    async def article(self, url: str, now: datetime) -> Article:
        """One article of the web; behind a paywall, its teaser. Raises `SourceError` where there is nothing to read."""
        try:
            page = await self.page(url)
        except SourceError as error:
            error.args = (once(str(error)),)  # of its own kind still, for those who tell kinds apart
            raise
        outlet = (urlsplit(url).hostname or url).removeprefix("www.")
        if page.readable and page.text:
            return replace(_article(page, url, outlet, now), extent=Extent.FULL)
        if page.teaser:
            return _article(replace(page, text=page.teaser), url, outlet, now)
        raise SourceError(page.reason or "Auf der Seite steht kein Artikel.")

    async def page(self, url: str) -> Page:
        """What a page says. Raises `SourceError` where it may not be asked, does not answer or is no page."""
        if not await self._web.allowed(url):
            raise SourceError("Die Seite möchte laut robots.txt nicht automatisch gelesen werden.")
        answer = await self._web.get(Request(url, limit=PAGE_BYTES))
        kind = answer.headers.get("content-type", "")
        return await self._workers.run(read_page, answer.body, answer.url, kind)

    async def _fuller(self, article: Article) -> Article:
        try:
            return better(article, await self.page(article.url))
        except SourceError:
            return article

    def _remember(self, articles: Sequence[Article]) -> None:
        self._tried.update(dict.fromkeys(article.id for article in articles))
        while len(self._tried) > TRIED:
            del self._tried[next(iter(self._tried))]


def article_of_text(text: str, now: datetime, outlet: str = "Artikel") -> Article:
    """An article as plain text, its first line being the title; undated. Raises `UserError` where there is none."""
    page = from_text(text)
    if not page.text:
        raise UserError("Das ist kein Artikel: Erwartet werden eine Überschrift und darunter der Text.")
    return replace(_article(page, "", outlet, now), extent=Extent.FULL)


def _article(page: Page, url: str, outlet: str, now: datetime) -> Article:
    language = page.language or Language.DE
    published = min(page.published or now, now)
    told = Article(number(url or page.title), url, outlet, url, page.title, page.text, language, published, now)
    return replace(told, dated=page.published is not None)
