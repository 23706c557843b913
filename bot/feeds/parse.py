"""One answer of a feed to what it says. Pure: bytes in, a value out; no path and no address is ever opened.

bytes -> encoding -> visible -> mend -> ordinary, else tolerant, or jsonfeed -> dates, links, text -> FeedDocument
"""

import re
from datetime import UTC, datetime, timedelta

from lxml import etree

from bot.errors import NotAFeed
from bot.feeds import jsonfeed, mend, ordinary, tolerant
from bot.feeds.dates import moment
from bot.feeds.encoding import decode
from bot.feeds.links import absolute
from bot.feeds.raw import RawDocument, RawEntry
from bot.feeds.text import line, paragraphs
from bot.feeds.visible import visible
from bot.model import Entry, FeedDocument, Language

MOST_ENTRIES = 1_000  # of one answer, the first ones; the largest feeds of the field have 500
_LONGEST_ID = 2_000  # characters
_LONGEST_TTL = timedelta(days=7)

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_REFERENCE = re.compile(r"&#(?:(\d{3,7})|[xX]([0-9a-fA-F]{2,6}));")


def parse(body: bytes, *, url: str = "", content_type: str = "") -> FeedDocument:
    """What a feed says: RSS, Atom or JSON Feed, its entries in document order, `MOST_ENTRIES` at most.

    `url` is where it came from, for relative links. Raises `NotAFeed` (German) for everything else.
    """
    text = decode(body, content_type).strip("\0 \t\r\n\ufeff")
    if not text:
        raise NotAFeed("Die Antwort ist leer.")
    raw = jsonfeed.read(text, MOST_ENTRIES) if text[0] in "{[" else _xml(text)
    return _document(raw, url)


def as_json(document: FeedDocument) -> dict[str, object]:
    """The outside contract of `python -m bot feed`; times in UTC ISO 8601."""
    return {
        "feed": {"title": document.title, "link": document.link},
        "entries": [
            {
                "title": entry.title,
                "link": entry.link,
                "id": entry.id,
                "published": _iso(entry.published),
                "updated": _iso(entry.updated),
                "text": entry.text,
            }
            for entry in document.entries
        ],
    }


def _iso(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat() if when else None


def _xml(text: str) -> RawDocument:
    """The cheap reader where it understands, else the tolerant one, each time after mending what is not well-formed."""
    if "#" in text and "&#" in text:  # one character is found sixty times faster than two
        text = _REFERENCE.sub(_plain, text)
    document = mend.document(visible(text), MOST_ENTRIES)
    try:
        return ordinary.read(document.text.encode())
    except ordinary.UnusualError:
        return tolerant.read(document.text.encode())
    except etree.XMLSyntaxError:
        return _broken(mend.mended(document).encode())


def _broken(xml: bytes) -> RawDocument:
    try:
        return ordinary.read(xml)
    except ordinary.UnusualError:
        return tolerant.read(xml)
    except etree.XMLSyntaxError:
        return max(tolerant.read(xml), tolerant.read(mend.recovered(xml)), key=_told)


def _told(raw: RawDocument) -> tuple[int, int]:
    """How much was made out: entries first, then titles and links."""
    return len(raw.entries), sum(
        map(bool, (raw.title, raw.link, *(e.title for e in raw.entries), *(e.link for e in raw.entries)))
    )


def _plain(reference: re.Match[str]) -> str:
    """The character itself beyond Latin letters, so that what is invisible goes before XML is read."""
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return chr(code) if 0x7F <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else reference[0]  # noqa: PLR2004


def _document(raw: RawDocument, url: str) -> FeedDocument:
    link = absolute(raw.link, url)
    return FeedDocument(
        title=line(raw.title or ""),
        link=link,
        language=_language(raw.language),
        ttl=_ttl(raw),
        entries=tuple(_entry(entry, link or url) for entry in raw.entries[:MOST_ENTRIES]),
    )


def _entry(raw: RawEntry, base: str) -> Entry:
    body = paragraphs(raw.body.value, marked_up=raw.body.html) if raw.body else ""
    text = body or (paragraphs(raw.summary.value, marked_up=raw.summary.html) if raw.summary else "")
    return Entry(
        title=line(raw.title or ""),
        link=absolute(raw.link, base),
        id=(raw.id or "").strip()[:_LONGEST_ID] or None,
        published=moment(raw.published),
        updated=moment(raw.updated),
        text=text,
        has_body=bool(body),
    )


def _language(told: str | None) -> Language | None:
    """`de-AT` is German; what is neither German nor English is not named."""
    primary = (told or "").strip().lower().replace("_", "-").partition("-")[0]
    return Language(primary) if primary in set(Language) else None


def _ttl(raw: RawDocument) -> timedelta | None:
    """How long the feed asks to be left alone, a week at most."""
    minutes = _count(raw.ttl)
    period = _PERIODS.get((raw.period or "").strip().lower())
    if minutes:
        asked = timedelta(minutes=min(minutes, 100_000))
    elif period:
        asked = period / max(1, min(_count(raw.frequency) or 1, 1_000))
    else:
        return None
    return min(asked, _LONGEST_TTL)


def _count(told: str | None) -> int:
    digits = (told or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0  # noqa: PLR2004
