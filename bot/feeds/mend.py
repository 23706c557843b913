"""XML as it should be: the document without what surrounds it, and broken documents made well-formed where possible."""

import itertools
import re
from html import escape
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from bot.errors import NotAFeed
from bot.feeds.visible import visible

_PROLOGUE = 65_536  # characters; a root element further down is not looked for

_FIRST = re.compile(
    r"<!--.*?(?:-->|\Z)|(?P<page><(?:!doctype\s+html|html|head|body)\b)|<(?P<root>(?:[\w.-]+:)?(?:rss|feed|rdf))(?=[\s>/])",
    re.DOTALL | re.IGNORECASE,
)
_VERBATIM = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
_ENTRY_END = re.compile(_VERBATIM + r"|(?P<end></(?:[\w.-]+:)?(?:item|entry)\s*>)", re.DOTALL | re.IGNORECASE)
_ENTRY_START = re.compile(_VERBATIM + r"|(?P<start><(?:[\w.-]+:)?(?:item|entry)[\s>])", re.DOTALL | re.IGNORECASE)
_BROKEN = re.compile(
    _VERBATIM
    + r"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(?P<number>\d{1,7}|[xX][0-9a-fA-F]{1,6});|(?P<name>[A-Za-z]\w{0,31});)?"
    r"|(?P<less><)(?![A-Za-z_/!?:])",
    re.DOTALL,
)
_CHARACTERS = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))  # XML 1.0, production 2
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[A-Za-z_]")
_KNOWN_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


class Xml(NamedTuple):
    """A document from its root element on; `root` is its name as written."""

    text: str
    root: str


def document(text: str, most: int) -> Xml:
    """The feed in this text with at most `most` entries, without declaration, DOCTYPE and what else is around it.

    Raises `NotAFeed` where the first element known to us is a page, or is none.
    """
    for found in _FIRST.finditer(text, 0, _PROLOGUE):
        if found["page"]:
            raise NotAFeed("Die Antwort ist eine Webseite und kein Feed.")
        if found["root"]:
            return _bounded(Xml(_within(text, found.start(), found["root"]), found["root"]), most)
    raise NotAFeed("Die Antwort ist weder RSS noch Atom noch JSON Feed.")


def is_page(text: str) -> bool:
    """Whether the first element known to us is one of a web page."""
    first = (found for found in _FIRST.finditer(text, 0, _PROLOGUE) if found["page"] or found["root"])
    return any(found["page"] for found in itertools.islice(first, 1))


def mended(xml: Xml) -> str:
    """The same document well-formed, if stray characters, unknown names or a missing end were all that was wrong."""
    text = escaped(xml.text)
    if f"</{xml.root}" not in text:
        text = _cut(Xml(text, xml.root), len(text))
    return _declared(Xml(text, xml.root))


def recovered(xml: bytes) -> bytes:
    """What libxml2 makes of a broken document: it closes what is open, whatever the name of the end tag."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    root = etree.fromstring(xml, parser)
    return b"" if root is None else bytes(etree.tostring(root, encoding="utf-8"))


def escaped(text: str) -> str:
    """The text with `&` and `<` written as XML wants them, wherever they stand for themselves."""
    return _BROKEN.sub(_escaped, text)


def _within(text: str, start: int, root: str) -> str:
    """From the root's start to its end, or to the end of the text where it has none."""
    last = text.rfind(f"</{root}", start)
    end = text.find(">", last) + 1 if last >= 0 else 0
    return text[start:end] if end else text[start:]


def _bounded(xml: Xml, most: int) -> Xml:
    end = "</entry" if xml.root.lower().endswith("feed") else "</item"
    if xml.text.count(end) <= most:
        return xml
    return Xml(_cut(xml, most), xml.root)


def _cut(xml: Xml, most: int) -> str:
    """The document up to its last complete entry, or up to the `most`-th, and closed again."""
    position = 0
    for found in _ENTRY_END.finditer(xml.text):
        if found["end"]:
            position, most = found.end(), most - 1
        if most <= 0:
            break
    kept = xml.text[: position or _first_entry(xml.text)]
    channel = "</channel>" if "<channel" in kept and "</channel" not in kept else ""
    return f"{kept}{channel}</{xml.root}>"


def _first_entry(text: str) -> int:
    starts = (found.start() for found in _ENTRY_START.finditer(text) if found["start"])
    return next(starts, len(text))


def _escaped(found: re.Match[str]) -> str:
    """One stray `&` or `<`, or a name of HTML that XML does not know, as XML writes it. CDATA stays as it is."""
    whole = found[0]
    if found["name"]:
        return escape(visible(html5.get(found["name"] + ";", whole)), quote=False)
    if found["number"]:
        return whole if _allowed(found["number"]) else ""
    if found["less"]:
        return "&lt;"
    return "&amp;" if whole == "&" else whole


def _allowed(number: str) -> bool:
    """Whether XML allows this character."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code in {9, 10, 13} or any(code in span for span in _CHARACTERS)


def _declared(xml: Xml) -> str:
    """Every prefix declared at the root; one we don't know stands for a name of its own."""
    missing = {prefix for prefix in _PREFIX.findall(xml.text) if f"xmlns:{prefix}" not in xml.text} - {"xml"}
    names = "".join(f' xmlns:{p}="{_KNOWN_PREFIXES.get(p, "urn:undeclared:" + p)}"' for p in sorted(missing))
    end = len(xml.root) + 1
    return xml.text[:end] + names + xml.text[end:]
