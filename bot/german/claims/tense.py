"""What is planned, pending or only considered, told as if it were done."""

import re
from collections.abc import Iterator, Sequence

from bot.german.claims.alignment import clauses, closest
from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, Word, matches, reading
from bot.model import Language

_AUXILIARY = frozenset("hat haben hatte hatten ist sind war waren wurde wurden worden".split())
_PARTICIPLE = re.compile(
    r"(?:\w{0,9}ge\w{2,}(?:t|en)|(?:be|ver|er|ent|zer|miss|ge|über|unter|wieder|wider|durch|um|voll)\w{2,}(?:t|en)|\w{3,}iert|\w+(?:be|ver|er)\w{3,}(?:t|en)|beantragt)$"
)
_PRETERITE = re.compile(r"(?:\w{3,}(?<!eit)(?<!ach)te|gab|ging|kam|nahm|übernahm|verbot|beschloss|erhielt|gewann|verlor|begann|fand|zog|trat|stieg|sank|fiel|schloss|verließ|entschied|unterschrieb|erwarb|erschien)$")
_SAID = frozenset("mitteilte sagte erklärte meldete berichtete betonte teilte mitgeteilt".split())
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
NEAR, SHARE = 0.4, 0.35  # of a clause that is taken for the one meant
WHOLE = 0.6  # of the sentence that a passage tells which is taken for the one meant
BEFORE = 8  # words before the verb in which the plan is told
_ARTICLES = frozenset("a an the its his her their this that".split())


def tense_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A deed in the past or a state where the closest clauses only tell of a plan, an application or a possibility."""
    held = tuple(cited)
    told = reading(sentence, held)
    deed = _deed(told)
    if deed is None or _is_open(deed, told):
        return
    found = matches(sentence, held)
    told_by = [match for match in found[:2] if match.share >= max(WHOLE, 0.9 * found[0].share)]
    near = closest(clauses(told.words, told.keys, found))
    best = [one for one in near if one.near >= NEAR and one.share >= SHARE]
    groups = [one.passage.words for one in told_by] or [one.words for one in best]
    language = (told_by[0].passage if told_by else best[0].passage).language if told_by or best else Language.DE
    plans = [_plan(words, language, deed) for words in groups]
    if plans and all(plans):
        yield f"nennt „{deed.text}“ geschehen; in der Quelle ist das erst geplant oder offen („{plans[0]}“)"


def _is_open(deed: Word, told: Passage) -> bool:
    """Whether the clause with the deed says itself that it is not done."""
    others = {word.clause for word in told.words if word.lower in _AUXILIARY}
    clause = " ".join(word.text for word in told.words if word.clause == deed.clause or word.clause in others)
    return _OPEN.search(clause) is not None


def _deed(told: Passage) -> Word | None:
    """The verb for what is said to have happened; None where the sentence tells nothing of the past."""
    has_auxiliary = any(word.lower in _AUXILIARY for word in told.words)
    for word in reversed(told.words):
        if word.text[0].islower() and word.keys and word.lower not in _SAID and _is_past(word.lower, has_auxiliary=has_auxiliary):
            return word
    return None


def _is_past(lowered: str, *, has_auxiliary: bool) -> bool:
    return (has_auxiliary and _PARTICIPLE.match(lowered) is not None) or _PRETERITE.match(lowered) is not None


def _plan(words: Sequence[Word], language: Language, deed: Word) -> str:
    """The word that makes a plan of it; nothing where it is told as done."""
    pattern = _PENDING[language]
    verbs = [n for n, word in enumerate(words) if not word.keys.isdisjoint(deed.keys)]
    marks = [n for n, word in enumerate(words) if pattern.match(word.lower) and n not in verbs]
    marks = [n for n in marks if not n or words[n - 1].lower not in _ARTICLES]
    if verbs and language is Language.EN:
        marks = [n for n in marks if 0 < verbs[0] - n <= BEFORE and words[n].clause == words[verbs[0]].clause]
    elif verbs:
        marks = [n for n in marks if _is_of_one(words, n, verbs[0])]
    elif language is Language.EN:
        marks = [n for n in marks if words[n].lower not in {"to", "set", "due", "if"}]
    telling = [n for n in marks if words[n].lower != "to"]
    return words[telling[0]].text if telling else ""


def _is_of_one(words: Sequence[Word], mark: int, verb: int) -> bool:
    """In German they share a clause, or the verb is an infinitive with „zu“ in the next one."""
    infinitive = re.search(r"zu\w+en$", words[verb].lower) or words[verb - 1].lower == "zu"
    return words[mark].clause == words[verb].clause or (infinitive is not None and words[mark].clause < words[verb].clause)
