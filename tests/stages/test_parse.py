"""What a feed says, in every dialect. Each case is a document and what must come of it."""

import pickle
from datetime import timedelta

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import as_json, parse
from bot.model import Entry, FeedDocument, Language
from tests.bench.feeds import generate
from tests.stages.documents import ATOM_03, LINK, PAGE, atom, entry, item, rdf, rss, utc


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
