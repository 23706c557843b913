"""German or English? Told by function words, and where there are none, by how the words are built.

A detector with a model (py3langid) loads for 1.3 s, takes 137 MB and is no better on short titles with English terms.
"""

import re

from bot.model import Language

SAMPLE = 400  # characters of a text that are looked at; a paragraph decides
SHORT = 12  # words; up to here one function word is enough to tell
SHARE = 12  # in a longer text one word of so many must tell: function words are a third of any prose
FRAME = 3  # words around a quote that tell more than the quote
FOREIGN = 0.3  # share of letters of other alphabets above which a text is neither

_MARKS = ".,:;!?…()[]<>|/*+–—-\"'„“”»«‚‘’›‹"  # around a word; inside they are part of it (Start-up)
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e9e]")

# Words of both languages (an, in, was, so, will …) stand in the list they are far more often in, or in none.
_GERMAN = """
ab aber alle allem allen aller alles als also am andere anderen auch auf aus bei beim bereits bis bisher bringt da
dabei dafür damit danach dank dann das dass dazu dem den denn der des deutlich deutsche deutschen deutscher
deutschland dich diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines einige er erhält
erst erste ersten erster es etwa euch euro für ganz gar gegen geht gibt große großen hat hatte hatten haben hier ich
ihm ihn ihr ihre ihrem ihren ihrer im immer ist ja jahr jahre jahren jede jeden jeder jetzt kann kaum kein keine
keinen knapp kommt können könnte künftig laut macht man mehr mehrere mein millionen milliarden mit muss müssen nach
neben neue neuem neuen neuer neues nicht nichts noch nun nur ob oder ohne prozent rund schon sehr sei seien sein
seine seinem seinen seiner seit sich sie sind sogar soll sollen sollte sondern sowie statt über um und uns unser
unter viel viele vom von vor wann warum weg wegen weil weiter weitere weiteren wenn wer werden wie wieder wir wird
wo wurde wurden während zu zudem zum zur zwei drei vier fünf zwischen heute gestern uhr
"""
_ENGLISH = """
a about after against ago all amid and are around as at away be been before being both but by can could did do does
due each ever every first for from get gets had has have he her here his how if into is its just keep less like
made make makes making many may me month more most much my never new no not now of off on one only or our out over
own people said says sees set several she should since some still such than that the their them then there these
they this those through to today together too two under until up use used using very via want wants we were what
when where which while who whose why with without would year years yes you your billion million percent
"""
_OTHERS = """
aan avec bij che como con dans de del della deux di een egy el elle et gli har het hogy il je jest la las le les los
más na naar nel niet och om para pas pero por pour que qui ses som sont su sur to til till una une van voor y zijn è
é à og på att det som ikke är w nie się jako są dla przez não uma ao dos
"""

FUNCTION_WORDS = frozenset((_GERMAN + _ENGLISH).split())
_TELLS = {word: told for told, words in (("x", _OTHERS), ("e", _ENGLISH), ("d", _GERMAN)) for word in words.split()}

# How words are built, for titles without a function word. English verbs end in s where German ones end in t.
_GERMAN_BUILD = re.compile(
    r"[äöüßÄÖÜ]|sch|[^aeiou]ung(?:en|s)?\b|(?:heit|keit)(?:en)?\b|lich(?:e[nrsm]?)?\b|isch(?:e[nrsm]?)?\b|schaft"
    r"|\bge\w{2,}(?:t|en)\b|iert(?:e[nrsm]?)?\b|\b(?:ver|zer|ent|ein|auf|aus|ab|an)\w{4,}(?:t|en)\b|zw|pf|icht|tz\w"
    r"|\w{18}|\b[a-z]\w*(?:[bgkmz]|ch|eh|ei|ll|nn|ff|r[bgkmn])t\b|eig|\b[a-z]\w*[^aeiou]en\b|\w{3}preis|\w-Projekt|zieh"
)
_ENGLISH_BUILD = re.compile(
    r"\w{2}ing\b|[^aeiou]ly\b|['’]s\b|\w(?:ies|oes)\b|ough|\b[wW]h|ck(?:s|ed)\b|(?:th|ea)\w|ee[dpnt]\b|[^eu]ed\b"
    r"|ous\b|ity\b|ws\b|oo[krtl]|\b[a-z]\w+[^su'’]s\b|\bsh|[iu]sh(?:er|es)?\b|tch|\b[a-z]+er\b [a-z]|sion\b"
)
# What somebody says in another language does not change the language it is told in.
_QUOTED = re.compile('[„“”"»][^„“”"»«]{9,300}[“”"«]')


def guess(text: str) -> Language | None:
    """The language the start of a text is written in; None where nothing tells, or for any other language."""
    sample = _told(text[:SAMPLE])
    german, english, others, words = _votes(sample)
    told = max(german, english)
    if _is_foreign(sample) or (others and others >= told):
        return None
    if german == english or (words > SHORT and told * SHARE < words):
        return _by_build(sample)
    return Language.DE if german > english else Language.EN


def is_german(text: str) -> bool:
    """Whether a text may pass for German: a headline of names and English terms does, an English sentence doesn't."""
    frame = _told(text)
    german, english, others, _ = _votes(frame)
    if not german and not english:  # „…“, sagte Ambra Voss: the quote may tell that it is, but not that it isn't
        quoted = _votes(text)
        german = int(quoted[0] > max(quoted[1:3]))
    if _is_foreign(frame) or max(english, others if others > 1 else 0) > german:  # „je“ is German as well
        return False
    return german > english or _by_build(frame) is not Language.EN


def _told(text: str) -> str:
    """The text without what it quotes, unless that is nearly all of it."""
    frame = _QUOTED.sub(" ", text)
    return frame if len(frame.split(maxsplit=FRAME)) >= FRAME else text


def _votes(text: str) -> tuple[int, int, int, int]:
    """How many words speak for German, for English, for another language; and how many there are."""
    told = [_TELLS.get(word.strip(_MARKS)) for word in text.lower().split()]
    return told.count("d"), told.count("e"), told.count("x"), len(told)


def _by_build(text: str) -> Language | None:
    german, english = len(_GERMAN_BUILD.findall(text)), len(_ENGLISH_BUILD.findall(text))
    if german == english:
        return None
    return Language.DE if german > english else Language.EN


def _is_foreign(text: str) -> bool:
    if text.isascii() or not _FOREIGN.search(text):
        return False
    return len(_FOREIGN.findall(text)) > FOREIGN * len(text)
