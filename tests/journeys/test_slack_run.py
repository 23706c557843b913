"""`python -m bot run` and `check` with Slack: real processes, a stand-in for Slack, Discord beside it or not."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.model import Channel, Platform
from bot.store.store import open_store
from tests.chats.guildhall import Guildhall
from tests.chats.slack_world import CHANNEL, TEAM
from tests.chats.workspace import Workspace
from tests.journeys.commandline import bot, is_one_german_line
from tests.journeys.office import BERLIN, subscription, texts, until
from tests.journeys.process import BOUND, running
from tests.servers import Origin


def tokens(slack: Workspace) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": slack.token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api}


async def test_one_process_posts_to_both_and_answers(
    hall: Guildhall, slack: Workspace, url: str, home: Path, paper: Origin
) -> None:
    slot = datetime.now(BERLIN) - timedelta(minutes=20)
    at = slot.time().replace(second=0, microsecond=0)
    wanted = subscription(0, 1_000, at=at, since=slot - timedelta(hours=1))
    async with open_store(url) as store:
        await store.subscriptions.save(wanted)
        place = Channel(Platform.SLACK, TEAM, CHANNEL)
        await store.subscriptions.save(replace(wanted, id=1_001, channel=place))
    async with running(hall, url, home, PRIVATE_HOSTS=f"127.0.0.1:{paper.port}", **tokens(slack)) as run:
        await until(lambda: texts(hall) and slack.control.messages(CHANNEL), BOUND)
        deed = await slack.control.command("/depesche status", CHANNEL)
        await until(lambda: deed.responses, BOUND)
        assert await run.stop() == 0, run.log

    assert "Petrel" in texts(hall)[0]
    assert "Petrel" in slack.control.messages(CHANNEL)[0]["seen"]
    assert "Traceback" not in run.log
    assert "xoxb" not in run.log


async def test_slack_alone_will_do(hall: Guildhall, slack: Workspace, url: str, home: Path) -> None:
    async with running(hall, url, home, DISCORD_TOKEN="", **tokens(slack)) as run:
        deed = await slack.control.command("/depesche", CHANNEL)
        await until(lambda: deed.responses, BOUND)
        assert await run.stop() == 0, run.log

    assert hall.control.hall.counters.requests == 0


async def test_two_processes_hold_one_socket(hall: Guildhall, slack: Workspace, url: str, home: Path) -> None:
    async with (
        running(hall, url, home, DISCORD_TOKEN="", **tokens(slack)) as one,
        running(hall, url, home, DISCORD_TOKEN="", **tokens(slack)) as two,
    ):
        for run in (one, two):
            await run.says("Depesche runs")
        await until(lambda: slack.control.sockets.open, BOUND)
        await asyncio.sleep(1)
        assert len(slack.control.sockets.open) == 1
        codes = (await one.stop(), await two.stop())

    assert codes == (0, 0)


async def test_a_token_that_is_refused_ends_it(hall: Guildhall, slack: Workspace, url: str, home: Path) -> None:
    wrong = tokens(slack) | {"SLACK_BOT_TOKEN": "xoxb-wrong"}
    async with running(hall, url, home, DISCORD_TOKEN="", **wrong) as run:
        assert await run.ends() == 3
    assert "SLACK_BOT_TOKEN" in run.log

    wrong = tokens(slack) | {"SLACK_APP_TOKEN": "xapp-wrong"}
    async with running(hall, url, home, DISCORD_TOKEN="", **wrong) as run:
        assert await run.ends() == 3
    assert "SLACK_APP_TOKEN" in run.log


def test_one_token_alone_says_which_is_missing(tmp_path: Path) -> None:
    ended = bot("run", home=tmp_path, SLACK_BOT_TOKEN="xoxb")

    assert ended.returncode == 2
    assert is_one_german_line(ended.stderr)
    assert "SLACK_APP_TOKEN" in ended.stderr


def test_without_any_token_both_are_explained(tmp_path: Path) -> None:
    ended = bot("run", home=tmp_path)

    assert ended.returncode == 2
    assert all(name in ended.stderr for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))


async def test_check_looks_at_slack_as_well(slack: Workspace, url: str, home: Path, paper: Origin) -> None:
    async with open_store(url) as store:
        place = Channel(Platform.SLACK, TEAM, CHANNEL)
        await store.subscriptions.save(replace(subscription(0, 7), channel=place))
        await store.subscriptions.save(replace(subscription(0, 8), channel=replace(place, id="C0000000002")))
    slack.control.channel("C0000000002", joined=False)
    given = {"DATABASE_URL": url, "FEEDS_FILE": str(home / "feeds.toml"), "PRIVATE_HOSTS": f"127.0.0.1:{paper.port}"}
    found = await asyncio.to_thread(lambda: bot("check", home=home, **given, **tokens(slack)))

    assert "Slack: angemeldet als „depesche“ in „Loopback“." in found.stdout, found.stdout + found.stderr
    assert "Der Bot darf dort schreiben." in found.stdout
    assert "/invite @Depesche" in found.stdout
    assert "Discord" not in found.stdout
    assert found.returncode == 1
