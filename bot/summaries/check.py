"""A draft -> what of it may be shown. What is dropped says why, in German.

A sentence must be in order and be carried by the articles that it cites, the headline by those of the story together.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.german.claims.claims import objections
from bot.german.claims.evidence import evidence
from bot.german.hedges import is_hedged
from bot.german.intruders import clean, intruder
from bot.german.language import is_german
from bot.german.typography import typeset
from bot.model import Article, Dropped, Sentence
from bot.summaries.prompt import RUNS, Draft, DraftSentence

LONGEST = 400  # characters of a sentence; 25 German words have about 180
LONGEST_HEADLINE = 160
MOST = 8  # sentences; the longest digest shows five
LOOKED_AT = 24  # sentences of a draft; who writes more did not do what was asked
REPEATED, SURPLUS = "wiederholt einen anderen Satz", "ist einer zu viel"  # in order, but not needed
MARKS = re.compile(r"\s?\[\d{1,2}(?:\s?[,;–-]\s?\d{1,2})*\]")  # source numbers, which code adds itself


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a draft. `headline` is None where it can't be used; `dropped` then says why as well.

    `refused`: the places of the dropped sentences in the draft, each with the reason.
    """

    headline: str | None
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    refused: Mapping[int, str] = field(default_factory=dict)


def check(draft: Draft, articles: Sequence[Article], nonce: str) -> Checked:
    """Keep the sentences that are in order, in their order and their words, but for typography.

    Number n cites article n - 1.
    """
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    refused: dict[int, str] = {}
    for n, written in enumerate(draft.sentences[:LOOKED_AT]):
        sentence = Sentence(typography(written.text), tuple(dict.fromkeys(written.sources)), _hedged(written))
        reason = _objection(written, kept, articles, nonce)
        if reason:
            dropped.append(Dropped(_shown(written.text), reason))
            refused[n] = reason
        else:
            kept.append(sentence)
    reason = _text_objection(draft.headline, LONGEST_HEADLINE, articles, nonce)
    if reason:
        dropped.append(Dropped(_shown(draft.headline), f"Überschrift {reason}"))
    headline = None if reason else typography(draft.headline).removesuffix(".")
    return Checked(headline, tuple(kept), tuple(dropped), refused)


def typography(text: str) -> str:
    """The text on one line, without source numbers, with German quotes and dashes."""
    return typeset(" ".join(_bare(text).split("\n")))


def _bare(text: str) -> str:
    """The text in NFC without source numbers and needless blanks; its lines still tell what was a list."""
    lines = MARKS.sub("", unicodedata.normalize("NFC", text)).splitlines()
    return "\n".join(bare for line in lines if (bare := re.sub(r"[ \t]+", " ", line).strip(" ")))


def _hedged(written: DraftSentence) -> bool:
    """The model may forget to say so; it is never taken at its word that nothing is hedged."""
    return written.hedged or is_hedged(written.text)


def _objection(written: DraftSentence, kept: Sequence[Sentence], articles: Sequence[Article], nonce: str) -> str | None:
    if not written.sources:
        return "nennt keine Quelle"
    if not all(1 <= n <= len(articles) for n in written.sources):
        return "nennt eine Quelle, die es nicht gibt"
    reason = _text_objection(written.text, LONGEST, [articles[n - 1] for n in written.sources], nonce)
    if reason:
        return reason
    if any(_words(written.text) == _words(earlier.text) for earlier in kept):
        return REPEATED
    return SURPLUS if len(kept) >= MOST else None


def _text_objection(written: str, longest: int, cited: Sequence[Article], nonce: str) -> str | None:
    text = _bare(written)
    if not any(character.isalpha() for character in text):
        return "ist leer"
    if len(text) > longest:
        return f"ist länger als {longest} Zeichen"
    names = [name for article in cited for name in (article.outlet, article.title)]
    reason = intruder(text, names, nonce, RUNS) or (None if is_german(text) else "ist nicht auf Deutsch")
    return reason or next(iter(objections(typography(written), evidence(cited))), None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _shown(text: str) -> str:
    """What of a refused text is kept for the record."""
    return clean(text[: LONGEST + 1])
