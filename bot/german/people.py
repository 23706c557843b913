"""What is kept of a person, how long, and what was deleted, in words. Names in it are as people typed them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.german.numbers import counted
from bot.german.schedules import listed
from bot.model import State, Subscription

NOUNS: Mapping[str, tuple[str, str]] = {
    "subscriptions": ("Abonnement Ihrer Direktnachrichten", "Abonnements Ihrer Direktnachrichten"),
    "deliveries": ("Zustellung an Sie", "Zustellungen an Sie"),
    "alerts": ("Eilmeldung, die Sie wünschen", "Eilmeldungen, die Sie wünschen"),
    "votes": ("Stimme für mehr oder weniger davon", "Stimmen für mehr oder weniger davon"),
    "questions": ("Frage mit ihrer Antwort", "Fragen mit ihren Antworten"),
    "own_feeds": ("eigene oder ausgeblendete Quelle", "eigene oder ausgeblendete Quellen"),
    "added_feeds": ("Quelle eines Servers mit Ihrer Kennung", "Quellen von Servern mit Ihrer Kennung"),
    "notices": ("Hinweis, der Ihnen noch zu sagen ist", "Hinweise, die Ihnen noch zu sagen sind"),
}
NAMED = {"subscriptions", "own_feeds", "added_feeds"}  # told by name
NAMES = 10  # that are told at most; the export has all
NOTHING = "Über Sie ist nichts gespeichert."
NOTHING_DELETED = "Über Sie war nichts gespeichert."
SURE = (
    "Alles über Sie löschen? Auch was noch zu verschicken ist, wird gelöscht. Das lässt sich nicht rückgängig machen."
)
NOT_KEPT = (
    "Nicht gespeichert: Ihr Name, Ihr Profil, Ihre übrigen Nachrichten, was Sie anklicken und welche Zusammenfassungen "
    "Sie abrufen. Bekannt ist von Ihnen nur die Kennung Ihres Kontos."
)
WHAT_NEXT = "Alles als Datei: /privacy export. Alles löschen: /privacy delete."
EXPORTED = "Alles, was über Sie gespeichert ist:"


def kept(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """A line for each noun there is: how much of it, and the names of what has one."""
    return [f"{_counted(noun, len(some))}{_more(noun, some)}" for noun, some in rows.items()]


def how_long(deliveries: int, questions: int, votes: int) -> str:
    """After how many days what is deleted."""
    return (
        f"Wie lange: Zustellungen {deliveries} Tage (die letzte bleibt, solange es das Abonnement gibt), Fragen und "
        f"Antworten {questions} Tage, Stimmen {votes} Tage; Abonnements und Quellen, bis Sie sie entfernen."
    )


def deleted(counts: Mapping[str, int]) -> str:
    """What was deleted."""
    gone = [_counted(noun, count) for noun, count in counts.items() if count and noun != "added_feeds"]
    parts = [f"Gelöscht: {listed(gone)}. Es wird Ihnen nichts mehr geschickt."] if gone else []
    if count := counts.get("added_feeds", 0):
        stay = "bleibt ihrem Server" if count == 1 else "bleiben ihren Servern"
        parts.append(f"{counted(count, 'Quelle', 'Quellen')} {stay}, ohne Ihre Kennung.")
    return " ".join(parts) or NOTHING_DELETED


def paused(those: Sequence[Subscription]) -> str:
    """What a person is told whose direct messages were paused."""
    reasons = dict.fromkeys(one.reason or "" for one in those)
    names = listed([f"„{one.name}“" for one in those])
    is_ = "ist" if len(those) == 1 else "sind"
    return (
        f"Ihre Direktnachrichten kamen nicht an, deshalb {is_} {names} pausiert. {' '.join(reasons)} "
        "Was abonniert ist, zeigt /topics mine; weiter geht es mit /topics subscribe."
    )


def _counted(noun: str, count: int) -> str:
    return counted(count, *NOUNS.get(noun, (f"Eintrag ({noun})", f"Einträge ({noun})")))


def _more(noun: str, rows: Sequence[Mapping[str, Any]]) -> str:
    if noun == "deliveries":
        waiting = sum(row["state"] == State.PENDING.value for row in rows)
        return f", davon {waiting} noch nicht verschickt" if waiting else ""
    if noun not in NAMED:
        return ""
    names = [f"„{row['name']}“" for row in rows]
    more = f" und {len(names) - NAMES} weitere" if len(names) > NAMES else ""
    return f": {', '.join(names[:NAMES])}{more}"
