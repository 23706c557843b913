"""A reservation that got lost: the sources only report, claim or expect what the sentence states."""

import re
from collections.abc import Iterator, Sequence

from bot.german.claims.alignment import Clause, clauses, closest
from bot.german.claims.evidence import Evidence
from bot.german.claims.passages import Passage, Word, matches, reading
from bot.german.hedges import is_hedged
from bot.model import Language

# What makes more of a source's clause than „the company said“: somebody thinks, claims, expects it, or it may be so.
_RESERVED = {
    Language.EN: re.compile(
        r"\b(?:reportedly|allegedly|alleged|apparently|purportedly|supposedly|presumably|possibly|perhaps"
        r"|probably|likely"
        r"|may|might|could(?! not)|can't rule|expect(?:s|ed|ing)?|anticipat\w+|forecasts?|predict\w*|project(?:s"
        r"|ed)|believ(?:e|es|ed)|think|thinks|suspect(?:s|ed)?"
        r"|claim(?:s|ed)|estimat(?:e|es|ed)|assum(?:e|es|ed)|rumou?r\w*|speculat\w+|is said to|are said to"
        r"|appears? to|appeared to|seems?|possibility|possible|potential(?:ly)?|hop(?:e|es|ed|ing)|argu(?:e|es"
        r"|ed)|fear(?:s|ed)?"
        r"|unconfirmed|not been confirmed|moderate confidence|suggest(?:s|ed)?|indicat(?:e|es|ed)|hint(?:s|ed)?"
        r"|should (?!have|not)|would (?!not|rather))\b"
    ),
    Language.DE: re.compile(
        r"\b(?:soll(?:en|te|ten)?|könnten?|dürften?|angeblich\w*|offenbar|mutmaßlich\w*|vermutlich"
        r"|voraussichtlich\w*|möglicherweise|möglich\w*|womöglich|vielleicht"
        r"|wohl|anscheinend|schein(?:t|en)|wahrscheinlich|behaupte\w*|vermute\w*|schätz\w+|erwarte\w*|rechne(?:t"
        r"|n)|glaub\w+|gehen davon aus|geht davon aus|Gerücht\w*|spekul\w+|hoff\w+|befürcht\w+"
        r"|Verdacht|unbestätigt\w*|prognos\w+|würden?|wäre\w*|deute\w* \w+ hin|hält \w+ für|halten \w+ für)\b"
    ),
}
# Said of the whole sentence, wherever it stands.
_REPORTED = {
    Language.EN: re.compile(
        r"\b(?:people (?:familiar|with knowledge|close)|sources? (?:say|said|close|told)|unnamed|anonymous"
        r"|insiders?|according to (?:(?:a|the|two|three|several|some|media|news|press|local|unnamed"
        r"|internal) )*(?:\w+ )?(?:reports?|newspaper|website|magazine|people|sources?|insiders?|agency|leak"
        r"|rumou?rs?|blog|documents?|broadcaster|daily|weekly|business|trade|news)"
        r"|(?:newspaper|magazine|website|agency|paper|daily|broadcaster|site|blog"
        r"|portal)\b[^.;]{0,60}\breport(?:s|ed)|report(?:s|ed) (?:that|on)"
        r"|, (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2} reported|reported,? citing|citing (?:unnamed|people|sources"
        r"|internal|a person|two|three))\b"
    ),
    Language.DE: re.compile(
        r"\b(?:nach Informationen|Insider\w*|Eingeweihte\w*|Kreise\w*|mit der Sache vertraut\w*|wie (?:die|das"
        r"|der) [„\w][^.;,]{2,40} (?:berichtet\w*|schreibt|meldet\w*)|bericht(?:et|ete|en) (?:die|das|der|unter)"
        r"|Medienbericht\w*|Zeitungsbericht\w*|Bericht\w* zufolge|laut (?:einem|einer|der Zeitung|der Agentur"
        r"|dem Magazin|Medien|Bericht\w*))\b"
    ),
}
_JOINTS = frozenset("und and but aber sondern".split())
_KEPT = re.compile(
    r"\b(?:soll(?:en|te|ten)?|würden?|wäre\w*|hätten?|könn\w+|dürf\w+|müsst\w+|möglich\w*|womöglich"
    r"|wahrscheinlich|unwahrscheinlich|erwäg\w+|prüf\w+|plan\w+|geplant\w*|will|wollen|droht|drohen|nachdenk\w*"
    r"|denkt|denken|überleg\w+"
    r"|hält|halten|hielt|sieht|sehen|nennt|nannte|bezeichnet\w*|sprach|spricht|sprachen|sagt\w*|sagen|schr(?:ieb"
    r"|eib)\w*|Vernehmen|meint\w*|heißt|hieß|erklär\w*|betont\w*|kündig\w*|versprich\w*|versproch\w*|versprach\w*"
    r"|warn\w+|fürcht\w+|befürcht\w+|hoff\w+|rechn\w+|erwart\w*|prognos\w*|schätz\w*|veranschlag\w*|bezif\w*"
    r"|vermut\w*|verdäch\w*|Verdacht\w*|gilt|gelten|zufolge"
    r"|laut|Angaben|Aussage\w*|Ansicht\w*|Meinung|Einschätzung\w*|Schätzung\w*|Informationen|Bericht\w*"
    r"|Gerücht\w*|Vorwurf\w*|Zweifel\w*|verantwortlich|Schuld|wirft|werfen|vorwirft|möchte\w*|Aussicht\w*"
    r"|Prognose\w*|Annahme|offen|unklar|unbestätigt\w*|deute\w*|spreche\w*|wirbt|werben|verhandel\w*|Gespräch\w*"
    r"|ab Werk|Ziel|strebt|peilt|anvisiert\w*|vorgesehen\w*|zuordn\w*|ordnet|glaub\w+|im Raum|Kreisen|Szenario)\b",
    re.IGNORECASE,
)
NEAR = 0.4  # of a clause that is taken for the one meant
WHOLE = 0.65  # of the sentence that a passage tells which is taken for the one meant
PART, CERTAIN = 0.2, 0.9  # of the sentence that its clause tells; of one of our clauses that theirs tells
MOSTLY = 0.5  # as much as of another part, in weight
CONTENT = 2.0  # weight of a clause of ours that is held to the sources by itself


