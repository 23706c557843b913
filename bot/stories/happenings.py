"""What kind of thing happens in an article: results, a recall, an outage …, by general words of both languages.

Two articles about one company on one day are told apart by this, and a German and an English one are brought together.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# Matched inside a folded word, so that German compounds and inflections count („Notfallupdate“, „Stellenabbaus“);
# `^` ties to its beginning, `$` to its end. A word counts for the first kind that knows it.
WORDS = {
    "results": (
        "quartal quarter umsatz umsätze ^revenue ^gewinn ^profit erlös earnings ^dividend geschäftsjahr "
        "^fiscal ^marge ^margin ^verlust ^loss$ ^losses halbjahr ^mittelzufluss cashflow jahreszahl "
        "quartalszahl rekordumsatz"
    ),
    "guidance": "prognose ^forecast ^guidance ^outlook gewinnwarnung",
    "layoffs": (
        "stellenabbau ^stellen$ arbeitsplätze ^layoff ^redundanc kündigung ^jobs$ ^job$ entlass ^severance "
        "abfindung belegschaft ^workforce sozialplan jobabbau"
    ),
    "funding": (
        "finanzierung ^funding ^investor risikokapital wagniskapital ^venture ^valuation ^valu(?:es|ed|ing)$ "
        "^bewertet ^raises$ ^raised$ geldgeber kapitalgeber anschubfinanz startkapital"
    ),
    "takeover": (
        "übernahme ^übern[ai]mm ^acqui ^takeover ^merge ^fusion(?:ier|s|$) ^buys$ ^bought$ ^kauft$ kaufpreis "
        "zukauf ^aufkauf"
    ),
    "listing": "börsengang ^ipo$ ^flotation",
    "flaw": (
        "lücke schwachstelle ^vulnerab ^flaw ^patch ^cve ^hole$ ^holes$ ^bug$ ^bugs$ ^overflow pufferüberlauf "
        "sicherheitsupdate ^bypass codeausführung ^advisor(?:y|ies)$"
    ),
    "attack": (
        "angriff angreif angegriffen ^attack ^exploit ausgenutzt ^hack ^ransom erpress lösegeld ^intru "
        "einbrüche cyber schadsoftware ^malware trojaner ^compromis phishing botnetz ^botnet"
    ),
    "leak": "datenleck datenpanne ^breach ^leak ^abgeflossen$ ^entwendet ^stolen",
    "outage": (
        "^ausfall ausfälle$ ausgefallen ^störung ^gestört ^outage ^downtime ^disrupt ^offline$ netzausfall "
        "stromausfall serverausfall totalausfall statusseite ^unreachable"
    ),
    "fine": (
        "bußgeld bussgeld geldbuße ^strafe$ ^strafen$ geldstrafe ^fine$ ^fines$ ^fined$ ^penalt zwangsgeld "
        "millionenstrafe"
    ),
    "lawsuit": "^klage ^klagt ^verklag ^geklagt ^sue$ ^sues$ ^sued$ ^suing ^lawsuit ^plaintiff ^kläger sammelklage",
    "ruling": (
        "^urteil gericht(?:e|s|shof)?$ ^gericht ^court ^ruling ^ruled$ ^judge ^richter ^verdict grundsatzurteil"
    ),
    "appeal": "^berufung ^appeal ^revision$ ^einspruch",
    "recall": "rückruf ^recall verkaufsstopp ^überhitz ^overheat zurückgerufen",
    "launch": (
        "vorgestellt ^vorstell ^unveil ^announc ^debut verkaufsstart markteinführung ^launched$ ^erschein "
        "^erschienen ^releas ^veröffentlich ^released verfügbar ^available freigegeben ^vorgestellt "
        "neuvorstellung"
    ),
    "review": "^ausprobiert ^hands-on ^testbericht ^reviewed$ ^review$ praxistest ^benchmark",
    "delay": "^verschieb ^verschoben ^delay ^postpone ^verspät ^slips$ verzöger ^aufgeschoben",
    "price": "^preis ^price ^pricing preiserhöhung preissenkung ^billiger ^teurer ^cheaper ^günstiger verteuer",
    "person": (
        "nachfolg ^rücktritt ^successor ^resign ^steps$ chefwechsel ^appoint ^ernannt ^ernenn ^abberuf "
        "aufsichtsrat führungswechsel machtwechsel ^supervisory"
    ),
    "law": (
        "gesetz$ gesetze$ gesetzes$ gesetzentwurf ^bundestag ^parliament ^verabschied ^legislat ^lawmakers "
        "^richtlinie verordnung$ ^bill$"
    ),
    "study": (
        "^studie ^study ^forscher ^forschung ^researchers ^journal$ fachblatt fachzeitschrift ^probanden "
        "^teilnehmer ^volunteers"
    ),
    "flight": (
        "rakete ^rocket ^orbit umlaufbahn ^satellit ^lift-?off trägerrakete raumsonde ^spacecraft ^lander$ "
        "mondland startrampe ^spaceport weltraumbahnhof raumschiff"
    ),
    "plant": (
        "fabrik ^factory ^plant$ ^plants$ ^werk$ ^werke$ chipwerk rechenzentrum rechenzentren ^data-?cent "
        "^gigafactory ^fab$ ^fabs$"
    ),
    "update": "update$ updates$ ^firmware ^bugfix ^hotfix aktualisierung",
    "deal": ("^kooperation ^partnerschaft ^partnership ^zusammenarbeit ^auftrag$ großauftrag rahmenvertrag ^contract$"),
    "strike": "^streik ^warnstreik ^strike$ ^strikes$ ^walkout arbeitskampf",
    "end": "^einstell ^eingestellt ^shutting ^discontinu ^abgeschaltet ^abschalt ^abkündig",
    "opinion": "^kommentar ^opinion ^meinung ^plädoyer ^kolumne ^glosse ^editorial leitartikel ^essay$",
}
KINDS = tuple(WORDS)
_PATTERN = re.compile("|".join(f"(?P<{kind}>{'|'.join(words.split())})" for kind, words in WORDS.items()))


@lru_cache(maxsize=65536)
def kind_of(word: str) -> str | None:
    """What a lower-case word speaks of, if it is one of the newsroom's."""
    found = _PATTERN.search(word)
    return found.lastgroup if found else None


def kinds(words: Iterable[str]) -> Counter[str]:
    """How often each kind of happening is spoken of."""
    return Counter(kind for word in words if (kind := kind_of(word)) is not None)
