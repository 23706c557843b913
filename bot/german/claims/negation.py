"""A „nicht“ too many or too few, and the opposite said: a sentence against the clause of its sources that it tells."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.german.claims.alignment import Clause, clauses, closest
from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, Word, matches, reading
from bot.german.claims.poles import SHORT, Poles, poles
from bot.model import Language

# What negates by itself, and what may express a negation in another way.
_NOT = {
    Language.DE: re.compile(r"(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|weder|ohne|keinesfalls|keineswegs|nirgends)$"),
    Language.EN: re.compile(r"(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|t)$"),
}
_SOFT = {
    Language.DE: re.compile(
        r"(?:dementier|bestreit|bestritt|ableh|abgeleh|lehn|verweiger|verzicht|fehl|schei(?:ter)|gescheiter|miss|wider|zurückw|zurückgew"
        r"|ausschl|ausgeschl|ausbleib|ausgeblieb|aussteh|steht|stehen|ausständ|verhinder|vermeid|vermied|stopp|verbiet|verbot|untersag"
        r"|sperr|blockier|un(?!d|s|t(?:er)?|ion|iv)\w{4}|nur\b|erst\b|kaum|bislang|bisher|statt|anstatt|außer|gegen|wenig|gering|bleib|blieb"
        r"|abblitz|frei\b|los$|\w+los(?:e|en|er|es)?$|\w+frei(?:e|en|er|es)?$|allein|dicht|schutz|offen|streich|gestrich|einst|eingest"
        r"|verlier|verlor|verpass|aus$|ab$|weg|wegfall|entfall|entfäll|entgeh|verschon|schweig|schwieg|dahingestellt|noch$|weiter)"
    ),
    Language.EN: re.compile(
        r"(?:den(?:y|ied|ies)|reject|refus|declin|fail|lack|absen|un(?!der|it|ion|ique|ivers|til|less)\w{3}|ruled|rule|yet|miss|stop|prevent"
        r"|avoid|instead|rather|away|fell|through|only|ban|block|forbid|prohibit|bar|barred|against|drop|end|cease|discontinu|away|free|out"
        r"|stay|remain|keep|kept|still|few|little|hardly|barely|less|wait|await|pending|before|until|dismiss|disput|open|expos|scrap|cancel"
        r"|withdr|halt|suspend|turn|spar|exempt|except|but|clear|left|lost|lose|shut|down|short|disab|inab|dis\w{4}|in(?:valid|secure|active|complete))"
    ),
}
# What tells of a sentence that it does negate, in its own way.
_NARROW = re.compile(
    r"(?:dementier|bestreit|bestritt|ableh|abgeleh|lehn|verweiger|verzicht|fehl(?!er)|scheiter|gescheiter|misslang|missling|verfehl|widersp|zurückw|zurückgew"
    r"|ausschl|ausgeschl|ausbleib|ausgeblieb|aussteh|ausständ|verhinder|vermeid|vermied|stopp|verbiet|verbot|untersag|sperr|blockier"
    r"|un(?:klar|bekannt|möglich|sicher|begründet|verändert|geklärt|gewiss|zulässig|erreichbar|wahr|bestätigt|versehrt|verletzt|nötig|gültig|wirksam|betroffen|gelöst|vollständig|fähig|beantwortet)"
    r"|erst|kaum|statt|anstatt|außer|abblitz|\w+los(?:e[nrms]?)?$|\w+frei(?:e[nrms]?)?$|entfall|entfäll|verschon|schweig|schwieg|offen(?:lass)?$|warte|steht$|bleibt$|offline)"
)
_REFUSED = re.compile(r"\b(?:ruled? out|refus\w+ to|fail(?:ed|s)? to|schließ\w+ [^.]*\baus|schloss [^.]*\baus)\b")
_OPEN = re.compile(r"\b(?:steh\w+\b[^.]*\baus|auf sich warten|bleib\w+\b[^.]*\baus|noch aus|vom Tisch|lieg\w+ auf Eis)\b")
_NO_LONGER = re.compile(r"\b(?:nicht|keine?[nrms]?) (?:mehr|länger)\b")
_STILL = re.compile(r"\b(?:remain\w*|stays?|still|continu\w+|keeps?|weiter|weiterhin|bleib\w*|nach wie vor|unverändert|behält)\b")
_RELATIVE = re.compile(r"(?:für|an|auf|in|bei|mit|von|zu|aus|über|unter|durch|gegen|nach)$")
_RELATED = frozenset("der die das dem den deren dessen denen wo".split())
_SPARED = re.compile(
    r"\b(?:nicht (?:nur|zuletzt|allein|vor|mehr als|einmal|weniger|ganz|unbedingt|immer|unerheblich)|nichts (?:als|anderes)|kein(?:e|en)? geringer\w*"
    r"|ohne weiteres|ob\b[^,]*\bnicht|not only|no more than|no less|no later|not (?:until|before|least)|nothing but|if not|not (?:know|say|clear|said|disclose\w*|specif\w+|reveal\w*|decided|explain\w*) (?:why|how|whether|what|who|if|when|where))\b",
    re.IGNORECASE,
)
TOLD = 0.55  # share of their clause that the sentence tells
SURE = 0.75  # to say that a negation is none of theirs
WEIGHT = 1.5  # of a clause that is compared at all
PLAIN = 1.0  # the most that a word weighs which names nothing
EQUAL, ALL = 0.9, 0.95
ALONE = 0.35  # share of ours from which a clause of one word counts
LIKE = 0.8  # as near as the nearest, where opposites are looked for
BRIEF = 5  # words of a clause that only says whether something is so
POLE = 0.5  # share of the sentence without the word in question


def negation_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """Negations that the sources don't have, or that got lost, and opposites of what they say."""
    told = reading(sentence, tuple(cited))
    found = matches(sentence, tuple(cited))
    if _SPARED.search(sentence) or not found:
        return
    flipped = next(_flipped(told, cited), None)
    if flipped:
        yield flipped
        return
    for n, part in enumerate(told.clauses):
        if len([word for word in part.words if word.weight]) > 1:
            found_here = clauses(part.words, told.keys, found)
            yield from _compared(part.words, told, found_here, related=n > 0 and _is_relative(part.words))


