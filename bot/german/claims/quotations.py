"""Whether what a sentence puts in quotes stands so in a source that it cites, and was said by whom it says.

German sources are quoted word by word. What an English source says may be retold, but not put between quotes: then
nobody has said these words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import meanings
from bot.german.claims.passages import passages
from bot.german.claims.sources import text_of
from bot.german.keys import WORD
from bot.model import Language

QUOTE = re.compile('„([^„“”"]+)[“”"]|»([^«»]+)«|«([^«»]+)»|“([^“”]+)”|"([^"]+)"')
MARKED = re.compile(r"[„“”\"»«]|(?<!\w)['‘‚]\w")
GAP = re.compile(r"\s*(?:\[?\s?(?:…|\.\.\.)\s?\]?)\s*")
NEGATION = re.compile(
    r"(?i)\b(?:nicht|kein\w*|nie|niemals|niemand|nichts|weder|ohne|not|no|never|nobody|nothing|neither|without|none)\b|n['’]t\b"
)
FREE = 5  # one word of so many may have no counterpart that we know
TERM = 3  # words; so few may be a term or a title, which is inflected and translated


def quote_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason for each quote of a German sentence that is in none of its sources."""
    for match in QUOTE.finditer(sentence):
        quote = next(filter(None, match.groups()))
        if any(_has(source, quote) for source in cited) or not WORD.search(quote):
            continue
        if len(WORD.findall(quote)) <= TERM and any(_means_term(source, quote) for source in cited):
            continue
        if any(_means_quote(source, quote) for source in cited if source.language is Language.EN):
            continue
        if any(source.language is Language.DE for source in cited):
            yield f"zitiert „{quote}“; so steht es in keiner der Quellen"
        else:
            yield f"setzt „{quote}“ in Anführungszeichen; die Quelle ist englisch, das geht nur als indirekte Rede"


def _has(source: Evidence, quote: str) -> bool:
    """Whether the parts of the quote stand in the source, in order, but for typography."""
    text, at = _bare(text_of(source)), 0
    for part in (_bare(one) for one in GAP.split(quote) if WORD.search(one)):
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part) - 1
    return True


def _means_term(source: Evidence, quote: str) -> bool:
    """Whether each word of a short quote has a counterpart in what the source puts in quotes."""
    told = [keys for word in WORD.findall(quote) if (keys := meanings(word, Language.DE))]
    quoted = [one.keys for one in passages(source) if MARKED.search(one.text)]
    return any(all(not keys.isdisjoint(known) for keys in told) for known in quoted)


def _means_quote(source: Evidence, quote: str) -> bool:
    """Whether each word of a translated quote has a counterpart in one quote of the source, and none says no alone."""
    told = [(word.lower(), meanings(word, Language.DE)) for word in WORD.findall(quote)]
    content = [keys for _, keys in told if keys]
    denies = any(NEGATION.fullmatch(word) for word, _ in told)
    return any(
        denies == bool(NEGATION.search(one.text))
        and sum(keys.isdisjoint(one.keys) for keys in content) <= len(content) // FREE
        for one in passages(source)
        if QUOTE.search(one.text)
    )


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """The words alone, in lower case; a part of a quote may begin or end a sentence."""
    words = WORD.findall(text.lower().replace("ß", "ss"))
    return f" {' '.join(words)} "
