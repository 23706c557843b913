"""A question, and those before it -> what is looked for. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from math import log

from bot.german.concepts import alike
from bot.german.frequencies import FREQUENCIES
from bot.german.keys import WORD, keys_of, parts, plain
from bot.german.stems import stem
from bot.model import Language, Topic
from bot.ports import Sought

LONGEST = 500  # characters of a question that are read
WORDS_OF_TEXT = 150  # different ones, in a news article
UNLISTED = 3e-7  # frequency of a word that the lists leave out; they end at one in a million words
LEAST, MOST = 1.0, 8.0  # what a word may tell
NOUN_RATIO = 30.0  # how much more frequent a German noun is in German than in English, at least
COMMON = 2e-5  # frequency above which a word of both languages is no name: „Software“
SAID = 3.0  # what a word of every day tells at most
HEAD = 0.5  # what the last part of a compound is worth against the whole: „Kosten“ for „Baukosten“
EARLIER = 0.7  # what the words of the question before are worth
TOPIC = 0.2  # what any other word of the same topic is worth, in the other language or this
SEARCHED = 10  # words, those that tell most; the others are for choosing among what they find
TURNS = 2  # questions before this one that it may lean on

# What a question is made of, and what says nothing about what is asked.
_ASKING = frozenset(
    "was wer wen wem wessen wann wo woher wohin wie warum weshalb wieso wozu welche welcher welches welchen welchem "
    "wieviel wieviele wodurch womit worum woran worüber wovon wofür viel viele vielen hoch lange oft gibt gab geben "
    "gegeben ist sind war waren wird werden wurde wurden worden hat haben hatte hatten kann können konnte könnte soll "
    "sollen sollte muss müssen darf dürfen will wollen möchte mag sagt sagen sagte heißt heißen bedeutet passiert "
    "passierte geschehen geschah geschieht los bekannt weiß wissen wisst weißt kennst erzähl erkläre erklär nenne "
    "nenn bitte mal denn eigentlich genau gerade jetzt aktuell heute gestern morgen schon noch auch etwas alles "
    "mehr dazu darüber davon dabei damit dafür daran dagegen darin das es sie er ihn ihm ihr ihre seine sein dies "
    "diese dieser dieses dort da hier so und oder aber nun also ja nein mir uns mich man jemand neues neue neuer "
    "neuen neu ding sache thema artikel meldung nachricht nachrichten quelle quellen steht stehen laut bericht "
    "what who whom whose when where why how which much many does did do can could will would is are was were tell "
    "about there it this that they".split()
)
# What asks for a story as a whole, where nothing else is asked.
_OVERALL = frozenset(
    "fass fasse zusammen zusammengefasst zusammenfassung zusammenfassen inhalt überblick drin kurz knapp "
    "wichtigste wichtigsten wesentliche summary summarise summarize".split()
)
_ONE_THING = re.compile(r"\b(?:wer|wen|wem|wessen|wo|wohin|woher|wie|welche\w*|who|where|which)\b", re.IGNORECASE)
_LEANING = re.compile(
    r"^\s*(?:und|aber|oder|also|and)\b|\b(?:das|es|sie|er|ihn|ihm|ihr|ihre[rnms]?|seine[rnms]?|dies\w*|dort|dazu"
    r"|davon|dabei|damit|dafür|daran|darüber|dagegen|darin|danach|deren|dessen)(?=\s*\??\s*$"
    r"|\s+(?:genau|denn|eigentlich|auch|schon|noch|jetzt|so|kommt?|kostet|ist|war|sind|wird|hat|haben|gibt|geht|läuft)\b)"
    r"|\b(?:kommt|kostet|ist|war|sind|wird|hat|haben|geht|läuft|startet|heißt|macht)\s+(?:das|es|sie|er|dies\w*|dort)\b"
    r"(?!\s+[A-ZÄÖÜ\d„])",
    re.IGNORECASE,
)
_KINDS = (
    (r"\b(?:warum|weshalb|wieso|woran|wodurch|weswegen|why|ursache|grund|auslöser)\b", "cause"),
    (r"\bwann\b|\ban welchem tag\b|\bwelche[ms] (?:tag|datum|jahr)\b|\bwhen\b", "time"),
    (r"\bwas kosten?t?\b|\bwie (?:viel kostet|teuer)\b|\b(?:kauf)?preis\b|\bhow much (?:does|is)\b", "money"),
    (r"\bwie\s?viele?n?\b|\bwie (?:hoch|groß|schnell|lange|schwer|weit|oft|stark)\b", "figure"),
    (r"\bwelche version\b|\bhow (?:much|many)\b", "figure"),
)


class Kind(Enum):
    """What an answer must hold."""

    ANY = "any"
    TIME = "time"
    CAUSE = "cause"
    FIGURE = "figure"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of the question: what is as good as it, what is half as good, and how much it tells.

    `pieces`: a text that has them all has the word, too. `earlier`: the question before this one brought it.
    `name`: it is on no list of ordinary words, or a figure; without it, nothing is about what was asked. `about`: a
    name, or what stands beside one („die Smartwatch Kolibri“); all other words say what is asked about it.
    """

    word: str
    keys: frozenset[str]
    pieces: frozenset[str]
    head: frozenset[str]
    weight: float
    name: bool
    about: bool = False
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, understood as far as words go. `leans`: it can't be understood without the one before.

    `phrases`: names with their figures („leaf 4“), in lower case: the Leaf 5 is another thing.
    """

    question: str
    wanted: tuple[Wanted, ...]
    kind: Kind
    leans: bool
    phrases: tuple[str, ...] = ()

    @property
    def overall(self) -> bool:
        """Whether no more is asked than what it is all about: „Worum geht es?“, „Was ist mit dem Kernel?“."""
        aspects = [one.word for one in self.wanted if not one.earlier and not one.about]
        return self.kind is Kind.ANY and _OVERALL.issuperset(aspects) and not _ONE_THING.search(self.question)

    def searched(self, topics: Sequence[Topic]) -> list[Sought]:
        """What to look for in the archive, what tells most first."""
        best = sorted(self.wanted, key=lambda one: -one.weight * (EARLIER if one.earlier else 1))[:SEARCHED]
        found = [Sought(one.keys, one.weight * (EARLIER if one.earlier else 1)) for one in best]
        found += [Sought(one.head, one.weight * HEAD) for one in best if one.head]
        return found + [Sought(_keys_of(topic), TOPIC) for topic in topics if self._is_on(topic)]

    def _is_on(self, topic: Topic) -> bool:
        own = _keys_of(topic)
        return any(not one.name and not one.keys.isdisjoint(own) for one in self.wanted)


def understood(question: str, earlier: Sequence[str] = ()) -> Asked:
    """What is asked. `earlier`: the questions of the same conversation, oldest first."""
    text = " ".join(question[:LONGEST].split())
    own = _wanted(text)
    leans = bool(earlier) and (len(own) <= 1 or _LEANING.search(text) is not None or not any(w.name for w in own))
    wanted = {one.word: one for one in own}
    for before in reversed(earlier[-TURNS:] if leans else ()):
        for one in _wanted(" ".join(before[:LONGEST].split()), earlier=True):
            if all(one.keys.isdisjoint(there.keys) for there in wanted.values()):
                wanted.setdefault(one.word, one)
    return Asked(text, tuple(wanted.values()), _kind(text), leans, _phrases(text))


def _wanted(text: str, *, earlier: bool = False) -> list[Wanted]:
    told = [_one(word, earlier=earlier) for word in WORD.findall(text)]
    found: dict[frozenset[str], Wanted] = {}
    for before, one, after in zip([None, *told], told, [*told[1:], None], strict=False):
        if one is not None:
            beside = any(other is not None and other.name for other in (before, after))
            about = one.name or (beside and not one.word[0].islower())
            found.setdefault(one.keys, replace(one, about=about, word=one.word.lower()))
    return list(found.values())


def _phrases(text: str) -> tuple[str, ...]:
    """What is a name with the figure behind it."""
    told = WORD.findall(text)
    return tuple(
        f"{name} {figure}".lower()
        for name, figure in pairwise(told)
        if figure[0].isdecimal() and (one := _one(name, earlier=False)) and one.name and not name[0].isdecimal()
    )


def _one(word: str, *, earlier: bool) -> Wanted | None:
    lowered = word.lower()
    own = keys_of(word, Language.DE)
    if lowered in _ASKING or not own:
        return None
    english = plain(stem(lowered, Language.EN))
    same = {own[0], english, plain(lowered), *own[1 : 1 if parts(lowered) else 2]} | alike(word)
    made_of = parts(lowered)
    pieces = frozenset(key for part in made_of for key in keys_of(part, Language.DE)[:1])
    head = frozenset(keys_of(made_of[-1], Language.DE)[:1]) | alike(made_of[-1]) if made_of else frozenset()
    name = word[0].isdigit() or not (made_of or alike(word) or _is_ordinary(word))
    return Wanted(word, frozenset(same), pieces, head - same, _weight(lowered), name, earlier=earlier)


def _is_ordinary(word: str) -> bool:
    """Whether a word is listed and no name: a name with a capital is about as frequent in English as in German."""
    german, english = (FREQUENCIES[language].get(word.lower(), 0.0) for language in Language)
    return german > 0 and (word.islower() or german > COMMON or german > NOUN_RATIO * english)


def _weight(lowered: str) -> float:
    """How much it tells that a text has this word: the logarithm of how seldom it has."""
    if lowered[0].isdigit():
        return MOST if len(lowered) > 2 else SAID  # noqa: PLR2004 - a figure of one or two digits is everywhere
    frequency = max((FREQUENCIES[language].get(lowered, UNLISTED) for language in Language), default=UNLISTED)
    return min(MOST, max(LEAST, -log(min(1.0, WORDS_OF_TEXT * frequency))))


def _kind(text: str) -> Kind:
    return next((Kind(kind) for pattern, kind in _KINDS if re.search(pattern, text, re.IGNORECASE)), Kind.ANY)


def _keys_of(topic: Topic) -> frozenset[str]:
    return frozenset(_single(topic.words))


def _single(told: Sequence[str]) -> Iterator[str]:
    """The keys of those that are one word."""
    for word in told:
        if WORD.fullmatch(word):
            yield from keys_of(word, Language.DE)[:1]
            yield from keys_of(word, Language.EN)[:1]
