"""Which entries of a feed are new, over several fetches of invented feeds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Article, Entry, Extent, Feed, FeedDocument, Language
from bot.ports import Known
from bot.stories.identity import ENTRIES, FIRST_NEWS, Identified, identify, rewritten

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed("https://a.example/feed", "A", Language.DE, ("ki",), 1.5)


def entry(n: int, **fields: object) -> Entry:
    """Entry n of an ordinary feed; the higher, the younger."""
    told = {
        "title": f"Überschrift {n}",
        "link": f"https://a.example/{n}",
        "id": f"urn:{n}",
        "published": NOW - timedelta(minutes=1000 - n),
        "text": f"Text {n}",
    }
    return Entry(**(told | fields))  # type: ignore[arg-type]


def entries(start: int, end: int, **fields: Callable[[int], object]) -> list[Entry]:
    """Entries of an ordinary feed, the youngest first."""
    return [entry(n, **{name: make(n) for name, make in fields.items()}) for n in range(end - 1, start - 1, -1)]


class Reader:
    """Fetches again and again and remembers what it must."""

    def __init__(self, feed: Feed = FEED) -> None:
        self.feed = feed
        self.known: Sequence[Known] = ()
        self.answered: datetime | None = None
        self.now = NOW

    def fetch(self, told: Sequence[Entry], document: FeedDocument | None = None) -> Identified:
        document = replace(document or FeedDocument(), entries=tuple(told))
        found = identify(document, self.known, self.feed, self.answered, self.now, lambda _: None)
        self.known, self.answered, self.now = found.keys, self.now, self.now + HOUR
        return found


def titles(articles: Sequence[Article]) -> set[str]:
    return {article.title for article in articles if not article.held}


@pytest.fixture
def reader() -> Reader:
    """A reader that knows ten entries."""
    reader = Reader()
    reader.fetch(entries(0, 10))
    return reader


def test_an_article_is_what_its_entry_and_feed_say() -> None:
    article = Reader().fetch([entry(1)]).new[0]
    assert article == Article(
        id=article.id,
        feed_url=FEED.url,
        outlet="A",
        url="https://a.example/1",
        title="Überschrift 1",
        text="Text 1",
        language=Language.DE,
        published=NOW - timedelta(minutes=999),
        seen=NOW,
        topics=("ki",),
        weight=1.5,
    )
    assert 0 < article.id < 2**63


def test_twins_of_one_article_have_one_id_whatever_the_feed() -> None:
    here = Reader().fetch([entry(1, link="http://www.b.example/x/?utm_source=a")]).new[0]
    there = (
        Reader(Feed("https://b.example/rss", "B")).fetch([entry(2, link="https://b.example/x#top", id="other")]).new[0]
    )
    assert here.id == there.id


def test_what_was_told_is_not_new_again(reader: Reader) -> None:
    again = reader.fetch(entries(0, 10))
    assert (again.new, again.changed, again.reason) == ((), (), None)


def test_a_feed_that_goes_on_tells_what_is_new(reader: Reader) -> None:
    assert titles(reader.fetch(entries(3, 12)).new) == {"Überschrift 10", "Überschrift 11"}


def test_entries_that_leave_and_come_back_are_not_new(reader: Reader) -> None:
    reader.fetch(entries(8, 18))
    assert reader.fetch([*entries(12, 18), *entries(0, 5)]).new == ()


def test_two_entries_with_one_id_and_different_links_are_both_kept(reader: Reader) -> None:
    twins = [entry(20, id="same"), entry(21, id="same")]
    assert len(reader.fetch([*twins, *entries(2, 10)]).new) == 2
    assert len(reader.fetch([entry(22, id="same"), *twins, *entries(2, 10)]).new) == 1


def test_one_id_for_every_answer_recognises_nothing() -> None:
    reader = Reader()
    assert len(reader.fetch([entry(1, id="feed")]).new) == 1
    assert len(reader.fetch([entry(2, id="feed")]).new) == 1


def test_entries_that_share_a_link_are_told_apart_by_id_and_title() -> None:
    reader = Reader()
    assert len(reader.fetch(entries(0, 4, link=lambda _: "https://a.example/status")).new) == 4
    assert len(reader.fetch(entries(0, 5, link=lambda _: "https://a.example/status")).new) == 1
    front = Reader()
    assert len(front.fetch([entry(1, link="https://a.example/")]).new) == 1
    assert len(front.fetch([entry(2, link="https://a.example/")]).new) == 1


def test_the_same_entry_twice_is_one_article() -> None:
    assert len(Reader().fetch([entry(1), entry(1), entry(1, id=None)]).new) == 1


@pytest.mark.parametrize("missing", ["id", "published", "link", "title", "text"])
def test_entries_without_something_still_work(missing: str) -> None:
    reader = Reader()

    def without(one: Entry) -> Entry:
        return one._replace(**{missing: getattr(Entry(), missing)})

    first = [without(one) for one in entries(0, 6)]
    assert len(reader.fetch(first).new) == 6
    assert reader.fetch(first).new == ()
    assert len(reader.fetch([without(entry(7)), *first]).new) == 1


def test_an_entry_with_only_a_text_works_and_an_empty_one_is_none() -> None:
    told = Reader().fetch([Entry(text="Die Sonde ist gelandet. " * 20), Entry(link="https://a.example/9")])
    (article,) = told.new
    assert article.title.startswith("Die Sonde ist gelandet.")
    assert article.title.endswith("…")
    assert len(article.title) <= 80
    assert (article.url, article.published) == (FEED.url, NOW)


def test_the_front_page_stands_in_for_a_missing_link() -> None:
    told = Reader().fetch([entry(1, link=None)], FeedDocument(link="https://a.example/"))
    assert told.new[0].url == "https://a.example/"
    assert Reader().fetch([entry(1, link=None, id="https://a.example/p/1")]).new[0].url == "https://a.example/p/1"


# What changes on every fetch, though the articles are the same. The control: all of these are new to a fresh reader.
REWRITES: dict[str, dict[str, Callable[[int], object]]] = {
    "id": {"id": lambda n: f"urn:new:{n}"},
    "date": {"published": lambda n: NOW - timedelta(minutes=n)},
    "id and date": {"id": lambda n: f"urn:new:{n}", "published": lambda _: NOW},
    "link": {"link": lambda n: f"https://go.example/token{n}"},
    "link and id": {"link": lambda n: f"https://go.example/token{n}", "id": lambda n: f"urn:new:{n}"},
    "link, id and date": {
        "link": lambda n: f"https://go.example/token{n}",
        "id": lambda n: f"urn:new:{n}",
        "published": lambda n: NOW + timedelta(minutes=n),
    },
    "tracking": {
        "link": lambda n: f"http://a.example/{n}?utm_term=x{n}",
        "id": lambda n: f"http://a.example/{n}?utm=1",
    },
    "title": {"title": lambda n: f"Anders {n}"},
}


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES)
def test_a_feed_that_rewrites_itself_posts_nothing_again(
    reader: Reader, rewrite: dict[str, Callable[[int], object]]
) -> None:
    told = entries(0, 10, **rewrite)
    assert len(Reader().fetch(told).new) == 10
    assert reader.fetch(told).new == ()
    assert reader.fetch(told).new == ()
    assert titles(reader.fetch([entry(11), *told]).new) == {"Überschrift 11"}


def test_a_link_without_id_that_changes_is_recognised_by_its_title_when_all_change() -> None:
    reader = Reader()
    reader.fetch(entries(0, 10, id=lambda _: None))
    assert reader.fetch(entries(0, 10, id=lambda _: None, link=lambda n: f"https://b.example/{n}")).new == ()


def test_the_same_headline_may_come_again_in_a_feed_that_goes_on(reader: Reader) -> None:
    weekly = entry(20, title="Überschrift 3")
    assert len(reader.fetch([weekly, *entries(1, 10)]).new) == 1


def strange(n: int) -> Entry:
    return entry(n, title=f"Fremd {n}", link=f"https://b.example/{n}", id=f"other:{n}", published=NOW - 48 * HOUR)


def test_a_flood_is_kept_but_held_with_a_reason(reader: Reader) -> None:
    flood = reader.fetch([strange(n) for n in range(10)])
    assert len(flood.new) == 10
    assert all(article.held for article in flood.new)
    assert flood.reason == "10 von 10 Einträgen sind auf einmal neu; sie werden gemerkt, aber nicht gemeldet."
    after = reader.fetch([entry(30), *(strange(n) for n in range(10))])
    assert (titles(after.new), after.reason) == ({"Überschrift 30"}, None)


def test_five_hundred_at_once_are_a_flood_even_if_dated_since(reader: Reader) -> None:
    many = entries(100, 600, published=lambda n: NOW + timedelta(seconds=n))
    assert reader.fetch([*many, *entries(0, 10)]).reason is not None


def test_dates_that_are_all_alike_do_not_excuse_a_flood(reader: Reader) -> None:
    assert reader.fetch([strange(n)._replace(published=NOW) for n in range(10)]).reason is not None


def test_after_a_long_absence_everything_may_be_new(reader: Reader) -> None:
    reader.now += 100 * HOUR
    told = entries(100, 110, published=lambda n: NOW + n * HOUR / 2)
    assert len(titles(reader.fetch(told).new)) == 10


def test_a_busy_feed_without_dates_may_be_mostly_new(reader: Reader) -> None:
    undated = [one._replace(published=None) for one in entries(7, 17)]
    assert len(titles(reader.fetch(undated).new)) == 7


def test_a_small_feed_may_change_as_a_whole() -> None:
    reader = Reader()
    reader.fetch(entries(0, 2))
    assert len(titles(reader.fetch([strange(1), strange(2)]).new)) == 2


def test_a_first_answer_never_floods() -> None:
    first = Reader().fetch(entries(0, 50))
    assert len(first.new) == 50
    assert titles(first.new) == {f"Überschrift {n}" for n in range(40, 50)}
    assert first.reason is None


def test_of_a_first_answer_old_entries_are_no_news() -> None:
    told = entries(0, 4, published=lambda n: NOW - timedelta(days=5 - n))
    assert titles(Reader().fetch(told).new) == {"Überschrift 2", "Überschrift 3"}


def test_of_a_first_answer_without_dates_the_first_are_news() -> None:
    told = [one._replace(published=None) for one in entries(0, 50)]
    assert titles(Reader().fetch(told).new) == {f"Überschrift {n}" for n in range(50 - FIRST_NEWS, 50)}


def test_a_feed_that_was_empty_at_first_has_news_later() -> None:
    reader = Reader()
    reader.fetch([])
    assert len(titles(reader.fetch(entries(998, 1000)).new)) == 2


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (NOW - HOUR, NOW - HOUR),
        (NOW + HOUR, NOW),
        (NOW.replace(year=2029), NOW),
        (NOW.replace(year=9999), NOW),
        (datetime(1, 1, 1, tzinfo=UTC), NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
        (None, NOW),
    ],
)
def test_dates_that_cannot_be_are_the_moment_of_reading(told: datetime | None, kept: datetime) -> None:
    assert Reader().fetch([entry(1, published=told)]).new[0].published == kept


def test_the_last_change_serves_where_there_is_no_date_of_publication() -> None:
    assert Reader().fetch([entry(1, published=None, updated=NOW - HOUR)]).new[0].published == NOW - HOUR


@pytest.mark.parametrize(
    ("configured", "declared", "guessed", "expected"),
    [
        (Language.EN, Language.DE, Language.DE, Language.EN),
        (None, Language.EN, Language.DE, Language.EN),
        (None, None, Language.DE, Language.DE),
        (None, None, None, Language.EN),
    ],
)
def test_the_language_comes_from_who_knows_it_best(
    configured: Language | None, declared: Language | None, guessed: Language | None, expected: Language
) -> None:
    document = FeedDocument(language=declared, entries=(entry(1),))
    feed = replace(FEED, language=configured)
    assert identify(document, (), feed, None, NOW, lambda _: guessed).new[0].language is expected


def test_where_an_entry_does_not_tell_its_language_the_other_titles_do() -> None:
    def guess(text: str) -> Language | None:
        return Language.DE if "Sonde" in text else None

    document = FeedDocument(entries=(entry(1, title="RTX"), entry(2, title="Die Sonde ist gelandet")))
    found = identify(document, (), replace(FEED, language=None), None, NOW, guess).new
    assert {article.language for article in found} == {Language.DE}


LONG = "Ein Satz, der etwas sagt. " * 40


@pytest.mark.parametrize(
    ("text", "has_body", "extent"),
    [
        (LONG, True, Extent.FULL),
        (LONG, False, Extent.TEASER),
        (LONG[:500], True, Extent.TEASER),
        (LONG + "[…]", True, Extent.TEASER),
        (LONG + "Weiterlesen …", True, Extent.TEASER),
        (LONG + "Und doch …", True, Extent.TEASER),
        (LONG + "Continue reading →", True, Extent.TEASER),
        (LONG + "(Read more)", True, Extent.TEASER),
        (LONG + "Wer weiterlesen will, muss zahlen.", True, Extent.FULL),
    ],
)
def test_how_much_was_read(text: str, has_body: bool, extent: Extent) -> None:
    assert Reader().fetch([entry(1, text=text, has_body=has_body)]).new[0].extent is extent


def test_what_is_told_differently_is_reported_under_its_old_id(reader: Reader) -> None:
    known = {one.article for one in reader.known}
    told = [entry(9, title="Korrigiert"), entry(8, text="Mehr dazu"), *entries(0, 8)]
    changed = reader.fetch(told).changed
    assert {article.title for article in changed} == {"Korrigiert", "Überschrift 8"}
    assert {article.id for article in changed} <= known
    assert reader.fetch(told).changed == ()


def test_an_answer_of_any_length_takes_bounded_work() -> None:
    told = Reader().fetch(entries(0, 3 * ENTRIES, published=lambda n: NOW - timedelta(seconds=9000 - n)))
    assert len(told.new) == len(told.keys) == ENTRIES
    assert "Überschrift 2999" in titles(told.new)


STORED = Reader().fetch([entry(1, text="Der Konzern meldet am Montag zwölf Millionen Kunden in Europa.")]).new[0]


@pytest.mark.parametrize(
    ("change", "is_rewritten"),
    [
        ({}, False),
        ({"title": "überschrift  1"}, False),
        ({"title": "Überschrift 2"}, True),
        ({"text": STORED.text.replace("Montag", "Dienstag")}, False),
        ({"text": STORED.text + " 17 45"}, False),
        ({"text": STORED.text + " Update: Es sind doch nur elf."}, True),
    ],
)
def test_only_what_readers_should_know_is_a_rewrite(change: dict[str, str], is_rewritten: bool) -> None:
    new = replace(STORED, **change)  # type: ignore[arg-type]
    assert rewritten([new], {STORED.id: STORED}) == ([new] if is_rewritten else [])


def test_a_teaser_never_replaces_the_text_of_the_page() -> None:
    page = replace(STORED, extent=Extent.FULL, text=LONG)
    teaser = replace(STORED, text="Ganz anders als zuvor und doch nur kurz.")
    assert rewritten([teaser], {page.id: page}) == []
    assert rewritten([replace(teaser, title="Neu")], {page.id: page}) == [replace(page, title="Neu")]


def test_what_is_not_stored_cannot_be_rewritten() -> None:
    assert rewritten([STORED], {}) == []


def test_what_a_private_feed_tells_is_another_article() -> None:
    private = replace(FEED, private=True)
    (common,), (own,) = Reader().fetch([entry(1)]).new, Reader(private).fetch([entry(1)]).new
    (other,) = Reader(replace(private, url="https://b.example/feed")).fetch([entry(1)]).new
    assert len({common.id, own.id, other.id}) == 3
    assert (common.private, own.private) == (False, True)
    assert common.url == own.url


@pytest.mark.parametrize("first", [True, False])
def test_a_feed_that_becomes_private_or_everybodys_tells_nothing_twice(first: bool) -> None:
    reader = Reader(replace(FEED, private=first))
    reader.fetch(entries(0, 10))
    reader.feed = replace(FEED, private=not first)
    assert not reader.fetch(entries(0, 10)).new
    assert len(reader.fetch(entries(0, 11)).new) == 1
