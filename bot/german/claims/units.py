"""Units and currencies of German and English -> what they measure and how much of it, so that 90 minutes are 1.5 hours.

The symbols are told by their case: MW is no mW, Mb no MB.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple


class Unit(NamedTuple):
    """What a figure measures, and how many of its base unit one is."""

    kind: str
    factor: float = 1.0


PERCENT, POINT, TIMES, ORDINAL, YEARS = (
    Unit("percent"), Unit("point"), Unit("times"), Unit("ordinal"), Unit("time", 365.25 * 86400),
)  # fmt: skip

_PREFIXES = {
    "": 1.0, "kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18, "zetta": 1e21,
    "milli": 1e-3, "mikro": 1e-6, "micro": 1e-6, "nano": 1e-9, "zenti": 1e-2, "centi": 1e-2, "hekto": 1e2,
    "piko": 1e-12, "femto": 1e-15,
}  # fmt: skip
_SIGNS = {
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "E": 1e18,
    "m": 1e-3,
    "µ": 1e-6,
    "μ": 1e-6,
    "n": 1e-9,
    "": 1.0,
}

# What takes a prefix: kind | words (German, English) | symbols
_SCALED = """
power | watt watts | W
energy | wattstunde wattstunden watt-hour watt-hours watthour watthours | Wh
byte | byte bytes | B Byte
bit | bit bits | bit Bit b
length | meter metern meters metre metres | m
mass | gramm gram grams gramme grammes | g
volume | liter litern liters litre litres | l L
frequency | hertz | Hz
voltage | volt volts | V
current | ampere amperes amp amps |
charge | amperestunde amperestunden ampere-hour ampere-hours amp-hours |Ah
joule | joule joules | J
pixel | pixel pixeln pixels | Px
pressure | pascal | Pa
newton | newton newtons | N
electronvolt | elektronenvolt electronvolt electronvolts | eV
becquerel | becquerel becquerels | Bq
sievert | sievert | Sv
tesla | tesla | T
flops | flops | FLOPS
bitrate | bit/s bits/s bps bit/sek | bit/s Bit/s bps b/s
byterate | byte/s bytes/s | B/s Byte/s
"""
_OWN = """
percent 1 | prozent percent pct vh %
percent 0.1 | promille ‰
point 1 | prozentpunkt prozentpunkte prozentpunkten percentage-point percentage-points pp
time 1 | sekunde sekunden second seconds sek sec secs s
time 0.001 | millisekunde millisekunden millisecond milliseconds ms
time 1e-6 | mikrosekunde mikrosekunden microsecond microseconds
time 1e-9 | nanosekunde nanosekunden nanosecond nanoseconds
time 60 | minute minuten minutes min mins
time 3600 | stunde stunden hour hours hr hrs std h
time 86400 | tag tage tagen tages day days
time 604800 | woche wochen week weeks
time 1209600 | fortnight fortnights
time 2629800 | monat monate monaten monats month months
time 7889400 | quartal quartale quartalen quartals
time 31557600 | jahr jahre jahren jahres year years yr yrs
time 315576000 | jahrzehnt jahrzehnte jahrzehnten jahrzehnts decade decades
time 3155760000 | jahrhundert jahrhunderte jahrhunderten century centuries
length 1609.344 | meile meilen mile miles mi
length 0.3048 | fuß foot feet ft
length 0.0254 | zoll inch inches
length 0.9144 | yard yards
length 0.01 | cm
length 1852 | seemeile seemeilen nautical-mile nautical-miles
length 9.4607e15 | lichtjahr lichtjahre lichtjahren light-year light-years
mass 1e6 | tonne tonnen tonnes t
mass 907185 | ton tons
mass 0.4536e3 | lb lbs
mass 28.35 | unze unzen ounce ounces oz
area 1 | quadratmeter quadratmetern m² qm
area 1e6 | quadratkilometer quadratkilometern km²
area 1e4 | hektar hektare hectare hectares ha
area 4046.9 | acre acres
area 0.0929 | quadratfuß
volume 1000 | kubikmeter kubikmetern m³
volume 158.99 | barrel barrels fass
volume 3.785 | gallone gallonen gallon gallons
speed 1 | km/h kmh kph stundenkilometer stundenkilometern
speed 1.609344 | mph
speed 3.6 | m/s
celsius 1 | celsius °c
fahrenheit 1 | fahrenheit °f
kelvin 1 | kelvin
degree 1 | grad degree degrees °
decibel 1 | dezibel decibel decibels db
horsepower 1 | ps pferdestärken horsepower hp
nit 1 | nit nits
calorie 1 | kalorie kalorien calorie calories kcal
euro 1 | euro euros eur €
dollar 1 | dollar dollars us-dollar usd $ us$
pound 1 | pfund pound pounds gbp £ quid
franc 1 | franken chf francs
yen 1 | yen jpy ¥
yuan 1 | yuan renminbi rmb cny
won 1 | won krw ₩
rupee 1 | rupie rupien rupee rupees inr ₹
krone 1 | krone kronen krona kronor kroner sek nok dkk
zloty 1 | zloty złoty pln
rouble 1 | rubel rouble roubles ruble rubles
lira 1 | lira try
real 1 | reais brl
forint 1 | forint huf
bitcoin 1 | bitcoin bitcoins btc
cent 1 | cent cents eurocent ct ¢
cent 1.0 | pence penny
"""
_JOINED = {  # „41-jährig“, „dreitägige“, „five-year-old“
    "jährig": YEARS, "tägig": Unit("time", 86400), "stündig": Unit("time", 3600), "minütig": Unit("time", 60),
    "sekündig": Unit("time", 1), "wöchig": Unit("time", 604800), "monatig": Unit("time", 2629800),
}  # fmt: skip
JOINED = re.compile(rf"(?P<number>\w*?)-?(?P<unit>{'|'.join(_JOINED)})(?:e[nrsm]?)?$", re.IGNORECASE)
CURRENCY_SIGNS = "€$£¥₹₩"


@cache
def symbols() -> Mapping[str, Unit]:
    """Signs that mean something only in this case: kW, MHz, GB."""
    found: dict[str, Unit] = {}
    for kind, _, signs in _rows(_SCALED):
        for sign in signs:
            found |= {
                f"{prefix}{sign}": Unit(kind, factor) for prefix, factor in _SIGNS.items() if prefix + sign != "min"
            }
    found.pop("T", None)  # „T“ alone is a trillion as often as a tesla
    return found | {
        "cm": Unit("length", 0.01),
        "GByte": Unit("byte", 1e9),
        "MP": Unit("pixel", 1e6),
        "h": Unit("time", 3600),
    }


@cache
def words() -> Mapping[str, Unit]:
    """Units as words in lower case: „kilowattstunden“, „minutes“."""
    found: dict[str, Unit] = {}
    for kind, names, _ in _rows(_SCALED):
        found |= {f"{prefix}{name}": Unit(kind, factor) for prefix, factor in _PREFIXES.items() for name in names}
    for line in _OWN.strip().splitlines():
        told, own = line.split("|")
        kind, factor = told.split()
        found |= {name: Unit(kind, float(factor)) for name in own.split()}
    return found


def _rows(table: str) -> Iterator[tuple[str, list[str], list[str]]]:
    for line in table.strip().splitlines():
        kind, names, signs = line.split("|")
        yield kind.strip(), names.split(), signs.split()


def unit_of(word: str) -> Unit | None:
    """The unit that a word or sign is; None for any other word."""
    return symbols().get(word) or words().get(word.lower())


def joined(word: str) -> tuple[str, Unit] | None:
    """„dreitägige“ -> („drei“, days); None for a word that is not built so."""
    match = JOINED.match(word)
    return (match["number"], _JOINED[match["unit"].lower()]) if match else None
