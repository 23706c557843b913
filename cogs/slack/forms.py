"""The form of /digest setup: five fields, of which all are filled in, and what becomes of them.

Nothing is remembered between its opening and its being sent: all of it comes back with it, also after a restart.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.deliveries.typed import name_of
from bot.errors import UserError
from bot.german import changes, schedules
from bot.model import EVERY_DAY, Channel, Subscription, interests_of
from bot.newsroom import Newsroom
from cogs.slack import pieces
from cogs.slack.answer import Answer
from cogs.slack.answers import names
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.managing import lacking, managed
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json
from cogs.slack.results import result

FORM, AGAIN = "digest:form", "digest:again"
MORNING = "07:00"
DAILY, WORKDAYS, WEEKEND, WEEKLY = "daily", "mon-fri", "sat,sun", "weekly"
SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = (
    (DAILY, "täglich"),
    (WORKDAYS, "montags bis freitags"),
    (WEEKEND, "am Wochenende"),
    (WEEKLY, "freitags als Wochenrückblick"),
    *zip(SHORT_DAYS, schedules.ON_DAYS, strict=True),
)
CHECKED = "Der Bot darf dort posten."
_WHEN = re.compile(r"\s*(\d{1,2}(?:[:.]\d{2})?(?:\s*(?:uhr|h)\b)?)[\s,]*\(?([^)]*)\)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds. `name` is empty for the only digest of the channel, or a new one."""

    channel: str
    when: str
    days: str = DAILY
    topics: tuple[str, ...] = ()
    length: str = "medium"
    name: str = ""


async def opened(bureau: Bureau, asked: Asked, channel: Channel, name: str, to: Answer) -> None:
    """Open the form, filled with what the digest is now or would be."""
    name = name_of(name) if name else ""
    base = await bureau.newsroom.desk.base(channel, name)
    draft = _draft(base) if base else Draft(channel.id, f"{MORNING} {bureau.newsroom.zone.key}", name=name)
    await to.ask(form(draft, bureau.newsroom, asked))


async def sent(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The form was sent."""
    await to.wait()
    told, name = asked.options, asked.context.get("name", "")
    channel = await managed(bureau, asked)
    wanted = {
        "weekdays": told.get("days", DAILY),
        "topics": await _topics(bureau, channel, name, told.get("topics", "")),
        "length": told.get("length", "medium"),
        **when_of(told.get("when", "")),
    }
    try:
        await to.say(await saved(bureau, channel, name, wanted))
    except UserError as error:
        await to.say([pieces.text(plain(str(error))), _again(told, name)])


async def again(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: the form once more, as it was but for the time, which was wrong. Who may is asked when it is sent."""
    channel, days, topics, length, name = json.loads(asked.value)
    when = f"{MORNING} {bureau.newsroom.zone.key}"
    await to.ask(form(Draft(channel, when, days, tuple(topics.split(",")), length, name), bureau.newsroom, asked))


async def saved(bureau: Bureau, channel: Channel, name: str, wanted: Mapping[str, str]) -> list[Json]:
    """Set it up; the answer says what it is now, and whether the bot may post. Raises `UserError`, `ChatError`."""
    lack = await lacking(bureau, channel)
    report = await bureau.newsroom.desk.set_up(channel, name, wanted)
    may = f"⚠️ *{lack}* Bis dahin kommt nichts an." if lack else CHECKED
    done = changes.set_up(report.before, report.subscription, names(bureau.newsroom), report.beside, name)
    return await result(bureau, [report], f"{plain(done)} {may}")


def form(draft: Draft, newsroom: Newsroom, asked: Asked) -> Json:
    """The form with a draft in it."""
    days = DAYS if draft.days in dict(DAYS) else ((draft.days, f"wie bisher: {draft.days}"), *DAYS)
    topics = [(topic.key, topic.name) for topic in newsroom.topics]
    lengths = [(value.value, name) for value, name in schedules.LENGTHS.items()]
    return pieces.form(
        FORM,
        "Digest einrichten",
        asked.back(name=draft.name),
        pieces.channel("channel", "In welchen Kanal?", draft.channel, "Zuvor dort eingeben: /invite @Depesche"),
        pieces.typed("when", "Um wie viel Uhr?", draft.when, "Mit Ort oder Zeitzone: 07:00 Wien", most=60),
        pieces.chosen("days", "An welchen Tagen?", days, [draft.days]),
        pieces.chosen("topics", "Welche Themen?", topics, draft.topics, "Ohne Auswahl: alle", most=25),
        pieces.chosen("length", "Wie ausführlich?", lengths, [draft.length]),
    )


async def _topics(bureau: Bureau, channel: Channel, name: str, chosen: str) -> str:
    """The topics that were chosen, with the words of its own that a digest has: the form can't show them."""
    base = await bureau.newsroom.desk.base(channel, name_of(name) if name else "")
    kept = replace(interests_of(base.topics), topics=()).entries if base else ()
    only_without = not chosen and all(entry.startswith("-") for entry in kept)
    return ",".join(filter(None, ("*" if only_without else chosen, *kept)))


def _draft(one: Subscription) -> Draft:
    return Draft(one.channel.id, f"{one.at:%H:%M} {one.zone}", _days(one), one.topics, one.length.value, one.name)


def _days(one: Subscription) -> str:
    """As one of `DAYS`, if it is one."""
    if one.recap:
        return WEEKLY
    if one.weekdays == EVERY_DAY:
        return DAILY
    listed = ",".join(SHORT_DAYS[day] for day in sorted(one.weekdays))
    return {"mon,tue,wed,thu,fri": WORKDAYS}.get(listed, listed)


def when_of(text: str) -> dict[str, str]:
    """The time and, if it is there, the zone after it; what is wrong is left to whoever understands it."""
    found = _WHEN.fullmatch(text)
    if found is None:
        return {"time": text}
    return {"time": found[1]} | ({"timezone": found[2].strip()} if found[2].strip() else {})


def _again(told: Mapping[str, str], name: str) -> Json:
    """A button that opens the form again."""
    kept = [told.get(key, "") for key in ("channel", "days", "topics", "length")]
    value = json.dumps([*kept, name], separators=(",", ":"))
    return pieces.buttons(pieces.button("Noch einmal", AGAIN, value, pieces.PRIMARY))


COG = Cog(parts={AGAIN: again}, forms={FORM: sent})
