"""How frequent a word is in German and in English; words that are not listed are rarer than one in a million."""

from collections.abc import Mapping

from wordfreq import get_frequency_dict

from bot.model import Language

FREQUENCIES: Mapping[Language, Mapping[str, float]] = {
    language: get_frequency_dict(language.value, "small") for language in Language
}
