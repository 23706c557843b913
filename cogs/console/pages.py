"""Invented articles -> the pages they stand on, with everything that surrounds an article on the web. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from cogs.console.papers import Outlet, Piece

NEIGHBOURS = 3  # other articles that a page teases


@dataclass(frozen=True, slots=True)
class Furniture:
    """What an outlet writes around its articles in its language."""

    sections: Mapping[str, str]
    cookies: str
    agree: str
    more: str
    letter: str
    imprint: str
    paywall: str
    consent: str


def page(outlet: Outlet, told: Piece, others: Sequence[Piece]) -> str:
    """The page of an article; `others` are what its outlet wrote too."""
    words = FURNITURE[outlet.language]
    facts = {"@type": "NewsArticle", "headline": told.title, "isAccessibleForFree": told.wall is None}
    return (
        f'<!doctype html><html lang="{outlet.language}"><head><meta charset="utf-8">'
        f"<title>{escape(told.title)} | {escape(outlet.name)}</title>"
        f'<meta name="description" content="{escape(told.teaser)}">'
        f'<script type="application/ld+json">{json.dumps(facts)}</script></head><body>'
        f"{_top(outlet, words)}<main>{_article(outlet, told, words)}{_beside(told, others, words)}</main>"
        f"<footer>© 2026 {escape(outlet.name)} · {words.imprint}</footer></body></html>"
    )


def _top(outlet: Outlet, words: Furniture) -> str:
    links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in words.sections.items())
    return (
        f'<div id="cookie-banner" role="dialog"><p>{words.cookies}</p><button>{words.agree}</button></div>'
        f'<header><a href="/" class="logo">{escape(outlet.name)}</a><nav><ul>{links}</ul></nav></header>'
    )


def _article(outlet: Outlet, told: Piece, words: Furniture) -> str:
    date = f'<time datetime="{told.published.isoformat()}">{told.published:%d.%m.%Y %H:%M}</time>'
    head = f"<h1>{escape(told.title)}</h1><div class='byline'>{escape(outlet.name)} · {date}</div>"
    return f"<article>{head}{_body(told, words)}</article>"


def _body(told: Piece, words: Furniture) -> str:
    if told.wall == "consent":
        return words.consent
    teaser = f"<p>{escape(told.teaser)}</p>"
    return teaser + words.paywall if told.wall == "paywall" else told.paragraphs


def _beside(told: Piece, others: Sequence[Piece], words: Furniture) -> str:
    near = [other for other in others if other.id != told.id][:NEIGHBOURS]
    links = "".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in near)
    return (
        f'<aside class="related"><h2>{words.more}</h2><ul>{links}</ul></aside>'
        f'<section class="newsletter"><h2>Newsletter</h2><p>{words.letter}</p><input type="email"></section>'
    )


FURNITURE: Mapping[str, Furniture] = {
    "de": Furniture(
        sections={"/": "Startseite", "/themen": "Themen", "/tests": "Tests", "/podcast": "Podcast", "/abo": "Abo"},
        cookies="Wir und unsere 184 Partner verwenden Cookies, um Inhalte und Anzeigen zu personalisieren.",
        agree="Alle akzeptieren",
        more="Mehr zum Thema",
        letter="Das Wichtigste des Tages, jeden Abend in Ihrem Postfach. Abmeldung jederzeit möglich.",
        imprint="Impressum · Datenschutz · Mediadaten · Cookie-Einstellungen",
        paywall='<div class="paywall"><h2>Weiterlesen mit dem Digitalabo</h2>'
        "<p>Dieser Artikel ist Abonnenten vorbehalten. Jetzt vier Wochen für 1 Euro testen.</p>"
        '<button>Abo abschließen</button><p>Schon Abonnent? <a href="/login">Anmelden</a></p></div>',
        consent='<div class="consent-wall"><h2>Weiter mit Werbung oder im Pur-Abo</h2>'
        "<p>Mit Ihrer Zustimmung lesen Sie unsere Seiten kostenlos mit Werbung und Cookies. Wir und unsere 184 Partner"
        " verarbeiten dafür Daten von Ihrem Gerät. Oder Sie lesen im Pur-Abo für 3,99 Euro im Monat ohne Tracking.</p>"
        '<button>Zustimmen und weiter</button><a href="/pur">Jetzt Pur-Abo abschließen</a></div>',
    ),
    "en": Furniture(
        sections={"/": "Home", "/topics": "Topics", "/reviews": "Reviews", "/podcast": "Podcast", "/about": "About"},
        cookies="We and our 184 partners use cookies to personalise content and advertising.",
        agree="Accept all",
        more="More on this",
        letter="The day in five minutes, every evening in your inbox. Unsubscribe at any time.",
        imprint="Imprint · Privacy · Advertise · Cookie settings",
        paywall='<div class="paywall"><h2>Subscribe to keep reading</h2>'
        "<p>This article is for subscribers. Try four weeks for 1 euro.</p>"
        '<button>Subscribe</button><p>Already a subscriber? <a href="/login">Log in</a></p></div>',
        consent='<div class="consent-wall"><h2>Your privacy choices</h2>'
        "<p>To read our pages free of charge you must accept cookies. We and our 184 partners process data from your"
        " device.</p><button>Accept and continue</button></div>",
    ),
}
