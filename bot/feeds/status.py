"""What an HTTP status that is no answer means for a reader."""

from collections.abc import Mapping
from http import HTTPStatus

from bot.errors import BadAnswer
from bot.feeds.delays import retry_after

AGAIN = "Der nächste Versuch folgt von selbst."
LATER = "Der nächste Versuch folgt später von selbst."
REASONS = {
    304: f"Der Server sagt „unverändert“ (304), obwohl nichts bekannt war. {AGAIN}",
    400: f"Der Server weist die Anfrage ab (400). {AGAIN}",
    401: "Der Server verlangt eine Anmeldung (401). Quellen mit Zugangsschutz lassen sich nicht lesen.",
    402: "Der Server verlangt Bezahlung (402). Kostenpflichtige Quellen lassen sich nicht lesen.",
    403: f"Der Server verweigert den Zugriff (403). {LATER}",
    404: "Unter dieser Adresse gibt es nichts (404). Bitte die Adresse prüfen.",
    410: "Diese Adresse gibt es nicht mehr (410). Sie wird nicht wieder gefragt.",
    429: f"Dem Server sind es zu viele Anfragen (429). {LATER}",
    451: "Der Inhalt ist aus rechtlichen Gründen gesperrt (451).",
    503: f"Der Server ist vorübergehend nicht verfügbar (503). {AGAIN}",
}
CHALLENGE = "Der Server lässt nur Menschen ein und verlangt einen Nachweis ({status}). Er lässt sich nicht lesen."


def bad_answer(status: int, headers: Mapping[str, str]) -> BadAnswer:
    """The error for a status: what it means and what happens next (German), and how long to wait."""
    return BadAnswer(_reason(status, headers), status, retry_after(headers))


def once(reason: str) -> str:
    """A reason for those who asked once, and for whom nobody tries again."""
    return reason.removesuffix(AGAIN).removesuffix(LATER).rstrip()


def _reason(status: int, headers: Mapping[str, str]) -> str:
    if headers.get("cf-mitigated") == "challenge":  # Cloudflare's documented mark of its challenge pages
        return CHALLENGE.format(status=status)
    if status in REASONS:
        return REASONS[status]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"Der Server meldet einen Fehler bei sich ({status}). {AGAIN}"
    return f"Der Server antwortet mit einem Status, der keine Antwort ist ({status}). {AGAIN}"
