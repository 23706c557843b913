"""What a feed says, in every dialect. Each case is a document and what must come of it."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import as_json, parse
from bot.model import Entry, FeedDocument, Language
from tests.bench.feeds import generate

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


def test_an_ordinary_rss_feed() -> None:
    document = parse(
        rss(
            "<link>https://x.example/</link><language>de-AT</language><ttl>90</ttl>"
            '<atom:link rel="self" href="https://x.example/feed"/>'
            "<image><url>https://x.example/i.png</url><title>Bild</title><link>https://y.example/</link></image>"
            "<item><title>Prüfung &amp;amp; Straße</title><link> https://x.example/1?a=1&amp;b=2 </link>"
            '<guid isPermaLink="false"> g1 </guid><pubDate>Mon, 23 Nov 2026 09:15:00 +0100</pubDate>'
            "<description>Kurz</description><content:encoded><![CDATA[<p>Lang</p><p>gut</p>]]></content:encoded></item>"
        )
    )
    assert document == FeedDocument(
        title="T",
        link="https://x.example/",
        language=Language.DE,
        ttl=timedelta(minutes=90),
        entries=(
            Entry(
                title="Prüfung & Straße",
                link="https://x.example/1?a=1&b=2",
                id="g1",
                published=utc(2026, 11, 23, 8, 15),
                text="Lang\n\ngut",
                has_body=True,
            ),
        ),
    )


def test_an_ordinary_atom_feed() -> None:
    document = parse(
        atom(
            '<link rel="self" href="https://x.example/feed"/><link href="https://x.example/"/>'
            '<entry><title type="html">&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title><id>urn:1</id>'
            '<link rel="enclosure" href="https://x.example/a.mp3"/><link rel="alternate" type="text/html" '
            'href="https://x.example/1"/><published>2026-11-22T10:00:00Z</published>'
            "<updated>2026-11-23T10:00:00+01:00</updated><summary>x &lt; y</summary></entry>",
            'xml:lang="en-GB"',
        )
    )
    assert document.language is Language.EN
    assert document.link == "https://x.example/"
    assert document.entries == (
        Entry("A & B", "https://x.example/1", "urn:1", utc(2026, 11, 22, 10), utc(2026, 11, 23, 9), "x < y"),
    )


def test_json_feed() -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "/", "language": "fr",'
        ' "items": ['
        '{"id": 7, "url": "/7", "title": "A\\u200b\\ud800 &amp; B", "content_html": "<p>a</p><p>b</p>",'
        ' "date_published": "2026-11-23T09:15:00+01:00"}, null, "x",'
        '{"id": "https://x.example/8", "content_text": "x < y\\n\\nzwei", "date_modified": "2026-11-23T09:15:00Z"},'
        '{"id": true, "external_url": "https://y.example/9", "summary": "Kurz"}]}'
    )
    document = parse(body.encode(), url="https://x.example/feed.json")
    assert (document.link, document.language) == ("https://x.example/", None)
    assert document.entries == (
        Entry("A & B", "https://x.example/7", "7", utc(2026, 11, 23, 8, 15), None, "a\n\nb", has_body=True),
        Entry(
            "",
            "https://x.example/8",
            "https://x.example/8",
            None,
            utc(2026, 11, 23, 9, 15),
            "x < y\n\nzwei",
            has_body=True,
        ),
        Entry("", "https://y.example/9", None, None, None, "Kurz"),
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rdf(f"<channel><title>T</title></channel><item><title>A</title>{LINK}</item>"), id="rss 1.0"),
        pytest.param(
            rdf(f"<channel><title>T</title><item><title>A</title>{LINK}</item></channel>"), id="rdf, items inside"
        ),
        pytest.param(item(f"<title>A</title>{LINK}").replace(b"2.0", b"0.91", 1), id="rss 0.91"),
        pytest.param(
            item(f"<title>A</title>{LINK}").replace(b"<rss", b'<rss xmlns="http://backend.userland.com/rss2"'),
            id="rss in a namespace",
        ),
        pytest.param(
            f"<rss><channel><title>T</title></channel><item><title>A</title>{LINK}</item></rss>".encode(),
            id="items outside",
        ),
        pytest.param(
            f"<RSS><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE><LINK>{PAGE}</LINK></ITEM></CHANNEL></RSS>".encode(),
            id="capitals",
        ),
        pytest.param(entry('<title>A</title><link href="https://x.example/1"/>'), id="atom 1.0"),
        pytest.param(entry('<title>A</title><link href="https://x.example/1"/>').replace(*ATOM_03), id="atom 0.3"),
        pytest.param(
            b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:title>A</a:title>'
            b'<a:link href="https://x.example/1"/></a:entry></a:feed>',
            id="atom with prefix",
        ),
        pytest.param(
            b'{"title": "T", "items": [{"title": "A", "url": "https://x.example/1"}]}', id="json without version"
        ),
        pytest.param(
            b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
            + item(f"<title>A</title>{LINK}").partition(b"?>")[2],
            id="doctype",
        ),
        pytest.param(b"<br />\n<b>Warning</b>: in <b>x.php</b>\n" + item(f"<title>A</title>{LINK}"), id="junk before"),
        pytest.param(item(f"<title>A</title>{LINK}") + b"<script>x</script></rss", id="junk after"),
        pytest.param(
            item(f"<title><![CDATA[A]]></title>{LINK}<media:group><media:title>M</media:title></media:group>"),
            id="undeclared prefix",
        ),
        pytest.param(item(f"<title>A</title>{LINK}<description>x</descr>"), id="wrong end tag"),
        pytest.param(item(f"<title>A</title>{LINK}<description>x<br>y<p>z</description>"), id="unclosed tags"),
        pytest.param(item(f"<title>A</title>{LINK}<description attr=x>y</description>"), id="bare attribute"),
    ],
)
def test_every_dialect_tells_the_same(body: bytes) -> None:
    document = parse(body)
    assert document.title == "T"
    assert [(told.title, told.link) for told in document.entries] == [("A", "https://x.example/1")]


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


WORDS = "Größe, Straße, Übergang"
DECLARED = '<?xml version="1.0" encoding="{}"?><rss version="2.0"><channel><title>{}</title></channel></rss>'


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (DECLARED.format("UTF-8", WORDS).encode(), "text/xml; charset=iso-8859-1", WORDS),
        (DECLARED.format("ISO-8859-1", WORDS).encode(), "", WORDS),
        (DECLARED.format("UTF-8", WORDS).encode("latin-1"), "", WORDS),
        (DECLARED.format("ISO-8859-1", WORDS).encode("latin-1"), "text/xml; charset=utf-8", WORDS),
        (DECLARED.format("ISO-8859-1", "„99 €“").encode("cp1252"), "", "„99 €“"),
        (DECLARED.format("us-ascii", WORDS).encode("cp1252"), "", WORDS),
        (DECLARED.format("kein-name", WORDS).encode("latin-1"), "", WORDS),
        (DECLARED.format("UTF-8", WORDS + " X").encode().replace(b"X", b"\xe9"), "", WORDS + " é"),
        (DECLARED.format("ISO-8859-1", WORDS + " X").encode().replace(b"X", b"\xe9"), "", WORDS + " é"),
        (b"\xef\xbb\xbf\r\n\r\n" + DECLARED.format("UTF-8", WORDS).encode(), "", WORDS),
        (DECLARED.format("UTF-16", WORDS).encode("utf-16"), "", WORDS),
        (DECLARED.format("UTF-16", WORDS).encode("utf-16-be"), "", WORDS),
        (DECLARED.format("UTF-16", WORDS).encode(), "", WORDS),
        (DECLARED.format("UTF-32", WORDS).encode("utf-32"), "", WORDS),
        (DECLARED.format("gb2312", "中文字符").encode("gbk"), "", "中文字符"),
        (DECLARED.format("Shift_JIS", "日本語").encode("cp932"), "", "日本語"),
        (DECLARED.format("ISO-2022-JP", "日本語").encode("iso2022_jp"), "", "日本語"),
        (DECLARED.partition("?>")[2].format("Привет").encode("koi8-r"), "text/xml; charset=koi8-r", "Привет"),
        (DECLARED.format("utf-7", "+ADw-script+AD4-").encode(), "text/xml; charset=utf-7", "+ADw-script+AD4-"),
    ],
)
def test_right_letters_whatever_the_header_claims(body: bytes, content_type: str, title: str) -> None:
    assert parse(body, content_type=content_type).title == title


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "<item><title>Halb",
        "<item><title>Halb</title><link>https://x.ex",
        "<item><title>Halb</title><description><![CDATA[foo </item> bar",
        "<item><title>Halb</title><!-- </item>",
        "<item><title>Halb</title></ite",
        "<item",
    ],
)
def test_an_entry_cut_off_by_the_end_is_not_told(rest: str) -> None:
    whole = f"<item><title>A</title>{LINK}</item>"
    for start in (rss(whole), rdf(f"<channel><title>T</title></channel>{whole}")):
        cut = start[: start.index(b"</item>") + len("</item>")] + rest.encode()
        assert [told.title for told in parse(cut).entries] == ["A"]


def test_a_feed_cut_off_in_its_head_has_no_entries() -> None:
    document = parse(b'<rss version="2.0"><channel><title>T</title><link>https://x.ex')
    assert (document.title, document.entries) == ("T", ())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n\xef\xbb\xbf ",
        b"\0" * 1000,
        b"/etc/passwd",
        b"http://127.0.0.1:9/feed",
        b"feed://127.0.0.1:9/feed",
        b"<!DOCTYPE html><html><head><title>T</title></head><body><rss></body></html>",
        b"<html><rss><channel></channel></rss></html>",
        b"<note><to>T</to></note>",
        b"<urlset><url/></urlset>",
        b'{"error": "not found", "items": []}',
        b'{"version": "https://jsonfeed.org/version/1"}',
        b'{"version": "1", "items": {}}',
        b'{"verion": "1.0"',
        b'["version", "items"]',
        b'{"version": "1", "items": ' + b"[" * 100_000,
        b"%PDF-1.7\n" + bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    ],
)
def test_what_is_no_feed_is_refused_in_german(body: bytes) -> None:
    with pytest.raises(NotAFeed, match=r"^Die Antwort ist .*\.$"):
        parse(body)


def test_the_answer_of_the_command() -> None:
    answer = as_json(parse(item(f"<title>A</title>{LINK}<pubDate>Mon, 23 Nov 2026 09:15:00 CET</pubDate>")))
    told = {"title": "A", "link": "https://x.example/1", "id": None, "published": "2026-11-23T08:15:00+00:00"}
    assert answer == {"feed": {"title": "T", "link": None}, "entries": [{**told, "updated": None, "text": ""}]}


@pytest.mark.parametrize("kind", ["rss", "atom"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_generated_feeds_are_read_completely(kind: str, language: str) -> None:
    body = generate(30, kind=kind, language=language, seed=3)  # type: ignore[arg-type]
    assert 50_000 < len(body) < 80_000
    document = parse(body)
    assert document.language == language
    assert len({told.id for told in document.entries}) == 30
    assert all(told.has_body and told.text.count("\n\n") == 3 and told.published for told in document.entries)


def test_parse_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(parse)) is parse
    document = parse(generate(3))
    assert pickle.loads(pickle.dumps(document)) == document
