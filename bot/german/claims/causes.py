"""Causes that a sentence gives and its sources don't."""

import re
from collections.abc import Iterator, Sequence

from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, Word, claim, passages
from bot.model import Language

_OURS = re.compile(
    r"(?P<clause>\b(?:weil|da (?=(?:der|die|das|es|er|sie|man|dem|den|ein\w*|kein\w*|\w+s?)\b)|denn)\b)"
    r"|(?P<phrase>\b(?:wegen|aufgrund|auf Grund|infolge|aus Angst vor|dank|angesichts)\b)"
    r"|\b(?P<noun>(?:Grund|Ursache|Auslöser|Schuld)\b[^.]{0,30}\b(?:ist|sind|war|waren|sei|seien|für|trägt"
    r"|daran)\b|verursacht|ausgelöst|zurückzuführen|geschuldet|liegt an|lag an|führte(?:n)? zu|führt zu)",
)
_THEIRS = {
    Language.EN: re.compile(
        r"\b(?:because|due to|owing to|since|as a result|result\w*|caus\w+|led to|leads? to|leading|thanks to"
        r"|blam\w+|reason\w*|trigger\w*"
        r"|after|follow\w+|amid|over|therefore|hence|why|stem\w*|attribut\w+|trac\w+ (?:back )?to|driven"
        r"|prompt\w*|forc\w+|given|to avoid|responsible|explain\w*|thus|comes? down to|fault\w*|behind|account\w*"
        r"|on the back of|fear\w*|despite)\b",
        re.IGNORECASE,
    ),
    Language.DE: re.compile(
        r"\b(?:weil|da|denn|wegen|aufgrund|auf Grund|infolge|durch|nach|Grund\w*|Gründ\w*|Ursache\w*|verursach\w*"
        r"|ausgelöst|Auslöser|Schuld\w*|verantwortlich|zurückzuführen|führ(?:t|te|ten|en) (?:\w+ )*zu|geführt"
        r"|deshalb|daher|darum"
        r"|dadurch|sodass|so dass|liegt an|lag an|dank|angesichts|Folge\w*|begründ\w*|warum|weshalb|Anlass|Angst"
        r"|Sorge|trotz|sonst|mangels)\b"
    ),
}
_NONE = re.compile(
    r"\b(?:(?:no|not|any) (?:\w+ )?(?:reason|cause|explanation)|not (?:\w+ ){0,2}(?:because|due|related to"
    r"|linked to|connected|know why|say why|said why|explain)|unrelated|nothing to do with|rather than|(?:cause"
    r"|reason)\w* (?:\w+ ){0,3}(?:unknown|unclear|not)|do(?:es)? not know"
    r"|kein\w* (?:\w+ )?(?:Grund|Gründe|Ursache|Zusammenhang|Erklärung)|nicht (?:\w+ ){0,3}(?:wegen|weil|aufgrund"
    r"|zusammen)|(?:Ursache|Grund|Auslöser)\w* (?:\w+ ){0,5}(?:unklar|unbekannt|offen|nicht)|hat damit nichts"
    r"|nichts zu tun|(?:Einen Grund|Gründe|Warum)\b[^.]*\bnicht)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:nicht|kein\w*)\b", re.IGNORECASE)
PART = 0.34  # share of the cause, and of the effect, that a passage must tell
WHOLE = 0.5  # the same where a sentence says no more than the cause
WEIGHT = 1.0  # of either; less tells nothing


def cause_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A „weil“ or „wegen“ for which no passage gives a reason in speaking of both the cause and the effect."""
    found = _OURS.search(sentence)
    if not found or (found["noun"] and _NEGATED.search(sentence)):
        return
    cause, effect = _sides(claim(sentence), found)
    if min(_weight(cause), _weight(effect)) < WEIGHT:
        return
    told = [passage for one in cited for passage in passages(one)]
    part = WHOLE if found["noun"] else PART
    gives = any(_gives(told, n, cause, effect, part) for n in range(len(told)))
    if not gives or (any(_denies(passage, cause) for passage in told) and not _NEGATED.search(sentence)):
        yield f"gibt mit „{found[0].strip()}“ einen Grund an, den die Quellen nicht nennen"


def _denies(passage: Passage, cause: Sequence[Word]) -> bool:
    """Whether a clause says of this very thing that it was not the cause."""
    return _NONE.search(passage.text) is not None and any(
        _NONE.search(" ".join(word.text for word in part.words)) and _tells(cause, part.keys, PART)
        for part in passage.clauses
    )


def _sides(told: Passage, found: re.Match[str]) -> tuple[list[Word], list[Word]]:
    """The words of the cause and those of the effect."""
    marker = found[0].split()[0].lower()
    n = next((n for n, word in enumerate(told.words) if word.lower == marker), 0)
    if found["noun"]:
        return list(told.words), list(told.words)
    rest = [word for m, word in enumerate(told.words) if m != n]
    if found["clause"]:
        clause = told.words[n].clause
        cause = [word for word in rest if word.clause == clause]
        return cause, [word for word in rest if word.clause != clause]
    size = _phrase(told.words, n)
    return list(told.words[n + 1 : n + 1 + size]), [*told.words[:n], *told.words[n + 1 + size :]]


def _phrase(words: Sequence[Word], n: int) -> int:
    """How many words belong to „wegen des schweren Fehlers“: up to its last noun, or the first if a verb follows."""
    size = 0
    for word in words[n + 1 : n + 8]:
        if (
            word.text[0].islower()
            and size
            and words[n + size].text[0].isupper()
            and word.lower not in {"der", "des", "von", "in", "im", "am", "bei", "beim", "und"}
        ):
            break
        size += 1
    return size


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)


def _gives(told: Sequence[Passage], n: int, cause: Sequence[Word], effect: Sequence[Word], part: float) -> bool:
    """Whether a passage, with the one before it, speaks of both and of a reason in between."""
    here, before = told[n], told[n - 1] if n else told[n]
    if _NONE.search(here.text) or not _THEIRS[here.language].search(here.text):
        return False
    keys = here.keys | before.keys
    either = _tells(cause, here.keys, part) or _tells(effect, here.keys, part)
    return either and _tells(cause, keys, part) and _tells(effect, keys, part)


def _tells(words: Sequence[Word], keys: frozenset[str], part: float) -> bool:
    return sum(word.weight for word in words if not word.keys.isdisjoint(keys)) >= part * _weight(words)
