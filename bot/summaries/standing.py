"""Whether a sentence can stand alone, away from the one before it."""

import re

EARLY = 5  # words at the beginning in which a pronoun looks back

_FIRST_WORDS = """
aber allerdings also andererseits anders anschließend auch außerdem beide beides dabei dadurch dafür dagegen
daher dahinter damit danach daneben dann daran darauf daraus darin darum darunter darüber davon davor dazu
dazwischen dementsprechend demnach denn dennoch deren derartige deshalb dessen deswegen dies diese diesem diesen
dieser dieses doch dort ebenfalls ebenso einerseits er erstere ferner folglich gemeint genau gleiches gleichzeitig
hierbei hierdurch hierfür hierzu hier hingegen hinzu ihm ihn ihnen ihr ihre ihrem ihren ihrer immerhin indes jedoch
jene jener jenes kurzum letztere letzterer letzteres natürlich nichtsdestotrotz oder schließlich sein seine seinem
seinen seiner selbst sie so sogar solche solcher somit sondern stattdessen trotzdem und unterdessen vielmehr weiter
weitere weiterhin währenddessen zudem zugleich zuvor zwar ähnlich überdies übrigens also and but he her his however
instead it its meanwhile nevertheless so still such that their then these they this those yet
"""
_FIRST = frozenset(_FIRST_WORDS.split())
_PATTERNS = re.compile(
    r"^(?:Es|Grund|Hintergrund|Ursache) (?!gibt)[a-zäöü]|^Was "
    # „Das teilte der Hersteller mit“, but not „Das neue Modell“
    r"|^Das (?:ist|sind|war|waren|wäre|sei|hat|hatte|hätte|haben|soll|sollte|will|wollte|kann|könnte|wird|würde|wurde"
    r"|dürfte|geht|ging|gilt|galt|liegt|lag|macht|heißt|hieß|bedeutet|zeigt|reicht|führt|betrifft|klingt|kostet|bringt"
    r"|steht|passt|schreibt|schrieb|entspricht|\w+te (?:der|die|das|ein|eine|am|sich|es|nun|auch|jetzt|er|sie|man))\b"
    r"|^Das \w+t (?:der|die|das|ein|eine|am|es|man|er|sie|[A-ZÄÖÜ])"
    r"|^Man (?:habe|sei|werde|wolle|könne|müsse|sehe|gehe)\b"
    r"|^(?:Der|Die|Das|Ein|Eine|Einen|Einem|Einer|Als|Im|In|Bei|Zum|Nach|The|A|An) (?:weitere|andere|solche|gleiche"
    r"|zweite|dritte|beide|letztere|Gegenteil|Anschluss|Gegenzug|other|second|latter|same)[rsnm]?\b"
)
_LOOKS_BACK = re.compile(
    r"dies(?:e[rsnm]?)?|dafür|dagegen|davon|dabei|darin|hierfür|dessen|jene[rsnm]?|solche[rsnm]?|dort"
)
_PERSON = re.compile(r"er|sie|ihm|ihn|ihnen|he|she|they|him|them")
_THIS_TIME = re.compile(
    r"\b[Dd]iese[rsnm]? (?=Jahr|Woche|Monat|Quartal|Sommer|Herbst|Winter|Frühjahr|Frühling|Abend|Montag|Dienstag"
    r"|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)"
)


def stands_alone(sentence: str) -> bool:
    """Whether a reader understands the sentence under its headline without the sentence before it."""
    words = re.findall(r"[\w-]+", _THIS_TIME.sub("", sentence))[: EARLY + 1]
    if not words or words[0].lower() in _FIRST or _PATTERNS.search(sentence):
        return False
    return not any(_LOOKS_BACK.fullmatch(word) or _is_stray(words, n) for n, word in enumerate(words) if n)


def _is_stray(words: list[str], n: int) -> bool:
    """Whether word n is a pronoun with nobody named before it."""
    return bool(_PERSON.fullmatch(words[n])) and not any(word[0].isupper() for word in words[1:n])
