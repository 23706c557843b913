import pytest

from bot.errors import UserError
from bot.feeds.opml import LARGEST, read_opml, write_opml
from bot.model import Feed, Language

FEEDS = [
    Feed("https://a.example/f?a=1&b=2", "A & <B> „ü“", Language.DE, ("ki", "sicherheit"), 1.5),
    Feed("https://b.example/", "B", Language.EN),
    Feed("https://c.example/", '"C"'),
]


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="1.0"><body>{body}</body></opml>'.encode()


def test_what_was_written_is_read_back() -> None:
    assert read_opml(write_opml(FEEDS).encode()) == FEEDS
    assert read_opml(write_opml([]).encode()) == []


def test_others_find_name_and_address() -> None:
    assert 'text="B" title="B" xmlUrl="https://b.example/"' in write_opml(FEEDS)


@pytest.mark.parametrize(
    ("outline", "feed"),
    [
        ('<outline text="A" xmlUrl="https://a.example/f"/>', Feed("https://a.example/f", "A")),
        ('<outline title="A" XMLURL=" https://a.example/f "/>', Feed("https://a.example/f", "A")),
        (
            '<outline text="O"><outline text="A" xmlUrl="https://a.example/f"/></outline>',
            Feed("https://a.example/f", "A"),
        ),
        (
            '<outline text="A & B &uuml;" xmlUrl="https://a.example/?x=1&y=2"/>',
            Feed("https://a.example/?x=1&y=2", "A & B ü"),
        ),
        ('<outline xmlUrl="https://a.example/f"/>', Feed("https://a.example/f", "a.example")),
        ('<outline text="A" xmlUrl="feed://a.example/f"/>', Feed("http://a.example/f", "A")),
        ('<outline text="A" xmlUrl="feed:https://a.example/f"/>', Feed("https://a.example/f", "A")),
        (
            '<outline text="A" xmlUrl="https://a.example/" language="de-DE" weight="9e9"/>',
            Feed("https://a.example/", "A", Language.DE, (), 10.0),
        ),
        (
            '<outline text="A" xmlUrl="https://a.example/" weight="nan" topics=" ,ki,"/>',
            Feed("https://a.example/", "A", None, ("ki",)),
        ),
        (
            '<outline text="A" xmlUrl="https://a.example/" weight="x"/><outline text="B" xmlUrl="https://a.example/"/>',
            Feed("https://a.example/", "A"),
        ),
        ('<outline text="A" xmlUrl="https://a.example/"/><outline text="abgeschn', Feed("https://a.example/", "A")),
    ],
)
def test_lists_of_others(outline: str, feed: Feed) -> None:
    assert read_opml(opml(outline)) == [feed]


def test_right_letters() -> None:
    body = '<?xml version="1.0" encoding="UTF-8"?><opml><outline text="Größe" xmlUrl="https://a.example/"/></opml>'
    assert read_opml(body.encode("latin-1"))[0].name == "Größe"


@pytest.mark.parametrize("url", ["", "javascript:x", "file:///etc/passwd", "/relativ", "ftp://a.example/"])
def test_other_addresses_are_left_out(url: str) -> None:
    assert read_opml(opml(f'<outline text="A" xmlUrl="{url}"/>')) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"/etc/passwd",
        b"http://127.0.0.1:9/list.opml",
        b"<html><body>x</body></html>",
        b'<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><outline text="&b;"/></opml>',
        b'<!DOCTYPE opml [<!entity % x SYSTEM "file:///etc/passwd">]><opml/>',
        b"<opml>" + b" " * LARGEST,
    ],
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(UserError, match=r"^Die (?:Datei|OPML-Datei) .*\.$"):
        read_opml(body)


def test_a_doctype_without_entities_does_no_harm() -> None:
    body = b'<!DOCTYPE opml SYSTEM "http://127.0.0.1:9/x.dtd"><opml><outline text="&x;" xmlUrl="https://a.example/"/></opml>'
    assert read_opml(body)[0].name == "&x;"
