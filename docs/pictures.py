"""The pictures of the README: what Discord shows of the sample edition, photographed by chromium. `make pictures`."""

import asyncio
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot import wiring
from bot.model import Channel, Length, Platform
from bot.newsroom import Newsroom, Period, ignore
from cogs.console.sample import EDITION_TIME, EditionClock, serve_edition
from cogs.discord import layout, pieces
from cogs.discord.cards import cards
from cogs.discord.forms import CHECKED, DAILY, Draft, form
from cogs.discord.summaries import SHARE
from cogs.web.marks import Eye
from cogs.web.mockup import Shown, as_page
from config.settings import Settings

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--log-level=3")
WIDTH = 700
CHANNEL = Channel(Platform.DISCORD, "1", "2")
NAMES = {CHANNEL.id: "tech-news"}
WANTED = {"time": "18:00", "weekdays": DAILY, "topics": "sicherheit,cloud", "length": "medium"}
FEW = {"stories": "3"}  # of a picture as much as one looks at
MEASURE = "<script>document.title = document.body.offsetHeight</script>"


async def pages() -> Mapping[str, str]:
    """A page for each picture, by its name."""
    with TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, openai_api_key="", database_url="", data_dir=Path(folder), host_spacing=0.0)
        async with (
            serve_edition() as edition,
            wiring.house(settings, edition.feeds, edition.hosts, EditionClock()) as house,
        ):
            await house.pipeline.collect(ignore, everything=True)
            return {
                "discord-setup": _page("light", *await _setup(house.newsroom)),
                "discord-digest": _page("dark", await _digest(house.newsroom)),
                "discord-summary": _page("dark", await _summary(house.newsroom)),
            }


def _page(theme: str, *shown: Shown) -> str:
    return as_page(shown, Eye(EDITION_TIME.astimezone(ZoneInfo("Europe/Berlin")), NAMES), theme=theme, bare=True)


async def _digest(newsroom: Newsroom) -> Shown:
    """What is set up by then, as it is posted."""
    await newsroom.desk.set_up(CHANNEL, "", FEW)
    digest = await newsroom.desk.preview(CHANNEL, "", ignore)
    return Shown(json.loads(layout.messages(digest)[0].text)["v2"])


async def _setup(newsroom: Newsroom) -> tuple[Shown, Shown]:
    """The form, and what the bot says to it."""
    draft = Draft(CHANNEL.id, "18:00 Europe/Berlin", DAILY, tuple(WANTED["topics"].split(",")))
    report = await newsroom.desk.set_up(CHANNEL, "", WANTED)
    told = [pieces.text(f"Eingerichtet. {CHECKED}"), *cards(newsroom, [report])]
    return Shown(form(draft, newsroom)), Shown({"components": told}, "/digest einrichten", private=True)


async def _summary(newsroom: Newsroom) -> Shown:
    digest = await newsroom.summary("ki", "", Period.TODAY, Length.SHORT)
    told = json.loads(layout.messages(digest, Length.SHORT)[0].text)["v2"]["components"]
    sharing = pieces.buttons(pieces.button("Für alle zeigen", SHARE))
    return Shown({"components": [*told, sharing]}, "/zusammenfassung thema:KI", private=True)


def photograph(page: str, picture: Path) -> None:
    """Write a picture of the whole page."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page.replace("style-src", "script-src 'unsafe-inline'; style-src") + MEASURE, "utf-8")
        seen = _chromium("--dump-dom", f"--window-size={WIDTH},800", file.as_uri())
        height = re.search(r"<title>(\d+)</title>", seen)
        assert height
        file.write_text(page, "utf-8")
        _chromium(f"--screenshot={picture}", f"--window-size={WIDTH},{height[1]}", file.as_uri())


def _chromium(*arguments: str) -> str:
    done = subprocess.run([*CHROMIUM, *arguments], check=True, capture_output=True, text=True, timeout=60)
    return done.stdout


if __name__ == "__main__":
    for name, page in asyncio.run(pages()).items():
        photograph(page, HERE / f"{name}.png")
