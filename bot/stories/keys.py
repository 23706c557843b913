"""A word -> its key, the same across inflection and languages.

A key is the folded beginning of a word: „Satelliten“ and `satellites` share theirs, as do Sørvik, Soervik and Sorvik.
"""

import re
import unicodedata

LETTERS = 7  # of a key; long enough for names, short enough to drop inflections
LETTER = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ø": "o", "æ": "a", "œ": "o", "å": "a", "ł": "l", "đ": "d"}
)
UMLAUT, HARD = re.compile(r"(?<=[aou])e(?=[a-z])"), re.compile(r"ck|c(?!h)")
LEAST_GENITIVE = 5  # letters; a shorter word ends in an s of its own


def fold(word: str) -> str:
    """The folded beginning of a word."""
    folded = word.lower().translate(LETTER)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return HARD.sub("k", UMLAUT.sub("", folded).replace("ph", "f"))[:LETTERS]


def key_of(word: str) -> str:
    """The key of a word, without the s of a genitive or a plural."""
    lower = word.lower()
    return fold(word[:-1] if len(word) >= LEAST_GENITIVE and lower.endswith("s") and not lower.endswith("ss") else word)
