"""HTML to plain text, fast: paragraphs separated by a blank line, nothing that a page would hide.

The texts given here are `visible` but for their character references.
"""

import html
import re
from functools import lru_cache
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser

from bot.feeds.visible import visible

LONGEST_TEXT = 200_000  # characters, a chapter of a book; more is cut, so that time stays bounded
LONGEST_LINE = 1_000  # characters of a title

_TAG = re.compile(r"""(</?[a-zA-Z][^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+>)""")
_NAME = re.compile(r"</?([a-zA-Z][^\s<>\"'/=]*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_START = re.compile("<[a-zA-Z/!?]")

_BLOCKS = (
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_PHRASES = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub "
    "sup time tt u var wbr"
)
# What stands in the text for a tag; a tag that is missing here is dropped.
_INSTEAD = dict.fromkeys(_BLOCKS.split(), "\n\n") | {"br": "\n", "td": " ", "th": " ", "caption": "\n\n"}
_FORMATTING = frozenset([*_BLOCKS.split(), *_PHRASES.split(), "br"])
_UNREADABLE = "button embed head iframe math noframes noscript object script select style svg template textarea title"
_UNREAD = frozenset(_UNREADABLE.split())
_UNSEEN = ",".join(
    [
        *sorted(_UNREAD),
        "[hidden]",
        "[aria-hidden='true' i]",
        "[style*='display:none' i]",
        "[style*='display: none' i]",
        "[style*='visibility:hidden' i]",
        "[style*='visibility: hidden' i]",
        "[style*='font-size:0' i]",
        "[style*='font-size: 0' i]",
        "[style*='opacity:0' i]:not([style*='opacity:0.' i])",
        "[style*='opacity: 0' i]:not([style*='opacity: 0.' i])",
    ]
)


class _IntricateError(Exception):
    """Markup that only a real HTML parser may judge: scripts, comments, hidden parts, unclosed quotes."""


class _Breaks(dict[str, str]):
    """What stands in the text for a tag. Usual tags are known, whole or by their start; others are looked into."""

    def __missing__(self, tag: str) -> str:
        lowered = tag.lower()
        if "style" in lowered or "hidden" in lowered:
            raise _IntricateError
        known = self.get(lowered.partition(" ")[0])
        if known is not None:
            return known
        name = _name(lowered)
        if name in _UNREAD:
            raise _IntricateError
        return _INSTEAD.get(name, "")


_FORMS = ("<{}", "<{}>", "</{}>", "<{}/>")
_BREAKS = _Breaks({form.format(name): _INSTEAD.get(name, "") for name in _FORMATTING for form in _FORMS})


def paragraphs(value: str, *, marked_up: bool = True) -> str:
    """The text of a body, its paragraphs separated by one blank line.

    A text that is not declared as marked up is believed, unless formatting tags in it prove otherwise.
    """
    value = value.strip()[:LONGEST_TEXT]
    if "<" in value and (marked_up or _formatted(value)):
        return _joined(_flat(value))
    return _joined(unescape(value) if marked_up else value)


def line(value: str) -> str:
    """The text of a title, on one line. Formatting goes; other tags may be what it is about (`<template>`)."""
    value = value.strip()[:LONGEST_LINE]
    if "<" in value:
        value = _TAG.sub(_unformatted, _COMMENT.sub("", value))
    text = unescape(value)
    if "&" in text:  # escaped twice, as many feeds do
        text = unescape(text)
    return " ".join(text.split())


def unescape(value: str) -> str:
    """Character references to characters; one without a semicolon stays (`?a=1&copy=2`)."""
    return _ENTITY.sub(lambda reference: _character(reference[0]), value) if "&" in value else value


@lru_cache(maxsize=512)
def _character(reference: str) -> str:
    return visible(html.unescape(reference))


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _formatted(value: str) -> bool:
    return any(_name(tag) in _FORMATTING for tag in _TAG.findall(value))


def _flat(value: str) -> str:
    """Marked-up text without its tags; a block ends with an empty line."""
    value = value.replace("\n", " ")
    try:
        return unescape(_untagged(value))
    except _IntricateError:
        return unescape(_TAG.sub(_bare, _shown(value)))


def _untagged(value: str) -> str:
    parts = _TAG.split(value)
    parts[1::2] = map(_BREAKS.__getitem__, parts[1::2])
    text = "".join(parts)
    if "<" in text and _TAG_START.search(text):
        raise _IntricateError
    return text


def _bare(tag: re.Match[str]) -> str:
    return _INSTEAD.get(_name(tag[0]), "")


def _unformatted(tag: re.Match[str]) -> str:
    name = _name(tag[0])
    return _INSTEAD.get(name, "") if name in _FORMATTING else tag[0]


def _shown(value: str) -> str:
    """The same markup as a browser would show it, well-formed."""
    tree = LexborHTMLParser(value)
    for node in tree.css(_UNSEEN):
        node.decompose()
    body = tree.body
    return _COMMENT.sub("", body.html or "") if body is not None else ""


def _joined(text: str) -> str:
    """Text with white space collapsed; one blank line between paragraphs."""
    while "  " in text:
        text = text.replace("  ", " ")
    lines = map(str.strip, text.split("\n"))
    return "\n\n".join(" ".join(block) for filled, block in groupby(lines, bool) if filled)
