"""What is asked about on Discord: stories, digests, and what only another server has."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Article, Extent, Feed, Language, SpaceFeed, number
from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD
from tests.journeys.office import Office, subscription


async def place(bot: Office) -> None:
    await bot.house.pipeline.placing.place(bot.clock.now(), lambda *_: None)


async def story(bot: Office, title: str) -> int:
    """The story of an article."""
    there = await bot.store.stories.current(bot.clock.now() - timedelta(days=1))
    return next(one.id for one in there if any(article.title == title for article in one.articles))


async def posted(bot: Office) -> str:
    """The message of a digest in the first channel."""
    await bot.subscribe(subscription())
    await bot.morning()
    (row,) = await bot.rows()
    assert row.message
    return row.message


async def theirs(bot: Office, hall: Guildhall) -> int:
    """The story of a feed of another server's own."""
    hall.control.guild(GUILD + 9)
    hall.control.channel(CHANNEL + 9, GUILD + 9)
    feed, now = Feed("https://geheim.example/feed", "Geheim", Language.DE), bot.clock.now()
    await bot.store.feeds.give([SpaceFeed(f"discord:{GUILD + 9}", feed, now)], 50)
    text = "Der Zaunkönig 9 der Firma Wipfel kostet 777 Euro. Er wird seit Montag in Serie gebaut und verkauft."
    url, told = "https://geheim.example/1", now - timedelta(hours=1)
    title = "Wipfel zeigt Zaunkönig 9"
    one = Article(number(url), feed.url, feed.name, url, title, text, Language.DE, told, told, Extent.FULL, ("ki",))
    await bot.store.articles.add([replace(one, private=True)])
    await place(bot)
    return await story_of(bot, one.id)


async def story_of(bot: Office, article: int) -> int:
    there = await bot.store.stories.current(bot.clock.now() - timedelta(days=1), own=["https://geheim.example/feed"])
    return next(one.id for one in there if any(told.id == article for told in one.articles))
