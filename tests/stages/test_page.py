"""Pages become articles: whole, in the right letters, and without what no reader sees."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import SourceError, TooMuch
from bot.feeds.page import LARGEST, better, from_text, read_page
from bot.model import Extent, Language
from tests.stages import pages
from tests.stages.invented import article

URL = "https://talbote.example/seilbahn"
HTML = "text/html; charset=utf-8"
WHOLE = "\n\n".join(pages.PARAGRAPHS)
SECRET = "Diesen Satz sieht niemand, er steht nur für Maschinen auf der Seite und ist lang genug."


def test_a_plain_article_is_read_whole() -> None:
    page = read_page(pages.page(pages.article()), URL, HTML)

    assert page.title == pages.TITLE
    assert page.text.endswith(WHOLE)
    assert page.language is Language.DE


def test_markup_that_says_nothing_is_left_to_trafilatura() -> None:
    page = read_page(pages.page(pages.divs()), URL, HTML)

    assert all(paragraph in page.text for paragraph in pages.PARAGRAPHS)
    assert "Impressum" not in page.text


def test_a_page_travels_between_processes() -> None:
    page = read_page(pages.page(pages.article()), URL, HTML)

    assert pickle.loads(pickle.dumps(page)) == page


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            pages.linked(
                {"@type": "NewsArticle", "headline": pages.TITLE, "datePublished": "2026-11-23T08:00:00+01:00"}
            ),
            7,
        ),
        ('<meta property="article:published_time" content="2026-11-23T09:00:00+01:00">', 8),
    ],
)
def test_the_date_comes_from_what_the_page_declares(head: str, published: int) -> None:
    page = read_page(pages.page(pages.article(), head=head), URL, HTML)

    assert page.published == datetime(2026, 11, 23, published, tzinfo=UTC)


@pytest.mark.parametrize(
    "hidden",
    [
        f'<p style="display:none">{SECRET}</p>',
        f'<p style="visibility: hidden">{SECRET}</p>',
        f'<p style="font-size:0">{SECRET}</p>',
        f'<p style="opacity: 0.0">{SECRET}</p>',
        f'<div style="height:0;overflow:hidden"><p>{SECRET}</p></div>',
        f'<p style="position:absolute;left:-9999px">{SECRET}</p>',
        f'<p style="text-indent:-9999px">{SECRET}</p>',
        f"<p hidden>{SECRET}</p>",
        f'<p aria-hidden="true">{SECRET}</p>',
        f"<noscript><p>{SECRET}</p></noscript>",
        f"<template><p>{SECRET}</p></template>",
        f"<!-- <p>{SECRET}</p> -->",
        f"<script>{SECRET}</script>",
        f'<style>.x9, .y{{display:none}}</style><p class="x9">{SECRET}</p>',
        f'<div hidden><p aria-hidden="true">{SECRET}</p></div>',
    ],
)
@pytest.mark.parametrize("shape", [pages.article, pages.divs])
def test_hidden_text_does_not_come_through(hidden: str, shape: type) -> None:
    body = shape(*pages.PARAGRAPHS[:2], f"Mitte</p>{hidden}<p>Ende", *pages.PARAGRAPHS[2:])

    page = read_page(pages.page(body), URL, HTML)

    assert pages.PARAGRAPHS[-1] in page.text
    assert SECRET not in page.text


@pytest.mark.parametrize(
    "shown",
    [
        f'<p style="display:block">{SECRET}</p>',
        f'<p style="opacity: 0.9; font-size: 0.9em; line-height: 1">{SECRET}</p>',
        f'<style>@media print {{ .x9 {{display:none}} }}</style><p class="x9">{SECRET}</p>',
        f'<style>.js .x9 {{display:none}}</style><p class="x9">{SECRET}</p>',
    ],
)
def test_visible_text_does(shown: str) -> None:
    assert SECRET in read_page(pages.page(pages.article(*pages.PARAGRAPHS, f"Ende</p>{shown}<p>")), URL, HTML).text


def test_linked_data_tells_nothing_that_the_page_does_not_show() -> None:
    linked = pages.linked(
        {"@type": "NewsArticle", "headline": pages.TITLE, "articleBody": f"{SECRET} {WHOLE} {SECRET}"}
    )

    text = read_page(pages.page(pages.article(), head=linked), URL, HTML).text

    assert SECRET not in text
    assert WHOLE in text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_are_right_whatever_the_encoding(codec: str) -> None:
    markup = pages.page(pages.article()).decode().replace('charset="utf-8"', f'charset="{codec}"')

    assert "fährt seit Montag" in read_page(markup.encode(codec), URL, "text/html").text


def test_utf_7_is_never_decoded() -> None:
    body = pages.page(pages.article("+ADw-script+AD4- " + pages.PARAGRAPHS[0], *pages.PARAGRAPHS[1:]))

    assert "<script" not in read_page(body, URL, "text/html; charset=utf-7").text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Archiv"),
        (b"\x89PNG\r\n\x1a\n", "Bild"),
        (b"\xff\xd8\xff\xe0..JFIF", "Bild"),
        (b'{"a": 1}', "Daten"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "Feed"),
        (b"\x00\x01\x02\x03", "Binärdaten"),
        (b"   ", "leeren"),
    ],
)
def test_what_is_no_page_is_refused_by_its_kind(body: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind):
        read_page(body, URL, "text/html")


@pytest.mark.parametrize("body", [b"<p>" * (LARGEST // 3 + 1), b"<div>" * 30_000, b"<b><i>" * 60_000])
def test_what_would_take_too_long_is_refused(body: bytes) -> None:
    with pytest.raises(TooMuch):
        read_page(b"<html><body>" + body, URL, HTML)


def test_a_tag_without_end_is_cut_out() -> None:
    body = pages.page("<div " + "a=b " * 50_000 + ">" + pages.article())

    assert WHOLE in read_page(body, URL, HTML).text


def test_a_text_file_is_an_article() -> None:
    page = from_text("Seilbahn ohne Personal\n\nDie Seilbahn fährt\nallein.\n\nSie stoppt von selbst.\n")

    assert (page.title, page.text) == ("Seilbahn ohne Personal", "Die Seilbahn fährt allein.\n\nSie stoppt von selbst.")
    assert page.language is Language.DE


def test_lines_of_a_text_file_without_blank_lines_are_paragraphs() -> None:
    assert from_text("Titel\nErster Absatz.\nZweiter Absatz.").text == "Erster Absatz.\n\nZweiter Absatz."


def test_a_single_line_is_title_and_text() -> None:
    assert from_text("Die Seilbahn fährt allein.").text == "Die Seilbahn fährt allein."


def test_a_text_file_from_the_web_is_read_as_one() -> None:
    assert read_page("Titel\n\nDie Bahn fährt.".encode(), URL, "text/plain").text == "Die Bahn fährt."


TEASER = article("Talbote", pages.TITLE, "In Talheim wacht eine Software über die Gondeln.", extent=Extent.TEASER)


def test_a_teaser_becomes_the_article_of_its_page() -> None:
    fuller = better(TEASER, read_page(pages.page(pages.article()), URL, HTML))

    assert fuller.extent is Extent.FULL
    assert WHOLE in fuller.text
    assert replace(fuller, text=TEASER.text, extent=TEASER.extent) == TEASER


@pytest.mark.parametrize("body", [pages.PAYWALL_LINKED, pages.CONSENT, pages.CHALLENGE])
def test_a_wall_leaves_the_teaser_a_teaser(body: bytes) -> None:
    assert better(TEASER, read_page(body, URL, HTML)) == TEASER


def test_a_page_about_something_else_leaves_the_teaser() -> None:
    other = article(
        "Talbote", "Kuhglocken mit Ortung", "Ein Senn aus Oberberg verfolgt seine Herde.", extent=Extent.TEASER
    )

    assert better(other, read_page(pages.page(pages.article()), URL, HTML)) == other


def test_a_shorter_page_leaves_the_text_of_the_feed() -> None:
    long = replace(TEASER, text=WHOLE * 3)

    assert better(long, read_page(pages.page(pages.article()), URL, HTML)) == long
