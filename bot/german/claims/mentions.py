"""What in a German sentence may be a name: its capitalised words, and whether each looks like a name or a noun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.german.claims.meanings import is_listed
from bot.german.claims.nouniness import is_compound, is_foreign, is_german_word, is_ordinary
from bot.german.claims.places import places
from bot.german.claims.units import unit_of
from bot.german.frequencies import FREQUENCIES
from bot.german.keys import SILENT
from bot.model import Language

_TOKEN = re.compile(r"[^\W_]+|\S")
_QUOTE = re.compile('[„“”"»«‚‘]')
_ROLES = re.compile(
    r"(?:[Cc]hef|[Gg]ründer|[Ss]precher|[Mm]inister|[Pp]räsident|[Ll]eiter|[Rr]ichter|[Ff]orscher|[Aa]nalyst"
    r"|[Ee]ntwickler|[Ii]ngenieur|[Dd]irektor|[Kk]anzler|[Kk]ommissar|[Vv]orstand|[Mm]anager|[Pp]rofessor"
    r"|[Aa]nwalt|[Aa]nwält|[Mm]eister|[Aa]bgeordnete|Autor|Journalist|Firma|Gruppe|Herr|Frau)(?:in|s|r)?$"
)
_IN = frozenset("in aus nach bei von nahe".split())
_TOWN = re.compile(
    r"\w{3}(?:burg|berg|hausen|stadt|dorf|heim|furt|feld|hafen|haven|stein|brück|bruck|kirchen|münde|ingen|stedt"
    r"|leben|beck|hagen|horst)$"
)
_ARTICLE = re.compile(r"d(?:er|ie|as|en|em|es)|eine?[rnms]?|(?:ihr|sein)(?:e[rnms]?)?|zu[rm]|vom")
ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}s?$")
_USUAL = frozenset(
    "CVE KI IT PC PCs TV EU UN USA US UNO EZB BGH BKA LKA BSI DNA RNA SMS USB CPU GPU RAM SSD LED OLED LCD GPS VPN"
    " WLAN LAN DSL LTE API"
    " HTML HTTP HTTPS PDF CEO CFO CTO GmbH AG KG SE Kfz Lkw Pkw Akw CO GB MB TB KB MHz GHz MW GW TW kW PS WM EM"
    " DAX DSGVO"
    " MEZ MESZ UTC GMT CET CEST EST EDT PST PDT IP ID PIN TAN URL SIM NFC QR HD UHD FAQ OK ISO DIN VR AR XR LLM".split()
)
_NUMERAL = re.compile(
    r"(?:ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend|hundert|tausend|und|sech|sieb"
    r"|zig|ßig|zehn)+"
    r"(?:s|e|er|en|te|ten|ter|stel|mal|fach|tel)?"
)
_MEASURES = frozenset(
    "prozent euro dollar franken pfund yen millionen milliarden billionen million milliarde gigabyte terabyte megabyte"
    " watt kilowatt megawatt gigawatt stunden minuten sekunden tage tagen wochen monate monaten jahre jahren kilometer"
    " meter gramm kilogramm tonnen liter grad mitte anfang ende seit uhr nutzer mark".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A capitalised word. `follows`: the word right before it is capitalised as well, with only a blank between."""

    text: str
    is_name_like: bool
    places: frozenset[str]
    follows: bool


@lru_cache(maxsize=64)
def mentions(sentence: str) -> tuple[Mention, ...]:
    """All capitalised words and all words with digits in them, in order; parts of hyphenated ones each for itself."""
    return tuple(_mentions(_TOKEN.findall(sentence)))


def _mentions(tokens: list[str]) -> Iterator[Mention]:
    last = -2
    for n, token in enumerate(tokens):
        if not token[0].isalnum() or not (token[0].isupper() or _has_both(token) or _is_camel(token)):
            continue
        first = n == 0 or tokens[n - 1] in {":", "."} or bool(_QUOTE.match(tokens[n - 1]))
        before = tokens[last] if last == n - 1 and n else ""
        yield Mention(token, _is_name(token, tokens, n, first=first, before=before), places(token), last == n - 1)
        last = n


def _has_both(token: str) -> bool:
    return (
        token[0].isdigit()
        and any(c.isalpha() for c in token)
        and not re.fullmatch(r"\d+(?:er|fach|mal|stel|ern|mm|cm|km|nm|kg|h|[kMGT]B|[mk]?W|%|x)", token)
    )


def _is_camel(token: str) -> bool:
    return token[0].isalpha() and any(c.isupper() for c in token[1:]) and not token.isupper()


def _shape(token: str) -> bool | None:
    """Whether it is a name, as far as its letters alone tell."""
    if any(c.isdigit() for c in token):
        return True
    if len(token) == 1 or token in _USUAL or token.lower() in SILENT or unit_of(token):
        return False
    if token.isupper() or ACRONYM.match(token):
        return not is_listed(token.lower())
    return True if _is_camel(token) and not token.endswith(("Innen", "In")) else None


def _is_name(token: str, tokens: list[str], n: int, *, first: bool, before: str) -> bool:
    lowered = token.lower()
    shape = _shape(token)
    if shape is not None:
        return shape
    if first:
        return _is_name_at_start(lowered, tokens, n)
    if places(token):
        return True
    return _is_name_within(token, tokens, n, before)


def _is_name_at_start(lowered: str, tokens: list[str], n: int) -> bool:
    """Any word begins with a capital here; what German has a word for is none."""
    followed = _is_followed(tokens, n)
    if places(lowered):
        return True
    if is_ordinary(lowered) or _NUMERAL.fullmatch(lowered):
        return False
    return not is_german_word(lowered) or (followed and is_foreign(lowered))


def _is_name_within(token: str, tokens: list[str], n: int, before: str) -> bool:
    lowered = token.lower()
    previous = tokens[n - 1]
    if (
        before
        and not before.endswith("s")
        and before.lower() not in _MEASURES
        and (_ROLES.search(before) or _is_plain_name(before))
    ):
        return not (is_listed(lowered) or _is_measure(lowered))
    if _TOWN.search(lowered) and previous.lower() in _IN and lowered not in FREQUENCIES[Language.DE]:
        return True
    if previous.lower() in _IN and _TOWN.search(lowered):
        return not is_compound(lowered)
    if is_ordinary(lowered) or _NUMERAL.fullmatch(lowered):
        return False
    if not is_german_word(lowered):
        return True
    compound = tokens[n + 1 : n + 2] == ["-"]  # „der Apple-Konzern“, but „das Duo“
    bare = compound or not _ARTICLE.fullmatch(previous)
    return bare and (is_foreign(lowered) or _is_followed(tokens, n))


def _is_followed(tokens: list[str], n: int) -> bool:
    """Whether a word follows at once that can only be a name: „Karen Halloway“."""
    after = tokens[n + 1] if n + 1 < len(tokens) else ""
    return (
        after[:1].isupper() and after.isalpha() and not is_german_word(after.lower()) and not is_compound(after.lower())
    )


def _is_plain_name(before: str) -> bool:
    lowered = before.lower()
    return not is_ordinary(lowered) and not is_german_word(lowered) and lowered not in SILENT


def _is_measure(lowered: str) -> bool:
    return lowered in _MEASURES
