"""Digests as they are set up -> a text and buttons for each. Pure."""

from collections.abc import Callable, Sequence

from bot.desk import Report
from bot.newsroom import Newsroom
from cogs.slack import answers, pieces
from cogs.slack.pieces import Json

PAUSE, RESUME, REMOVE, FORGET = "digest:pause", "digest:resume", "digest:remove", "digest:forget"
VOTES, OWN_VOTES = "digest:votes", "topics:votes"
TIME, HALT, GO, DROP, DROPPED = "topics:time", "topics:pause", "topics:resume", "topics:drop", "topics:dropped"
LOOK, POST, EDIT = "digest:look", "digest:post", "digest:edit"
ALL = "*"  # of the menu of what to unsubscribe from
MOST = 6  # digests in one message
ROOM = 600  # units of text for each


def cards(newsroom: Newsroom, reports: Sequence[Report]) -> list[Json]:
    """Each digest with its buttons; of very many, the first six."""
    return [*_cards(newsroom, reports, _buttons), *_reset(reports, VOTES)]


def own_cards(newsroom: Newsroom, reports: Sequence[Report]) -> list[Json]:
    """As `cards`, of what somebody subscribed to: there is no more to choose than a reader knows."""
    return [*_cards(newsroom, reports, _own_buttons), *_reset(reports, OWN_VOTES)]


def to_drop(report: Report, names: Sequence[tuple[str, str]]) -> list[Json]:
    """What can be unsubscribed from, and all of it; `names`: each entry, and what it is called."""
    one = report.subscription
    named = [*names[:90], (ALL, f"Alles: „{one.name}“ ganz beenden")]
    choices = [(f"{one.id}/{value}", name) for value, name in named]
    return [pieces.text("*Was möchten Sie abbestellen?*"), pieces.menu(DROPPED, "Wählen …", choices)]


def _cards(newsroom: Newsroom, reports: Sequence[Report], buttons: Callable[[Report], Json]) -> list[Json]:
    told: list[Json] = []
    for report in reports[:MOST]:
        told += [pieces.text(answers.fitted([answers.digest(report, newsroom)], ROOM)), buttons(report)]
    more = len(reports) - MOST
    return [*told, *([pieces.text(f"… und {more} weitere; bitte mit name: angeben.")] if more > 0 else [])]


def _reset(reports: Sequence[Report], action: str) -> list[Json]:
    """A button that forgets the votes, which are those of the whole channel; none where they change nothing."""
    voted = next((one.subscription.id for one in reports if one.weights), None)
    return [] if voted is None else [pieces.buttons(pieces.button("Stimmen zurücksetzen", action, str(voted)))]


def _own_buttons(report: Report) -> Json:
    one = report.subscription
    turn = ("Fortsetzen", GO) if one.paused else ("Pausieren", HALT)
    return pieces.buttons(
        pieces.button("Uhrzeit ändern", TIME, str(one.id)),
        pieces.button(turn[0], turn[1], str(one.id)),
        pieces.button("Abbestellen", DROP, str(one.id), pieces.DANGER),
    )


def _buttons(report: Report) -> Json:
    one = report.subscription
    turn = ("Fortsetzen", RESUME) if one.paused else ("Pausieren", PAUSE)
    return pieces.buttons(
        pieces.button("Vorschau", LOOK, str(one.id), pieces.PRIMARY),
        pieces.button("Ändern", EDIT, str(one.id)),
        pieces.button(turn[0], turn[1], str(one.id)),
        pieces.button("Entfernen", REMOVE, str(one.id), pieces.DANGER),
    )
