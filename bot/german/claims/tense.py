"""What is planned, pending or only considered, told as if it were done."""

import re
from collections.abc import Iterator, Sequence

from bot.german.claims.alignment import Clause, clauses, closest
from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, Word, matches, reading
from bot.model import Language

_AUXILIARY = frozenset("hat haben hatte hatten ist sind war waren wurde wurden worden".split())
_PARTICIPLE = re.compile(
    r"(?:\w{0,9}ge\w{2,}(?:t|en)|(?:be|ver|er|ent|zer|miss|ge|über|unter|wieder|wider|durch|um|voll)\w{2,}(?:t|en)|\w{3,}iert|\w+(?:be|ver|er)\w{3,}(?:t|en)|beantragt)$"
)
_PRETERITE = re.compile(r"(?:\w{3,}(?:te|ten)|gab|ging|kam|nahm|übernahm|verbot|beschloss|erhielt|gewann|verlor|begann|fand|zog|trat|stieg|sank|fiel|schloss|verließ|entschied|unterschrieb|erwarb|erschien)$")
_DONE = frozenset("bereits schon inzwischen mittlerweile fertig abgeschlossen".split())
_OPEN = re.compile(
    r"\b(?:will|wollen|wollte\w*|plan\w+|geplant\w*|soll\w*|wird|werden|würde\w*|erwäg\w+|prüf\w+|beantrag\w+|Antrag\w*|verhandel\w+|Gespräch\w*|möchte\w*|beabsichtig\w+|vorgesehen\w*|vorgeschlagen\w*|Vorschlag\w*|schlug\w* \w+ vor|kündig\w+|angekünd\w+|Ankündigung\w*|Absicht\w*|Entwurf\w*|aussteh\w*|steht|stehen|könn\w+|dürfte\w*|Ziel\w*|fordert\w*|verlang\w+|bitte\w*|gebeten|versprach\w*|verspricht|versprochen|erwartet\w*|erwarten|rechne\w*|gerechnet|hoff\w+|in Aussicht|zugesagt|vor Gericht ziehen|bereit|noch nicht|nicht|kein\w*|droh\w+|würd\w+|bot|anbot|angeboten|Angebot\w*|strebt\w*|anstreb\w*|vorbereit\w*|bereitet)\b",
    re.IGNORECASE,
)
_PENDING = {
    Language.EN: re.compile(
        r"^(?:plan|plans|planned|planning|intend\w*|will|would|wants?|consider\w*|weigh\w*|mull\w*|appl(?:y|ied|ies)|pending|yet|talks|negotiat\w*|propos\w*|could|may|might|expect\w*|due|schedul\w*|await\w*|needs?|seek\w*|aims?|aiming|hop(?:e|es|ing)|studying|looking|prepar\w*|explor\w*|must|should|ask\w*|call(?:s|ed|ing)|want\w*|undecided|draft|set|to|shall|asked|evaluat\w*|examin\w*|review\w*|possible|ready|offer\w*|going|testing|decide|whether|if)$"
    ),
    Language.DE: re.compile(
        r"^(?:will|wollen|plan\w*|geplant\w*|soll|sollen|wird|werden|würde\w*|erwäg\w*|prüf\w*|beantrag\w*|antrag\w*|verhandel\w*|möchte\w*|beabsichtig\w*|vorgesehen\w*|vorgeschlagen\w*|vorschlag\w*|aus|aussteh\w*|könnte\w*|muss|müssen|fordert\w*|verlang\w*|künftig\w*|entwurf\w*|rechnet|erwartet|hofft|noch|kündig\w*|strebt|zu|ob|droht|möglich\w*|bereitet|vorbereit\w*|erst|absicht)$"
    ),
}
NEAR = 0.4
SHARE = 0.4
BEFORE = 8  # words before the verb in which the plan is told


def tense_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A deed in the past or a state where the closest clauses only tell of a plan, an application or a possibility."""
    if _OPEN.search(sentence):
        return
    held = tuple(cited)
    told = reading(sentence, held)
    deed = _deed(told)
    if deed is None:
        return
    found = clauses(told.words, told.keys, matches(sentence, held))
    best = [one for one in closest(found) if one.near >= NEAR and one.share >= SHARE]
    plans = [_plan(one, deed) for one in best]
    if plans and all(plans):
        yield f"nennt „{deed.text}“ geschehen; in der Quelle ist das erst geplant oder offen („{plans[0]}“)"


def _deed(told: Passage) -> Word | None:
    """The verb for what is said to have happened; None where the sentence tells nothing of the past."""
    has_auxiliary = any(word.lower in _AUXILIARY for word in told.words)
    for word in reversed(told.words):
        if word.text[0].islower() and word.keys and (
            (has_auxiliary and _PARTICIPLE.match(word.lower)) or _PRETERITE.match(word.lower)
        ):
            return word
    return None


def _plan(one: Clause, deed: Word) -> str:
    """The word that makes a plan of it; nothing where the clause tells it as done."""
    language = one.passage.language
    pattern = _PENDING[language]
    verbs = [n for n, word in enumerate(one.words) if not word.keys.isdisjoint(deed.keys)]
    if language is Language.DE:
        return next((word.text for word in one.words if pattern.match(word.lower)), "")
    if not verbs:
        return next((word.text for word in one.words if pattern.match(word.lower) and word.lower not in {"to", "set", "due", "if"}), "")
    before = one.words[max(0, verbs[0] - BEFORE) : verbs[0] + 1]
    return next((word.text for word in before if pattern.match(word.lower) and word.lower != "to"), "")
