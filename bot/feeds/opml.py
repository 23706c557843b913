"""Lists of feeds as other readers exchange them: OPML (opml.org/spec2.opml), tolerantly in, plainly out."""

import math
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml import etree

from bot.errors import UserError
from bot.feeds.encoding import decode
from bot.feeds.links import absolute
from bot.feeds.mend import escaped
from bot.feeds.text import unescape
from bot.feeds.visible import visible
from bot.model import Feed, Language

LARGEST = 2_000_000  # bytes; a list of 1,000 feeds has 200,000
MOST_FEEDS = 5_000
_WEIGHTS = (0.0, 10.0)

_ROOT = re.compile(r"<opml(?=[\s>])", re.IGNORECASE)
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "recover": True}


def read_opml(body: bytes) -> list[Feed]:
    """The feeds of a list, each address once, in order. Opens nothing. Raises `UserError` for what is no such list."""
    if len(body) > LARGEST:
        raise UserError("Die OPML-Datei ist zu groß. Erlaubt sind 2 Megabyte.")
    text = visible(decode(body))
    start = _ROOT.search(text)
    if start is None:
        raise UserError("Die Datei ist keine OPML-Liste. Bitte eine OPML-Datei aus einem Feedreader exportieren.")
    if "<!ENTITY" in text[: start.start()].upper():
        raise UserError("Die OPML-Datei definiert eigene Entitäten und wird deshalb nicht gelesen.")
    root = etree.fromstring(
        escaped(text[start.start() :]).encode(), etree.XMLParser(encoding="utf-8", **_PARSER_OPTIONS)
    )
    feeds = {feed.url: feed for feed in reversed(list(_feeds(root)))}
    return list(reversed(feeds.values()))[:MOST_FEEDS]


def write_opml(feeds: Iterable[Feed]) -> str:
    """An OPML 2.0 list that `read_opml` reads back unchanged; others find name and address where they look for them."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Quellen"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", _outline(feed))
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _outline(feed: Feed) -> dict[str, str]:
    name = visible(feed.name)
    attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
    if feed.language:
        attributes["language"] = feed.language.value
    if feed.topics:
        attributes["topics"] = ",".join(feed.topics)
    if feed.weight != 1.0:
        attributes["weight"] = repr(feed.weight)
    return attributes


def _feeds(root: etree._Element) -> Iterator[Feed]:
    for outline in root.iter(etree.Element):
        told = {str(key).lower(): str(value) for key, value in outline.items()}
        url = absolute(re.sub(r"^feed:(?://)?(?=\w+[:.])", _scheme, told.get("xmlurl", "").strip()))
        if url:
            yield Feed(url, _name(told, url), _language(told), _topics(told), _weight(told))


def _scheme(prefix: re.Match[str]) -> str:
    """`feed://host` and `feed:https://host`, as some readers write it."""
    rest = prefix.string[prefix.end() :]
    return "" if rest.startswith(("http:", "https:")) else "http://"


def _name(told: dict[str, str], url: str) -> str:
    return " ".join(unescape(told.get("text") or told.get("title") or "").split()) or urlsplit(url).hostname or url


def _language(told: dict[str, str]) -> Language | None:
    primary = told.get("language", "").lower()[:2]
    return Language(primary) if primary in set(Language) else None


def _topics(told: dict[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (topic.strip() for topic in told.get("topics", "").split(","))))


def _weight(told: dict[str, str]) -> float:
    try:
        weight = float(told.get("weight", "1"))
    except ValueError:
        return 1.0
    least, most = _WEIGHTS
    return min(max(weight, least), most) if math.isfinite(weight) else 1.0
