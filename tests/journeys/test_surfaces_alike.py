"""The same command on the console, on Discord and on Slack tells the same."""

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from cogs.slack.channel import SlackChannel
from cogs.slack.client import opened
from tests.chats.guildhall import Guildhall
from tests.chats.workspace import Workspace
from tests.journeys.office import TOLD, Office, office
from tests.journeys.people import MANAGER, People, people
from tests.journeys.slackers import Slackers, slackers

HEADLINES = tuple(TOLD)


@dataclass
class Everywhere:
    """One newsroom, asked in three ways."""

    bot: Office
    discord: People
    slack: Slackers

    async def told(self, path: str, **options: str) -> dict[str, str]:
        """What each surface answers, in plain words."""
        line = " ".join([f"/{path}", *(f'{name}:"{value}"' for name, value in options.items())])
        channel = " channel:discord:100000000000000001/200000000000000002" if path.startswith("digest") else ""
        given: dict[str, Any] = {**options}
        shown = await self.discord.use(path, rights=MANAGER, **given)
        return {
            "console": bare(await self.bot.console(line + channel)),
            "discord": bare(" ".join([shown.text, *shown.further])),
            "slack": bare((await self.slack.type_(line)).text),
        }


def bare(text: str) -> str:
    """Without markup, links and the signs that keep it from being any."""
    text = html.unescape(re.sub(r"<https?://[^|>]*\|([^>]*)>|\]\(<?https?://[^)]*\)", r"\1", text))
    return " ".join(re.sub(r"[\\*_`\[\]>#│─]|^-# ?", " ", text).split())


@pytest.fixture
async def everywhere(url: str, hall: Guildhall, slack: Workspace) -> AsyncIterator[Everywhere]:
    async with (
        opened(slack.token, slack.app_token, slack.api) as client,
        office(url, hall, slack=SlackChannel(client)) as bot,
        people(hall, bot) as on_discord,
        slackers(bot, slack, client) as on_slack,
    ):
        await bot.publish(TOLD)
        await bot.house.pipeline.placing.place(bot.clock.now(), lambda *_: None)
        yield Everywhere(bot, on_discord, on_slack)


@pytest.mark.parametrize(
    ("path", "options", "facts"),
    [
        ("summary", {"period": "week"}, HEADLINES),
        ("summary", {"period": "week", "length": "short"}, HEADLINES),
        ("ask", {"question": "Wann startete die Rakete Petrel?"}, ("4.12 Uhr", "Blatt")),
        ("ask", {"question": "Was kostet Milch?"}, ("Das steht nicht in den Quellen.",)),
        ("topics list", {}, ("Raumfahrt", "raumfahrt")),
        ("sources list", {}, ("Blatt", "Bote")),
        ("status", {}, ("2 Feeds",)),
        ("digest setup", {"time": "07:00"}, ("Eingerichtet.", "Alle Themen")),
        ("digest show", {}, ("kein Digest eingerichtet",)),
        ("help", {}, ("digest setup", "Fasst die Nachrichten zusammen")),
    ],
)
async def test_the_same_is_told_everywhere(
    everywhere: Everywhere, path: str, options: dict[str, str], facts: tuple[str, ...]
) -> None:
    for surface, told in (await everywhere.told(path, **options)).items():
        for fact in facts:
            assert bare(fact) in told, f"{surface}: {told}"


async def test_what_cannot_be_done_is_told_alike(everywhere: Everywhere) -> None:
    told = await everywhere.told("summary", topic="quatsch")

    assert len({one.partition(" Möglich")[0] for one in told.values()}) == 1
