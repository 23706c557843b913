"""The same word in whatever spelling people type: „Zürich“, „ZUERICH“, „zuerich“."""

from unicodedata import normalize

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(text: str) -> str:
    """The letters and digits of a text in lower case, umlauts written out; equal for all spellings of a name."""
    return "".join(sign for sign in normalize("NFC", text).casefold().translate(_LETTERS) if sign.isalnum())
