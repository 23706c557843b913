"""A word of one's own -> where a story has it: inflected, and at the start of compounds. Case does not matter.

„Quantencomputer“ finds „Quantencomputern“, „Quantencomputer-Chip“ and „Quantencomputerchip“. What follows the word must
be an ending or words of its own: so „Intel“ finds no „Intelligenz“, „Rust“ nothing „Rustikales“. What stands in the
middle or at the end of a word is never found. Several words stand one after the other, each inflected: „künstlicher
Intelligenz“.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar
from unicodedata import normalize

from bot.german.frequencies import FREQUENCIES
from bot.model import Language, Story
from bot.stories.topics import ENDINGS, INFLECTED, LONG

READ = 5_000  # characters of each article
TEXTS, FOUND = 3_000, 200_000  # stories whose text, and words of stories whose place, is remembered: some 60 MB at most
ACRONYM = 4  # capitals at most; „ARM“ has a genitive, but „armen“ is none of its forms
STEM = 4  # letters that an ending must leave
PART = 4  # letters of a word in a compound …
SHORT_PARTS = frozenset("amt app arm art bau hof rad tag uhr weg zug".split())  # … but for these
LONGEST = 60  # letters after the word; what is longer is no compound, and is not looked through
LINKS = ("", "s", "n", "en", "es")
STEM_ENDINGS = ("ern", "em", "en", "er", "es", "e", "n", "s")
FOLD = str.maketrans("äöü", "aou")
TOKEN = re.compile(r"\w+")
APART = re.compile(r"[\s\-–‑]+")
PLAIN = re.compile(r"[\w\s\-–‑]+")  # words whose signs say nothing; „C++“ and „.NET“ are others

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Place(IntEnum):
    """Where a story has a word; the higher, the more it is about it."""

    NOWHERE = 0
    TEXT = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a word. `needle`: how each of its forms begins, folded; `parts`: none where signs matter."""

    word: str
    needle: str
    parts: tuple[str, ...]
    acronyms: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """The titles and the texts of a story in lower case without umlauts: long, but sought through in microseconds."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """Knows where stories have words; looks once for each version of a story and each word."""

    _texts: dict[tuple[int, str], _Text] = field(default_factory=dict)
    _found: dict[tuple[int, str, str], Place] = field(default_factory=dict)

    def place(self, story: Story, word: str) -> Place:
        """Where the story has this word, inflected or in a compound."""
        key = (story.id, story.version, word)
        found = self._found.get(key)
        if found is None:
            found = self._look(story, word)
            _keep(self._found, key, found, FOUND)
        return found

    def _read(self, story: Story) -> _Text:
        text = _Text(_lower(_title(story)).translate(FOLD), _lower(_body(story)).translate(FOLD))
        _keep(self._texts, (story.id, story.version), text, TEXTS)
        return text

    def _look(self, story: Story, word: str) -> Place:
        text = self._texts.get((story.id, story.version)) or self._read(story)
        for form in _forms(word):
            if form.needle in text.title and _found_in(text.title, form, _title(story)):
                return Place.TITLE
        for form in _forms(word):
            if form.needle in text.text and _found_in(text.text, form, _body(story)):
                return Place.TEXT
        return Place.NOWHERE


def has(text: str, word: str) -> bool:
    """Whether a text has this word, inflected or in a compound."""
    return any(_found_in(_lower(text).translate(FOLD), form, text) for form in _forms(word))


def _found_in(folded: str, form: _Form, text: str) -> bool:
    """Whether this form stands in a text, whose folded copy tells where it may."""
    lower = ""
    for at in _hits(folded, form.needle):
        lower = lower or _lower(text)
        if _stands(lower, at, form):
            return True
    return False


def _hits(folded: str, needle: str) -> Iterator[int]:
    """Where the needle begins a word."""
    at = folded.find(needle)
    while at >= 0:
        if at == 0 or not (needle[0].isalnum() and _is_letter(folded[at - 1])):
            yield at
        at = folded.find(needle, at + 1)


def _stands(lower: str, at: int, form: _Form) -> bool:
    if not form.parts:
        end = at + len(form.needle)
        return lower.startswith(form.word, at) and not (form.word[-1].isalnum() and _is_letter(lower[end : end + 1]))
    for n, part in enumerate(form.parts, 1):
        token = TOKEN.match(lower, at)
        if token is None or not _is_form(token[0], part, form.acronyms[n - 1], compound=n == len(form.parts)):
            return False
        gap = APART.match(lower, token.end())
        at = gap.end() if gap else len(lower)
    return True


def _is_form(token: str, word: str, acronym: bool, *, compound: bool) -> bool:
    """Whether a word of a text is this one, with an ending, or with more words behind it."""
    rest = token[len(word) :] if token.startswith(word) else None
    if rest == "" or word[-1].isdigit() or acronym or len(word) < INFLECTED:
        return rest == "" or (acronym and rest == "s")
    if rest in ENDINGS:
        return True
    if len(word) < LONG:
        return False
    if _stem(token) in {_stem(word), word} or _stem(token).translate(FOLD) == _stem(word):
        return True
    is_plural = word.endswith("y") and token == f"{word[:-1]}ies"
    return is_plural or (compound and rest is not None and any(_is_words(rest[len(link) :]) for link in _links(rest)))


def _stem(word: str) -> str:
    ending = next((end for end in STEM_ENDINGS if word.endswith(end) and len(word) - len(end) >= STEM), "")
    return word.removesuffix(ending)


def _links(rest: str) -> Iterator[str]:
    return (link for link in LINKS if rest.startswith(link))


@lru_cache(maxsize=50_000)
def _is_words(rest: str) -> bool:
    """Whether this is a German word or several in one."""
    if len(rest) > LONGEST:
        return False
    if _is_word(rest):
        return True
    return any(_is_word(rest[:n]) and _is_words(rest[n:]) for n in range(PART, len(rest) - PART + 1))


def _is_word(part: str) -> bool:
    if len(part) < PART:
        return part in SHORT_PARTS
    known = FREQUENCIES[Language.DE]
    return part in known or any(
        part.removesuffix(end) in known for end in STEM_ENDINGS if part.endswith(end) and len(part) - len(end) >= PART
    )


@lru_cache(maxsize=10_000)
def _forms(word: str) -> tuple[_Form, ...]:
    """The word as it was typed and, where umlauts were written out, with them."""
    lower = _lower(word)
    return tuple(_form(spelt, word) for spelt in dict.fromkeys((lower, _with_umlauts(lower))))


def _form(lower: str, typed: str) -> _Form:
    if not PLAIN.fullmatch(lower):
        return _Form(lower, lower.translate(FOLD), (), ())
    parts = tuple(TOKEN.findall(lower))
    capitals = tuple(part.isupper() and len(part) <= ACRONYM for part in TOKEN.findall(typed))
    first = parts[0]
    stem = _stem(first).removesuffix("y") if len(first) >= LONG else first
    return _Form(lower, stem.translate(FOLD), parts, capitals)


def _with_umlauts(lower: str) -> str:
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        lower = lower.replace(written, umlaut)
    return lower


def _lower(text: str) -> str:
    return normalize("NFC", text).casefold().replace("’", "'")


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _title(story: Story) -> str:
    return "\n".join(article.title for article in story.articles)


def _body(story: Story) -> str:
    return "\n".join(article.text[:READ] for article in story.articles)


def _keep(kept: dict[KeyT, ValueT], key: KeyT, value: ValueT, most: int) -> None:
    """Remember it, and forget the oldest where that are too many."""
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
