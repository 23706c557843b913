"""What a model costs, as an operator sees it: paid once, told in /status, check and the metrics, and stopped."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import wiring
from bot.model import EVERYBODYS, MadeBy, Tokens
from bot.newsroom import Period
from bot.store.store import open_store
from cogs.discord import answers
from config.settings import Settings
from tests import liars
from tests.chats.guildhall import Guildhall
from tests.journeys.commandline import bot as command
from tests.journeys.office import GOES_ON, SEVEN, TOLD, Office, day, office, subscription, texts
from tests.journeys.test_model import ARTICLE, well
from tests.models import KEY, ModelServer
from tests.told import fresh_database

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
PRICES = "test-model=0.10/0.50/0.025"
DEAR = {"prompt_tokens": 9_000, "completion_tokens": 1_000, "prompt_tokens_details": {"cached_tokens": 4_000}}
STOPPED = "Das Tagesbudget ist erreicht: Neue Meldungen erscheinen bis 01:00 Uhr als Auszug."


def dear(asked: dict[str, Any]) -> web.StreamResponse:
    """An honest model that uses much."""
    honest = liars.honest(asked)
    assert isinstance(honest, web.Response)
    assert honest.text is not None
    usage = '"usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}'
    assert usage in honest.text
    told = honest.text.replace(usage, f'"usage": {str(DEAR).replace(chr(39), chr(34))}')
    return web.Response(text=told, content_type="application/json")


async def discord_says(bot: Office) -> Sequence[str]:
    """The lines of /status on Discord."""
    room = bot.house.newsroom
    told = answers.status(await room.status(EVERYBODYS), bot.clock.now(), room.zone)
    return told.replace("\\", "").splitlines()  # as Discord shows it


@BOTH
async def test_a_story_is_paid_for_once_over_digests_summaries_and_a_restart(hall: Guildhall, url: str) -> None:
    async with ModelServer(liars.honest) as server, office(url, hall, model=server) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0), subscription(1, name="Zweiter"))
        await bot.morning()
        assert len(server.asked) == len(TOLD)
        await bot.subscribe(subscription(2, 9, name="Später", at=time(8), since=SEVEN))
        await bot.morning(SEVEN + timedelta(hours=1))
        await bot.house.newsroom.summary(period=Period.TODAY)

        again = Settings(database_url=url, openai_api_key=KEY, openai_base_url=server.url, openai_model="test-model")
        async with wiring.house(again, list(bot.feeds.values()), clock=bot.clock) as house:
            digest = await house.newsroom.summary(period=Period.TODAY)
        assert {story.summary.made_by for story in digest.stories} == {MadeBy.MODEL}
        assert len(digest.stories) == len(server.asked) == len(TOLD)
    assert len(texts(hall, 2)) == 1


async def test_what_it_costs_is_told_everywhere(hall: Guildhall, url: str) -> None:
    async with ModelServer(dear) as server, office(url, hall, model=server, llm_prices=PRICES) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0))
        await bot.morning()
        console, discord = await bot.console("/status"), await discord_says(bot)

    # 3 × (5,000 × 0.10 + 4,000 × 0.025 + 1,000 × 0.50) / 1,000,000
    day_ = "Heute 3 Anfragen: 27.000 Token gelesen, 12.000 davon aus dem Cache, 3.000 geschrieben; 0,0033 US-Dollar."
    each = "3 Meldungen verdichtet, im Schnitt je 10.000 Token, 0,0011 US-Dollar."
    for told in (console.splitlines(), discord):
        lines = [line.replace("\N{NO-BREAK SPACE}", " ").strip() for line in told]
        assert "Sprachmodell test-model: 30.000 von 2.000.000 Token heute verbraucht." in lines
        assert day_ in lines
        assert each in lines
        assert STOPPED not in lines


async def test_after_the_stop_nothing_is_asked_and_digests_come_as_extracts(hall: Guildhall, url: str) -> None:
    async with ModelServer(dear) as server, office(url, hall, model=server, llm_daily_tokens=18_000) as bot:
        await bot.publish(TOLD)
        await bot.subscribe(subscription(0))
        await bot.morning()
        asked = len(server.asked)
        assert 0 < asked < len(TOLD)
        assert "Auszug" in texts(hall)[0]
        assert "Tagesbudget erreicht" in texts(hall)[0]
        await bot.publish(GOES_ON, hours=0.1)
        await bot.house.newsroom.summary(period=Period.TODAY)
        assert len(server.asked) == asked, "no request leaves"
        assert STOPPED in (await bot.console("/status")).splitlines()
        assert STOPPED in await discord_says(bot)

        bot.clock.set(day(1))
        assert STOPPED not in (await bot.console("/status")).splitlines()
        await bot.house.newsroom.summary(period=Period.YESTERDAY)
        assert len(server.asked) > asked, "another day, another budget"


async def test_check_says_that_the_budget_is_spent_and_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    fresh_database(tmp_path / "data")
    (tmp_path / "feeds.toml").write_text('[[feed]]\nname = "Blatt"\nurl = "http://127.0.0.1:9/x"\n', "utf-8")
    async with open_store(f"sqlite:///{tmp_path}/data/depesche.db") as store:
        await store.spending.record(datetime.now(UTC).date(), "test-model", Tokens(100_000, 0))
    async with ModelServer(well) as server:
        found = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "FEEDS_FILE": str(tmp_path / "feeds.toml")}
        found |= {"LLM_DAILY_TOKENS": "101000", "PRIVATE_HOSTS": "127.0.0.1:9"}
        result = await asyncio.to_thread(lambda: command("check", home=tmp_path, **found))
        assert server.asked == []
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Sprachmodell: ")]
    assert line.startswith("Sprachmodell: Das Tagesbudget ist erreicht: Neue Meldungen erscheinen bis ")


async def test_prices_that_cannot_be_read_are_told_at_the_start(tmp_path: Path) -> None:
    result = await asyncio.to_thread(lambda: command("check", home=tmp_path, LLM_PRICES="gpt=viel"))
    assert result.returncode == 2
    assert "LLM_PRICES: „gpt=viel“ ist nicht lesbar." in result.stderr


async def test_a_judge_that_cannot_be_read_is_told_at_the_start(tmp_path: Path) -> None:
    result = await asyncio.to_thread(lambda: command("check", home=tmp_path, LLM_JUDGE="vielleicht"))
    assert result.returncode == 2
    assert "LLM_JUDGE: „vielleicht“ geht nicht" in result.stderr


async def test_two_processes_at_once_pay_once(tmp_path: Path, postgres_database: str) -> None:
    async def slowly(asked: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(2)  # long enough for the other to come, too
        return well(asked)

    file = tmp_path / "artikel.txt"
    file.write_text(ARTICLE, "utf-8")
    async with ModelServer(slowly) as server:
        found = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "OPENAI_MODEL": "test-model"}
        found |= {"DATABASE_URL": postgres_database}

        async def summarised() -> str:
            done = await asyncio.to_thread(
                lambda: command("summarise", str(file), "--format", "json", home=tmp_path, **found)
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        both = await asyncio.gather(summarised(), summarised())
        assert len(server.asked) == 1
    assert all('"made_by": "model"' in told for told in both)
