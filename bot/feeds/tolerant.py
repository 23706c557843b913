"""Everything that is not ordinary: feedparser, which has seen it all, and what it gets wrong put right.

It resolves xml:base, reads inline markup, RDF, Atom 0.3, broken XML and the rest. Its dates are not used (it takes CET
for UTC), nor its cleaning (we want text, and it costs most of its time).
"""

import io
from collections.abc import Iterable, Mapping

import feedparser

from bot.feeds.links import absolute
from bot.feeds.raw import Markup, RawDocument, RawEntry

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_Parsed = Mapping[str, object]


def read(xml: bytes) -> RawDocument:
    """Every entry that can be made out. Never opens an address: feedparser would, were it given the bytes alone."""
    parsed = feedparser.parse(
        io.BytesIO(xml), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
    )
    feed = parsed.feed
    atom = str(parsed.get("version", "")).startswith("atom")
    return RawDocument(
        entries=tuple(_entry(entry, atom=atom) for entry in parsed.entries),
        title=feed.get("title"),
        link=_link(feed),
        language=feed.get("language"),
        ttl=feed.get("ttl"),
        period=feed.get("sy_updateperiod"),
        frequency=feed.get("sy_updatefrequency"),
    )


def _entry(entry: _Parsed, *, atom: bool) -> RawEntry:
    published, updated = _published(entry, atom=atom), _string(entry, "updated")
    return RawEntry(
        title=_string(entry, "title"),
        link=_link(entry),
        id=_string(entry, "id"),
        published=published,
        updated=updated,
        body=_body(entry),
        summary=_detail(entry.get("summary_detail")),
    )


def _published(entry: _Parsed, *, atom: bool) -> str | None:
    """The parser keeps dc:date as `updated`; outside Atom it is the only date there is."""
    published = _string(entry, "published") or _string(entry, "created")
    return published if atom or published else _string(entry, "updated")


def _string(entry: _Parsed, key: str) -> str | None:
    value = dict.get(entry, key) if isinstance(entry, dict) else entry.get(key)
    return value if isinstance(value, str) and value else None


def _link(parent: _Parsed) -> str | None:
    """The parser's choice where it is an address of the web, else the first alternate that is."""
    chosen = _string(parent, "link")
    others = [link.get("href") for link in _links(parent) if link.get("rel", "alternate") == "alternate"]
    return next((link for link in (chosen, *others) if absolute(link)), chosen or next(iter(others), None))


def _links(parent: _Parsed) -> Iterable[Mapping[str, str]]:
    links = parent.get("links")
    return links if isinstance(links, list) else ()


def _body(entry: _Parsed) -> Markup | None:
    """The first content that is in the feed itself, not elsewhere."""
    contents = entry.get("content")
    details = map(_detail, contents) if isinstance(contents, list) else ()
    return next((detail for detail in details if detail), None)


def _detail(detail: object) -> Markup | None:
    if not isinstance(detail, dict) or not detail.get("value"):
        return None
    return Markup(detail["value"], html=detail.get("type") != "text/plain")