def _is_relative(words: Sequence[Word]) -> bool:
    return any(
        word.lower in _RELATED and (n == 0 or _RELATIVE.match(words[n - 1].lower) is not None)
        for n, word in enumerate(words[:2])
    )


def _compared(words: Sequence[Word], told: Passage, found: Sequence[Clause], *, related: bool) -> Iterator[str]:
    found = [one for one in found if any(_is_shared(word, told) and word.weight <= PLAIN for word in one.words)]
    if not found or _SPARED.search(found[0].passage.text):
        return
    ours = [word.text for word in words if _NOT[Language.DE].match(word.lower)]
    if ours:
        yield from _invented(ours[0], told, found)
    elif not related and not _is_negative(told, found[0]):
        best = _meant(found)
        lost = [_negation(one, told) for one in best]
        if best and all(lost) and _is_enough(best[0], told):
            yield f"lässt eine Verneinung der Quellen weg („{lost[0]}“)"


def _invented(ours: str, told: Passage, found: Sequence[Clause]) -> Iterator[str]:
    """A negation of ours, where the passages that tell all the rest have none."""
    best = closest(found)
    if any(one.told >= TOLD and _negators(one.words, one.passage.language) for one in found):
        return
    if _NO_LONGER.search(told.text) and all(one.told >= TOLD and _STILL.search(one.passage.text) for one in best):
        yield f"verneint mit „{ours}“, was laut den Quellen weiter gilt"
    elif best[0].share >= SURE and not any(
        _has_negation(one.passage.words, one.passage.language, told.keys) or _OPEN.search(one.passage.text)
        for one in best
    ):
        yield f"verneint mit „{ours}“, was die Quellen nicht verneinen"


