"""Invented outlets and their articles -> feeds in every format. Pure; cogs/console/pages.py writes the pages."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


@dataclass(frozen=True, slots=True)
class Outlet:
    """Somebody who publishes. `format` is one of `FORMATS`, or `broken` for one whose server fails."""

    name: str
    language: str
    format: str
    topics: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of an outlet. `wall` (`paywall` or `consent`): of it only the teaser can be read."""

    id: str
    outlet: str
    url: str
    published: datetime
    title: str
    teaser: str
    text: str
    wall: str | None = None

    @property
    def path(self) -> str:
        """Where its page is, whatever the port of its outlet."""
        return urlsplit(self.url).path

    @property
    def paragraphs(self) -> str:
        """Its text as HTML."""
        return "".join(f"<p>{escape(part, quote=False)}</p>" for part in self.text.split("\n\n"))


def piece(row: Mapping[str, Any]) -> Piece:
    """One line of articles.jsonl; what only labels it for tests is left out."""
    told = {name: row[name] for name in ("id", "outlet", "url", "title", "teaser", "text")}
    return Piece(published=datetime.fromisoformat(row["published"]), wall=row.get("wall"), **told)


def feed(outlet: Outlet, pieces: Sequence[Piece], base: str) -> bytes:
    """The outlet's feed in its format; `base` is the address of its site."""
    return FORMATS[outlet.format](outlet, pieces, base)


def _rss(outlet: Outlet, pieces: Sequence[Piece], base: str, *, full: bool = True) -> str:
    items = "".join(_item(told, base, full=full and not told.wall) for told in pieces)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {CONTENT}><channel>'
        f"<title>{escape(outlet.name)}</title><link>{base}/</link><language>{outlet.language}</language><ttl>30</ttl>{items}</channel></rss>"
    )


def _item(told: Piece, base: str, *, full: bool) -> str:
    content = f"<content:encoded><![CDATA[{told.paragraphs}]]></content:encoded>" if full else ""
    return (
        f"<item><title>{escape(told.title)}</title><link>{base}{told.path}</link>"
        f'<guid isPermaLink="false">{told.id}</guid><pubDate>{format_datetime(told.published)}</pubDate>'
        f"<description>{escape(told.teaser)}</description>{content}</item>"
    )


def _latin1(outlet: Outlet, pieces: Sequence[Piece], base: str) -> bytes:
    text = _rss(outlet, pieces, base).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    return text.encode("iso-8859-1", "xmlcharrefreplace")


def _atom(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    entries = "".join(
        f'<entry><title>{escape(told.title)}</title><link href="{told.path}"/><id>urn:piece:{told.id}</id>'
        f"<published>{told.published.isoformat()}</published><updated>{told.published.isoformat()}</updated>"
        f'<summary>{escape(told.teaser)}</summary><content type="html">{escape(told.paragraphs)}</content></entry>'
        for told in pieces
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}" '
        f'xml:base="{base}/"><title>{escape(outlet.name)}</title><link href="{base}/"/><id>{base}/</id>{entries}</feed>'
    )


def _rdf(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    items = "".join(
        f'<item rdf:about="{base}{told.path}"><title>{escape(told.title)}</title><link>{base}{told.path}</link>'
        f"<dc:date>{told.published.isoformat()}</dc:date><description>{escape(told.teaser)}</description>"
        f"<content:encoded>{escape(told.paragraphs)}</content:encoded></item>"
        for told in pieces
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" {CONTENT}>'
        f'<channel rdf:about="{base}/"><title>{escape(outlet.name)}</title><link>{base}/</link>'
        f"<description/></channel>{items}</rdf:RDF>"
    )


def _json(outlet: Outlet, pieces: Sequence[Piece], base: str) -> str:
    items = [
        {
            "id": told.id,
            "url": base + told.path,
            "title": told.title,
            "summary": told.teaser,
            "content_html": told.paragraphs,
            "date_published": told.published.isoformat(),
        }
        for told in pieces
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": outlet.name, "home_page_url": f"{base}/", "items": items})


FORMATS: Mapping[str, Callable[[Outlet, Sequence[Piece], str], bytes]] = {
    "rss": lambda *told: _rss(*told).encode(),
    "rss-teaser": lambda *told: _rss(*told, full=False).encode(),
    "rss-latin1": _latin1,
    "atom": lambda *told: _atom(*told).encode(),
    "rdf": lambda *told: _rdf(*told).encode(),
    "json": lambda *told: _json(*told).encode(),
    "broken": lambda *_: b"",
}