def hedge_objections(sentence: str, cited: Sequence[Evidence]) -> Iterator[str]:
    """A sentence that states what the clause of its sources which tells the same only reports, claims or expects."""
    if is_hedged(sentence) or _KEPT.search(sentence):
        return
    held = tuple(cited)
    told, found = reading(sentence, held), matches(sentence, held)
    parts = [part for part in told.clauses if part.weight >= CONTENT] if len(told.clauses) > 1 else []
    for words, whole in ((told.words, True), *((part.words, False) for part in parts)):
        hedge = _lost(clauses(words, told.keys, found), told, whole=whole)
        if hedge:
            yield f"stellt fest, was die Quellen nur mit Vorbehalt sagen („{hedge}“)"
            return


def _lost(found: Sequence[Clause], told: Passage, *, whole: bool) -> str:
    """The reservation of the clauses that tell these words; nothing where any of the closest has none."""
    best = [
        one for one in closest(found) if (one.near >= NEAR or one.share >= WHOLE) and (whole or one.share >= CERTAIN)
    ]
    hedges = [_hedge(one, found, told) for one in best]
    return hedges[0] if hedges and all(hedges) else ""


def _hedge(one: Clause, found: Sequence[Clause], told: Passage) -> str:
    """What in the source says that it is not certain; nothing where its clause is certain."""
    language = one.passage.language
    reported = _REPORTED[language].search(one.passage.text)
    if reported:
        return reported[0]
    same = [other for other in found if other.passage is one.passage]
    meant = same if sum(other.share for other in same) >= WHOLE else [one]
    spoken = [word for other in meant if other is one or other.share >= PART for word in other.words]
    spoken += _main_clause(one)
    for part in _told_most(_coordinates(spoken), told):
        text = " ".join(word.text for word in part)
        hedges = [match[0] for match in _RESERVED[language].finditer(text)]
        lost = next((hedge for hedge in hedges if not _is_shared(hedge, spoken, told)), "")
        if lost:
            return lost
    return ""


def _coordinates(words: Sequence[Word]) -> list[list[Word]]:
    """„kostet 64 Millionen und soll bald fahren“: what is said of each is said of it alone."""
    found: list[list[Word]] = [[]]
    for word in words:
        if word.lower in _JOINTS:
            found.append([])
        found[-1].append(word)
    return found


def _told_most(parts: Sequence[Sequence[Word]], told: Passage) -> list[Sequence[Word]]:
    """Those that our sentence tells: about as much of each as of the one it tells most of."""
    weights = [sum(word.weight for word in part if not word.keys.isdisjoint(told.keys)) for part in parts]
    return [part for part, weight in zip(parts, weights, strict=True) if weight >= MOSTLY * max(weights)]


def _main_clause(one: Clause) -> tuple[Word, ...]:
    """What a clause with „dass“ depends on: „hält es für wahrscheinlich“."""
    if one.words[0].lower not in {"dass", "that"}:
        return ()
    before = [part for part in one.passage.clauses if part.words[0].clause < one.words[0].clause]
    return before[-1].words if before else ()


def _is_shared(hedge: str, spoken: Sequence[Word], told: Passage) -> bool:
    """Whether the sentence has the very word in its own way: „possible“ as „möglich“."""
    first = hedge.split(maxsplit=1)[0].lower()
    return any(word.lower == first and not word.keys.isdisjoint(told.keys) for word in spoken)
