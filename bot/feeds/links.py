"""Addresses: absolute, http or https, or none."""

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_LONGEST = 4_000  # characters; browsers and servers stop at 2,000 to 8,000


def absolute(link: str | None, base: str = "") -> str | None:
    """The link as seen from `base`, if that is an http or https address; else None."""
    if not link or len(link) > _LONGEST:
        return None
    link = link.strip()
    if not link.isascii() or not _ABSOLUTE.fullmatch(link):
        link = _UNSEEN.sub(_blank, link)
        link = link if _SCHEME.match(link) else _joined(base, link)
    return link if is_http(link) else None


def is_http(link: str | None) -> bool:
    """Whether this is an absolute http or https address already."""
    return bool(link and _ABSOLUTE.fullmatch(link.strip()) and ("[" not in link or _joined(link, "")))


def _blank(unseen: re.Match[str]) -> str:
    """A blank inside an address is kept as its escape; line breaks and invisible characters go."""
    return "%20" * unseen[0].count(" ")


def _joined(base: str, link: str) -> str:
    """Empty where an address is none, such as one with an unclosed bracket in its host."""
    try:
        return urlsplit(urljoin(base, link)).geturl()
    except ValueError:
        return ""
