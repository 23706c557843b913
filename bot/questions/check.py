"""A draft -> the sentences that may be shown. What is dropped says why, in German. Pure.

Beyond its form, a sentence is held to the sources that it cites, as far as that can be told across languages.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.german.claims.claims import objections
from bot.german.claims.evidence import evidence
from bot.german.hedges import is_hedged
from bot.german.intruders import clean, intruder
from bot.german.language import is_german
from bot.german.typography import typeset
from bot.model import Article, Dropped, Sentence
from bot.questions.prompt import RUNS, Draft, DraftSentence

LONGEST = 400  # characters of a sentence; 25 German words have about 180
MOST = 5  # sentences
LOOKED_AT = 12  # sentences of a draft; who writes more did not do what was asked
_MARKS = re.compile(r"\s?\[\d{1,2}(?:\s?[,;–-]\s?\d{1,2})*\]")  # source numbers, which code adds itself


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a draft."""

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]


def check(draft: Draft, articles: Sequence[Article], nonce: str) -> Checked:
    """Keep the sentences that are in order, in their words, but for typography. Number n cites article n - 1."""
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    for written in draft.sentences[:LOOKED_AT]:
        reason = _objection(written, kept, articles, nonce)
        if reason:
            dropped.append(Dropped(clean(written.text[: LONGEST + 1]), reason))
        else:
            hedged = written.hedged or is_hedged(written.text)
            kept.append(Sentence(_set(written.text), tuple(dict.fromkeys(written.sources)), hedged))
    return Checked(tuple(kept), tuple(dropped))


def _objection(written: DraftSentence, kept: Sequence[Sentence], articles: Sequence[Article], nonce: str) -> str | None:
    if not written.sources:
        return "nennt keine Quelle"
    if not all(1 <= n <= len(articles) for n in written.sources):
        return "nennt eine Quelle, die es nicht gibt"
    cited = [articles[n - 1] for n in written.sources]
    reason = _form(written.text, cited, nonce) or _substance(_set(written.text), cited)
    if reason:
        return reason
    if any(_set(written.text) == earlier.text for earlier in kept):
        return "wiederholt einen anderen Satz"
    return "ist einer zu viel" if len(kept) >= MOST else None


def _form(written: str, cited: Sequence[Article], nonce: str) -> str | None:
    text = _bare(written)
    if not any(character.isalpha() for character in text):
        return "ist leer"
    if len(text) > LONGEST:
        return f"ist länger als {LONGEST} Zeichen"
    names = [name for article in cited for name in (article.outlet, article.title)]
    return intruder(text, names, nonce, RUNS) or (None if is_german(text) else "ist nicht auf Deutsch")


def _substance(text: str, cited: Sequence[Article]) -> str | None:
    return next(iter(objections(text, evidence(cited))), None)


def _set(text: str) -> str:
    """The text on one line, without source numbers, with German quotes and dashes."""
    return typeset(" ".join(_bare(text).split("\n")))


def _bare(text: str) -> str:
    lines = _MARKS.sub("", unicodedata.normalize("NFC", text)).splitlines()
    return "\n".join(bare for told in lines if (bare := re.sub(r"[ \t]+", " ", told).strip(" ")))
