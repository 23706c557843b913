"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), and what is nearly that."""

import json
from collections.abc import Mapping

from bot.errors import NotAFeed
from bot.feeds.links import is_http
from bot.feeds.raw import Markup, RawDocument, RawEntry
from bot.feeds.visible import visible

_Json = Mapping[str, object]


def read(text: str, most: int) -> RawDocument:
    """The first `most` entries as told. Raises `NotAFeed` for JSON of any other kind."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("Die Antwort ist beschädigtes JSON und kein Feed.") from error
    if not _is_feed(feed):
        raise NotAFeed("Die Antwort ist JSON, aber kein JSON Feed: Version oder Liste der Einträge fehlt.")
    return RawDocument(
        entries=tuple(_entry(item) for item in feed["items"][:most] if isinstance(item, dict)),
        title=_text(feed, "title"),
        link=_text(feed, "home_page_url"),
        language=_text(feed, "language"),
    )


def _is_feed(feed: object) -> bool:
    """A list of items, and the version or the title that the format demands."""
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return False
    return isinstance(feed.get("version"), str) or isinstance(feed.get("title"), str)


def _entry(item: _Json) -> RawEntry:
    marked, plain, summary = _text(item, "content_html"), _text(item, "content_text"), _text(item, "summary")
    body = Markup(marked) if marked else Markup(plain, html=False) if plain else None
    name = _text(item, "id")
    return RawEntry(
        title=_text(item, "title"),
        link=_text(item, "url") or (name if is_http(name) else _text(item, "external_url")),
        id=name,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        body=body,
        summary=Markup(summary, html=False) if summary else None,
    )


def _text(item: _Json, key: str) -> str | None:
    """A string, or a number as one (ids often are); anything else counts as missing."""
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return visible(value) if isinstance(value, str) and value else None
