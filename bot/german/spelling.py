"""What people typed: the same word in whatever spelling („Zürich“, „ZUERICH“), and quoted in an answer."""

from unicodedata import normalize

QUOTED = 60  # characters; whoever typed more knows what it was
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(text: str) -> str:
    """The letters and digits of a text in lower case, umlauts written out; equal for all spellings of a name."""
    return "".join(sign for sign in normalize("NFC", text).casefold().translate(_LETTERS) if sign.isalnum())


def named(text: str) -> str:
    """What was typed in German quotes, in one line and cut to 60 characters."""
    line = " ".join(text.split())
    return f"„{line}“" if len(line) <= QUOTED else f"„{line[: QUOTED - 1]}…“"
