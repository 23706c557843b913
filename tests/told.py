"""Stories to condense: one German article, two languages, an English teaser, the largest id; and where to keep them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.model import Article, Extent, Language, Member, Story
from bot.store.migrate import migrate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GERMAN = (
    "Die Stadtwerke Lindhafen haben am Montag ein Rechenzentrum in einem alten Gasometer eröffnet. "
    "Es soll mit seiner Abwärme 1.400 Wohnungen heizen, teilte das Unternehmen mit.\n\n"
    "Der Bau kostete 38 Millionen Euro und dauerte drei Jahre. Ein Drittel der Summe kam vom Land. "
    "Kritik gibt es am Wasserverbrauch der Kühlung, den der Betreiber bisher nicht beziffert.\n\n"
    "Die Leitstelle zieht im Frühjahr um. Bis dahin laufen die alten Rechner im Hafen weiter."
)
ENGLISH = "Lindhafen utility opens a data centre in a former gasometer. It will heat 1,400 flats with waste heat."


def article(id_: int, language: Language = Language.DE, extent: Extent = Extent.FULL) -> Article:
    return Article(
        id=id_,
        feed_url=f"https://{id_}.example/feed",
        outlet=f"Blatt {id_}",
        url=f"https://{id_}.example/gasometer",
        title="Rechenzentrum im Gasometer eröffnet" if language is Language.DE else "Gasometer becomes a data centre",
        text=GERMAN if language is Language.DE else ENGLISH,
        language=language,
        published=NOW - timedelta(minutes=id_),
        seen=NOW,
        extent=extent,
    )


def story(id_: int, *articles: Article) -> Story:
    return Story(id_, "v1", tuple(Member(one, "") for one in articles), ("energie",))


STORIES = (
    story(1, article(1)),
    story(2, article(2), article(3, Language.EN)),
    story(3, article(4, Language.EN, Extent.TEASER)),
    story(2**63 - 1, article(5)),
)


def ignore(step: str, done: int, total: int) -> None:
    pass


def fresh_database(folder: Path) -> str:
    """The address of a new database that is up to date."""
    (folder / "depesche.db").write_bytes(_template())
    return f"sqlite:///{folder}/depesche.db"


@cache
def _template() -> bytes:
    """Migrating takes a quarter of a second: once is enough."""
    with TemporaryDirectory() as folder:
        migrate(f"sqlite:///{folder}/depesche.db")
        return (Path(folder) / "depesche.db").read_bytes()
