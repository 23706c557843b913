"""Ordinary RSS and Atom: well-formed, each field once and without markup of its own. Read straight from the tree.

Nearly all feeds are like that, and this costs a fortieth of a tolerant parser. It never guesses: whatever could mean
something else than it seems raises `UnusualError`, and the feed goes to `bot.feeds.tolerant`.
"""

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from bot.feeds.links import is_http
from bot.feeds.raw import Markup, RawDocument, RawEntry

_ATOM = "{http://www.w3.org/2005/Atom}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RSS1 = ("{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")

_HTML_TYPES = {None: False, "text": False, "text/plain": False, "html": True, "text/html": True}

# Elements that readers take for a missing field.
_ALTERNATIVES = frozenset(
    {
        *(_DC + name for name in ("title", "description", "identifier")),
        *(_ATOM + name for name in ("title", "link", "id", "summary", "content")),
        *(_TERMS + name for name in ("created", "issued", "title", "abstract")),
        *(
            "encoded",
            "body",
            "fullitem",
            "summary",
            "content",
            "id",
            "updated",
            "published",
            "modified",
            "issued",
            "created",
        ),
        *("{http://www.itunes.com/dtds/podcast-1.0.dtd}" + name for name in ("title", "summary", "subtitle")),
        *("{http://www.itunes.com/DTDs/PodCast-1.0.dtd}" + name for name in ("title", "summary", "subtitle")),
        _CONTENT + "items",
        "{http://www.w3.org/1999/xhtml}body",
    }
)

Fields = dict[str, str]


class UnusualError(Exception):
    """A feed that this reader does not claim to understand."""


def read(xml: bytes) -> RawDocument:
    """Every entry as told. Raises `UnusualError`, or `etree.XMLSyntaxError` where it is not well-formed."""
    if b"xml:base" in xml:
        raise UnusualError
    root = etree.fromstring(xml, _parser())
    if root.tag == _ATOM + "feed":
        return _atom(root)
    if root.tag == "rss":
        return _rss(root, "")
    for namespace in _RSS1:
        if root.tag == _RDF + "RDF" and root.find(namespace + "channel") is not None:
            return _rss(root, namespace)
    raise UnusualError


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )


def _rss(root: etree._Element, namespace: str) -> RawDocument:
    channels = root.findall(namespace + "channel")
    if len(channels) != 1 or (channels[0].find(namespace + "item") is not None if namespace else len(root) != 1):
        raise UnusualError
    items = (root if namespace else channels[0]).iterchildren(namespace + "item")
    head = _fields(channels[0], _head_names(namespace))
    if not head.get("link"):
        head["link"] = _alternate(channels[0]) or ""
    return RawDocument(entries=tuple(_rss_entry(item, _entry_names(namespace)) for item in items), **head)


@lru_cache
def _head_names(namespace: str) -> Mapping[str, str]:
    return {
        namespace + "title": "title",
        namespace + "link": "link",
        namespace + "language": "language",
        _DC + "language": "language",
        namespace + "ttl": "ttl",
        _SYNDICATION + "updatePeriod": "period",
        _SYNDICATION + "updateFrequency": "frequency",
    }


@lru_cache
def _entry_names(namespace: str) -> Mapping[str, str]:
    return {
        namespace + "title": "title",
        namespace + "link": "link",
        namespace + "guid": "id",
        namespace + "pubDate": "published",
        namespace + "description": "summary",
        _CONTENT + "encoded": "body",
        _DC + "date": "date",
        _TERMS + "modified": "updated",
        _ATOM + "published": "published",
        _ATOM + "updated": "updated",
        **dict.fromkeys(_ALTERNATIVES, ""),
    }


def _rss_entry(item: etree._Element, names: Mapping[str, str]) -> RawEntry:
    found = _fields(item, names)
    if found.pop("", None) is not None and not {"title", "link", "published", "summary"} <= found.keys():
        raise UnusualError
    link, date = found.get("link"), found.get("date")
    if not link and is_http(found.get("id")):
        link = _permalink(item)
    return RawEntry(
        title=found.get("title"),
        link=link,
        id=found.get("id"),
        published=found.get("published") or date,
        updated=found.get("updated") or (date if found.get("published") else None),
        body=_markup(found.get("body")),
        summary=_markup(found.get("summary")),
    )


def _permalink(item: etree._Element) -> str | None:
    """The guid, unless it says that it is no address."""
    guid = item.find("guid")
    return guid.text if guid is not None and guid.get("isPermaLink", "true").lower() != "false" else None


def _fields(parent: etree._Element, names: Mapping[str, str]) -> Fields:
    """The texts of these children; each may be there once. Alternatives share the empty name."""
    found: Fields = {}
    for child in parent:
        name = names.get(child.tag)
        if name is None:
            continue
        if name and (len(child) or name in found):
            raise UnusualError
        found[name] = child.text or ""
    return found


def _atom(root: etree._Element) -> RawDocument:
    head = _told(root)
    return RawDocument(
        entries=tuple(_atom_entry(entry) for entry in root.iterchildren(_ATOM + "entry")),
        title=_value(head.get("title")),
        link=_alternate(root),
        language=root.get(_LANGUAGE),
    )


def _atom_entry(entry: etree._Element) -> RawEntry:
    found = _told(entry)
    return RawEntry(
        title=_value(found.get("title")),
        link=_alternate(entry),
        id=_value(found.get("id")),
        published=_value(found.get("published")),
        updated=_value(found.get("updated")),
        body=found.get("content"),
        summary=found.get("summary"),
    )


_ATOM_NAMES = {_ATOM + name: name for name in ("title", "id", "published", "updated", "summary", "content")}
_MARKUP = frozenset({"title", "summary", "content"})


def _told(parent: etree._Element) -> dict[str, Markup]:
    """The text constructs of a feed or an entry; each may be there once. Content that is elsewhere (`src`) is none."""
    found: dict[str, Markup] = {}
    for child in parent:
        name = _ATOM_NAMES.get(child.tag)
        if name is None:
            continue
        kind = child.get("type") if name in _MARKUP else None
        if len(child) or name in found or kind not in _HTML_TYPES:
            raise UnusualError
        found[name] = Markup(child.text or "", _HTML_TYPES[kind])
    return found


def _value(told: Markup | None) -> str | None:
    return told.value if told else None


def _alternate(parent: etree._Element) -> str | None:
    """The address of the page: the first alternate that is a page, else the first alternate."""
    others = None
    for link in parent.iterchildren(_ATOM + "link"):
        href = link.get("href")
        if not href or link.get("rel", "alternate") != "alternate":
            continue
        if link.get("type", "text/html").startswith("text/html"):
            return str(href)
        others = others or str(href)
    return others


def _markup(value: str | None) -> Markup | None:
    return Markup(value) if value else None
