"""What stands before an article is recognised, and articles that write about it stay readable."""

import pytest

from bot.feeds import walls
from bot.feeds.page import read_page
from tests.stages import pages

URL = "https://talbote.example/seilbahn"
HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pages.CONSENT, walls.CONSENT),
        (pages.CONSENT_ENGLISH, walls.CONSENT),
        (pages.PAYWALL, walls.PAYWALL),
        (pages.PAYWALL_HEADING, walls.PAYWALL),
        (pages.PAYWALL_ENGLISH, walls.PAYWALL),
        (pages.PAYWALL_LINKED, walls.PAYWALL),
        (pages.CHALLENGE, walls.CHALLENGE),
        (pages.CHALLENGE_GERMAN, walls.CHALLENGE),
        (pages.SCRIPT_ONLY, walls.SCRIPT),
        (pages.MISSING, walls.MISSING),
        (pages.ERROR, walls.ERRING),
        (pages.LOGIN, walls.LOGIN),
        (pages.NOTHING, walls.EMPTY),
        (pages.page(pages.BANNER), walls.CONSENT),
    ],
)
def test_a_wall_gives_its_reason_and_no_text(body: bytes, reason: str) -> None:
    page = read_page(body, URL, HTML)

    assert (page.readable, page.reason, page.text) == (False, reason, "")


def test_a_paywall_still_shows_what_the_page_tells_everybody() -> None:
    page = read_page(pages.PAYWALL_LINKED, URL, HTML)

    assert page.teaser == "In Talheim wacht eine Software über die Gondeln."


ABOUT_COOKIES = pages.told(
    """
Die Aufsicht hält die Cookie-Banner von zwölf Verlagen für rechtswidrig. Nutzer könnten nicht frei entscheiden,
ob sie dem Tracking zustimmen, heißt es in dem Bescheid.

„Wir und unsere 800 Partner verarbeiten personenbezogene Daten“, steht in einem der Banner. Erst auf der dritten
Ebene lasse sich die Einwilligung verweigern. Der Knopf „Alle akzeptieren“ sei dagegen grün und groß.

Die Verlage wollen klagen. Ein Pur-Abo koste die Leser nur 4,99 Euro, argumentieren sie, und sei damit zumutbar.
Verbraucherschützer widersprechen.

Eine Entscheidung wird im Frühjahr erwartet. Bis dahin müssen die Seiten ihre Banner nicht ändern.
"""
)
ABOUT_PAYWALLS = pages.told(
    """
Der Talbote baut seine Bezahlschranke um. Statt 9,95 Euro im Monat kostet das Abo künftig 4,99 Euro, dafür gibt
es keine kostenlosen Artikel mehr, teilte der Verlag mit.

Bisher konnten Leser fünf Artikel im Monat ohne Anmeldung lesen. Danach erschien der Hinweis „Weiterlesen mit
Talbote+“.

Wer den ganzen Artikel lesen will, muss sich künftig registrieren oder ein Abo abschließen.
"""
)
ABOUT_CAPTCHAS = pages.told(
    """
Captchas halten kaum noch jemanden auf. Forscher der Universität Talheim haben ein Programm gebaut, das die
Rätsel in 98 Prozent der Fälle löst.

Die Frage „Sind Sie ein Mensch?“ beantwortet es in zwei Sekunden, ein Mensch braucht neun. Getestet wurden
sieben Anbieter, darunter die drei größten.

Abschaffen wollen die Betreiber ihre Captchas nicht: Gegen billige Bots helfen sie weiterhin.
"""
)
ABOUT_ERRORS = pages.told(
    """
Eine technische Störung hat am Dienstag das Bürgerportal von Talheim lahmgelegt. Nutzer sahen nur die Meldung
„503 Service Unavailable“.

Der Fehler lag laut der Stadt in einem Update der Datenbank. Nach fünf Stunden liefen die 31 Dienste wieder,
Anträge gingen nach jetzigem Stand nicht verloren.

Schon im März war das Portal ausgefallen. Die Stadt prüft nun, ob sie den Dienstleister wechselt, und will im
Dezember darüber entscheiden.
"""
)


@pytest.mark.parametrize(
    ("paragraphs", "heading"),
    [
        (ABOUT_COOKIES, "Cookie-Banner: Aufsicht rügt zwölf Verlage"),
        (ABOUT_PAYWALLS, "Talbote baut Bezahlschranke um"),
        (ABOUT_CAPTCHAS, "Programm löst Captchas schneller als Menschen"),
        (ABOUT_ERRORS, "Technische Störung legt Bürgerportal lahm"),
        (pages.PARAGRAPHS, pages.TITLE),
    ],
)
@pytest.mark.parametrize("around", ["", pages.BANNER])
def test_articles_about_walls_stay_readable(paragraphs: tuple[str, ...], heading: str, around: str) -> None:
    page = read_page(pages.page(around + pages.article(*paragraphs, heading=heading), title=heading), URL, HTML)

    assert page.readable, page.reason
    assert all(paragraph in page.text for paragraph in paragraphs)
    assert "214 Partner" not in page.text


@pytest.mark.parametrize(
    "after",
    [
        "<p>Mehr zum Thema: <a href=/a>Die Gondel der Zukunft</a></p><p>Jetzt unseren Newsletter abonnieren!</p>",
        "<aside><h3>Talbote+</h3><a href=/b>Warum Seilbahnen boomen</a> <a href=/c>Weiterlesen</a></aside>",
        '<form><input type="password"><button>Anmelden</button></form>',
        '<form class="comment"><div class="g-recaptcha"></div><button>Kommentar abschicken</button></form>',
    ],
)
def test_what_ordinary_pages_carry_is_no_wall(after: str) -> None:
    page = read_page(pages.page(pages.article(after=after)), URL, HTML)

    assert page.readable, page.reason
    assert pages.PARAGRAPHS[-1] in page.text


@pytest.mark.parametrize("free", [{"isAccessibleForFree": True}, {"isAccessibleForFree": "True"}, {}])
def test_an_article_that_does_not_say_it_is_paid_is_read(free: dict[str, object]) -> None:
    linked = pages.linked({"@type": "NewsArticle", "headline": pages.TITLE} | free)

    assert read_page(pages.page(pages.article(), head=linked), URL, HTML).readable


def test_a_related_paid_article_does_not_close_this_one() -> None:
    linked = pages.linked(
        {"@type": "NewsArticle", "headline": "Andere Meldung", "isAccessibleForFree": False},
        {"@type": "NewsArticle", "headline": pages.TITLE, "isAccessibleForFree": True},
    )

    assert read_page(pages.page(pages.article(), head=linked), URL, HTML).readable
