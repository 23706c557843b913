"""A title -> whether its article looks back, compares or tells of many events, and so belongs to none of them."""

import re

ANNOUNCED = (
    r"(?:wochen|monats|jahres|tages)(?:rückblick|überblick)",
    r"\brückblick\b|wochenschau|presseschau|^alle \w+ im überblick",
    r"live-?(?:blog|ticker)|\bliveticker|^live\b",
    r"newsletter|\bpodcast\b|\bbriefing\b|morning report\b",
    r"was (?:diese|in dieser|letzte) woche|die wichtigsten|kurz (?:notiert|gemeldet)",
    r"(?:news|nachrichten|meldungen) (?:des tages|der woche)",
    r"\b(?:weekly|daily|week in|year in) (?:review|recap|round|digest)|\b(?:round-?up|recap)\b",
    r"(?:this|last) week(?:'s)? in|what you (?:missed|need to read)",
    r"^vergleich\b|\bim vergleich\b(?! zum)|vergleichstest|kaufberatung|die besten",
    r"\bcompared(?:$|:)|buying guide|^(?:the )?best\b|^every\b|\btop \d+\b",
)
ROUNDUP = re.compile("|".join(ANNOUNCED), re.IGNORECASE)


def is_roundup(title: str) -> bool:
    """Whether the title announces more than one event."""
    return ROUNDUP.search(title) is not None
