"""News text in German or English -> its sentences.

Free splitters are weak in German: of 18 hard pairs pysbd got 12 and syntok 9 right; SoMaJo got 17, but is GPL.
Here a full stop ends a sentence unless an abbreviation, an ordinal, an initial or an open quote says that it does not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-•*·–]\s)")
_STOP = re.compile(r"""(?:[.!?…]|(?<=\s)\.\.\.)+["”“»«’'‘)\]]*(?=\s|$)|(?<=[a-zäöüß]{3})\.(?=[A-ZÄÖÜ][a-zäöüß]+\s)""")
# Within these nothing ends, so that a quote stays whole. Longer ones were not closed where they should have been.
_CLOSED = re.compile(
    r"""„[^“”"„]{1,400}[“”"]|»[^«»]{1,400}«|«[^«»]{1,400}»|“[^“”]{1,400}”|(?<!\w)"[^"\n]{1,400}"(?!\w)|\([^()]{1,300}\)"""
)
_LAST = re.compile(r"[^\s(„“»«\"‚‘/]+$")
_NEXT = re.compile(r"\s*([„“»«\"‚‘'(\[]*)([^\W_]+)?(\.(?!\s*$))?")
_SIGNS = frozenset("€$£%")  # what goes on after „1,5 Mrd.“
ORDINAL = 3  # digits; „am 112. Tag“, but no year
BACK = 60  # characters before a full stop that are looked at
_CAMEL = re.compile(r"[a-z]{1,3}[A-Z]")  # iPhone, eBay, macOS: small, and yet a beginning

