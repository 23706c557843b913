"""What stands in an article's text and is not the article: datelines, bylines, captions, calls, notes and credits."""

import re

CAPTION = 300  # characters; longer paragraphs are text, whatever they begin with

_AGENCIES = r"(?:dpa|AFP|Reuters|rtr|AP|APA|KNA|epd|SID|dts|ots|sda|dpa-AFX|dpa/tmn|PTI|ANI|Xinhua|Bloomberg)"
_DATELINE = re.compile(
    rf"^(?:[^.!?\n()]{{2,60}}?\s?)?\({_AGENCIES}[^)]{{0,30}}\)\s?[-–—:.]?\s+"
    r"|^[^.!?\n()]{2,60}\s\([a-zäöü/-]{2,12}\)\s?[–—-]\s+|^[A-ZÄÖÜ][A-ZÄÖÜ /,.-]{2,40}\s?[–—-]{1,2}\s"
    r"|^[A-ZÄÖÜ][\wäöüß-]+(?:[ /](?:am |an der |bei )?[A-ZÄÖÜ][\wäöüß-]+){0,2},?(?: \d{1,2}\. [A-Z]\w+)?\s[–—]\s"
    r"(?=[A-ZÄÖÜ„\"»])"
)
_AUTHOR_MARK = re.compile(rf"(?<=[.!?“\"«…])\s*\((?:[a-zäöü]{{2,4}}|{_AGENCIES})(?:\s?[/,|]\s?[\w.@-]{{2,20}})*\)\s*$")
_CREDIT = re.compile(
    r"\s*[\[(](?:Bild|Foto|Quelle|Grafik|Screenshot|Video|Image|Photo|Credit)(?:quelle|nachweis)?s?:[^)\]]{1,80}[)\]]"
    r"|\s?\[\d{1,3}\]"
)
_TAIL = re.compile(  # what feeds append to a teaser
    r"\s*(?:(?:The post|Der Beitrag|Der Artikel) .{1,200} (?:appeared first on|erschien zuerst (?:auf|bei)) .*"
    r"|\(?(?:Jetzt |Hier )?(?:weiterlesen|mehr lesen|mehr erfahren|read more|continue reading)\b[^.]{0,60}\)?"
    r"|→|»+)\s*$",
    re.IGNORECASE,
)

_LABELS = re.compile(  # what begins like this is something else than text
    r"^\W*(?:Anzeige|Werbung|Advertisement|Sponsored|Mehr zum Thema|Zum Thema|Lesen Sie|Lies(?:t)? (?:auch|dazu|mehr)"
    r"|Siehe auch|Auch interessant|Passend dazu|Das könnte (?:Sie|dich|Ihnen|dir)|Weiterlesen|Mehr in Kürze|Read more"
    r"|Related|See also|Follow (?:us|our)|Sign up|Subscribe|Folge(?:n Sie)? uns|Abonnier|Melden Sie sich"
    r"|Empfohlener redaktioneller|Mit (?:Ihrer|deiner) Zustimmung|An dieser Stelle finde|Kommentare?\b|Teilen\b"
    r"|Externer Inhalt|Lesezeit|Copyright|©|Alle Rechte|Die mit .{1,30} (?:gekennzeichnet|markiert)"
    r"|Dieser (?:Artikel|Beitrag|Text) (?:ist|erschien|wurde|enthält)"
    r"|(?:Bild|Foto|Grafik|Screenshot|Video|Titelbild|Symbolbild|Archivbild|Quelle|Image|Photo|Credit)s?\s?:"
    r"|(?:Autor|Autorin|Redaktion|Stand|Veröffentlicht|Aktualisiert|Kategorie|Tags?|Schlagwörter|Themen|Datum)\s?:"
    r"|Von [A-ZÄÖÜ][\w.äöüß-]+ [A-ZÄÖÜ][\wäöüß-]+(?:$|,| und| \||, ))"
)
_NOTES = re.compile(
    r"^\W*(?:Update|Aktualisierung|Nachtrag|Korrektur|Hinweis|Anmerkung|Transparenzhinweis|Offenlegung|Disclaimer"
    r"|Disclosure|Correction|Editor['’]s note)\b(?:(?=\s?[:\],(|])|\s(?=vom|am|um|\d))[^:\]]{0,60}[:\]]"
)
_CALLS = re.compile(
    r"\b(?:Newsletter|Podcast|Push-Nachrichten|WhatsApp-Kanal|Abo|Probeabo)\b.{0,120}"
    r"\b(?:abonnier|anmeld|bestell|test|hör|folg)\w*"
    r"|\b(?:Jetzt|Hier)\b.{0,80}\b(?:abonnieren|weiterlesen|anmelden|testen|sichern|bestellen|klicken|lesen|kaufen)\b"
    r"|\bCookies?\b.{0,120}\b(?:akzeptier|zustimm|einverstanden|aktivier|deaktivier|erlaub)\w*"
    r"|\b(?:Affiliate|Provision)\b.{0,120}\b(?:Link|Kauf)"
    r"|\b(?:unsere[nrm]?|our) (?:Newsletter|Liveblog|Live-Ticker|live blog)\b|\bLesen Sie (?:auch|hier|dazu|mehr)\b"
    r"|\bmehr (?:dazu )?auf unserer (?:Seite|Website)\b|\bread more on our\b",
    re.IGNORECASE,
)


def article_paragraphs(title: str, text: str) -> list[str]:
    """The paragraphs that tell something, without the title again, dateline, author's mark and credits."""
    paragraphs = [_bare(paragraph) for paragraph in text.split("\n\n")]
    kept = [paragraph for paragraph in paragraphs if paragraph != title and not is_furniture(paragraph)]
    return [_DATELINE.sub("", kept[0]), *kept[1:]] if kept else []


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph (or sentence) is a caption, a call, a note or a label rather than text."""
    if not paragraph:
        return True
    if _NOTES.match(paragraph):
        return True
    return len(paragraph) <= CAPTION and bool(_LABELS.match(paragraph) or _CALLS.search(paragraph))


def _bare(paragraph: str) -> str:
    return _AUTHOR_MARK.sub("", _TAIL.sub("", _CREDIT.sub("", " ".join(paragraph.split())))).strip()
