"""Articles -> their sentences, and how well each of them fits what is asked. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt

from bot.german.furniture import article_paragraphs, is_furniture
from bot.german.keys import WORD, keys
from bot.german.sentences import in_paragraph
from bot.model import Article
from bot.questions.asked import Asked, Kind, Wanted

READ = 20_000  # characters of an article
LOOKED_AT = 60  # sentences of an article
SHORTEST, LONGEST = 20, 380  # characters of a sentence worth quoting
WHOLE, PIECES, HEAD = 1.0, 0.85, 0.6  # a word itself, its parts spread over a text, its last part alone
BESIDE, WITHIN = 0.8, 0.6  # a word in the title or the sentence before, and one anywhere in the article
SUBJECT = 0.3  # what it counts that a sentence itself is about what is asked about
MISSING = 0.7  # what is left of a score where a figure or a moment is asked for, and there is none
_FIGURE = re.compile(
    r"\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|ein(?:e[nmrs]?)? (?:halbe[rsn]?|drittel|viertel"
    r"|million|milliarde|dutzend)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|dozen|kostenlos|free"
    r"|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|januar|februar|märz|april|mai|juni|juli"
    r"|august|september|oktober|november|dezember|frühjahr|frühling|sommer|herbst|winter|quartal|jahresende|heute"
    r"|gestern|morgen|nächste[nrs]?|kommende[nrs]?|(?:19|20)\d\d|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|january|february|march|may|june|july|october|december|spring|summer|autumn|fall|quarter|today|yesterday"
    r"|tomorrow|next (?:week|month|year)|\d{1,2}(?:[.:]\d\d)? uhr)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:weil|grund|gründe|ursach\w*|verursach\w*|wegen|daraufhin|führte|auslöser|auslös\w*|ausgelöst|aufgrund"
    r"|zurück(?:zuführen|geführt)|geht auf|fehl\w*|because|caus\w*|due to|led to|reason|blam\w*|after)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[€$£]|\b(?:euros?|dollars?|us-dollar|pfund|pounds?|franken|francs?|cents?|kostenlos\w*|kostenfrei\w*|gratis|free)\b",
    re.IGNORECASE,
)
PATTERNS = {Kind.FIGURE: _FIGURE, Kind.TIME: _TIME, Kind.CAUSE: _CAUSE, Kind.MONEY: _MONEY}
_ADDRESS = re.compile(r"\w://|\bwww\.|@\w")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_ENDS = re.compile(r"[.!?]['’”“»«‘)\]\"]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of article n (from 0), where it stands, and how well it fits: 1.0 where all that is asked is in it.

    `own` is the same for the sentence alone, without what stands around it. `named`: the article has every name that
    is asked about. `quotable`: it may be shown as it is.
    """

    text: str
    article: int
    position: int
    score: float
    own: float
    named: bool
    quotable: bool


def passages(n: int, article: Article, asked: Asked) -> list[Passage]:
    """All sentences of article n, in order."""
    texts = list(islice(_sentences(article), LOOKED_AT))
    title = keys(article.title, article.language) | keys(article.outlet, article.language)
    told = [keys(text, article.language) for text in texts]
    everything = title.union(*told)
    named = all(_has(one, everything) for one in asked.wanted if one.name) and _has_phrases(asked, article)
    about = [one for one in asked.wanted if one.about]
    is_about = not about or any(_has(one, everything) for one in about)
    found = []
    for position, (text, own) in enumerate(zip(texts, told, strict=True)):
        near = title | (told[position - 1] if position else frozenset())
        score = _share(asked, own, near, everything) * _fitting(asked, text) * is_about
        alone = _share(asked, own, frozenset(), frozenset())
        found.append(Passage(text, n, position, score, alone, named, _is_quotable(text)))
    return found


def _sentences(article: Article) -> list[str]:
    paragraphs = article_paragraphs(article.title, article.text[:READ])
    split = [sentence for paragraph in paragraphs for sentence in in_paragraph(paragraph)]
    return [sentence for sentence in split if len(sentence) >= SHORTEST and not is_furniture(sentence)]


def _share(asked: Asked, own: frozenset[str], near: frozenset[str], everything: frozenset[str]) -> float:
    """How much of what is asked a text has, by weight: first what is asked, then what it is asked about."""
    degrees = [(one, _match(one, own, near, everything)) for one in asked.wanted]
    about, aspects = ([(sqrt(one.weight), d) for one, d in degrees if one.about is told] for told in (True, False))
    if not about or not aspects:
        return _mean(about or aspects)
    return SUBJECT * _mean(about) + (1 - SUBJECT) * _mean(aspects)


def _mean(degrees: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in degrees)
    return sum(weight * degree for weight, degree in degrees) / total if total else 0.0


def _match(one: Wanted, own: frozenset[str], near: frozenset[str], everything: frozenset[str]) -> float:
    """How well a word is matched, at best 1.0; what the question before was about may stand anywhere."""
    beside, within = (WHOLE, WHOLE) if one.earlier else (BESIDE, WITHIN)
    return max(_degree(one, own), beside * _degree(one, near), within * _degree(one, everything))


def _degree(one: Wanted, told: frozenset[str]) -> float:
    if not one.keys.isdisjoint(told):
        return WHOLE
    if one.pieces and one.pieces <= told:
        return PIECES
    return HEAD if not one.head.isdisjoint(told) else 0.0


def _has(one: Wanted, told: frozenset[str]) -> bool:
    return _degree(one, told) >= PIECES


def _has_phrases(asked: Asked, article: Article) -> bool:
    if not asked.phrases:
        return True
    told = " ".join(WORD.findall(f"{article.title} {article.text[:READ]}".lower()))
    return all(re.search(rf"\b{re.escape(phrase)}\b", told) for phrase in asked.phrases)


def _fitting(asked: Asked, text: str) -> float:
    """What is left of a score for want of what is asked for; a figure that the question names itself is no answer."""
    pattern = PATTERNS.get(asked.kind)
    if pattern is None:
        return 1.0
    for one in asked.wanted:
        if one.word[0].isdecimal():
            text = re.sub(rf"(?<!\d){re.escape(one.word)}(?![\d.,]*\d)", "", text)
    return 1.0 if pattern.search(text) else MISSING


def _is_quotable(text: str) -> bool:
    return len(text) <= LONGEST and bool(_ENDS.search(text)) and not _CUT.search(text) and not _ADDRESS.search(text)