def _meant(found: Sequence[Clause]) -> list[Clause]:
    """The clauses that a sentence without a negation may tell: those it tells as a whole, or the closest."""
    near = [one for one in closest(found, LIKE) if one.told >= TOLD]
    whole = [one for one in near if one.told >= ALL]
    most = max((one.share for one in near), default=0.0)
    return whole or [one for one in near if one.share >= EQUAL * most]


def _is_shared(word: Word, told: Passage) -> bool:
    return bool(word.weight) and not word.keys.isdisjoint(told.keys)


def _is_negative(told: Passage, best: Clause) -> bool:
    """Whether the sentence negates in any way that is not the source's own word for something."""
    theirs = frozenset().union(*(word.keys for word in best.words))
    return bool(_OPEN.search(told.text)) or any(
        _NOT[Language.DE].match(word.lower) or (_NARROW.match(word.lower) and word.keys.isdisjoint(theirs))
        for word in told.words
    )


def _negation(one: Clause, told: Passage) -> str:
    """What negates this clause and is not said in the sentence."""
    found = _negators(one.words, one.passage.language)
    refused = _REFUSED.search(" ".join(word.text for word in one.words))
    if refused and all(word.keys.isdisjoint(told.keys) for word in one.words if word.text in refused[0].split()[0]):
        found.append(refused[0])
    return found[0] if found else ""


def _is_enough(one: Clause, told: Passage) -> bool:
    return _weight(one, told) >= WEIGHT or (one.told >= ALL and one.share >= ALONE)


def _weight(one: Clause, told: Passage) -> float:
    return sum(word.weight for word in one.words if not word.keys.isdisjoint(told.keys))


def _negators(words: Iterable[Word], language: Language) -> list[str]:
    return [word.text for word in words if _NOT[language].match(word.lower)]


def _has_negation(words: Iterable[Word], language: Language, other: frozenset[str]) -> bool:
    """Whether anything negates here; a word that the other side has as well negates on both."""
    return any(
        _NOT[language].match(word.lower) or (_SOFT[language].match(word.lower) and word.keys.isdisjoint(other))
        for word in words
    )


def _flipped(told: Passage, cited: Sequence[Evidence]) -> Iterator[str]:
    """„stieg“ where the clause that tells all the rest says „fell“."""
    found = matches(told.text, tuple(cited))
    for part in told.clauses:
        for word in part.words:
            own = poles(word, Language.DE)
            if own:
                rest = tuple(one for one in part.words if one is not word)
                against = _against(own, clauses(rest, told.keys, found), told)
                if against:
                    yield f"sagt „{word.text}“, wo die Quelle „{against}“ sagt"


def _against(own: Poles, found: Sequence[Clause], told: Passage) -> str:
    best = [one for one in closest(found, LIKE) if one.share >= POLE]
    if any(number in SHORT for number, _ in own):  # „Railwerk bestreitet das“
        best += [one for one in found if one.told >= TOLD and len(one.words) <= BRIEF]
    if any(own & poles(theirs, one.passage.language) for one in best for theirs in one.words):
        return ""
    return next(filter(None, (_opposite(own, one, told) for one in best)), "")


def _opposite(own: Poles, one: Clause, told: Passage) -> str:
    """The word of a clause that says the opposite, if none says the same and neither side is negated."""
    language = one.passage.language
    theirs = {word.text: poles(word, language) for word in one.words}
    sides = frozenset().union(*theirs.values())
    if own & sides or _negators(one.words, language) or _negators(told.words, Language.DE):
        return ""
    opposites = {(n, not side) for n, side in own}
    said = frozenset().union(*(poles(word, Language.DE) for word in told.words))
    return next((text for text, them in theirs.items() if them & opposites and not them & said), "")
