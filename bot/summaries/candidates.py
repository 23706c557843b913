"""An article -> its sentences, and which of them an editor could print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.german.furniture import article_paragraphs, is_furniture
from bot.german.language import guess
from bot.german.sentences import in_paragraph
from bot.german.typography import typeset
from bot.model import Article, Language
from bot.summaries.standing import stands_alone
from bot.summaries.terms import Terms, figures, terms

READ = 20_000  # characters of an article, and
LOOKED_AT = 40  # sentences: news stands further up
SHORTEST, LONGEST = 30, 380  # characters of a sentence worth printing
LONE_WORDS = 6  # a teaser without a full stop is a sentence if it has so many words

_ENDS = re.compile(r"[.!]['’”“»«‘)\]]*$")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S")
_PERSONAL = re.compile(
    r"\b(?:wir|uns|unser\w*|ich|mir|mich|du|dir|dich|we|our|you|your|I['’]m|I think)\b", re.IGNORECASE
)
_QUOTE = re.compile('„[^“]*“|»[^«]*«|“[^”]*”|"[^"]*"')
_OPEN_MARKS, _CLOSE_MARKS = "„(", "“)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of source n; `position` counts the sentences of its article from 0."""

    text: str
    source: int
    position: int
    terms: Terms
    figures: Terms
    printable: bool


def candidates(n: int, article: Article) -> list[Candidate]:
    """The sentences of an article. The first may lean on the headline, the others have to stand alone."""
    found = islice(_sentences(article), LOOKED_AT)
    return [_candidate(text, n, position, article.language) for position, text in enumerate(found)]


def _candidate(text: str, n: int, position: int, language: Language) -> Candidate:
    told = terms(text)
    return Candidate(text, n, position, told, figures(told), _is_printable(text, language, first=not position))


def _sentences(article: Article) -> Iterator[str]:
    paragraphs = article_paragraphs(article.title, _beginning(article.text))
    if len(paragraphs) == 1 and _is_lone_sentence(paragraphs[0]):
        paragraphs = [f"{paragraphs[0]}."]
    for paragraph in paragraphs:
        for sentence in in_paragraph(paragraph):
            if not is_furniture(sentence) and len(sentence) >= SHORTEST:
                yield typeset(sentence) if article.language is Language.DE else sentence


def _beginning(text: str) -> str:
    """As much of a text as is read, without the paragraph that would be cut."""
    return text if len(text) <= READ else text[:READ].rpartition("\n\n")[0] or text[:READ]


def _is_lone_sentence(paragraph: str) -> bool:
    words = paragraph.split()
    return len(words) >= LONE_WORDS and paragraph[-1].isalnum() and len(in_paragraph(paragraph)) == 1


def _is_printable(text: str, language: Language, *, first: bool) -> bool:
    if not (len(text) <= LONGEST and _ENDS.search(text)) or _CUT.search(text) or _ADDRESS.search(text):
        return False
    frame = _QUOTE.sub("", text)
    if "?" in frame or _PERSONAL.search(frame) or 2 * len(frame) < len(text) or not _is_balanced(text):
        return False
    return guess(text) in {language, None} and (first or stands_alone(text))


def _is_balanced(text: str) -> bool:
    pairs = zip(_OPEN_MARKS, _CLOSE_MARKS, strict=True)
    return '"' not in text and all(text.count(opening) == text.count(closing) for opening, closing in pairs)
