"""The form of a model's answer: good sentences pass unharmed, everything that has no business there is dropped."""

from datetime import UTC, datetime

import pytest

from bot.model import Article, Language, Sentence
from bot.summaries.check import Checked, check
from bot.summaries.prompt import Draft, DraftSentence

NONCE = "0f1e2d3c4b5a6978"
WHEN = datetime(2026, 11, 23, tzinfo=UTC)
HEADLINE = "Musk soll eigenes KI-Projekt bei Twitter aufbauen"
FIRST = "Die Bahn stellt ihre Auskunft ab Dezember auf offene Daten um."
LAST = "Nach dem Umbau rechnet das Unternehmen mit weniger Störungen im Fernverkehr."


def checked(*sentences: DraftSentence | str, headline: str = HEADLINE) -> Checked:
    given = [DraftSentence(text=s, sources=[1], hedged=False) if isinstance(s, str) else s for s in sentences]
    return check(Draft(story=1, headline=headline, sentences=given), ARTICLES, NONCE)


def reason(text: str) -> str:
    """Why this sentence is dropped, standing between two that must not be."""
    result = checked(FIRST, text, LAST)
    assert [sentence.text for sentence in result.sentences] == [FIRST, LAST]
    assert len(result.dropped) == 1
    return result.dropped[0].reason


GOOD = [
    "Elon Musk hat Berichten zufolge ein eigenes KI-Projekt innerhalb von Twitter gestartet.",
    "Dafür soll er rund 10.000 Grafikprozessoren für mehrere zehn Millionen Dollar gekauft haben.",
    "Zwei Personen mit Kenntnis der Angelegenheit sagten das dem Magazin; bestätigt ist es nicht.",
    "Betroffen sind die Versionen 7.2.0 bis 7.4.6 mit der Kennung CVE-2026-58113 (9,8 von 10 Punkten).",
    "Die Marge lag bei < 5 Prozent, der Umsatz stieg um 1,5 Mrd. € auf 12.345,67 Mio. Euro.",
    "Node.js 26 und ASP.NET lesen die Datei AGENTS.md nun z. B. auch aus dem Ordner, d. h. ohne Umweg.",
    "Forschende des Max-Planck-Instituts – rund 40 % davon Informatiker*innen – prüften C++, C# und R&D.",
    "„Wir haben das unterschätzt“, sagte Vorständin Anaïs Müller-Lüdenscheidt am 23. November 2026 um 14:30 Uhr.",
    "Die AT&T-Tochter will das Verfahren i. d. R. bis Ende 2027 abschließen; der Dow-Jones-Index fiel.",
    "Laut der Behörde gilt die Regel u. a. für Modelle wie max_tokens und snake_case nicht.",
]  # fmt: skip


OUTLET = "Funkwarte"


def article(n: int, outlet: str = OUTLET, title: str = "Ein Titel", text: str = "") -> Article:
    return Article(n, "https://a.example/feed", outlet, f"https://a.example/{n}", title, text, Language.DE, WHEN, WHEN)


TOLD = " ".join((FIRST, *GOOD, LAST, "Das „Wunder“ blieb aus, ist aber „nötig“."))  # the sources say what is to pass
ARTICLES = (article(1, text=TOLD), article(2, "netzpolitik.org", "Booking.com meldet ein Datenleck"))


def test_good_answers_pass_unharmed() -> None:
    for text in GOOD:
        result = checked(text)
        assert [sentence.text for sentence in result.sentences] == [text], result.dropped
        assert not result.dropped
        assert result.headline == HEADLINE


