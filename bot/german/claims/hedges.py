"""A reservation that got lost: the sources only report, claim or expect what the sentence states."""

import re
from collections.abc import Iterator, Sequence

from bot.german.claims.alignment import Clause, clauses, closest
from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, matches, reading
from bot.german.hedges import is_hedged
from bot.model import Language

# What makes more of a source's clause than „the company said“: somebody thinks, claims, expects it, or it may be so.
_RESERVED = {
    Language.EN: re.compile(
        r"\b(?:reportedly|allegedly|alleged|apparently|purportedly|supposedly|presumably|possibly|perhaps|probably|likely"
        r"|may|might|could(?! not)|can't rule|expect(?:s|ed|ing)?|anticipat\w+|forecasts?|predict\w*|project(?:s|ed)|believ(?:e|es|ed)|think|thinks|suspect(?:s|ed)?"
        r"|claim(?:s|ed)|estimat(?:e|es|ed)|assum(?:e|es|ed)|rumou?r\w*|speculat\w+|is said to|are said to|appears? to|appeared to|seems?|possibility|possible|potential(?:ly)?|hop(?:e|es|ed|ing)|argu(?:e|es|ed)|fear(?:s|ed)?"
        r"|unconfirmed|not been confirmed|moderate confidence|suggest(?:s|ed)?|indicat(?:e|es|ed)|hint(?:s|ed)?|should (?!have|not)|would (?!not))\b"
    ),
    Language.DE: re.compile(
        r"\b(?:soll(?:en|te|ten)?|könnten?|dürften?|angeblich\w*|offenbar|mutmaßlich\w*|vermutlich|voraussichtlich\w*|möglicherweise|möglich\w*|womöglich|vielleicht"
        r"|wohl|anscheinend|schein(?:t|en)|wahrscheinlich|behaupte\w*|vermute\w*|schätz\w+|erwarte\w*|rechne(?:t|n)|glaub\w+|gehen davon aus|geht davon aus|Gerücht\w*|spekul\w+|hoff\w+|befürcht\w+"
        r"|Verdacht|unbestätigt\w*|prognos\w+|würden?|wäre\w*|deute\w* \w+ hin|hält \w+ für|halten \w+ für)\b"
    ),
}
# Said of the whole sentence, wherever it stands.
_REPORTED = {
    Language.EN: re.compile(
        r"\b(?:people (?:familiar|with knowledge|close)|sources? (?:say|said|close|told)|unnamed|anonymous|insiders?|according to (?:(?:a|the|two|three|several|some|media|news|press|local|unnamed|internal) )*(?:\w+ )?(?:reports?|newspaper|website|magazine|people|sources?|insiders?|agency|leak|rumou?rs?|blog|documents?|broadcaster|daily|weekly|business|trade|news)"
        r"|(?:newspaper|magazine|website|agency|paper|daily|broadcaster|site|blog|portal)\b[^.;]{0,60}\breport(?:s|ed)|report(?:s|ed) (?:that|on)|, (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2} reported|reported,? citing|citing (?:unnamed|people|sources|internal|a person|two|three))\b"
    ),
    Language.DE: re.compile(
        r"\b(?:nach Informationen|Insider\w*|Eingeweihte\w*|Kreise\w*|mit der Sache vertraut\w*|wie (?:die|das|der) [„\w][^.;,]{2,40} (?:berichtet\w*|schreibt|meldet\w*)|bericht(?:et|ete|en) (?:die|das|der|unter)|Medienbericht\w*|Zeitungsbericht\w*|Bericht\w* zufolge|laut (?:einem|einer|der Zeitung|der Agentur|dem Magazin|Medien|Bericht\w*))\b"
    ),
}
_KEPT = re.compile(
    r"\b(?:soll(?:en|te|ten)?|würden?|wäre\w*|hätten?|könn\w+|dürf\w+|müsst\w+|möglich\w*|womöglich|wahrscheinlich|unwahrscheinlich|erwäg\w+|prüf\w+|plan\w+|geplant\w*|will|wollen|droht|drohen|nachdenk\w*|denkt|denken|überleg\w+"
    r"|hält|halten|hielt|sieht|sehen|nennt|nannte|bezeichnet\w*|sprach|spricht|sprachen|sagt\w*|sagen|meint\w*|heißt|hieß|erklär\w*|betont\w*|kündig\w*|versprich\w*|versproch\w*|versprach\w*|warn\w+|fürcht\w+|befürcht\w+|hoff\w+|rechn\w+|erwart\w*|prognos\w*|schätz\w*|veranschlag\w*|bezif\w*|vermut\w*|verdäch\w*|Verdacht\w*|gilt|gelten|zufolge"
    r"|laut|Angaben|Aussage\w*|Ansicht\w*|Meinung|Einschätzung\w*|Schätzung\w*|Informationen|Bericht\w*|Gerücht\w*|Vorwurf\w*|Zweifel\w*|verantwortlich|Schuld|wirft|werfen|vorwirft|möchte\w*|Aussicht\w*|Prognose\w*|Annahme|offen|unklar|unbestätigt\w*|deute\w*|spreche\w*|wirbt|werben|verhandel\w*|Gespräch\w*|interess\w*|ab Werk|Ziel|strebt|peilt|anvisiert\w*|vorgesehen\w*|zuordn\w*|ordnet|glaub\w+|im Raum|Kreisen|Szenario|falls|wenn|sofern|ob)\b",
    re.IGNORECASE,
)
NEAR = 0.4  # of a clause that is taken for the one meant
SHARE = 0.55  # of the sentence that the passage tells


def hedge_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A sentence that states what the clause of its sources which tells the same only reports, claims or expects."""
    if is_hedged(sentence) or _KEPT.search(sentence):
        return
    held = tuple(cited)
    told, found = reading(sentence, held), matches(sentence, held)
    best = [one for one in closest(clauses(told.words, told.keys, found)) if one.near >= NEAR]
    hedges = [_hedge(one, told) for one in best]
    if hedges and all(hedges):
        yield f"stellt fest, was die Quellen nur mit Vorbehalt sagen („{hedges[0]}“)"


def _hedge(one: Clause, told: Passage) -> str:
    """What in the source says that it is not certain; nothing where its clause is certain."""
    language = one.passage.language
    reported = _REPORTED[language].search(one.passage.text)
    if reported:
        return reported[0]
    spoken = " ".join(word.text for word in one.words)
    found = [match[0] for match in _RESERVED[language].finditer(spoken)]
    return next((word for word in found if not _is_shared(word, one, told)), "")


def _is_shared(hedge: str, one: Clause, told: Passage) -> bool:
    """Whether the sentence has the very word in its own way: „possible“ as „möglich“."""
    first = hedge.split()[0].lower()
    return any(word.lower == first and not word.keys.isdisjoint(told.keys) for word in one.words)
