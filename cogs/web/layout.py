"""A digest -> a page one would send to a friend: self-contained, light and dark, for phone, desktop and paper. Pure."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.german import phrases
from bot.german.dates import told, with_weekday
from bot.model import Digest, Source

TEMPLATES = Environment(
    loader=PackageLoader("cogs.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def as_html(digest: Digest) -> str:
    """The whole page. It asks for nothing from anywhere, runs no script, and links to http and https alone."""
    zone = ZoneInfo(digest.zone)
    day = datetime.combine(
        digest.day, datetime.min.time(), zone
    )  # what „heute“ means is what the head of the page says
    return TEMPLATES.get_template("digest.html.j2").render(
        digest=digest,
        date=with_weekday(digest.day),
        phrases=phrases,
        is_link=is_link,
        told=lambda source: told(source.published, day, zone),
    )


def is_link(source: Source) -> bool:
    """Whether a source's address may be linked."""
    return urlsplit(source.url).scheme in {"http", "https"}
