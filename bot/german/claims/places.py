"""Places and nationalities: what a place is called in German and in English, and which country it lies in."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from babel import Locale

from bot.german.keys import plain

# ISO code: country, nationality, inhabitants | the same in English | cities and parts, exonyms with a slash.
_COUNTRIES = """
DE: Deutschland deutsch Bundesrepublik | Germany German | Berlin Hamburg München/Munich Köln/Cologne Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Bremerhaven Dresden Hannover/Hanover Nürnberg/Nuremberg Duisburg Bochum Wuppertal Bielefeld Bonn Münster Mannheim Karlsruhe Augsburg Wiesbaden Mönchengladbach Gelsenkirchen Aachen Braunschweig/Brunswick Kiel Chemnitz Halle Magdeburg Freiburg Krefeld Mainz Lübeck Erfurt Oberhausen Rostock Kassel Hagen Potsdam Saarbrücken Ludwigshafen Oldenburg Osnabrück Leverkusen Heidelberg Solingen Darmstadt Herne Neuss Regensburg Paderborn Ingolstadt Offenbach Fürth Ulm Heilbronn Pforzheim Würzburg Wolfsburg Göttingen Bottrop Reutlingen Erlangen Koblenz Remscheid Jena Recklinghausen Trier Salzgitter Moers Siegen Hildesheim Cottbus Kaiserslautern Gütersloh Schwerin Witten Gera Iserlohn Ludwigsburg Hanau Esslingen Zwickau Düren Tübingen Flensburg Gießen Konstanz Ravensburg Worms Marburg Villingen Bayreuth Bamberg Passau Landshut Rosenheim Traunstein Kempten Wilhelmshaven Lüneburg Görlitz Weimar Stralsund Greifswald Emden Cuxhaven Bayern/Bavaria Sachsen/Saxony Hessen/Hesse Thüringen/Thuringia Brandenburg Niedersachsen Schleswig-Holstein Baden-Württemberg Rheinland-Pfalz Saarland Mecklenburg-Vorpommern
AT: Österreich österreichisch Österreicher | Austria Austrian | Wien/Vienna Graz Linz Salzburg Innsbruck Klagenfurt Villach Wels Dornbirn Bregenz Tirol/Tyrol Kärnten/Carinthia Steiermark/Styria Vorarlberg Burgenland
CH: Schweiz schweizerisch Schweizer | Switzerland Swiss | Zürich/Zurich Genf/Geneva Basel Bern/Berne Lausanne Winterthur Luzern/Lucerne Lugano Zug
LI: Liechtenstein liechtensteinisch | Liechtenstein | Vaduz
LU: Luxemburg luxemburgisch | Luxembourg Luxembourgish |
US: USA US Vereinigte Staaten Amerika amerikanisch Amerikaner US-amerikanisch | United States US USA America American | Washington Boston Chicago Seattle Houston Dallas Austin Atlanta Miami Denver Detroit Phoenix Philadelphia Portland Pittsburgh Oakland Nevada Texas Kalifornien/California Florida Arizona Ohio Michigan Oregon Utah Georgia Virginia Colorado Illinois Massachusetts Delaware Pennsylvania/Pennsylvanien Tennessee Minnesota Alaska Hawaii Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Missouri Montana Nebraska Oklahoma Wisconsin Wyoming Idaho Brooklyn Manhattan
GB: Großbritannien Vereinigtes Königreich britisch Briten Brite England englisch Schottland schottisch Wales | Britain UK United Kingdom British England English Scotland Scottish Wales Welsh | London Manchester Birmingham Liverpool Leeds Sheffield Bristol Glasgow Edinburgh/Edinburg Cardiff Belfast Oxford Cambridge Nottingham Leicester Sunderland Newcastle Aberdeen Brighton Southampton Portsmouth Coventry
IE: Irland irisch Iren | Ireland Irish | Dublin Cork Galway Limerick
FR: Frankreich französisch Franzosen Franzose | France French | Paris Lyon Marseille Toulouse Nizza/Nice Nantes Straßburg/Strasbourg Bordeaux Lille Grenoble Rennes Montpellier Toulon Dijon Rouen
BE: Belgien belgisch Belgier | Belgium Belgian | Brüssel/Brussels Antwerpen/Antwerp Gent/Ghent Lüttich/Liège Brügge/Bruges Löwen/Leuven Charleroi
NL: Niederlande niederländisch Holland holländisch Niederländer | Netherlands Dutch Holland | Amsterdam Rotterdam Utrecht Eindhoven Groningen Delft Maastricht Leiden Haarlem Den-Haag/The-Hague
DK: Dänemark dänisch Dänen Däne | Denmark Danish Dane | Kopenhagen/Copenhagen Aarhus Odense Aalborg Esbjerg
SE: Schweden schwedisch Schwede | Sweden Swedish Swede | Stockholm Göteborg/Gothenburg Malmö Uppsala Lund Kiruna
NO: Norwegen norwegisch Norweger | Norway Norwegian | Oslo Bergen Trondheim Stavanger Tromsø
FI: Finnland finnisch Finnen Finne | Finland Finnish | Helsinki Espoo Tampere Turku Oulu
IS: Island isländisch | Iceland Icelandic | Reykjavík
EE: Estland estnisch Esten | Estonia Estonian | Tallinn Tartu
LV: Lettland lettisch Letten | Latvia Latvian | Riga
LT: Litauen litauisch Litauer | Lithuania Lithuanian | Vilnius/Wilna Kaunas
PL: Polen polnisch Pole | Poland Polish | Warschau/Warsaw Krakau/Kraków/Krakow/Cracow Danzig/Gdańsk/Gdansk Breslau/Wrocław/Wroclaw Posen/Poznań/Poznan Stettin/Szczecin Lodz/Łódź Kattowitz/Katowice
CZ: Tschechien tschechisch Tschechen Tscheche | Czechia Czech | Prag/Prague Brünn/Brno Pilsen/Plzen/Plzeň Ostrava/Ostrau
SK: Slowakei slowakisch | Slovakia Slovak | Bratislava/Pressburg Košice
HU: Ungarn ungarisch | Hungary Hungarian | Budapest Debrecen
RO: Rumänien rumänisch | Romania Romanian | Bukarest/Bucharest Cluj
BG: Bulgarien bulgarisch | Bulgaria Bulgarian | Sofia
GR: Griechenland griechisch Griechen | Greece Greek | Athen/Athens Thessaloniki
IT: Italien italienisch Italiener | Italy Italian | Rom/Rome Mailand/Milan Turin Neapel/Naples Genua/Genoa Florenz/Florence Venedig/Venice Bologna Triest/Trieste Palermo Padua
ES: Spanien spanisch Spanier | Spain Spanish Spaniard | Madrid Barcelona Valencia Sevilla/Seville Bilbao Málaga Saragossa/Zaragoza
PT: Portugal portugiesisch Portugiesen | Portugal Portuguese | Lissabon/Lisbon Porto
SI: Slowenien slowenisch | Slovenia Slovenian | Ljubljana Maribor
HR: Kroatien kroatisch | Croatia Croatian | Zagreb Split
RS: Serbien serbisch | Serbia Serbian | Belgrad/Belgrade
UA: Ukraine ukrainisch | Ukraine Ukrainian | Kiew/Kyjiw/Kyiv/Kiev Lwiw/Lviv/Lemberg Charkiw/Kharkiv Odessa/Odesa
RU: Russland russisch Russen | Russia Russian | Moskau/Moscow Petersburg
TR: Türkei türkisch Türken | Turkey Turkish | Istanbul Ankara Izmir
IL: Israel israelisch | Israel Israeli | Jerusalem Haifa
SA: Saudi-Arabien saudisch saudi-arabisch Saudis | Saudi Arabia | Riad/Riyadh
AE: Emirate | Emirates | Dubai
QA: Katar katarisch | Qatar Qatari | Doha
IR: Iran iranisch | Iran Iranian | Teheran/Tehran
EG: Ägypten ägyptisch | Egypt Egyptian | Kairo/Cairo
MA: Marokko marokkanisch | Morocco Moroccan | Casablanca
ZA: Südafrika südafrikanisch | Africa African | Johannesburg Kapstadt
KE: Kenia kenianisch | Kenya Kenyan | Nairobi
NG: Nigeria nigerianisch | Nigeria Nigerian | Lagos
IN: Indien indisch Inder | India Indian | Mumbai Delhi Bangalore/Bengaluru Hyderabad Chennai Pune
CN: China chinesisch Chinesen | China Chinese | Peking/Beijing Shanghai/Schanghai Shenzhen Guangzhou Wuhan Hangzhou Chengdu
HK: Hongkong | Hong Kong |
TW: Taiwan taiwanisch taiwanesisch | Taiwan Taiwanese | Taipeh/Taipei Hsinchu
JP: Japan japanisch Japaner | Japan Japanese | Tokio/Tokyo Osaka Kyoto/Kioto Nagoya Yokohama
KR: Südkorea südkoreanisch koreanisch Korea | Korea Korean | Seoul Busan
SG: Singapur | Singapore |
MY: Malaysia malaysisch | Malaysia Malaysian | Penang
TH: Thailand thailändisch | Thailand Thai | Bangkok
VN: Vietnam vietnamesisch | Vietnam Vietnamese | Hanoi
ID: Indonesien indonesisch | Indonesia Indonesian | Jakarta
PH: Philippinen philippinisch | Philippines Philippine Filipino | Manila
AU: Australien australisch Australier | Australia Australian | Sydney Melbourne Perth Brisbane Adelaide Canberra
NZ: Neuseeland neuseeländisch | Zealand | Auckland Wellington
CA: Kanada kanadisch Kanadier | Canada Canadian | Toronto Montreal Ottawa Vancouver Calgary
MX: Mexiko mexikanisch | Mexico Mexican |
BR: Brasilien brasilianisch | Brazil Brazilian |
AR: Argentinien argentinisch | Argentina Argentine Argentinian |
CL: Chile chilenisch | Chile Chilean | Santiago
CO: Kolumbien kolumbianisch | Colombia Colombian | Bogotá
KZ: Kasachstan kasachisch | Kazakhstan Kazakh |
EU: EU Europa europäisch Europäer EU-Kommission | EU Europe European |
AFRIKA: Afrika afrikanisch | Africa African |
ASIEN: Asien asiatisch | Asia Asian |
"""
_EUROPEAN = frozenset(
    "DE AT CH LI LU GB IE FR BE NL DK SE NO FI IS EE LV LT PL CZ SK HU RO BG GR IT ES PT SI HR RS UA EU".split()
)
_MORE = Locale("de"), Locale("en")  # CLDR knows all other countries


@lru_cache(maxsize=8192)
def places(word: str) -> frozenset[str]:
    """The places a word names, as „@DE“ or „@DE/munich“; nothing where it names none. Inflection is seen through."""
    told = plain(word)
    for ending in ("", "s", "e", "en", "er", "es", "em", "ers"):
        bare = told.removesuffix(ending)
        if told.endswith(ending) and bare in _known():
            return _known()[bare]
    return frozenset()


def country(place: str) -> str:
    """The country of a place as `places` gives it: „@DE“ for „@DE/munich“."""
    return place.partition("/")[0]


def holds(place: str, told: frozenset[str]) -> bool:
    """Whether a source that tells of these places may be said to tell of this one: a city implies its country."""
    if "/" in place:
        return place in told
    if place == "@EU":
        return any(country(one)[1:] in _EUROPEAN for one in told)
    return any(country(one) == place for one in told)


def _called(code: str, rest: str) -> Iterator[tuple[str, str]]:
    """What a country and its cities are called, each with its place."""
    german, english, cities = rest.split("|")
    yield from ((plain(word), f"@{code}") for word in (german + english).split())
    for city in cities.split():
        names = [plain(name) for name in city.split("/")]
        yield from ((name, f"@{code}/{names[0]}") for name in names)


@cache
def _known() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _COUNTRIES.strip().splitlines():
        code, _, rest = line.partition(": ")
        for word, place in _called(code, rest):
            found.setdefault(word, set()).add(place)
    for locale in _MORE:
        for code, name in locale.territories.items():
            if len(code) == 2 and name.isalpha():  # noqa: PLR2004 - a country; continents have numbers
                found.setdefault(plain(name), set()).add(f"@{code}")
    for common in ("staaten", "konigreich", "vereinigte", "vereinigtes", "united", "states", "kingdom", "us"):
        found.pop(common, None)
    found["us"] = {"@US"}
    return {word: frozenset(codes) for word, codes in found.items()}
