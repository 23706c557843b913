"""The /digest commands on the console: an operator sets up, for any channel, what `run` will post."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from rich.text import Text

from bot.alertdesk import AlertReport
from bot.desk import Report
from bot.errors import UserError
from bot.german import changes, outcomes
from bot.model import Channel
from bot.newsroom import Newsroom
from cogs.commands import (
    CHANNEL,
    DIGEST_NOW,
    DIGEST_PAUSE,
    DIGEST_REMOVE,
    DIGEST_RESUME,
    DIGEST_SETUP,
    DIGEST_SHOW,
    Command,
)
from cogs.console import answers
from cogs.console.layout import print_digest
from cogs.console.screen import Screen
from cogs.typed import told

Options = Mapping[str, str]
HERE = {"name", "channel"}  # which digest, and not how it is


async def setup(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest setup."""
    wanted = {key: value for key, value in options.items() if key not in HERE}
    name = options.get("name", "")
    report = await newsroom.desk.set_up(channel_of(newsroom, options, screen), name, wanted)
    topics = {topic.key: topic.name for topic in newsroom.topics}
    done = changes.set_up(report.before, report.subscription, topics, report.beside, name)
    await print_digests(newsroom, [report], screen, done)


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest show: of one channel, or all."""
    channel = channel_of(newsroom, options, screen) if "channel" in options else None
    await print_digests(newsroom, await newsroom.desk.show(channel), screen)
    desk = newsroom.alerts
    print_alerts(newsroom, await (desk.show(channel) if channel else desk.show_all()), screen)


async def now(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest now: a preview; nothing is posted."""
    with screen.watched() as progress:
        digest = await newsroom.desk.preview(channel_of(newsroom, options, screen), options.get("name", ""), progress)
    print_digest(digest, screen.out)


async def pause(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest pause."""
    report = await newsroom.desk.pause(channel_of(newsroom, options, screen), options.get("name", ""))
    await print_digests(newsroom, [report], screen, changes.paused(report.before))


async def resume(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest resume."""
    report = await newsroom.desk.resume(channel_of(newsroom, options, screen), options.get("name", ""))
    await print_digests(newsroom, [report], screen, changes.resumed(report.before))


async def remove(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest remove."""
    gone = await newsroom.desk.remove(channel_of(newsroom, options, screen), options.get("name", ""))
    screen.out.print(f"„{gone.name}“ in {gone.channel.place} ist entfernt.", markup=False, highlight=False)


async def print_digests(newsroom: Newsroom, reports: Sequence[Report], screen: Screen, done: str = "") -> None:
    """What was done, how these digests are doing, and what is missing until they are posted."""
    waiting = outcomes.waiting(has_token=newsroom.desk.has_token, is_running=await newsroom.desk.is_running())
    awaited = any(report.next for report in reports)
    for words in (Text(done), answers.digests(reports, newsroom), Text(waiting if awaited else "")):
        if words.plain:
            screen.out.print(words, soft_wrap=True)


def print_alerts(newsroom: Newsroom, reports: Sequence[AlertReport], screen: Screen) -> None:
    """How these alerts are doing; nothing for none."""
    if reports:
        screen.out.print(answers.alerts(reports, newsroom), soft_wrap=True)


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    DIGEST_SETUP: setup,
    DIGEST_SHOW: show,
    DIGEST_NOW: now,
    DIGEST_PAUSE: pause,
    DIGEST_RESUME: resume,
    DIGEST_REMOVE: remove,
}


def channel_of(newsroom: Newsroom, options: Options, screen: Screen) -> Channel:
    """The channel that is named. Raises `UserError` where none is: nobody is in one on the console."""
    if "channel" not in options:
        name = told(CHANNEL.name, screen.german)
        raise UserError(
            f"Für welchen Kanal? Bitte {name}:discord:SERVER/KANAL, {name}:dm:discord:PERSON oder den Link des Kanals "
            "angeben."
        )
    return newsroom.desk.channel(options["channel"])
