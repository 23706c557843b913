"""Stories to condense: one German article, two languages, an English teaser, the largest id."""

from datetime import UTC, datetime, timedelta

from bot.model import Article, Extent, Language, Member, Story

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
