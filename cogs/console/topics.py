"""The /topics commands on the console: an operator subscribes people and channels to topics and words of their own."""

from collections.abc import Awaitable, Callable, Mapping

from bot.errors import UserError
from bot.german import topics
from bot.newsroom import Newsroom
from cogs.commands import TOPICS_LIST, TOPICS_MINE, TOPICS_SUBSCRIBE, TOPICS_UNSUBSCRIBE, Command
from cogs.console import answers
from cogs.console.digests import channel_of, print_digests
from cogs.console.screen import Screen

Options = Mapping[str, str]
WHEN = {"time", "timezone"}


async def list_all(newsroom: Newsroom, _: Options, screen: Screen) -> None:
    """/topics list."""
    screen.out.print(answers.topics(await newsroom.topic_counts()))


async def subscribe(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/topics subscribe."""
    when = {key: value for key, value in options.items() if key in WHEN}
    done = await newsroom.desk.subscribe(channel_of(newsroom, options, screen), _topic(options), when)
    _say(topics.subscribed(done.entries, answers.names(newsroom), was_there=done.was_there), screen)
    await print_digests(newsroom, [done.report], screen)


async def unsubscribe(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/topics unsubscribe."""
    done = await newsroom.desk.unsubscribe(channel_of(newsroom, options, screen), _topic(options))
    _say(topics.unsubscribed(done.entries, done.gone, answers.names(newsroom)), screen)
    if done.reports:
        await print_digests(newsroom, done.reports, screen)


async def mine(newsroom: Newsroom, options: Options, screen: Screen) -> None:
    """/topics mine."""
    reports = await newsroom.desk.show(channel_of(newsroom, options, screen))
    if reports:
        await print_digests(newsroom, reports, screen)
    else:
        _say(topics.NONE_OF_ONES_OWN, screen)


HANDLERS: Mapping[Command, Callable[[Newsroom, Options, Screen], Awaitable[None]]] = {
    TOPICS_LIST: list_all,
    TOPICS_SUBSCRIBE: subscribe,
    TOPICS_UNSUBSCRIBE: unsubscribe,
    TOPICS_MINE: mine,
}


def _topic(options: Options) -> str:
    if "topic" not in options:
        raise UserError('Welches Thema? Bitte topic:ki angeben, oder ein eigenes Wort wie topic:"Quantencomputer".')
    return options["topic"]


def _say(sentence: str, screen: Screen) -> None:
    screen.out.print(sentence, markup=False, highlight=False, soft_wrap=True)
