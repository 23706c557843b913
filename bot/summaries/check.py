"""A draft -> what of it may be shown: its form alone decides here. What is dropped says why, in German."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.german.language import is_german
from bot.model import Dropped, Sentence, Source
from bot.summaries.intruders import intruder
from bot.summaries.prompt import Draft, DraftSentence, clean

LONGEST = 400  # characters of a sentence; 25 German words have about 180
LONGEST_HEADLINE = 160
MOST = 8  # sentences; the longest digest shows five
LOOKED_AT = 24  # sentences of a draft; who writes more did not do what was asked
MARKS = re.compile(r"\s?\[\d{1,2}(?:\s?[,;–-]\s?\d{1,2})*\]")  # source numbers, which code adds itself
HEDGE = re.compile(
    r"\b(?:soll(?:en)?|laut|zufolge|angeblich\w*|offenbar|mutmaßlich\w*|vermutlich\w*|möglicherweise|könnten?|dürften?"
    r"|bericht(?:et|ete|eten|en)|gerücht\w*|nach (?:eigenen )?angaben|behaupte(?:t|te|ten|n))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a draft. `headline` is None where it can't be used; `dropped` then says why as well."""

    headline: str | None
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]


def check(draft: Draft, sources: Sequence[Source], nonce: str) -> Checked:
    """Keep the sentences that are in order, in their order and their words, but for typography."""
    kept: list[Sentence] = []
    dropped: list[Dropped] = []
    for written in draft.sentences[:LOOKED_AT]:
        sentence = Sentence(tidy(written.text), tuple(dict.fromkeys(written.sources)), _is_hedged(written))
        reason = _objection(sentence, kept, sources, nonce)
        if reason:
            dropped.append(Dropped(_shown(written.text), reason))
        else:
            kept.append(sentence)
    headline = tidy(draft.headline).removesuffix(".")
    reason = _headline_objection(headline, sources, nonce)
    if reason:
        dropped.append(Dropped(_shown(draft.headline), f"Überschrift {reason}"))
    return Checked(None if reason else headline, tuple(kept), tuple(dropped))


def tidy(text: str) -> str:
    """The text in NFC on one line, without source numbers and with German quotation marks."""
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"[ \t\r\n]+", " ", MARKS.sub("", composed)).strip()


def _is_hedged(written: DraftSentence) -> bool:
    """The model may forget to say so; it is never taken at its word that nothing is hedged."""
    return written.hedged or bool(HEDGE.search(written.text))


def _objection(sentence: Sentence, kept: Sequence[Sentence], sources: Sequence[Source], nonce: str) -> str | None:
    if not sentence.sources:
        return "nennt keine Quelle"
    if not all(1 <= n <= len(sources) for n in sentence.sources):
        return "nennt eine Quelle, die es nicht gibt"
    cited = [sources[n - 1] for n in sentence.sources]
    reason = _text_objection(sentence.text, LONGEST, cited, nonce)
    if reason:
        return reason
    if any(_words(sentence.text) == _words(earlier.text) for earlier in kept):
        return "wiederholt einen anderen Satz"
    return "ist einer zu viel" if len(kept) >= MOST else None


def _headline_objection(headline: str, sources: Sequence[Source], nonce: str) -> str | None:
    return _text_objection(headline, LONGEST_HEADLINE, sources, nonce)


def _text_objection(text: str, longest: int, cited: Sequence[Source], nonce: str) -> str | None:
    if not any(character.isalpha() for character in text):
        return "ist leer"
    if len(text) > longest:
        return f"ist länger als {longest} Zeichen"
    names = [name for source in cited for name in (source.outlet, source.title)]
    return intruder(text, names, nonce) or (None if is_german(text) else "ist nicht auf Deutsch")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _shown(text: str) -> str:
    """What of a refused text is kept for the record."""
    return clean(text[: LONGEST + 1])
