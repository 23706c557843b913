"""Generated feeds of a realistic size: 30 full entries make about 60 KB.

Well-formed, in UTF-8, the same bytes for the same arguments.
"""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Literal

Kind = Literal["rss", "atom"]

_EPOCH = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
_PARAGRAPHS = 4  # of _WORDS words each: about 2 KB an entry with its markup
_WORDS = (32, 50)

_GERMAN = (
    "Die neue Version bringt Änderungen für Entwickler und schließt mehrere Sicherheitslücken im Kern während Nutzer "
    "über größere Verzögerungen klagen der Hersteller prüft laut Mitteilung ob ein Rückruf nötig wird außerdem soll "
    "das Gerät künftig günstiger werden heißt es aus dem Umfeld des Unternehmens Millionen Geräte sind betroffen "
    "Prozent Umsatz Quartal Behörde Speicher Rechenzentrum Schnittstelle Verschlüsselung Übernahme Prüfung Straße"
)
_ENGLISH = (
    "The new release brings changes for developers and fixes several vulnerabilities in the kernel while users report "
    "longer delays the vendor is checking whether a recall is needed it said in a statement the device will also get "
    "cheaper according to people close to the company millions of devices are affected percent revenue quarter agency "
    "memory data centre interface encryption acquisition review street reportedly chip cloud battery launch"
)

_RSS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
    "<title>{name}</title>\n<link>{site}/</link>\n<description>{name}</description>\n<language>{language}</language>\n"
    '<ttl>60</ttl>\n<atom:link href="{site}/feed.xml" rel="self" type="application/rss+xml"/>\n'
)
_RSS_ENTRY = (
    "<item>\n<title>{title}</title>\n<link>{link}</link>\n<dc:creator>Redaktion</dc:creator>\n"
    '<pubDate>{rfc822}</pubDate>\n<category>Technik</category>\n<guid isPermaLink="false">{link}</guid>\n'
    "<description>{summary}</description>\n<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n"
)
_ATOM_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
    '<title>{name}</title>\n<link href="{site}/"/>\n<link rel="self" href="{site}/feed.xml"/>\n'
    "<id>{site}/</id>\n<updated>{iso}</updated>\n"
)
_ATOM_ENTRY = (
    '<entry>\n<title type="html">{title}</title>\n<link href="{link}"/>\n<id>{link}</id>\n'
    "<published>{iso}</published>\n<updated>{iso}</updated>\n<author><name>Redaktion</name></author>\n"
    '<summary type="html">{summary}</summary>\n<content type="html">{escaped}</content>\n</entry>\n'
)
_TAILS = {"rss": "</channel>\n</rss>\n", "atom": "</feed>\n"}


def generate(entries: int, kind: Kind = "rss", language: str = "de", seed: int = 0) -> bytes:
    """A feed of so many full entries, one every 37 minutes; `language` is de or en."""
    dice = random.Random(seed)
    words = (_GERMAN if language == "de" else _ENGLISH).split()
    site = f"https://feed-{seed}.example"
    head, entry = (_RSS_HEAD, _RSS_ENTRY) if kind == "rss" else (_ATOM_HEAD, _ATOM_ENTRY)
    start = head.format(name=f"Ticker {seed}", site=site, language=language, iso=_EPOCH.isoformat())
    middle = (entry.format(**_fields(dice, words, site, number)) for number in range(entries))
    return (start + "".join(middle) + _TAILS[kind]).encode()


def _fields(dice: random.Random, words: list[str], site: str, number: int) -> dict[str, str]:
    moment = _EPOCH - timedelta(minutes=37 * number)
    paragraphs = [_sentence(dice, words, dice.randint(*_WORDS)) for _ in range(_PARAGRAPHS)]
    body = "\n".join(
        f'<p>{escape(paragraph)} <a href="{site}/q?a=1&amp;b=2">Quelle</a></p>' for paragraph in paragraphs
    )
    return {
        "title": escape(_sentence(dice, words, 9).rstrip(".")),
        "link": f"{site}/artikel/{number}-{dice.randrange(10**6)}",
        "rfc822": format_datetime(moment),
        "iso": moment.isoformat(),
        "summary": escape(_sentence(dice, words, 20)),
        "body": body,
        "escaped": escape(body),
    }


def _sentence(dice: random.Random, words: list[str], length: int) -> str:
    return " ".join(dice.choices(words, k=length)).capitalize() + "."
