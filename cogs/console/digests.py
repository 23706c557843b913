"""The /digest commands on the console: an operator sets up, for any channel, what `run` will post."""

from collections.abc import Awaitable, Callable, Mapping

from bot.errors import UserError
from bot.model import Channel
from bot.newsroom import Newsroom
from cogs.commands import DIGEST_NOW, DIGEST_PAUSE, DIGEST_REMOVE, DIGEST_RESUME, DIGEST_SETUP, DIGEST_SHOW, Command
from cogs.console import answers
from cogs.console.layout import print_digest
from cogs.console.screen import Screen

Options = Mapping[str, str]
HERE = {"name", "channel"}  # which digest, and not how it is


async def setup(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest setup."""
    wanted = {key: value for key, value in options.items() if key not in HERE}
    report = await newsroom.desk.set_up(channel_of(newsroom, options), options.get("name", ""), wanted)
    screen.out.print(answers.digests([report], newsroom), soft_wrap=True)


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest show: of one channel, or all."""
    reports = await newsroom.desk.show(channel_of(newsroom, options) if "channel" in options else None)
    screen.out.print(answers.digests(reports, newsroom), soft_wrap=True)


async def now(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest now: a preview; nothing is posted."""
    with screen.watched() as progress:
        digest = await newsroom.desk.preview(channel_of(newsroom, options), options.get("name", ""), progress)
    print_digest(digest, screen.out)


async def pause(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest pause."""
    report = await newsroom.desk.pause(channel_of(newsroom, options), options.get("name", ""))
    screen.out.print(answers.digests([report], newsroom), soft_wrap=True)


async def resume(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest resume."""
    report = await newsroom.desk.resume(channel_of(newsroom, options), options.get("name", ""))
    screen.out.print(answers.digests([report], newsroom), soft_wrap=True)


async def remove(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/digest remove."""
    gone = await newsroom.desk.remove(channel_of(newsroom, options), options.get("name", ""))
    screen.out.print(f"„{gone.name}“ in {gone.channel.place} ist entfernt.", markup=False, highlight=False)


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    DIGEST_SETUP: setup,
    DIGEST_SHOW: show,
    DIGEST_NOW: now,
    DIGEST_PAUSE: pause,
    DIGEST_RESUME: resume,
    DIGEST_REMOVE: remove,
}


def channel_of(newsroom: Newsroom, options: Options) -> Channel:
    """The channel that is named. Raises `UserError` where none is: nobody is in one on the console."""
    if "channel" not in options:
        raise UserError("Für welchen Kanal? Bitte channel:discord:SERVER/KANAL oder channel:dm:discord:PERSON angeben.")
    return newsroom.desk.channel(options["channel"])
