"""Digests as they are set up -> a text and buttons for each. Pure."""

from collections.abc import Sequence

from bot.desk import Report
from bot.newsroom import Newsroom
from cogs.discord import answers, pieces
from cogs.discord.pieces import Json

PAUSE, RESUME, REMOVE, FORGET = "digest:pause", "digest:resume", "digest:remove", "digest:forget"
LOOK, POST, EDIT = "digest:look", "digest:post", "digest:edit"
MOST = 6  # digests in one message of 40 components
ROOM = 600  # units of text for each


def cards(newsroom: Newsroom, reports: Sequence[Report]) -> list[Json]:
    """Each digest with its buttons; of very many, the first six."""
    told: list[Json] = []
    for report in reports[:MOST]:
        told += [pieces.text(answers.fitted([answers.digest(report, newsroom)], ROOM)), _buttons(report)]
    more = len(reports) - MOST
    return [*told, *([pieces.text(f"… und {more} weitere; bitte mit name: angeben.")] if more > 0 else [])]


def _buttons(report: Report) -> Json:
    one = report.subscription
    turn = ("Fortsetzen", RESUME) if one.paused else ("Pausieren", PAUSE)
    return pieces.buttons(
        pieces.button("Vorschau", f"{LOOK}:{one.id}", pieces.BLUE),
        pieces.button("Ändern", f"{EDIT}:{one.id}"),
        pieces.button(turn[0], f"{turn[1]}:{one.id}"),
        pieces.button("Entfernen", f"{REMOVE}:{one.id}", pieces.RED),
    )
