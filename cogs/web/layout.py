"""A digest -> a page one would send to a friend: self-contained, light and dark, for phone, desktop and paper. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.german import phrases
from bot.german.dates import with_weekday
from bot.model import Digest

TEMPLATES = Environment(
    loader=PackageLoader("cogs.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def as_html(digest: Digest) -> str:
    """The whole page. It asks for nothing from anywhere, runs no script, and links to the web alone."""
    zone = ZoneInfo(digest.zone)
    day = datetime.combine(
        digest.day, datetime.min.time(), zone
    )  # what „heute“ means is what the head of the page says
    return TEMPLATES.get_template("digest.html.j2").render(
        digest=digest,
        date=with_weekday(digest.day),
        phrases=phrases,
        told=lambda source: phrases.published(source, day, zone),
    )
