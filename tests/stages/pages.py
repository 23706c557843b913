"""Invented web pages: an ordinary article, and everything that can stand before one."""

import json


def told(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that was wrapped to be read here."""
    return tuple(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


TITLE = "Seilbahn in Talheim fährt jetzt ohne Personal"
PARAGRAPHS = told(
    """
Die Seilbahn von Talheim fährt seit Montag ohne Personal. Eine Software des Herstellers Gondola überwacht die 42
Kabinen mit Kameras und stoppt die Anlage, wenn jemand zu nah an die Türen kommt.

Der Umbau hat nach Angaben der Stadtwerke 3,8 Millionen Euro gekostet und elf Monate gedauert. In der Leitstelle
sitzt weiterhin ein Mensch, der im Notfall eingreifen kann.

Kritik kommt von der Gewerkschaft: Sechs Beschäftigte hätten ihre Stelle verloren. Die Stadtwerke widersprechen,
alle sechs arbeiteten nun in der Werkstatt oder im Verkauf.

Bis zum Frühjahr soll die Bahn auch nachts fahren. Dafür fehlt noch die Genehmigung der Landesaufsicht, die sich
bisher nicht geäußert hat.
"""
)
NAVIGATION = "<nav><a href=/>Start</a> <a href=/abo>Abo</a> <a href=/login>Anmelden</a></nav>"
FOOTER = "<footer><a href=/impressum>Impressum</a> <a href=/datenschutz>Datenschutz</a> © 2026 Talbote</footer>"
BANNER = (
    '<div id="cookie-banner" class="cookie-layer"><p>Wir und unsere 214 Partner verarbeiten personenbezogene Daten und '
    "setzen Cookies. Mit Ihrer Zustimmung finanzieren Sie unser Angebot.</p><button>Alle akzeptieren</button></div>"
)


def page(body: str, *, title: str = TITLE, head: str = "") -> bytes:
    """A page in German with this body between navigation and footer."""
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{NAVIGATION}{body}{FOOTER}</body></html>"
    ).encode()


def linked(*nodes: dict[str, object]) -> str:
    """These objects as linked data of schema.org."""
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": nodes})}</script>'
    )


def article(*paragraphs: str, heading: str = TITLE, after: str = "") -> str:
    """An article element with these paragraphs."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return f"<main><article><h1>{heading}</h1>{told}{after}</article></main>"


def divs(*paragraphs: str) -> str:
    """The same without any element that says what it is."""
    told = "".join(f'<div class="c"><p>{paragraph}</p></div>' for paragraph in paragraphs or PARAGRAPHS)
    return f'<div id="wrap"><div class="h">{TITLE}</div>{told}</div>'


CONSENT = page(
    "<div class=layer><h1>Bevor Sie weiterlesen</h1><p>Wir und unsere 214 Partner verarbeiten Ihre Daten, etwa "
    "Kennungen Ihres Geräts und Cookies, um Werbung und Inhalte zu messen.</p><p>Mit Werbung weiterlesen: "
    "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Sie können Ihre Einwilligung jederzeit mit Wirkung für die "
    "Zukunft widerrufen.</p>"
    "<p>Oder nutzen Sie unser Pur-Abo: Lesen Sie ohne Tracking für 4,99 Euro im Monat.</p><button>Zustimmen und "
    "weiter</button> <button>Einstellungen</button></div>",
    title="Talbote: Ihre Zustimmung",
)
CONSENT_ENGLISH = page(
    "<section><h2>We value your privacy</h2><p>We and our 914 partners store and access personal data, like browsing "
    "data or unique identifiers, on your device. Selecting accept enables tracking technologies.</p><p>You can "
    "change your choices at any time by clicking the link at the bottom of the page. Some vendors rely "
    "on legitimate interest.</p>"
    "<button>Accept all</button><button>Reject all</button></section>",
    title="Valley Post",
)
PAYWALL = page(
    article(
        PARAGRAPHS[0],
        after='<section class="offer"><h3>Sie möchten weiterlesen?</h3><p>Mit Talbote+ lesen Sie diesen Artikel und '
        "alle weiteren. Vier Wochen für 1 Euro testen.</p><p>Schon Abonnent? <a href=/login>Anmelden</a></p></section>",
    )
)
PAYWALL_HEADING = page(
    article(PARAGRAPHS[0], PARAGRAPHS[1])
    + "<div><div>Weiterlesen mit Talbote+</div><div>Exklusiv für Mitglieder, 9,95 € im Monat</div></div>"
)
PAYWALL_ENGLISH = page(
    article(
        "The cable car of Talheim has been running without staff since Monday. Software watches all 42 cabins and "
        "stops them when somebody gets too close to the doors.",
        "The conversion took eleven months.",
        after="<p>Subscribe to continue reading this story. Already a subscriber? Log in.</p>",
    )
)
PAYWALL_LINKED = page(
    article(),
    head=linked(
        {
            "@type": "NewsArticle",
            "headline": TITLE,
            "isAccessibleForFree": "False",
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"},
        }
    )
    + '<meta property="og:description" content="In Talheim wacht eine Software über die Gondeln.">',
)
CHALLENGE = page(
    "<h1>talbote.example</h1><p>Verify you are human by completing the action below.</p><p>talbote.example needs to "
    "review the security of your connection before proceeding. Ray ID: 8f2</p><script>window._cf_chl_opt={}</script>",
    title="Just a moment...",
)
CHALLENGE_GERMAN = page(
    "<h1>Sicherheitsprüfung</h1><p>Bitte bestätigen Sie, dass Sie ein Mensch sind und kein Roboter. Wir haben "
    "ungewöhnlichen Datenverkehr aus Ihrem Netz bemerkt.</p><form><input name=captcha></form>",
    title="Talbote",
)
SCRIPT_ONLY = page("<div id=root></div><noscript>Bitte aktivieren Sie JavaScript, um die Seite zu sehen.</noscript>")
MISSING = page(
    "<h1>Seite nicht gefunden</h1><p>Leider gibt es die Seite nicht, die Sie aufrufen wollten. Vielleicht interessiert "
    "Sie etwas davon:</p>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
    title="Seite nicht gefunden – Talbote",
)
ERROR = page("<h1>503 Service Temporarily Unavailable</h1><p>nginx</p>", title="503 Service Temporarily Unavailable")
LOGIN = page(
    "<main><h1>Anmelden</h1><p>Melden Sie sich an, um fortzufahren.</p><form><input name=mail><input type=password "
    "name=word><button>Anmelden</button></form></main>",
    title="Anmelden | Talbote",
)
NOTHING = page("<main><h1>Talbote</h1></main>")
