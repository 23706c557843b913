"""Digests that anybody may read -> an Atom feed (RFC 4287). Pure."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from bot.german import phrases
from bot.german.dates import with_weekday
from bot.ports import Page
from cogs.web.layout import TEMPLATES
from cogs.web.pages import digest_path

OURS = UUID("6f1f7a52-3f0e-4b77-9a5c-5c0f7be3a6d1")  # drawn once: ids stay the same on any host, for ever
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def as_atom(title: str, path: str, pages: Sequence[Page], base: str = "") -> str:
    """The feed of what is shown under this path, of at least one digest. `base`: scheme and host, if they are known."""
    feed = TEMPLATES.get_template("feed.xml.j2").render(
        title=title,
        path=path,
        base=base,
        id=_id(path),
        updated=_rfc3339(max(page.made for page in pages)),
        entries=[_entry(page) for page in pages],
    )
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", feed)


def _entry(page: Page) -> dict[str, object]:
    digest, path = page.digest, digest_path(page.id)
    content = TEMPLATES.get_template("entry.html.j2").render(digest=digest, phrases=phrases)
    return {
        "title": " · ".join(filter(None, (with_weekday(digest.day), digest.audience))),
        "id": _id(path),
        "made": _rfc3339(page.made),
        "path": path,
        "topics": sorted({topic for story in digest.stories for topic in story.topics}),
        "content": content,
    }


def _id(path: str) -> str:
    return uuid5(OURS, path).urn


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
