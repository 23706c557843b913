"""A site's address to its feeds: what the page declares, else what it links to, else where feeds usually are."""

import re
from collections.abc import Iterator

from lxml import etree

from bot.feeds.encoding import decode
from bot.feeds.links import absolute
from bot.feeds.mend import is_page
from bot.feeds.visible import visible

LARGEST = 2_000_000  # bytes of a page that are looked at; heads and menus come early
MOST_LINKS = 20
_SNIFFED = 65_536  # bytes

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
    }
)
_JSON = "application/json"  # also WordPress's interface to its posts, which is no feed
_FEEDLIKE = re.compile(r"(?:^|[/._?=&-])(?:rss|rss2|atom|feeds?|rdf)(?:$|[/._?=&#-])", re.IGNORECASE)
_ENDLESS = re.compile(r"<[^<>]{10000,}>?")  # 200,000 attributes take libxml2 minutes
_ASIDE = re.compile(r"comment|kommentar|wp-json|oembed", re.IGNORECASE)
_USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")


def looks_like_html(body: bytes) -> bool:
    """Whether this is a web page, so that its feeds are looked for instead."""
    return is_page(decode(body[:_SNIFFED]))


def feed_links(page: bytes, url: str) -> list[str]:
    """Addresses that may be feeds of this page, the likeliest first; all absolute, each once, `MOST_LINKS` at most."""
    text = _ENDLESS.sub("", visible(decode(page[:LARGEST])))
    root = etree.fromstring(f"<html>{text}".encode(), etree.HTMLParser(encoding="utf-8", no_network=True))
    found = _told(root, url) or [link for link in (absolute(path, url) for path in _USUAL) if link]
    return list(dict.fromkeys(found))[:MOST_LINKS]


def _told(root: etree._Element, url: str) -> list[str]:
    """What the page itself says; feeds of comments last."""
    base = next((absolute(base.get("href"), url) for base in root.iter("base") if base.get("href")), None) or url
    links = list(_declared(root)) or list(_linked(root))
    whole = filter(None, (absolute(link, base) for link in links))
    return sorted(whole, key=lambda link: _ASIDE.search(link) is not None)


def _declared(root: etree._Element) -> Iterator[str]:
    for link in root.iter("link"):
        relations, kind = link.get("rel", "").lower().split(), link.get("type", "").partition(";")[0].strip().lower()
        href = link.get("href", "")
        feed = kind in _TYPES or (kind == _JSON and _FEEDLIKE.search(href))
        if "feed" in relations or ("alternate" in relations and feed):
            yield href


def _linked(root: etree._Element) -> Iterator[str]:
    for anchor in root.iter("a"):
        href = anchor.get("href", "")
        if _FEEDLIKE.search(href):
            yield href
