"""/topics on Slack: what comes to oneself as direct messages, or to a channel that one may manage."""

from dataclasses import replace

from bot.desk import RESET, VOTES, Report
from bot.errors import ChatBusy, ChatError, ChatUnsure, UserError
from bot.german import changes
from bot.german import topics as words
from bot.model import Channel, Subscription
from cogs.commands import TOPICS_LIST, TOPICS_MINE, TOPICS_SUBSCRIBE, TOPICS_UNSUBSCRIBE
from cogs.slack import answers, layout, pieces, private
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.cards import ALL, DROP, DROPPED, GO, HALT, OWN_VOTES, TIME, own_cards, to_drop
from cogs.slack.counter import Bureau, Cog
from cogs.slack.forms import CHECKED, when_of
from cogs.slack.managing import GONE_TOPICS, lacking, subscribed, subscriber
from cogs.slack.mrkdwn import plain
from cogs.slack.private import CLOSED
from cogs.slack.results import result

FORM = "topics:form"
WHEN = ("time", "timezone")
LONGEST = 100  # characters of an entry in the menu
OPEN = "Es kommt als Direktnachricht."
GREETING = "Es kommt hier an. Was abonniert ist, zeigt /topics mine."
FORGOTTEN = "Die Stimmen sind vergessen; alle Themen zählen wieder gleich."
BELATED = "Ob der Bot Ihnen schreiben darf, ließ sich gerade nicht prüfen."


async def list_(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/topics list."""
    await to.wait()
    await to.say([pieces.text(answers.topics(await bureau.newsroom.topic_counts(asked.home)))])


async def subscribe(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/topics subscribe: says at once where the bot may not post."""
    await to.wait()
    channel = await subscriber(bureau, asked)
    is_first = channel.direct and not asked.direct and not await _comes(bureau, channel)
    may = await _may(bureau, channel)
    when = {key: asked.options[key] for key in WHEN if key in asked.options}
    done = await bureau.newsroom.desk.subscribe(channel, asked.options.get("topic", ""), when)
    told = words.subscribed(done.entries, answers.names(bureau.newsroom), was_there=done.was_there)
    may = await _greeted(bureau, asked, told) if is_first and may == OPEN else may
    await to.say(await result(bureau, [done.report], f"{plain(told)} {may}", own_cards))


async def unsubscribe(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/topics unsubscribe."""
    await to.wait()
    channel = await subscriber(bureau, asked)
    await to.say(await _unsubscribed(bureau, channel, asked.options.get("topic", "")))


async def mine(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/topics mine: each with its buttons."""
    await to.wait()
    reports = await bureau.newsroom.desk.show(await subscriber(bureau, asked))
    told = await result(bureau, reports, make=own_cards) if reports else [pieces.text(words.NONE_OF_ONES_OWN)]
    await to.say(told)


async def pause(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: nothing of it comes until it is resumed."""
    await to.wait_to_change()
    found = await subscribed(bureau, asked)
    report = await bureau.newsroom.desk.pause(found.channel, found.name)
    await to.change(await result(bureau, [report], changes.paused(report.before), own_cards))


async def resume(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: it comes again."""
    await to.wait_to_change()
    found = await subscribed(bureau, asked)
    may = await _may(bureau, found.channel)
    report = await bureau.newsroom.desk.resume(found.channel, found.name)
    await to.change(await result(bureau, [report], f"{changes.resumed(report.before)} {may}", own_cards))


async def time(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: a form with the time at which it comes."""
    found = await subscribed(bureau, asked)
    field = pieces.typed(
        "when", "Um wie viel Uhr?", f"{found.at:%H:%M} {found.zone}", "Mit Ort oder Zeitzone: 07:00 Wien", most=60
    )
    await to.ask(pieces.form(FORM, "Uhrzeit ändern", asked.back(id=str(found.id)), field))


async def timed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """The form was sent."""
    await to.wait()
    found = await subscribed(bureau, replace(asked, value=asked.context.get("id", "")))
    try:
        report = await bureau.newsroom.desk.set_up(found.channel, found.name, when_of(asked.options.get("when", "")))
    except UserError as error:
        again = pieces.button("Noch einmal", TIME, str(found.id), pieces.PRIMARY)
        await to.say([pieces.text(plain(str(error))), pieces.buttons(again)])
        return
    await to.say(await result(bureau, [report], plain(_set(report, bureau)), own_cards))


async def drop(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: asks what is to be unsubscribed from."""
    await to.wait()
    found = await subscribed(bureau, asked)
    names = answers.names(bureau.newsroom)
    entries = [(entry, words.entry_name(entry, names)) for entry in found.topics if len(entry) <= LONGEST]
    await to.say(to_drop(Report(found), entries))


async def dropped(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """One of its topics was chosen, or all of it."""
    await to.wait_to_change()
    found, chosen = await subscribed(bureau, asked), asked.value.partition("/")[2]
    if chosen == ALL:
        gone = await bureau.newsroom.desk.remove(found.channel, found.name)
        await to.change([pieces.text(f"„{plain(gone.name)}“ ist beendet. Neu abonnieren geht mit /topics subscribe.")])
        return
    if chosen not in found.topics:
        raise UserError(GONE_TOPICS)
    await to.change(await _unsubscribed(bureau, found.channel, chosen))


async def votes_reset(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: forgets what was voted there."""
    await to.wait_to_change()
    found = await subscribed(bureau, asked)
    report = await bureau.newsroom.desk.set_up(found.channel, found.name, {VOTES: RESET})
    await to.change(await result(bureau, [report], FORGOTTEN, own_cards))


async def _unsubscribed(bureau: Bureau, channel: Channel, topic: str) -> list[pieces.Json]:
    done = await bureau.newsroom.desk.unsubscribe(channel, topic)
    told = words.unsubscribed(done.entries, done.gone, answers.names(bureau.newsroom))
    return await result(bureau, done.reports, plain(told), own_cards)


async def _may(bureau: Bureau, channel: Channel) -> str:
    """Whether the bot may post there, in words. Raises `ChatError` where it never could."""
    if not channel.direct:
        lack = await lacking(bureau, channel)
        return f"⚠️ *{lack}* Bis dahin kommt nichts an." if lack else CHECKED
    try:
        await bureau.surface.check(channel)
    except (ChatBusy, ChatUnsure):
        return BELATED
    except ChatError:
        return f"⚠️ *{CLOSED}* Bis dahin kommt nichts an."
    return OPEN


async def _comes(bureau: Bureau, channel: Channel) -> bool:
    """Whether anything comes there already."""
    return any(not one.subscription.paused for one in await bureau.newsroom.desk.show(channel))


async def _greeted(bureau: Bureau, asked: Asked, told: str) -> str:
    """Whether the person takes direct messages, in words: Slack tells only of one that is sent."""
    try:
        await private.send(bureau, asked.asker, f"subscribed\0{told}", layout.note(f"{plain(told)} {GREETING}"))
    except UserError as error:
        return f"⚠️ *{error}* Bis dahin kommt nichts an."
    return OPEN


def _set(report: Report, bureau: Bureau) -> str:
    one: Subscription = report.subscription
    return changes.set_up(report.before, one, answers.names(bureau.newsroom), report.beside, one.name)


COG = Cog(
    commands={
        TOPICS_LIST: list_,
        TOPICS_SUBSCRIBE: subscribe,
        TOPICS_UNSUBSCRIBE: unsubscribe,
        TOPICS_MINE: mine,
    },
    parts={TIME: time, HALT: pause, GO: resume, DROP: drop, DROPPED: dropped, OWN_VOTES: votes_reset},
    forms={FORM: timed},
)
