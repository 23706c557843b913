"""Feeds in every dialect, with what a test puts into them."""

from datetime import UTC, datetime

from bot.feeds.parse import parse
from bot.model import Entry

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)

PAGE = "https://x.example/1"

LINK = f"<link>{PAGE}</link>"

ATOM_03 = (b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#")


def rss(inside: str) -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel><title>T</title>{inside}</channel></rss>'.encode()
    )


def item(inside: str) -> bytes:
    return rss(f"<item>{inside}</item>")


def rdf(inside: str) -> bytes:
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f"<rdf:RDF {space} {SPACES}>{inside}</rdf:RDF>".encode()


def atom(inside: str, attributes: str = "") -> bytes:
    return f"<feed {ATOM} {attributes}><title>T</title>{inside}</feed>".encode()


def entry(inside: str) -> bytes:
    return atom(f"<entry>{inside}</entry>")


def only(body: bytes, url: str = "") -> Entry:
    (one,) = parse(body, url=url).entries
    return one


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
