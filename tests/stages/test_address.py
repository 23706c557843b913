"""One article, one address: what its twins have in common."""

import pytest

from bot.stories.address import canonical, names_a_page

ARTICLE = "example.org/news/Alles-neu-4711.html"


@pytest.mark.parametrize(
    "twin",
    [
        "https://example.org/news/Alles-neu-4711.html",
        "http://example.org/news/Alles-neu-4711.html",
        "https://EXAMPLE.org:443/news/Alles-neu-4711.html",
        "http://www.example.org:80/news/Alles-neu-4711.html#comments",
        "https://example.org./news/Alles-neu-4711.html/",
        "https://me@example.org/news/Alles-neu-4711.html",
        "https://example.org/news/Alles-neu-4711.html?utm_source=rss&utm_medium=feed&fbclid=abc",
        "https://example.org/news/Alles-neu-4711.html?wt_mc=rss.red.ho.ho.rdf.beitrag.beitrag",
        "https://example.org/news/Alles-neu-4711.html?source=rss&amp;utm_campaign=x",
        "https://example.org/news/Alles-neu-4711.html?ref=rss&at_medium=custom7&",
        "https://example.org/news/Alles-neu-4711.html;jsessionid=1F",
        "https://amp.example.org/news/Alles-neu-4711.html",
        "https://example.org/amp/news/Alles-neu-4711.html",
        "https://example.org/news/Alles-neu-4711.html/amp/",
        "https://example.org/news/Alles-neu-4711-amp.html",
        "https://example.org/news/Alles-neu-4711.amp.html",
        "https://example.org/news/Alles-neu-4711-rss.html",
        "https://example.org/news/Alles-neu-4711.html?amp=1",
        "https://example.org/news/Alles-neu-4711.html?outputType=amp",
        "https://www.google.com/amp/s/example.org/news/Alles-neu-4711.html",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/Alles-neu-4711.html",
    ],
)
def test_twins_share_their_address(twin: str) -> None:
    assert canonical(twin) == ARTICLE


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/news/alles-neu-4711.html",
        "https://example.com/news/Alles-neu-4711.html",
        "https://example.org:8080/news/Alles-neu-4711.html",
        "https://blog.example.org/news/Alles-neu-4711.html",
        "https://example.org/news/Alles-neu-4711.html?id=2",
        "https://example.org/news/Alles-neu-4711.html?source=2",
        "https://example.org/news/Alles-neu-4711.html?page=2&utm_source=rss",
        "https://example.org/news/Alles-neu-4711",
    ],
)
def test_other_articles_have_another(other: str) -> None:
    assert canonical(other) != ARTICLE


def test_the_order_of_the_query_does_not_matter_but_its_values_do() -> None:
    assert canonical("https://a.example/?b=2&a=1&utm_id=9") == canonical("http://a.example?a=1&b=2")
    assert canonical("https://a.example/?a=1") != canonical("https://a.example/?a=2")


def test_spellings_of_a_letter_are_one() -> None:
    assert canonical("https://a.example/K%c3%bcche") == canonical("https://a.example/Küche")


def test_words_that_only_look_like_twins_stay() -> None:
    assert canonical("https://a.example/boot/camp").endswith("/camp")
    assert canonical("https://a.example/was-ist-rss").endswith("-rss")
    assert canonical("https://amp.example/x") == "amp.example/x"


def test_a_front_page_names_no_article() -> None:
    assert not names_a_page(canonical("https://www.a.example/?utm_source=rss"))
    assert names_a_page(canonical("https://www.a.example/?p=1"))
    assert names_a_page(canonical("https://www.a.example/1"))


def test_broken_addresses_do_no_harm() -> None:
    for broken in ("http://", "http://[::1", "http://a.example/%zz%", "https://a.example/\udcff"):
        canonical(broken)
