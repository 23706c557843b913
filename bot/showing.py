"""A digest -> text in one of the formats that the command line offers. Pure."""

import json
from datetime import datetime, time
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.digests.document import as_json
from bot.german.dates import with_weekday
from bot.model import Digest
from cogs.console.layout import print_digest
from cogs.discord.layout import messages
from cogs.web.layout import as_html
from cogs.web.marks import Eye
from cogs.web.mockup import Shown, as_page

FORMATS = ("terminal", "html", "json")
LOOKS = (*FORMATS, "discord")
SUFFIXES = {".html": "html", ".json": "json"}
EVENING = time(18)  # when a message seems to have come; the digest knows no hour


def shape_of(path: Path, shape: str) -> str:
    """The format for a file: that of its ending, where it has one; a look at a chat is HTML, too."""
    ending = SUFFIXES.get(path.suffix, shape)
    return shape if ending == "html" and shape in LOOKS[len(FORMATS) :] else ending


def written(digest: Digest, shape: str) -> str:
    """The digest in one of `LOOKS`."""
    if shape == "html":
        return as_html(digest)
    if shape == "discord":
        return _on_discord(digest)
    if shape == "json":
        return json.dumps(as_json(digest), ensure_ascii=False, indent=1) + "\n"
    page = StringIO()
    print_digest(digest, Console(width=100, file=page))
    return page.getvalue()


def _on_discord(digest: Digest) -> str:
    """The messages of the digest, as Discord would show them."""
    shown = [Shown(json.loads(body.text)["v2"]) for body in messages(digest)]
    eye = Eye(datetime.combine(digest.day, EVENING, ZoneInfo(digest.zone)))
    return as_page(shown, eye, title=f"So sieht der Digest auf Discord aus · {with_weekday(digest.day)}")