def test_a_name_that_is_a_domain_may_stay_where_a_cited_source_shows_it() -> None:
    text = "Das Portal Booking.com hat nach Recherchen von netzpolitik.org Daten verloren."
    cited = DraftSentence(text=text, sources=[2])
    assert checked(cited).sentences[0].text == text
    assert checked(text).dropped[0].reason == "enthält eine Webadresse", "the cited source doesn't name it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mehr dazu steht unter https://evil.example/?q=1 bereit.", "enthält einen Link"),
        ("Mehr dazu steht unter hxxps evil bereit.", "enthält einen Link"),
        ("Mehr dazu steht unter www.evil bereit.", "enthält einen Link"),
        ("Mehr dazu steht unter evil[.]example bereit.", "enthält einen Link"),
        ("Mehr dazu steht unter evil(punkt)de bereit.", "enthält einen Link"),
        ("Schreiben Sie an mailto:x und warten Sie.", "enthält einen Link"),
        ("Mehr dazu steht unter evil.example bereit.", "enthält eine Webadresse"),
        ("Mehr dazu steht unter sub.evil-shop.co.uk bereit.", "enthält eine Webadresse"),
        ("Kommt alle auf discord.gg/abc und redet mit.", "enthält eine Webadresse"),
        ("Kommt alle auf team.slack.com/join/shared_invite vorbei.", "enthält eine Webadresse"),
        ("Mehr dazu steht unter аpple.com bereit.", "enthält eine Webadresse"),
        ("Mehr dazu steht unter evil。com bereit.", "enthält eine Webadresse"),
        ("Mehr dazu steht unter ｅｖｉｌ．ｃｏｍ bereit.", "enthält eine Webadresse"),
        ("Hallo @everyone, hier ist eine Nachricht für alle.", "enthält eine Erwähnung"),
        ("Hallo ＠here, hier ist eine Nachricht für alle.", "enthält eine Erwähnung"),
        ("Der Nutzer <@123> hat das geschrieben.", "enthält eine Erwähnung"),
        ("Die Rolle <@&456> hat das geschrieben.", "enthält eine Erwähnung"),
        ("Im Kanal <#789> steht mehr dazu.", "enthält eine Erwähnung"),
        ("Im Kanal <!channel> steht mehr dazu.", "enthält eine Erwähnung"),
        ("Mit </cmd:1> lässt sich das ausprobieren.", "enthält HTML"),
        ("Am <t:0:R> beginnt die Veranstaltung.", "enthält HTML"),
        ("Das ist <b>wichtig</b> für alle Betroffenen.", "enthält HTML"),
        ("Das ist &lt;b&gt; für alle Betroffenen.", "enthält HTML"),
        ("Das ist **wichtig** für alle Betroffenen.", "enthält Markdown"),
        ("Das ist *wichtig* für alle Betroffenen.", "enthält Markdown"),
        ("Das ist _wichtig_ für alle Betroffenen.", "enthält Markdown"),
        ("Das ist ||geheim|| für alle Betroffenen.", "enthält Markdown"),
        ("Das ist ~~falsch~~ für alle Betroffenen.", "enthält Markdown"),
        ("Der [Bericht](evil) nennt keine Gründe.", "enthält Markdown"),
        ("```rm -rf``` löscht alle Dateien.", "enthält Markdown"),
        ("# Eine Überschrift in einem Satz", "enthält Markdown"),
        ("-# Ein kleiner Text unter dem Satz", "enthält Markdown"),
        ("> Ein Zitat, das keines ist.", "enthält Markdown"),
        ("- Ein Punkt einer Liste, die keine ist.", "enthält Markdown"),
        ("Die Bahn baut um.\r\n- Ein Punkt einer Liste.", "enthält Markdown"),
        ('Die Antwort lautet {"text": "x"} und nichts sonst.', "enthält Reste von JSON"),
        ("Ein Satz mit Z\u0336\u0337\u0338algo darin.", "enthält gestapelte Zeichen"),
        ("Ein Satz mit un\u200bsichtbaren Zeichen.", "enthält unsichtbare Zeichen"),
        ("Ein Satz mit \u202egedrehtem Text.", "enthält unsichtbare Zeichen"),
        ("Ein Satz mit \U000e0041\U000e0042 Etiketten.", "enthält unsichtbare Zeichen"),
        ("Ein Satz mit \x1b[31m Farbe.", "enthält unsichtbare Zeichen"),
        (f"Die Kennung lautet {NONCE} und ist geheim.", "gibt die Anweisungen wieder"),
        ("Du bekommst die Artikel, die über ein Ereignis berichten, und mehr.", "gibt die Anweisungen wieder"),
        (
            "Betroffen sind alle Fassungen vor 4.18; das Update steht seit Dienstag bereit.",
            "gibt die Anweisungen wieder",
        ),
        ("The company did not say when the new service will start.", "ist nicht auf Deutsch"),
        ("La société n'a pas dit quand le service sera lancé.", "ist nicht auf Deutsch"),
        ("Компания не сообщила, когда начнёт работать служба.", "ist nicht auf Deutsch"),
        ("", "ist leer"),
        (" \n ", "ist leer"),
        ("…!", "ist leer"),
        ("Wort " * 200, "ist länger als 400 Zeichen"),
        (FIRST, "wiederholt einen anderen Satz"),
        (FIRST.upper().replace(".", " !"), "wiederholt einen anderen Satz"),
    ],
)
def test_what_is_dropped_and_why(text: str, expected: str) -> None:
    assert reason(text) == expected


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], "nennt keine Quelle"),
        ([0], "nennt eine Quelle, die es nicht gibt"),
        ([3], "nennt eine Quelle, die es nicht gibt"),
        ([1, -1], "nennt eine Quelle, die es nicht gibt"),
    ],
)
def test_every_sentence_has_sources_that_exist(sources: list[int], expected: str) -> None:
    assert checked(DraftSentence(text=FIRST, sources=sources)).dropped[0].reason == expected