# Abbreviations that want a complement: no sentence ends with them.
_OPEN_WORDS = """
abb abschn akt allg approx az bd betr bsp bspw bzgl bzw ca cf dipl dr eigtl einschl engl entspr evtl exkl geb gest ggf
ggü hr hrn hrsg inkl insb kap mind mr mrs ms mt nachf nr phil präs prof resp s sog spez st stellv univ urspr urt usf
vermtl vgl vs wg zit zzgl z.b d.h i.d.r e.g i.e s.o m.e
"""
# Abbreviations that may end a sentence. They do where the next word can only begin one.
_LOOSE_WORDS = """
akk al apr aug chr co corp dec dept dez etc feb fr gem gen gov inc ing jan jr jul jun lt ltd mag mar max mill min mio
mrd mrz mtl nov oct okt rd rep sec sek sen sep sept sr std str tel tsd usw
"""
_WITH_NUMBER = frozenset({"abs", "art", "fig", "no", "nos", "pos", "ziff"})  # words of their own without a number
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]")  # an initial, U.S, a.m
_SPACED = re.compile(r"(?:^|[\s(„])(?:z\.\s?B|d\.\s?h|i\.\s?(?:d\.\s?R|V|e)|e\.\s?g|m\.\s?E|u\.\s?(?:A|U))$")
_ROMAN = re.compile(r"[IVX]+")
_MONTH = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Juni?\b|Juli?\b|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Jahrestag|Mal\b)")
_DETERMINER_WORDS = """
am ans beim das dem den der des die dies diese diesem diesen dieser ein eine einem einen einer eines ihr ihre ihrem
ihren ihrer im ins jede jedem jeden jeder jedes oder sein seine seinem seinen seiner und unser unsere vom zum zur
"""
_BEGINNING_WORDS = """
Aber Alle Allerdings Als Am An Andere Auch Auf Aus Außerdem Bei Beim Bereits Bis Bisher Bislang Da Dabei Dafür Dagegen
Daher Damit Danach Daneben Dann Darin Das Dass Dazu Den Denn Dennoch Der Derzeit Deshalb Dem Die Dies Diese Dieser
Dieses Doch Dort Durch Ein Eine Einem Einen Einer Er Erst Es Etwa Für Gegen Hier Heute Hinzu Ich Ihr Ihre Im In
Insgesamt Jetzt Kein Keine Künftig Laut Man Mehr Mit Mittlerweile Nach Neben Nicht Noch Nun Nur Ob Oder Ohne Rund
Schon Sein Seine Seit Seitdem Sie So Sogar Sowohl Statt Trotz Trotzdem Über Um Und Unter Viele Vom Von Vor Während Was
Wegen Weil Weitere Wenn Wer Wie Wir Zu Zudem Zugleich Zum Zur Zuvor Zwar Zwischen
A After All An And As At Both But By For From Gone He Her His However If In It Its Last Many Meanwhile Most No Of On
Our She Since Some That The Their There These They This Those To Under We What When While With
"""
_OPEN, _LOOSE, _DETERMINER, _BEGINNING = (
    frozenset(words.split()) for words in (_OPEN_WORDS, _LOOSE_WORDS, _DETERMINER_WORDS, _BEGINNING_WORDS)
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order and without white space around them. A heading is one of its own."""
    return [sentence for paragraph in _PARAGRAPH.split(text) for sentence in in_paragraph(paragraph)]


def in_paragraph(paragraph: str) -> list[str]:
    """The sentences of one paragraph."""
    ends = [0, *_ends(paragraph), len(paragraph)]
    parts = (" ".join(paragraph[start:end].split()) for start, end in pairwise(ends))
    return [part for part in parts if part]


def _ends(paragraph: str) -> Iterator[int]:
    closed = [match.span() for match in _CLOSED.finditer(paragraph)]
    start = 0
    for stop in _STOP.finditer(paragraph):
        if not _is_inside(stop, closed) and _is_end(paragraph, stop, start):
            start = stop.end()
            yield start


def _is_inside(stop: re.Match[str], closed: list[tuple[int, int]]) -> bool:
    """Whether these marks stand within quotes or brackets and do not end with them."""
    n = bisect_right(closed, (stop.start(), 0)) - 1
    return n >= 0 and stop.end() < closed[n][1]


def _is_end(paragraph: str, stop: re.Match[str], start: int) -> bool:
    """Whether a sentence that began at `start` ends with these marks."""
    end = stop.end()
    following = _Following.of(paragraph, end)
    if end < len(paragraph) and not paragraph[end].isspace():
        return following.begins
    if following.continues:
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    return not _is_abbreviated(paragraph[max(start, stop.start() - BACK) : stop.start()], following)


@dataclass(frozen=True, slots=True)
class _Following:
    """What comes after a full stop: its first word, and what that word alone tells."""

    word: str
    dotted: bool  # it has a full stop of its own
    begins: bool  # it can only begin a sentence
    continues: bool  # it can't begin one

    @classmethod
    def of(cls, paragraph: str, end: int) -> "_Following":
        """Look at the first word; an initial („A.“) begins nothing."""
        found = _NEXT.match(paragraph, end)
        opening, word, dot = found.groups("") if found else ("", "", "")
        if not word and found and paragraph[found.end() : found.end() + 1] in _SIGNS:
            return cls(word, dotted=False, begins=False, continues=True)
        begins = bool(opening) or not word or (word in _BEGINNING and not dot)
        return cls(word, bool(dot), begins, word[:1].islower() and not _CAMEL.match(word))


def _is_abbreviated(before: str, following: _Following) -> bool:
    """Whether the full stop belongs to the word before it and the sentence goes on."""
    token = _LAST.search(before)
    word = token[0] if token else ""
    if word.isdigit() or _ROMAN.fullmatch(word):
        return _is_ordinal(before[: -len(word)], word, following)
    lowered = word.lower()
    if lowered in _WITH_NUMBER:
        return following.word[:1].isdigit()
    if not following.word:
        return False
    if lowered in _OPEN or _SPACED.search(before):
        return True
    return (lowered in _LOOSE or bool(_DOTTED.fullmatch(word))) and not following.begins


def _is_ordinal(before: str, number: str, following: _Following) -> bool:
    """„am 3. Oktober“, „die 2. Stufe“, „1. Das Gerät ausschalten“; but not „auf Platz 3. Dahinter“."""
    if len(number) > ORDINAL or not following.word:
        return False
    if _MONTH.match(following.word):
        return True
    words = before.split()
    if following.word.isdigit():
        return following.dotted or (bool(words) and words[-1][:-1].isdigit())  # 31. 12. 2026
    return not words or (words[-1].lower() in _DETERMINER and not following.begins)
