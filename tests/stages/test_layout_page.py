"""A digest as a page: complete, in German, readable, and never obeying what feeds say."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.model import DigestStory
from cogs.web.layout import as_html
from tests.stages.digests import DIGEST, SOURCES, STORY, SUMMARY, TOLD, UNTRANSLATED, hedged, hostile

READABLE = 4.5  # contrast of text, WCAG 2.2 AA


def words_of(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return " ".join(body.text().split())


@pytest.mark.parametrize("words", TOLD)
def test_a_digest_is_told_completely(words: str) -> None:
    assert words in words_of(as_html(DIGEST))


def test_refused_sentences_are_told_apart_with_their_reason() -> None:
    html = as_html(DIGEST)

    assert "Weggelassen: „41 Millionen Geräte.“ – Die Zahl steht in keiner Quelle." in words_of(html)
    assert all("41 Millionen" not in (p.text() or "") for p in LexborHTMLParser(html).css("article > p"))


def test_the_page_runs_and_loads_nothing() -> None:
    tree = LexborHTMLParser(as_html(hostile('<script>x</script><img src="https://böse.example/p.gif">"\'')))

    assert tree.css("script, img, link, iframe, object, embed, form, base") == []
    assert tree.css("[src], [onclick], [onerror], [style]") == []
    style = tree.css("style")[0].text()
    assert "url(" not in style
    assert "@import" not in style
    policy = tree.css("meta[http-equiv='Content-Security-Policy']")[0].attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    tree = LexborHTMLParser(as_html(hostile("Titel", url)))

    assert all((link.attributes["href"] or "").startswith("#") for link in tree.css("a"))
    assert "Titel" in tree.css("ol")[0].text()


def test_numbers_lead_to_their_source_and_links_are_careful() -> None:
    tree = LexborHTMLParser(as_html(DIGEST))
    targets = [str(number.attributes["href"]) for number in tree.css("sup a")]

    assert len(targets) == 9
    assert all(len(tree.css(target)) == 1 for target in targets)
    assert {link.attributes["rel"] for link in tree.css("ol a")} == {"noopener noreferrer nofollow"}


def test_languages_are_told_to_screen_readers() -> None:
    tree = LexborHTMLParser(as_html(replace(DIGEST, stories=(STORY, UNTRANSLATED))))

    assert tree.css("html")[0].attributes["lang"] == "de"
    assert [heading.attributes["lang"] for heading in tree.css("h2")] == ["de", "en"]
    assert [link.attributes["lang"] for link in tree.css("ol a")] == ["de", "en", "de", "en"]


def test_flags_stand_where_they_help() -> None:
    def flags(story: DigestStory) -> list[str]:
        tree = LexborHTMLParser(as_html(replace(DIGEST, stories=(story,))))
        return [flag.text() for flag in tree.css(".flag")]

    assert flags(STORY) == ["Neu"]
    assert flags(replace(STORY, follow_up=False)) == []
    assert flags(hedged()) == ["Neu", "noch nicht gesichert"]
    assert flags(UNTRANSLATED) == ["Neu", "unübersetzt"]


def test_today_is_the_day_of_the_digest() -> None:
    earlier = tuple(replace(source, published=source.published - timedelta(days=1)) for source in SOURCES)
    page = words_of(as_html(replace(DIGEST, stories=(replace(STORY, summary=replace(SUMMARY, sources=earlier)),))))

    assert "gestern, 09:05" in page
    assert "heute" not in page


def test_an_empty_digest_says_so_once() -> None:
    page = words_of(as_html(replace(DIGEST, stories=(), failed=(), looked_at=214)))

    assert page.count("214 Artikel gesehen, nichts Wichtiges dabei.") == 1
    assert "Sprachmodell" not in page


def test_text_can_be_read_in_light_and_dark() -> None:
    style = LexborHTMLParser(as_html(DIGEST)).css("style")[0].text()
    palettes = [
        dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]

    assert len(palettes) == 3  # light, dark, print
    for palette in palettes:
        for text, ground in product(("ink", "soft", "accent"), ("paper", "chip")):
            assert contrast(palette[text], palette[ground]) >= READABLE, (text, ground, palette)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
