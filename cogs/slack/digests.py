"""The /digest commands on Slack, and the buttons under their answers."""

from secrets import token_hex

from bot.desk import RESET
from bot.desk import VOTES as RESETS
from bot.errors import UserError
from bot.german import changes
from bot.model import Channel, Delivery, State, Subscription, number
from cogs.commands import DIGEST_NOW, DIGEST_PAUSE, DIGEST_REMOVE, DIGEST_RESUME, DIGEST_SETUP, DIGEST_SHOW
from cogs.slack import alerts, pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.cards import EDIT, FORGET, LOOK, PAUSE, POST, REMOVE, RESUME, VOTES
from cogs.slack.counter import Bureau, Cog
from cogs.slack.forms import opened, saved
from cogs.slack.layout import blocks_of
from cogs.slack.managing import managed, pressed
from cogs.slack.mrkdwn import plain
from cogs.slack.pieces import Json
from cogs.slack.results import result

HERE = {"name", "channel"}  # which digest, and not how it is
FORGOTTEN = "Die Stimmen dieses Kanals sind vergessen; alle Themen zählen wieder gleich."
NONE = "In diesem Kanal ist noch kein Digest eingerichtet. Das geht mit /digest setup."


async def setup(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest setup: with options as on the console, without any a form."""
    channel = await managed(bureau, asked)
    wanted = {key: value for key, value in asked.options.items() if key not in HERE}
    if not wanted:
        await opened(bureau, asked, channel, asked.options.get("name", ""), to)
        return
    await to.wait()
    await to.say(await saved(bureau, channel, asked.options.get("name", ""), wanted))


async def edit(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: the form of a digest that there is."""
    found = await pressed(bureau, asked)
    await opened(bureau, asked, found.channel, found.name, to)


async def show(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest show: of one channel."""
    await to.wait()
    await to.say(await _shown(bureau, await managed(bureau, asked)))


async def now(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest now: a preview for whoever asks, with a button that posts it."""
    await to.wait()
    channel = await managed(bureau, asked)
    found = await bureau.newsroom.desk.base(channel, asked.options.get("name", ""))
    if found is None:
        raise UserError(NONE)
    await _preview(bureau, found, to)


async def look_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: as /digest now."""
    await to.wait()
    await _preview(bureau, await pressed(bureau, asked), to)


async def post(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: what was previewed is posted now; once, however often it is pressed within minutes."""
    found = await pressed(bureau, asked)
    await to.wait_to_change()
    async with to.watched() as progress:
        digest = await bureau.newsroom.desk.preview(found.channel, found.name, progress)
    root, moment = None, bureau.newsroom.clock.now()
    for n, body in enumerate(bureau.surface.render(digest, found), 1):
        id_ = number(f"{asked.value}\0{n}")  # of the preview, so that pressing twice posts once
        one = Delivery(id_, found.id, found.channel, digest.day, n, body.text, State.PENDING, moment, moment, root=root)
        sent = await bureau.surface.find(one) or await bureau.surface.send(one)
        root = root or sent
    await to.change([pieces.text(f"Gepostet in <#{found.channel.id}>.")])


async def pause(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest pause."""
    await to.wait()
    report = await bureau.newsroom.desk.pause(await managed(bureau, asked), asked.options.get("name", ""))
    await to.say(await result(bureau, [report], changes.paused(report.before)))


async def resume(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest resume."""
    await to.wait()
    report = await bureau.newsroom.desk.resume(await managed(bureau, asked), asked.options.get("name", ""))
    await to.say(await result(bureau, [report], changes.resumed(report.before)))


async def remove(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/digest remove."""
    await to.wait()
    gone = await bureau.newsroom.desk.remove(await managed(bureau, asked), asked.options.get("name", ""))
    await to.say(_removed(gone))


async def pause_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: as /digest pause."""
    await to.wait_to_change()
    found = await pressed(bureau, asked)
    report = await bureau.newsroom.desk.pause(found.channel, found.name)
    await to.change(await result(bureau, [report], changes.paused(report.before)))


async def resume_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: as /digest resume."""
    await to.wait_to_change()
    found = await pressed(bureau, asked)
    report = await bureau.newsroom.desk.resume(found.channel, found.name)
    await to.change(await result(bureau, [report], changes.resumed(report.before)))


async def votes_reset(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: forgets what the channel's readers voted."""
    await to.wait_to_change()
    found = await pressed(bureau, asked)
    report = await bureau.newsroom.desk.set_up(found.channel, found.name, {RESETS: RESET})
    await to.change(await result(bureau, [report], FORGOTTEN))


async def remove_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: asks once more, because it can't be undone."""
    await to.wait_to_change()
    found = await pressed(bureau, asked)
    sure = pieces.buttons(pieces.button("Ja, entfernen", FORGET, str(found.id), pieces.DANGER))
    question = f"„{plain(found.name)}“ in <#{found.channel.id}> wirklich entfernen?"
    await to.change([pieces.text(question), sure])


async def forget_pressed(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """A button: as /digest remove."""
    await to.wait_to_change()
    found = await pressed(bureau, asked)
    await to.change(_removed(await bureau.newsroom.desk.remove(found.channel, found.name)))


async def _preview(bureau: Bureau, found: Subscription, to: Answer) -> None:
    async with to.watched() as progress:
        digest = await bureau.newsroom.desk.preview(found.channel, found.name, progress)
    bodies = bureau.surface.render(digest, found)
    for n, body in enumerate(bodies, 1):
        told = blocks_of(body, single=True)
        posting = pieces.buttons(pieces.button("Posten", POST, f"{found.id}/{token_hex(6)}", pieces.PRIMARY))
        await to.say([*told, posting] if n == len(bodies) else told)


async def _shown(bureau: Bureau, channel: Channel) -> list[Json]:
    reports = await bureau.newsroom.desk.show(channel)
    told = await result(bureau, reports) if reports else [pieces.text(NONE)]
    alerted = alerts.told(await bureau.newsroom.alerts.show(channel), bureau.newsroom)
    return [*told, *([pieces.text(alerted)] if alerted else [])]


def _removed(gone: Subscription) -> list[Json]:
    return [pieces.text(f"„{plain(gone.name)}“ in <#{gone.channel.id}> ist entfernt.")]


COG = Cog(
    commands={
        DIGEST_SETUP: setup,
        DIGEST_SHOW: show,
        DIGEST_NOW: now,
        DIGEST_PAUSE: pause,
        DIGEST_RESUME: resume,
        DIGEST_REMOVE: remove,
    },
    parts={
        EDIT: edit,
        LOOK: look_pressed,
        POST: post,
        PAUSE: pause_pressed,
        RESUME: resume_pressed,
        REMOVE: remove_pressed,
        FORGET: forget_pressed,
        VOTES: votes_reset,
    },
    costly=frozenset({DIGEST_NOW.path.en, LOOK, POST}),
)
