"""Feeds -> Slack's pieces: a page of the list with their health, a preview, what became of a list. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.german import reports
from bot.german.dates import told as moment
from bot.model import Entry, Feed
from bot.sources import Found, Listed, TakenIn
from cogs.slack import pieces
from cogs.slack.answers import fitted
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json

PAGE, SAVE = "sources:page", "sources:save"
ON_PAGE = 9  # feeds; each has 300 units
REFUSED = 15  # entries of a list that are named


def listed(found: Sequence[Listed], number: int, now: datetime, zone: ZoneInfo) -> list[Json]:
    """One page, counted from 0, with buttons to those beside it; of a number too high the last one."""
    if not found:
        return [pieces.text(reports.NO_SOURCE)]
    last = (len(found) - 1) // ON_PAGE
    number = min(number, last)
    shown = found[number * ON_PAGE : (number + 1) * ON_PAGE]
    pages = f" · Seite {number + 1} von {last + 1}" if last else ""
    told = [f"*{len(found)} Quellen*{pages}", *(_line(one, now, zone) for one in shown)]
    turns = [("Zurück", number - 1)] if number else []
    turns += [("Weiter", number + 1)] if number < last else []
    buttons = [pieces.button(label, f"{PAGE}:{label}", str(target)) for label, target in turns]
    return [pieces.text(fitted(told)), *([pieces.buttons(*buttons)] if buttons else [])]


def preview(feed: Feed, found: Found, names: Mapping[str, str], now: datetime, zone: ZoneInfo) -> list[Json]:
    """What would be added, with its latest entries, and its address."""
    about = plain(reports.about_feed(feed.language, feed.topics, names), 300)
    entries = [_entry(one, now, zone) for one in found.latest] or ["Der Feed hat noch keinen Eintrag."]
    lines = [f"*{plain(feed.name, 120)}*", about, *entries, "Soll diese Quelle dazukommen?"]
    return [pieces.text("\n".join(lines)), pieces.small(f"Adresse: {plain(found.url, 400)}")]


def saved(feed: Feed, names: Mapping[str, str]) -> list[Json]:
    """What was added."""
    about = plain(reports.about_feed(feed.language, feed.topics, names), 300)
    done = f"„{plain(feed.name, 120)}“ ist hinzugefügt. Gelesen wird sie in den nächsten Minuten."
    return [pieces.text(f"{done}\n{about}")]


def taken_in(done: TakenIn) -> str:
    """What became of a list, and of the first entries that were refused."""
    lines = [reports.taken_in(done.added, done.known, len(done.refused))]
    lines += [f"• {plain(one.feed, 80)}: {plain(one.reason, 150)}" for one in done.refused[:REFUSED]]
    more = len(done.refused) - REFUSED
    return fitted([*lines, *([f"• … und {more} weitere"] if more > 0 else [])])


def _line(one: Listed, now: datetime, zone: ZoneInfo) -> str:
    """Its address is told by its host alone: a feed of one's own can have a password in the rest."""
    health = plain(reports.health(one.health, now, zone), 170)
    host = plain(urlsplit(one.feed.url).hostname or "", 50)
    return f"• *{plain(one.feed.name, 60)}* ({reports.whose(one.health)}, {host}){': ' if health else ''}{health}"


def _entry(one: Entry, now: datetime, zone: ZoneInfo) -> str:
    when = f" ({moment(one.published, now, zone)})" if one.published else ""
    return f"• {plain(one.title or one.text[:80], 200)}{when}"
