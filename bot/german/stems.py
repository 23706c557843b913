"""A word -> one form for its inflections; the only importer of Stemmer."""

from collections.abc import Mapping

import Stemmer

from bot.model import Language

_STEMMERS: Mapping[Language, Stemmer.Stemmer] = {
    Language.DE: Stemmer.Stemmer("german"),
    Language.EN: Stemmer.Stemmer("english"),
}


def stem(lowered: str, language: Language) -> str:
    """The stem of a word in lower case (Snowball)."""
    return str(_STEMMERS[language].stemWord(lowered))
