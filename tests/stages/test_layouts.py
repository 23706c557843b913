"""A digest in the terminal and as a page: complete, in German, and never obeying what feeds say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from bot.digests.document import as_json
from bot.model import (
    Digest,
    DigestStory,
    Dropped,
    Extent,
    Failure,
    Language,
    MadeBy,
    ScorePart,
    Sentence,
    Source,
    Summary,
)
from cogs.console.layout import print_digest
from cogs.web.layout import as_html

AT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
SOURCES = (
    Source(1, "Blatt", "Lücke geschlossen", "https://blatt.example/1", Language.DE, AT, Extent.TEASER),
    Source(2, "Paper", "Hole closed", "https://paper.example/2", Language.EN, AT, Extent.FULL),
)
SUMMARY = Summary(
    7,
    "v",
    "Eine Lücke ist geschlossen",
    (Sentence("Das Update schließt die Lücke.", (1, 2)), Sentence("Angriffe soll es geben.", (2,), hedged=True)),
    SOURCES,
    MadeBy.MODEL,
    dropped=(Dropped("41 Millionen Geräte.", "Die Zahl steht in keiner Quelle."),),
)
STORY = DigestStory(SUMMARY, ("Sicherheit",), (ScorePart("2 unabhängige Quellen", 1.5),), follow_up=True)
DIGEST = Digest(
    date(2026, 11, 23), "alle Themen", (STORY,), 10_000, (Failure("Zeitung", "Antwortet nicht."),), ("Hinweis.",)
)


def printed(digest: Digest, width: int = 100) -> str:
    page = StringIO()
    print_digest(digest, Console(file=page, width=width))
    return page.getvalue()


def words_of(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return " ".join(body.text().split())


@pytest.mark.parametrize("show", [printed, lambda digest: words_of(as_html(digest))], ids=["terminal", "html"])
@pytest.mark.parametrize(
    "words",
    [
        "Montag, 23. November 2026",
        "alle Themen",
        "Hinweis.",
        "Neu",
        "Sicherheit",
        "vom Sprachmodell verfasst",
        "Eine Lücke ist geschlossen",
        "Angriffe soll es geben.",
        "[1]",
        "Englisch",
        "nur Anriss gelesen",
        "2 unabhängige Quellen",
        "+1,5",
        "10.000 Artikel gesehen, 1 Meldung ausgewählt.",
        "hat ein Sprachmodell verfasst",
        "1 Feed nicht gelesen",
        "Zeitung: Antwortet nicht.",
    ],
)
def test_a_digest_is_told_completely(show: object, words: str) -> None:
    assert callable(show)
    assert words in show(DIGEST).replace("\N{NO-BREAK SPACE}", " ")


def test_a_narrow_terminal_loses_no_word() -> None:
    assert set(printed(DIGEST, width=200).split()) - set(printed(DIGEST, width=60).split()) <= {
        word for word in printed(DIGEST, width=200).split() if "://" in word or "─" in word or "━" in word
    }


def test_a_day_without_news_says_so() -> None:
    quiet = replace(DIGEST, stories=(), failed=(), looked_at=214)

    for told in (printed(quiet), words_of(as_html(quiet))):
        assert "214 Artikel gesehen, nichts Wichtiges dabei." in told.replace("\N{NO-BREAK SPACE}", " ")


def hostile(text: str, url: str = "https://blatt.example/1") -> Digest:
    source = replace(SOURCES[0], title=text, outlet=text, url=url)
    summary = replace(SUMMARY, headline=text, sentences=(Sentence(text, (1,)),), sources=(source,))
    return replace(DIGEST, stories=(replace(STORY, summary=summary),), failed=(Failure(text, text),))


def test_the_terminal_prints_markup_of_feeds_as_it_is() -> None:
    assert "[bold red]Eilt[/bold red] [link=x]" in printed(hostile("[bold red]Eilt[/bold red] [link=x]"))


def test_the_page_runs_and_loads_nothing() -> None:
    tree = LexborHTMLParser(as_html(hostile('<script>x</script><img src="https://böse.example/p.gif">"\'')))

    assert tree.css("script, img, link, iframe, object, embed, form, base") == []
    assert tree.css("[src], [onclick], [onerror], [style]") == []
    assert "url(" not in tree.css("style")[0].text()
    policy = tree.css("meta[http-equiv='Content-Security-Policy']")[0].attributes["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    tree = LexborHTMLParser(as_html(hostile("Titel", url)))

    assert all((link.attributes["href"] or "").startswith("#") for link in tree.css("a"))


def test_numbers_lead_to_their_source_and_links_are_careful() -> None:
    tree = LexborHTMLParser(as_html(DIGEST))

    for number in tree.css("sup a"):
        assert tree.css_first(str(number.attributes["href"])) is not None
    for link in tree.css("ol a"):
        assert link.attributes["rel"] == "noopener noreferrer nofollow"


def test_what_is_not_translated_is_marked_as_english() -> None:
    english = replace(STORY, summary=replace(SUMMARY, headline="Hole closed", translated=False, made_by=MadeBy.EXTRACT))
    html = as_html(replace(DIGEST, stories=(english,)))

    assert LexborHTMLParser(html).css("h2[lang='en']")[0].text() == "Hole closed"
    assert "unübersetzt" in html


def test_the_document_keeps_the_contract() -> None:
    told = as_json(DIGEST)
    stories = told["stories"]
    assert isinstance(stories, list)
    story = stories[0]

    assert told["date"] == "2026-11-23"
    assert told["failed"] == [{"feed": "Zeitung", "reason": "Antwortet nicht."}]
    assert told["looked_at"] == 10_000
    assert story["sentences"][1] == {"text": "Angriffe soll es geben.", "sources": [2], "hedged": True}
    assert story["sources"][1]["published"] == "2026-11-23T08:05:00+00:00"
    assert story["made_by"] == "model"
    assert story["dropped"] == [{"text": "41 Millionen Geräte.", "reason": "Die Zahl steht in keiner Quelle."}]
