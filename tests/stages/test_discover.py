import pytest

from bot.feeds.discover import LARGEST, MOST_LINKS, feed_links, looks_like_html

PAGE = "https://x.example/blog/"


def declared(inside: str) -> list[str]:
    return feed_links(f"<!doctype html><html><head>{inside}</head><body></body></html>".encode(), PAGE)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://x.example/feed"),
        ("<link rel=alternate type=application/atom+xml href=atom.xml>", "https://x.example/blog/atom.xml"),
        ('<LINK REL="ALTERNATE" TYPE="Application/RSS+XML; charset=utf-8" HREF="/feed"/>', "https://x.example/feed"),
        ('<link rel="alternate" type="application/feed+json" href="//y.example/f">', "https://y.example/f"),
        ('<link rel="alternate" type="application/json" href="/feed.json">', "https://x.example/feed.json"),
        ('<link rel="feed" href="/neu">', "https://x.example/neu"),
        ('<base href="/de/"><link rel="alternate" type="application/rss+xml" href="f">', "https://x.example/de/f"),
        ('<link rel="alternate" type="application/rss+xml" href="/f?a=1&amp;b=2">', "https://x.example/f?a=1&b=2"),
    ],
)
def test_what_the_page_declares(link: str, found: str) -> None:
    assert declared(link) == [found]


def test_feeds_of_comments_come_last() -> None:
    kind = '<link rel="alternate" type="application/rss+xml" href="{}">'
    links = declared(kind.format("/comments/feed") + kind.format("/feed") + kind.format("/feed"))
    assert links == ["https://x.example/feed", "https://x.example/comments/feed"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" href="/feed.css">',
        '<link rel="alternate" hreflang="en" href="/en/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_leads_to_the_usual_places(link: str) -> None:
    assert declared(link)[:2] == ["https://x.example/feed", "https://x.example/rss"]


def test_links_in_the_page_are_the_second_choice() -> None:
    page = b'<a href="/impressum">x</a><a href="/rss/news.rdf">RSS</a><a href="feed">F</a><a href="/feedback">G</a>'
    assert feed_links(page, PAGE) == ["https://x.example/rss/news.rdf", "https://x.example/blog/feed"]


def test_right_letters_in_addresses() -> None:
    page = '<meta charset="iso-8859-1"><link rel=alternate type=application/rss+xml href="/über">'.encode("latin-1")
    assert feed_links(page, PAGE) == ["https://x.example/über"]


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\0\0",
        b"kein html",
        b"<b>" * 100_000,
        b"<a href=x>" * 20_000,
        b"<a " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">",
        b"x" * (LARGEST * 2) + b'<link rel=alternate type=application/rss+xml href="/zu-weit">',
        b"<!--" * 50_000,
    ],
)
def test_hostile_pages_end_at_the_usual_places(page: bytes) -> None:
    assert feed_links(page, PAGE)[0] == "https://x.example/feed"


def test_the_list_is_bounded() -> None:
    assert len(declared('<link rel="feed" href="/f{}">' * 1)) == 1
    many = "".join(f'<link rel="feed" href="/f{n}">' for n in range(MOST_LINKS * 3))
    assert len(declared(many)) == MOST_LINKS


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (b"<!DOCTYPE html><html></html>", True),
        (b"\xef\xbb\xbf\n<!-- c --><HTML lang=de>", True),
        ("<html>".encode("utf-16"), True),
        (b"<head><title>x</title></head>", True),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', False),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', False),
        (b"<!-- <html> --><rss></rss>", False),
        (b'{"version": "x"}', False),
        (b"", False),
    ],
)
def test_pages_are_told_from_feeds(body: bytes, page: bool) -> None:
    assert looks_like_html(body) is page
