"""What a page says about itself: title, date, language, and whether its article may be read for free."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from bot.feeds.dates import moment
from bot.feeds.text import line
from bot.feeds.visible import visible

MOST_NODES = 200  # of a page's linked data
LONGEST = 500_000  # characters of one block of it

_ARTICLE = re.compile(r"(?:Article|NewsArticle|BlogPosting|Report|LiveBlogPosting|TechArticle|Review)$")
_NO = frozenset({"false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head and the linked data of a page tell. `free` is None where they are silent."""

    title: str
    headings: tuple[str, ...]
    description: str
    language: str
    published: datetime | None
    free: bool | None
    body: str  # schema.org's articleBody


def facts_of(tree: LexborHTMLParser) -> Facts:
    """Read a page's facts; to be called before anything is taken out of its tree."""
    article = _main(list(_articles(tree)), title := _first(_meta(tree, "og:title"), _text(tree, "title")))
    headings = tuple(line(visible(node.text())) for node in tree.css("h1")[:3])
    told = _first(_string(article, "headline"), _meta(tree, "og:title"), *headings, title)
    published = _first(
        _string(article, "datePublished"),
        _meta(tree, "article:published_time"),
        _attribute(tree, "time[datetime]", "datetime"),
    )
    language = _attribute(tree, "html", "lang") or _meta(tree, "og:locale")
    description = _first(_meta(tree, "og:description"), _meta(tree, "description"))
    return Facts(
        told,
        (_text(tree, "title"), *headings),
        description,
        language,
        moment(published),
        _free(article),
        _string(article, "articleBody"),
    )


def _articles(tree: LexborHTMLParser) -> Iterator[dict[str, object]]:
    for node in tree.css("script[type='application/ld+json']"):
        try:
            data = json.loads(node.text()[:LONGEST], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (found for found in _flat(data) if _ARTICLE.search(_kind(found)))


def _flat(data: object) -> Iterator[dict[str, object]]:
    """Every object of a list or an @graph, at most so many."""
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        found = waiting.pop(0)
        seen += 1
        if isinstance(found, list):
            waiting[:0] = found[:MOST_NODES]
        elif isinstance(found, dict):
            yield found
            waiting.extend(found[key] for key in ("@graph", "mainEntity") if key in found)


def _main(articles: list[dict[str, object]], title: str) -> dict[str, object]:
    """The article the page is about: the only one, else the one that shares its title."""
    if len(articles) == 1:
        return articles[0]
    wanted = title.lower()
    named = (
        one for one in articles if (name := _string(one, "headline").lower()) and (name in wanted or wanted in name)
    )
    return next(named, {})


def _free(article: dict[str, object]) -> bool | None:
    """schema.org's isAccessibleForFree of the article, else of its parts."""
    parts = article.get("hasPart")
    told = [article, *(parts if isinstance(parts, list) else [parts])]
    values = [
        str(part["isAccessibleForFree"]) for part in told if isinstance(part, dict) and "isAccessibleForFree" in part
    ]
    return values[0].lower().rsplit("/", 1)[-1] not in _NO if values else None


def _kind(found: dict[str, object]) -> str:
    kinds = found.get("@type")
    return str(kinds[-1] if isinstance(kinds, list) and kinds else kinds)


def _string(found: dict[str, object], key: str) -> str:
    value = found.get(key)
    return visible(value) if isinstance(value, str) else ""


def _meta(tree: LexborHTMLParser, name: str) -> str:
    return _attribute(tree, f"meta[property='{name}'],meta[name='{name}']", "content")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return line(visible((node.attributes.get(name) or "") if node else ""))


def _text(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return line(visible(node.text())) if node else ""


def _first(*texts: str) -> str:
    return next(filter(None, texts), "")