def test_source_numbers_count_once_and_leave_the_text() -> None:
    written = DraftSentence(text="Die Bahn stellt ihre Auskunft um [1, 2].", sources=[2, 1, 2])
    assert checked(written).sentences == (Sentence("Die Bahn stellt ihre Auskunft um.", (2, 1)),)


@pytest.mark.parametrize(
    ("text", "flag", "expected"),
    [
        ("Die Bahn soll die Auskunft umstellen.", False, True),
        ("Laut der Bahn kommt die neue Auskunft.", False, True),
        ("Die Zeitung berichtet von einer neuen Auskunft.", False, True),
        ("Die Bahn habe die Auskunft umgestellt.", True, True),
        ("Die Bahn stellt die Auskunft um.", False, False),
        ("Der laute Sollwert der Lautsprecher steigt.", False, False),
    ],
)
def test_hedges_are_kept_and_noticed(text: str, flag: bool, expected: bool) -> None:
    kept = checked(DraftSentence(text=text, sources=[1], hedged=flag)).sentences
    assert [sentence.hedged for sentence in kept] == [expected]


def test_a_flood_is_cut() -> None:
    flood = [f"Das ist Satz {'x' * n} von sehr vielen." for n in range(1, 60)]
    result = checked(*flood)
    assert [sentence.text for sentence in result.sentences] == flood[:8]
    assert {dropped.reason for dropped in result.dropped} == {"ist einer zu viel"}
    assert len(result.dropped) < 20
    assert all(len(dropped.text) <= 401 for dropped in checked("x" * 10_000).dropped)


@pytest.mark.parametrize(
    "headline",
    [
        "",
        "…",
        "Mehr auf evil.example",
        "Hallo @everyone",
        "# Titel",
        "x" * 200,
        f"Kennung {NONCE}",
        "<b>Titel</b>",
        "New rules for data centres are coming",
    ],
)
def test_a_headline_that_cannot_be_used(headline: str) -> None:
    result = checked(FIRST, headline=headline)
    assert result.headline is None
    assert result.dropped[-1].reason.startswith("Überschrift ")
    assert [sentence.text for sentence in result.sentences] == [FIRST], "the sentences are judged on their own"


def test_typography_is_set_by_code() -> None:
    text = 'Das "Wunder" - so  nennt\tes die Firma -\nblieb aus...'
    assert [s.text for s in checked(text).sentences] == ["Das „Wunder“ – so nennt es die Firma – blieb aus…"]
    assert checked(FIRST, headline='Bahn nennt Umbau "nötig"').headline == "Bahn nennt Umbau „nötig“"


def test_a_headline_has_no_full_stop() -> None:
    assert checked(FIRST, headline="Booking.com verliert Daten.").headline == "Booking.com verliert Daten"
