"""The countries and their parts whose public holidays we know: codes, German names, and how „in“ goes with them."""

from bot.german.spelling import plain

REGIONS = {
    "DE": "Deutschland",
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern",
    "DE-BE": "Berlin",
    "DE-BB": "Brandenburg",
    "DE-HB": "Bremen",
    "DE-HH": "Hamburg",
    "DE-HE": "Hessen",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SL": "Saarland",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thüringen",
    "AT": "Österreich",
    "AT-1": "Burgenland",
    "AT-2": "Kärnten",
    "AT-3": "Niederösterreich",
    "AT-4": "Oberösterreich",
    "AT-5": "Salzburg",
    "AT-6": "Steiermark",
    "AT-7": "Tirol",
    "AT-8": "Vorarlberg",
    "AT-9": "Wien",
    "CH": "Schweiz",
    "CH-AG": "Aargau",
    "CH-AI": "Appenzell Innerrhoden",
    "CH-AR": "Appenzell Ausserrhoden",
    "CH-BL": "Basel-Landschaft",
    "CH-BS": "Basel-Stadt",
    "CH-BE": "Bern",
    "CH-FR": "Freiburg",
    "CH-GE": "Genf",
    "CH-GL": "Glarus",
    "CH-GR": "Graubünden",
    "CH-JU": "Jura",
    "CH-LU": "Luzern",
    "CH-NE": "Neuenburg",
    "CH-NW": "Nidwalden",
    "CH-OW": "Obwalden",
    "CH-SH": "Schaffhausen",
    "CH-SZ": "Schwyz",
    "CH-SO": "Solothurn",
    "CH-SG": "St. Gallen",
    "CH-TI": "Tessin",
    "CH-TG": "Thurgau",
    "CH-UR": "Uri",
    "CH-VD": "Waadt",
    "CH-VS": "Wallis",
    "CH-ZG": "Zug",
    "CH-ZH": "Zürich",
}
_ALSO = {
    "NRW": "DE-NW",
    "Basel": "CH-BS",
    "Sankt Gallen": "CH-SG",
    "Appenzell Außerrhoden": "CH-AR",
    "bundesweit": "DE",
    "Germany": "DE",
    "Austria": "AT",
    "Switzerland": "CH",
    "Bavaria": "DE-BY",
    "Vienna": "AT-9",
    "Zurich": "CH-ZH",
    "Geneva": "CH-GE",
}
_IN_THE = {"DE-SL": "im", "AT-1": "im", "AT-6": "in der", "CH": "in der", "CH-VD": "in der"} | dict.fromkeys(
    ("CH-AG", "CH-JU", "CH-TI", "CH-TG", "CH-VS"), "im"
)
_CODES = (
    {plain(code): code for code in REGIONS}
    | {plain(name): code for code, name in REGIONS.items()}
    | {plain(name): code for name, code in _ALSO.items()}
)


def region_of(text: str) -> str | None:
    """The code of a region by its code or name („DE-BY“, „bayern“, „Zuerich“); None for any other text."""
    return _CODES.get(plain(text))


def in_region(code: str) -> str:
    """„in Bayern“, „im Saarland“, „in der Schweiz“."""
    return f"{_IN_THE.get(code, 'in')} {REGIONS.get(code, code)}"
