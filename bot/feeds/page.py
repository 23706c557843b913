"""A web page -> the article in it, or the reason why there is none to be read. Runs in a worker process.

First a plain reading of the article element (1 ms), which must prove itself; else trafilatura (28 ms). Neither sees
what the page hides, and what stands before a wall is never taken for the article behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from bot.errors import SourceError, TooMuch
from bot.feeds.encoding import decode
from bot.feeds.facts import Facts, facts_of
from bot.feeds.hidden import drop_hidden
from bot.feeds.prose import drop_banners, plain_article
from bot.feeds.text import LONGEST_TEXT, line, paragraphs
from bot.feeds.visible import visible
from bot.feeds.walls import PAYWALL, Seen, wall
from bot.german.language import guess
from bot.model import Article, Extent, Language

LARGEST = 3_000_000  # bytes; trafilatura needs more than 25 s for 20 MB
MOST_TAGS = 100_000
DEEPEST = 2_000  # elements within one another; lexbor takes seconds from 20,000 on
CHECKED_FROM = 5_000  # tags: fewer can't be deep enough to matter
STRANGE = 0.01  # share of undecodable characters above which a page is not text
SNIFFED = 1_024  # bytes
SOURCE = 200_000  # characters of markup in which a challenge shows itself
ABOUT = 0.5  # share of the words of a title that its page has
SAME = 0.6  # share of the words of a teaser that its page has
FULLER = 0.8  # of the length of the text we have: less would be a loss

_KINDS = (
    (b"%PDF", "einem PDF"),
    (b"PK\x03\x04", "einem Archiv"),
    (b"\x1f\x8b", "einem Archiv"),
    (b"7z\xbc\xaf", "einem Archiv"),
    (b"Rar!", "einem Archiv"),
    (b"\x89PNG", "einem Bild"),
    (b"\xff\xd8\xff", "einem Bild"),
    (b"GIF8", "einem Bild"),
    (b"BM", "einem Bild"),
    (b"RIFF", "einer Mediendatei"),
    (b"ID3", "einer Mediendatei"),
    (b"OggS", "einer Mediendatei"),
    (b"\x1aE\xdf\xa3", "einer Mediendatei"),
    (b"MZ", "einem Programm"),
    (b"\x7fELF", "einem Programm"),
)
_TYPES = (
    ("image/", "einem Bild"),
    ("video/", "einem Video"),
    ("audio/", "einer Audiodatei"),
    ("application/pdf", "einem PDF"),
)
_FEED = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_ENDLESS = re.compile(r"<[^<>]{20000,}>?")  # 200,000 attributes take libxml2 minutes
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_UNCLOSED = "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option"
_VOID = frozenset(_UNCLOSED.split())


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read. Where it is not `readable`, `text` is empty and `reason` says why (German).

    `teaser` is what a walled page tells about its article to everybody.
    """

    title: str
    text: str
    language: Language | None
    published: datetime | None
    readable: bool = True
    reason: str | None = None
    teaser: str = ""


def read_page(body: bytes, url: str, content_type: str) -> Page:
    """Read a page that was fetched from `url`. Raises `SourceError` for no page, `TooMuch` for a huge one."""
    kind = _foreign_kind(body, content_type.lower())
    if kind:
        raise SourceError(f"Unter {url} steht kein Artikel: Die Adresse führt zu {kind}.")
    if len(body) > LARGEST:
        raise TooMuch(f"Die Seite ist größer als {LARGEST // 1_000_000} MB.")
    markup = _markup(body, content_type)
    if content_type.lower().startswith("text/plain"):
        return from_text(markup)
    _refuse_intricate(markup)
    return _read(_ENDLESS.sub("", markup))


def from_text(text: str) -> Page:
    """Read an article that is plain text: its first line is the title, the rest its paragraphs."""
    title, _, rest = visible(text).strip().partition("\n")
    if not re.search(r"\n\s*\n", rest.strip()):
        rest = rest.replace("\n", "\n\n")
    told = paragraphs(rest, marked_up=False)
    return Page(line(title), told or line(title), guess(f"{title}\n{told}"), None)


