"""Which articles become sources, and in which order."""

from dataclasses import replace

from bot.model import Extent, Language
from bot.summaries.sources import MOST, articles_of, sources_of
from tests.stages.invented import article, story

TEXT = "Der Hersteller hat ein Update veröffentlicht."


def test_german_full_and_early_articles_come_first() -> None:
    english = article("Wire", "Update released", TEXT, language=Language.EN)
    teaser = article("Kurzbote", "Update da", TEXT, extent=Extent.TEASER)
    late = article("Abendblatt", "Update veröffentlicht", TEXT, hours=9)
    early = article("Frühblatt", "Hersteller liefert Update", TEXT, hours=1)

    chosen = articles_of(story(english, teaser, late, early))

    assert chosen == (early, late, teaser, english)


def test_every_outlet_speaks_before_one_speaks_twice() -> None:
    first = article("Frühblatt", "Hersteller liefert Update", TEXT)
    second = article("Frühblatt", "Update im Detail", TEXT, hours=1)
    other = article("Abendblatt", "Update veröffentlicht", TEXT, hours=9)

    assert articles_of(story(first, second, other)) == (first, other, second)


def test_an_outlet_speaks_through_its_follow_up() -> None:
    first = article("Frühblatt", "Hersteller liefert Update", TEXT)
    update = article("Frühblatt", "Update zurückgezogen", TEXT, hours=5)

    assert articles_of(story(first, update, news=(update,)))[0] == update


def test_an_address_is_one_source_however_often_its_title_changed() -> None:
    first = article("Frühblatt", "Hersteller liefert Update", TEXT)
    again = replace(first, id=2, title="Jetzt updaten")

    assert len(articles_of(story(first, again))) == 1


def test_numbers_start_at_one_and_end_at_six() -> None:
    many = [article(f"Blatt {n}", "Update da", TEXT, hours=n) for n in range(10)]

    sources = sources_of(story(*many))

    assert [source.n for source in sources] == list(range(1, MOST + 1))
    assert [source.outlet for source in sources] == [f"Blatt {n}" for n in range(MOST)]
    assert sources[0].extent is Extent.FULL
