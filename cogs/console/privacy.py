"""The /privacy commands on the console: an operator answers a person who asks what is kept of them."""

from collections.abc import Awaitable, Callable, Mapping

from bot import retention
from bot.errors import UserError
from bot.german import people as words
from bot.model import Channel
from bot.newsroom import Newsroom
from cogs.commands import PRIVACY_DELETE, PRIVACY_EXPORT, PRIVACY_SHOW, WHOSE, YES, Command
from cogs.console.screen import Screen
from cogs.typed import told

Options = Mapping[str, str]


async def show(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/privacy show."""
    kept = words.kept(await newsroom.people.about(_person(newsroom, options, screen)))
    how_long = words.how_long(retention.DELIVERIES, retention.QUESTIONS, retention.VOTES)
    _say(screen, *(f"  {line}" for line in kept), *([] if kept else [words.NOTHING]), how_long, words.NOT_KEPT)


async def export(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/privacy export: JSON and nothing else, so that it can be piped on."""
    _say(screen, await newsroom.people.export(_person(newsroom, options, screen)))


async def delete(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/privacy delete: what is there without `confirm:yes`."""
    person = _person(newsroom, options, screen)
    if options.get("confirm") != YES[0].value:
        lines = words.kept(await newsroom.people.about(person))
        there = "; ".join(lines) + "." if lines else words.NOTHING
        word = "bestätigen:ja" if screen.german else "confirm:yes"
        raise UserError(f"{there} Das lässt sich nicht rückgängig machen; bitte zum Löschen {word} anfügen.")
    _say(screen, words.deleted(await newsroom.people.forget(person)))


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    PRIVACY_SHOW: show,
    PRIVACY_EXPORT: export,
    PRIVACY_DELETE: delete,
}


def _person(newsroom: Newsroom, options: Options, screen: Screen) -> Channel:
    """The person that is named. Raises `UserError` where none is: nobody is logged in on the console."""
    if "person" not in options:
        raise UserError(f"Über wen? Bitte {told(WHOSE.name, screen.german)}:dm:discord:PERSON angeben.")
    return newsroom.people.person(options["person"])


def _say(screen: Screen, *lines: str) -> None:
    screen.out.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