def better(article: Article, page: Page) -> Article:
    """The article with the text of its page, if that is the same article and no shorter; else as it is."""
    if not page.readable or len(page.text) < FULLER * len(article.text) or not _is_about(article, page):
        return article
    return replace(article, text=page.text, language=page.language or article.language, extent=Extent.FULL)


def _foreign_kind(body: bytes, content_type: str) -> str | None:
    """What this is, if it is no page."""
    if not body.strip():
        return "einer leeren Seite"
    start = body[:SNIFFED].lstrip()
    for mark, kind in _KINDS:
        if start.startswith(mark):
            return kind
    for prefix, kind in _TYPES:
        if content_type.startswith(prefix):
            return kind
    if _FEED.match(body[:SNIFFED]):
        return "einem Feed"
    if start[:1] in b"{[" and b"<" not in start:
        return "Daten statt Text"
    return "Binärdaten" if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) else None


def _markup(body: bytes, content_type: str) -> str:
    """The page as text. The server's word on its encoding counts before the page's own."""
    declared = _META.search(body[: 4 * SNIFFED])
    if declared and "charset" not in content_type.lower():
        content_type = f"text/html; charset={declared[1].decode('ascii', 'replace')}"
    markup = decode(body, content_type)
    if markup.count("\ufffd") > STRANGE * len(markup):
        raise SourceError("Die Zeichen der Seite lassen sich nicht entziffern.")
    return markup


def _refuse_intricate(markup: str) -> None:
    tags = markup.count("<")
    if tags > MOST_TAGS or (tags > CHECKED_FROM and _depth(markup) > DEEPEST):
        raise TooMuch("Die Seite ist zu verschachtelt, um sie zu lesen.")


def _depth(markup: str) -> int:
    depth = deepest = 0
    for closing, name, empty in _TAG.findall(markup):
        if empty or name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _read(markup: str) -> Page:
    tree = LexborHTMLParser(markup)
    facts = facts_of(tree)
    asks_password = tree.css_first("input[type='password' i]") is not None
    drop_hidden(tree)
    whole = _text(tree)
    drop_banners(tree)
    shown = tree.html or ""
    text = (plain_article(tree, facts.body) or _extracted(shown))[:LONGEST_TEXT]
    blocks = [block for block in whole.split("\n\n") if block]
    seen = Seen(facts.headings, whole, text, blocks, markup[:SOURCE], facts.free, asks_password)
    return _page(facts, text, wall(seen))


def _page(facts: Facts, text: str, reason: str | None) -> Page:
    if reason:
        teaser = facts.description if reason == PAYWALL else ""
        return Page(
            facts.title, "", guess(teaser or facts.title), facts.published, readable=False, reason=reason, teaser=teaser
        )
    return Page(facts.title, text, guess(text) or _declared(facts), facts.published)


def _declared(facts: Facts) -> Language | None:
    code = facts.language[:2].lower()
    return Language(code) if code in set(Language) else None


def _text(tree: LexborHTMLParser) -> str:
    return paragraphs(visible((tree.body.html if tree.body else "") or ""))


def _extracted(shown: str) -> str:
    """The article as trafilatura finds it in a page without its hidden parts."""
    from trafilatura import extract  # noqa: PLC0415 - 0.9 s that only worker processes pay

    found = extract(shown, fast=True, include_comments=False, include_tables=False, with_metadata=False)
    return "\n\n".join(_unmarked(found or ""))


def _unmarked(text: str) -> Iterator[str]:
    """The lines of trafilatura as paragraphs, without the dashes it sets before list items."""
    for part in visible(text).split("\n"):
        paragraph = part.removeprefix("- ").strip()
        if paragraph:
            yield paragraph


def _is_about(article: Article, page: Page) -> bool:
    """Whether a page tells what its feed told: most words of the title or of the teaser."""
    told = _stems(f"{page.title} {page.text}")
    title, teaser = _stems(article.title), _stems(article.text)
    return len(title & told) >= max(ABOUT * len(title), 1) or len(teaser & told) >= max(SAME * len(teaser), 3)


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words, which inflection leaves alone, and the figures."""
    return {word[:6] for word in re.findall(r"\w{4,}|\d+", text.lower())}
