"""What an entry says: title, link, dates, text; and how long its feed asks to be left alone."""

from datetime import datetime, timedelta

import pytest

from bot.feeds.parse import parse
from tests.stages.documents import ATOM_03, LINK, atom, entry, item, only, rss, utc


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<title>Using &lt;template&gt;</title>", "Using <template>"),
        ("<title><![CDATA[<b>A</b> &amp; B]]></title>", "A & B"),
        ("<title><![CDATA[A]]> und <![CDATA[B]]></title>", "A und B"),
        ("<title><p>A <b>B</b></p></title>", "A B"),
        ("<title>Köln & Bonn, R&D, AT&T</title>", "Köln & Bonn, R&D, AT&T"),
        ("<title>Pr&uuml;fung &ndash; 99&nbsp;&euro; &foo;</title>", "Prüfung – 99 € &foo;"),
        ("<title>1 < 2</title>", "1 < 2"),
        ("<title>A\u202eB\u200bC\u00adD&#8203;E&amp;#8203;F&amp;shy;G</title>", "ABCDEFG"),
        ("<title>A&#xD800;B&#0;C&#x1F;D\x08E</title>", "ABCDE"),
        ("<title>u&#776;</title>", "ü"),
        ("<dc:title>A</dc:title>", "A"),
        ("<title>A</title><media:title xmlns:media='http://search.yahoo.com/mrss/'>M</media:title>", "A"),
        ("<title/>", ""),
        ("", ""),
    ],
)
def test_titles(inside: str, title: str) -> None:
    assert only(item(inside + LINK)).title == title


@pytest.mark.parametrize(
    ("body", "link"),
    [
        (item("<link>/a?x=1&amp;y=2</link>"), "https://x.example/a?x=1&y=2"),
        (item("<link>b c</link>"), "https://x.example/blog/b%20c"),
        (item("<link>//y.example/a</link>"), "https://y.example/a"),
        (item("<link>\n https://y.example/a\n</link>"), "https://y.example/a"),
        (item("<link>https://y.example/a\u200b\u202eb</link>"), "https://y.example/ab"),
        (item("<link>HTTPS://y.example/a</link>"), "HTTPS://y.example/a"),
        (item("<guid>https://y.example/a</guid>"), "https://y.example/a"),
        (item('<guid isPermaLink="false">https://y.example/a</guid>'), None),
        (item("<guid>at://did/post</guid><link>https://y.example/a</link>"), "https://y.example/a"),
        (item('<atom:link rel="alternate" href="https://y.example/a"/>'), "https://y.example/a"),
        (item("<link>javascript:alert(1)</link>"), None),
        (item("<link>data:text/html,x</link>"), None),
        (item("<link>file:///etc/passwd</link>"), None),
        (item("<link>https://</link>"), None),
        (item("<link>http://[::1</link>"), None),
        (item(f"<link>https://y.example/{'x' * 5000}</link>"), None),
        (item("<enclosure url='https://y.example/a.mp3' type='audio/mpeg'/>"), None),
        (entry('<link rel="self" href="https://y.example/self"/>'), None),
        (
            entry('<link rel="alternate" type="application/json" href="/j"/><link type="text/html" href="/h"/>'),
            "https://x.example/h",
        ),
        (entry('<link rel="alternate" type="application/pdf" href="/p"/>'), "https://x.example/p"),
        (
            atom('<entry xml:base="/tief/"><link href="a"/></entry>', 'xml:base="https://y.example/"'),
            "https://y.example/tief/a",
        ),
    ],
)
def test_links_are_absolute_or_missing(body: bytes, link: str | None) -> None:
    assert only(body, url="https://x.example/blog/feed.xml").link == link


def test_without_an_address_a_relative_link_starts_from_the_channels_link() -> None:
    document = parse(rss("<link>https://x.example/de/</link><item><link>a</link></item>"))
    assert document.entries[0].link == "https://x.example/de/a"


@pytest.mark.parametrize(
    ("inside", "published", "updated"),
    [
        ("<pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate>", utc(2026, 11, 23, 9), None),
        ("<dc:date>2026-11-23T09:00:00Z</dc:date>", utc(2026, 11, 23, 9), None),
        ("<pubDate>23.11.2026 09:00</pubDate><dc:date>2026-11-24</dc:date>", utc(2026, 11, 23, 9), utc(2026, 11, 24)),
        ("<atom:updated>2026-11-23T09:00:00Z</atom:updated>", None, utc(2026, 11, 23, 9)),
        ("<atom:published>2026-11-23T09:00:00Z</atom:published>", utc(2026, 11, 23, 9), None),
        ("<pubDate>gestern</pubDate>", None, None),
        ("", None, None),
    ],
)
def test_dates_of_rss(inside: str, published: datetime | None, updated: datetime | None) -> None:
    told = only(item(f"<title>A</title>{LINK}{inside}"))
    assert (told.published, told.updated) == (published, updated)


def test_dates_of_atom_0_3() -> None:
    inside = "<issued>2026-11-23T01:00:00Z</issued><modified>2026-11-23T02:00:00Z</modified>"
    told = only(entry(inside).replace(*ATOM_03))
    assert (told.published, told.updated) == (utc(2026, 11, 23, 1), utc(2026, 11, 23, 2))


@pytest.mark.parametrize(
    ("body", "text", "has_body"),
    [
        (item("<description>&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</description>"), "a\n\nb", False),
        (item("<description>kurz</description><content:encoded>lang</content:encoded>"), "lang", True),
        (item("<description>kurz</description><content:encoded> </content:encoded>"), "kurz", False),
        (item("<description><p>a</p> <p>b</p></description>"), "a\n\nb", False),
        (item("<description>a <![CDATA[<b>b</b>]]> c</description>"), "a b c", False),
        (item('<title>A</title><atom:content type="html">&lt;p&gt;a&lt;/p&gt;</atom:content>'), "a", True),
        (item("<dc:description>a</dc:description>"), "a", False),
        (entry('<content type="html">&lt;p&gt;a&lt;/p&gt;</content><summary>b</summary>'), "a", True),
        (
            entry('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div></content>'),
            "a\n\nb",
            True,
        ),
        (entry('<content src="https://x.example/1.txt"/><summary>b</summary>'), "b", False),
        (entry('<summary type="text">a &lt; b</summary>'), "a < b", False),
        (entry(""), "", False),
    ],
)
def test_texts(body: bytes, text: str, has_body: bool) -> None:
    told = only(body)
    assert (told.text, told.has_body) == (text, has_body)


@pytest.mark.parametrize(
    ("inside", "ttl"),
    [
        ("<ttl> 60 </ttl>", timedelta(hours=1)),
        ("<ttl>0</ttl>", None),
        ("<ttl>bald</ttl>", None),
        ("<ttl>99999999</ttl>", timedelta(days=7)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(minutes=30)),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", timedelta(days=7)),
        ("<sy:updatePeriod>nie</sy:updatePeriod>", None),
    ],
)
def test_how_long_it_asks_to_be_left_alone(inside: str, ttl: timedelta | None) -> None:
    assert parse(rss(inside)).ttl == ttl
