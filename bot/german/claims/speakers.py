"""Whether what a sentence says that somebody said was said by that one."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.german.claims.evidence import Evidence
from bot.german.claims.meanings import is_listed
from bot.german.claims.passages import Passage, Word, claim, passages
from bot.model import Language

_SAYING = {
    Language.DE: re.compile(
        r"(?:sag|erklär|beton|mein|versicher|räum|warn|äußer|kommentier|begründ|bemerk|vermut|lob|bemängel)(?:t|te|ten|en)|teilte|teilt|schrieb|schreibt|nannte|nennt"
        r"|sprach|spricht|laut|zufolge|angaben|worten|einschätzung|ansicht|auffassung|aussage|so"
    ),
    Language.EN: re.compile(
        r"said|says|say|told|tells|called|calls|wrote|writes|added|adds|warned|warns|argued|argues|noted|notes|explained|explains|stated"
        r"|claimed|claims|acknowledged|insisted|commented|joked|tweeted|according|spoke|described|expects|doubts|thinks|believes"
    ),
}
_PRONOUNS = frozenset(
    """
    he she they it er sie es wir company firm spokesperson spokeswoman spokesman unternehmen firma sprecher
    sprecherin
    """.split()
)
BACK = 4  # passages before „she said“ in which she may be named
LEAST = 1.0  # weight of what is said by which the passage is told
CLOSE = 0.8  # share of the best passage's score that makes another as good


def speaker_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A reason where the sources let somebody else say what the sentence says."""
    told = claim(sentence)
    saying = _attribution(told)
    names = {word.text for word in saying if _is_name(word, told)} if saying else set()
    known = {name for name in names if any(_bare(name) in _capitalised(source) for source in cited)}
    if not known:
        return
    verbs = {word.text for word in saying if _SAYING[Language.DE].fullmatch(word.lower)}
    content = [word for word in told.words if word.weight and word.text not in names | verbs]
    best = _best(content, cited)
    if not best or any(_may_say(known, source, passage) for source, passage in best):
        return
    speakers = [name for source, passage in best for name in _speakers(source, passage)]
    if speakers:
        yield f"lässt {_joined(saying, known)} sagen, was in der Quelle {' '.join(dict.fromkeys(speakers))} sagt"


def _joined(saying: Sequence[Word], known: set[str]) -> str:
    return " ".join(word.text for word in saying if word.text in known)


def _best(content: Sequence[Word], cited: Sequence[Evidence]) -> list[tuple[Evidence, Passage]]:
    """The passages in which somebody says this, the one that tells it best and those nearly as good."""
    scored = [
        (sum(word.weight for word in content if not word.keys.isdisjoint(passage.keys)), source, passage)
        for source in cited
        for passage in passages(source)
        if passage.place
    ]
    most = max((score for score, _, _ in scored), default=0.0)
    if most < LEAST:
        return []
    return [(source, passage) for score, source, passage in scored if score >= CLOSE * most]


def _may_say(names: set[str], source: Evidence, passage: Passage) -> bool:
    """Whether one of these says it in the passage, or is what the story is about: „laut Quillnet“ for its spokesman."""
    speakers = _speakers(source, passage)
    if not speakers:
        return True
    title = passages(source)[0].lowered
    bare = {_bare(name) for name in names}
    return bool(bare & set(speakers)) or any(name.lower() in title for name in bare)


def _speakers(source: Evidence, passage: Passage) -> tuple[str, ...]:
    return _speakers_at(source, passage.place)


@lru_cache(maxsize=128)
def _speakers_at(source: Evidence, place: int) -> tuple[str, ...]:
    """The capitalised words beside the verb of saying, or those of the last speaker where it is only „she“."""
    passage = passages(source)[place]
    saying = _attribution(passage)
    names = _names(saying, passage)
    if names or not saying or not any(word.lower in _PRONOUNS for word in saying):
        return names
    every = passages(source)
    for earlier in reversed(every[max(1, passage.place - BACK) : passage.place]):
        found = _names(_attribution(earlier), earlier)
        if found:
            return found
    return ()


def _names(saying: Sequence[Word], passage: Passage) -> tuple[str, ...]:
    return tuple(_bare(word.text) for word in saying if _is_name(word, passage))


def _attribution(passage: Passage) -> tuple[Word, ...]:
    """The words of the clauses that have a verb of saying."""
    pattern = _SAYING[passage.language]
    clauses = {word.clause for word in passage.words if pattern.fullmatch(word.lower)}
    return tuple(word for word in passage.words if word.clause in clauses)


def _is_name(word: Word, passage: Passage) -> bool:
    if not word.text[0].isupper() or len(word.text) == 1:
        return False
    if passage.language is Language.EN:
        return word is not passage.words[0] or _begins_name(passage)
    return not is_listed(word.text) and word.weight > 0


def _begins_name(passage: Passage) -> bool:
    """Whether the first word of an English sentence is a name: „Paul Ostmark“, „Ostmark said“, not „Nobody told“."""
    following = passage.words[1] if len(passage.words) > 1 else passage.words[0]
    return following.text[0].isupper() or bool(
        passage.words[0].weight and _SAYING[Language.EN].fullmatch(following.lower)
    )


def _bare(name: str) -> str:
    """Without the genitive's s, as a key of its own: „Morgenroths“."""
    return name[:-1] if name.endswith("s") and len(name) > 4 else name  # noqa: PLR2004


@lru_cache(maxsize=12)
def _capitalised(source: Evidence) -> frozenset[str]:
    return frozenset(
        _bare(word.text) for passage in passages(source) for word in passage.words if word.text[0].isupper()
    )
