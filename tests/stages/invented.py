"""Stories to test summaries with: an article is told by its outlet, title and text."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

from bot.model import Article, Extent, Language, Member, Story

MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def article(
    outlet: str,
    title: str,
    text: str,
    *,
    language: Language = Language.DE,
    extent: Extent = Extent.FULL,
    hours: float = 0.0,
) -> Article:
    """An article published so many hours after six in the morning."""
    published = MORNING + timedelta(hours=hours)
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{crc32(title.encode())}"
    number = crc32((outlet + title).encode())
    return Article(
        number, f"https://{outlet}.example/feed", outlet, url, title, text, language, published, published, extent
    )


def story(*articles: Article, news: tuple[Article, ...] = ()) -> Story:
    """A story of these articles; those in `news` brought a new fact."""
    told = sorted(articles, key=lambda one: one.published)
    members = tuple(Member(one, "dasselbe Ereignis", news=one in news) for one in told)
    return Story(1, "v1", members, ())
