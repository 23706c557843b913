"""The /alerts commands on the console: for any channel or person."""

from collections.abc import Awaitable, Callable, Mapping

from bot.german import alerts as german
from bot.newsroom import Newsroom
from cogs.commands import ALERTS_REMOVE, ALERTS_SET, ALERTS_SHOW, Command
from cogs.console.digests import channel_of, print_alerts
from cogs.console.screen import Screen

Options = Mapping[str, str]


async def set_(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/alerts set."""
    wanted = {key: value for key, value in options.items() if key != "channel"}
    report = await newsroom.alerts.set_up(channel_of(newsroom, options, screen), wanted)
    _say("Gespeichert.", screen)
    print_alerts(newsroom, [report], screen)


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/alerts show: of one channel, or all."""
    desk = newsroom.alerts
    found = await (desk.show(channel_of(newsroom, options, screen)) if "channel" in options else desk.show_all())
    if found:
        print_alerts(newsroom, found, screen)
    else:
        _say(german.NONE, screen)


async def remove(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/alerts remove."""
    gone = await newsroom.alerts.remove(channel_of(newsroom, options, screen))
    _say(f"Die Eilmeldungen in {gone.channel.place} sind entfernt.", screen)


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    ALERTS_SET: set_,
    ALERTS_SHOW: show,
    ALERTS_REMOVE: remove,
}


def _say(sentence: str, screen: Screen) -> None:
    screen.out.print(sentence, markup=False, highlight=False, soft_wrap=True)
