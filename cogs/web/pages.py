"""Digests that anybody may read -> the pages of the archive. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.german import phrases
from bot.german.dates import long_date, told, with_weekday
from bot.model import Digest, DigestStory, Source
from bot.ports import Page
from cogs.web.layout import TEMPLATES


def digest_path(id_: int) -> str:
    """The permanent address of a digest."""
    return f"/d/{id_:x}"


def story_path(story: DigestStory) -> str:
    """The permanent address of a story."""
    return f"/s/{story.summary.story_id:x}"


def topic_path(topic: str) -> str:
    """The address of a topic."""
    return f"/thema/{quote(topic, safe='')}"


def as_note(title: str, text: str) -> str:
    """A small page that says one thing."""
    return TEMPLATES.get_template("note.html.j2").render(title=title, text=text)


def as_digest(page: Page) -> str:
    """The page of a digest."""
    digest = page.digest
    return TEMPLATES.get_template("read.html.j2").render(
        title=f"Digest vom {long_date(digest.day)}",
        date=with_weekday(digest.day),
        digest=digest,
        told=_told(digest),
        phrases=phrases,
        story_path=story_path,
    )


def as_story(story: int, pages: Sequence[Page]) -> str:
    """The page of a story: what was told of it, the latest first; at least one of the digests tells it."""
    tellings = [
        (with_weekday(page.digest.day), digest_path(page.id), one, _told(page.digest))
        for page in pages
        for one in page.digest.stories
        if one.summary.story_id == story
    ]
    # Digests of one day mostly tell the same; what readers want to see is how it went on.
    distinct: dict[tuple[str, int], tuple[str, str, DigestStory, Callable[[Source], str]]] = {}
    for telling in tellings:
        distinct.setdefault((telling[2].summary.version, telling[2].told), telling)
    return TEMPLATES.get_template("told.html.j2").render(
        title=tellings[0][2].summary.headline, tellings=list(distinct.values()), phrases=phrases
    )


def as_list(title: str, pages: Sequence[Page], path: str = "") -> str:
    """A page that leads to digests, and to their topics; `path` is its own where it has a feed."""
    topics = sorted({topic for page in pages for story in page.digest.stories for topic in story.topics})
    return TEMPLATES.get_template("list.html.j2").render(
        title=title,
        feed=f"{path}/feed.atom" if path else "",
        digests=[(with_weekday(page.digest.day), digest_path(page.id), page.digest) for page in pages],
        topics=[(topic, topic_path(topic)) for topic in topics],
        story_path=story_path,
    )


def day_title(day: date) -> str:
    """What the page of a day is called."""
    return with_weekday(day)


def _told(digest: Digest) -> Callable[[Source], str]:
    zone = ZoneInfo(digest.zone)
    return partial(_when, day=datetime.combine(digest.day, datetime.min.time(), zone), zone=zone)


def _when(source: Source, day: datetime, zone: ZoneInfo) -> str:
    return told(source.published, day, zone)
