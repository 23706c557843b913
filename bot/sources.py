"""What those who manage a space can ask for: feeds of its own, found, added, removed, told; all as OPML.

A space is a server, a workspace or a person (`Channel.home`); the empty one is everybody. What it adds, it has alone.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from urllib.parse import urlsplit

from bot.deliveries.interests import interests_typed
from bot.deliveries.places import home
from bot.errors import NotAFeed, SourceError, TooMuch, UserError
from bot.feeds.batches import NoFeed, parse_all
from bot.feeds.opml import read_opml, write_opml
from bot.feeds.visible import visible
from bot.german.language import guess
from bot.german.numbers import number
from bot.german.reports import Health
from bot.german.spelling import named
from bot.model import EVERYBODY, EVERYBODYS, Entry, Failure, Feed, FeedDocument, Language, SpaceFeed, Topic
from bot.ports import Answer, Clock, Request, Store, Tally, Web, Workers
from bot.sight import Sight, Sights
from bot.stories.topics import TopicIndex

MOST = 50  # feeds of a space's own; a reader's list seldom has more, and every one is asked for that space
EVERYBODYS_MOST = 5_000  # as many as an OPML list may hold
LATEST = 3  # entries that show what was found
LOOKED_AT = 30  # entries that tell what a feed is about
LIMIT = 4_000_000  # bytes of a feed; the largest of the field have 3 MB
SECONDS = 20.0  # that a worker may think about a body; somebody waits, but a busy machine is no reason to refuse
LIST_LIMIT = 2_000_000  # bytes of a list; 5,000 feeds take one
LINKS = 3  # of a site's page that are tried
NAME = 100  # characters
LONGEST = 2_000  # characters of an address, as in feeds.toml
WEEK = timedelta(days=7)

NOT_LOADED = "Die Datei ließ sich nicht laden. Bitte noch einmal anhängen."
NONE_THERE = "Das ist weder ein Feed noch eine Seite, die einen nennt. Bitte die Adresse prüfen."


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that was read: its address, what it calls itself, what it seems to be about, and its latest entries."""

    url: str
    title: str
    language: Language | None
    topics: tuple[str, ...]
    entries: int
    latest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed of a space and how it is doing: `articles` in seven days, the `last` of them, the last answer, the error.

    `own`: the space has it for itself; `hidden`: everybody has it, but this space does not want it.
    """

    feed: Feed
    own: bool = False
    hidden: bool = False
    articles: int = 0
    last: datetime | None = None
    answered: datetime | None = None
    reason: str | None = None

    @property
    def health(self) -> Health:
        """The same without the feed."""
        return Health(self.own, self.hidden, self.articles, self.last, self.answered, self.reason)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a list: so many added, so many known before, and the refused ones, each with its reason."""

    added: int
    known: int
    refused: tuple[Failure, ...]


class Sources:
    """The feeds of spaces. Who may change them is the surface's business."""

    def __init__(self, store: Store, web: Web, workers: Workers, clock: Clock, topics: Sequence[Topic]) -> None:
        """Work on this store."""
        self._store = store
        self._web = web
        self._workers = workers
        self._clock = clock
        self._topics = topics
        self._index = TopicIndex(topics)

    @staticmethod
    def space(text: str) -> str:
        """The space that an operator names by itself or by any of its channels. Raises `UserError`."""
        return home(text)

    async def find(self, address: str) -> Found:
        """The feed at an address, or the first one that a site names; a few requests at most.

        Raises `UserError` for what is no address, `SourceError` where it may not be asked, fails or is no feed.
        """
        url = self._web.address(_written(address))
        answer, found = await self._read(url)
        if isinstance(found, FeedDocument):
            return self._found(answer.permanent or url, found)
        for link in found.links[:LINKS]:
            with suppress(SourceError):
                link_ = self._web.address(link)
                answer, document = await self._read(link_)
                if isinstance(document, FeedDocument):
                    return self._found(answer.permanent or link_, document)
        raise NotAFeed(NONE_THERE if found.links else found.reason)

    async def add(
        self, space: str, found: Found, *, name: str = "", topics: str = "", language: str = "", by: str = ""
    ) -> Listed:
        """Let a space have a feed that was found; what is not said is as it seems to be.

        Raises `UserError` where it has it already, or has too many.
        """
        feed = await self.wanted(space, found, name=name, topics=topics, language=language)
        if feed.url not in await self._given(space, [feed], found.title, by):
            raise UserError(_too_many(space))
        return next(one for one in await self.listing(space) if one.feed.url == feed.url)

    async def wanted(self, space: str, found: Found, *, name: str = "", topics: str = "", language: str = "") -> Feed:
        """What `add` would keep. Raises `UserError` for a wrong wish, or where the space has it already."""
        feed = Feed(
            found.url,
            _name(name) or found.title,
            _language(language) if language.strip() else found.language,
            self._named(topics) if topics.strip() else found.topics,
        )
        sight = await self._sight(space)
        if known := next((state for state in sight.states if state.feed.url == feed.url), None):
            raise UserError(f"Die Quelle {named(sight.name(known))} gibt es hier schon: {feed.url}")
        return feed

    def _named(self, text: str) -> tuple[str, ...]:
        found = interests_typed(text, self._topics)
        if found.words or found.without_topics or found.without_words:
            raise UserError("Eine Quelle kann nur zu Themen gehören, die es gibt, nicht zu eigenen Wörtern.")
        return found.topics

    async def remove(self, space: str, wanted: str, by: str = "") -> Listed:
        """Take a feed, by its name or address, from a space; one of everybody's is hidden there. What it was.

        Raises `UserError` where there is none, or where several have that name.
        """
        there = [one for one in await self.listing(space) if not one.hidden]
        url = self._address(wanted)
        meant = [one for one in there if one.feed.url in {wanted.strip(), url}]
        meant = meant or [one for one in there if one.feed.name.casefold() == wanted.strip().casefold()]
        if not meant:
            raise UserError(f"Die Quelle {named(wanted)} gibt es hier nicht.{_close(wanted, there)}")
        if len(meant) > 1:
            addresses = ", ".join(one.feed.url for one in meant)
            raise UserError(f"Mehrere Quellen heißen {named(wanted)}. Bitte die Adresse angeben: {addresses}")
        await self._store.feeds.take(space, [meant[0].feed.url], self._clock.now(), by)
        return meant[0]

    async def listing(self, space: str) -> list[Listed]:
        """All feeds that a space has, its own first, then everybody's, then those that it hides; each by name."""
        sight, kept = await self._sight(space), await self._store.feeds.of(space)
        tallies: defaultdict[str, list[Tally]] = defaultdict(list)
        for tally in await self._store.articles.tally(self._clock.now() - WEEK):
            if sight.count([tally]):
                tallies[tally.feed_url].append(tally)
        own = {one.feed.url: one.feed for one in kept if not one.hidden}
        shown = []
        for state in sight.states:
            feed = own.get(state.feed.url, state.feed)
            count, last = _sums(tallies[state.feed.url])
            is_own = state.feed.url in own
            shown.append(
                Listed(feed, own=is_own, articles=count, last=last, answered=state.answered, reason=state.reason)
            )
        hidden = [Listed(replace(one.feed, name=one.outlet), hidden=True) for one in kept if one.hidden]
        return sorted([*shown, *hidden], key=lambda one: (one.hidden, not one.own, one.feed.name.casefold()))

    async def shown(self, space: str) -> list[Feed]:
        """The feeds that a space is shown, under its names, without how they are doing: that costs more."""
        sight = await self._sight(space)
        return [replace(state.feed, name=sight.name(state)) for state in sight.states]

    async def export(self, space: str) -> str:
        """What a space is shown as OPML; other readers, `take_in` and `FEEDS_FILE` take it."""
        return write_opml(one.feed for one in await self.listing(space) if not one.hidden)

    async def take_in(self, space: str, body: bytes, by: str = "") -> TakenIn:
        """Let a space have the feeds of an OPML list; asked they are later. Raises `UserError` for what is no list.

        What may not be asked, or is too much, is refused with its reason; the others are added all the same.
        """
        refused: list[Failure] = []
        valid: dict[str, Feed] = {}
        for feed in await self._workers.run(read_opml, body, seconds=SECONDS):
            try:
                checked = self._checked(feed)
                valid.setdefault(checked.url, checked)
            except SourceError as error:
                refused.append(Failure(_name(feed.name) or feed.url, str(error)))
        there = {state.feed.url for state in (await self._sight(space)).states}
        new = [feed for url, feed in valid.items() if url not in there]
        given = await self._given(space, new, "", by)
        refused += [Failure(feed.name, _too_many(space)) for feed in new if feed.url not in given]
        return TakenIn(len(given), len(valid) - len(new), tuple(refused))

    async def take_in_from(self, space: str, url: str, by: str = "") -> TakenIn:
        """As `take_in`, of a list at this address, which nobody will ask again. Raises `UserError` where that fails."""
        try:
            answer = await self._web.get(Request(self._web.address(url), limit=LIST_LIMIT))
        except TooMuch:
            raise
        except SourceError as error:
            raise UserError(NOT_LOADED) from error
        return await self.take_in(space, answer.body, by)

    async def _given(self, space: str, feeds: Sequence[Feed], title: str, by: str) -> set[str]:
        now = self._clock.now()
        wanted = [SpaceFeed(space, feed, now, by, title or _host(feed.url)) for feed in feeds]
        return await self._store.feeds.give(wanted, _most(space))

    async def _sight(self, space: str) -> Sight:
        view = (await self._store.feeds.views([space])).get(space, EVERYBODY)
        return Sights(await self._store.feeds.all()).of(view)

    async def _read(self, url: str) -> tuple[Answer, FeedDocument | NoFeed]:
        answer = await self._web.get(Request(url, limit=LIMIT))
        body = (answer.body, answer.url, answer.headers.get("content-type", ""))
        (found,) = await self._workers.run(parse_all, [body], seconds=SECONDS)
        return answer, found

    def _found(self, url: str, document: FeedDocument) -> Found:
        entries = document.entries[:LOOKED_AT]
        titles = "\n".join(entry.title for entry in entries)
        return Found(
            url=self._web.address(url),
            title=_name(document.title) or _host(url),
            language=document.language or (guess(titles) if titles else None),
            topics=self._about(entries),
            entries=len(document.entries),
            latest=_latest(document.entries),
        )

    def _about(self, entries: Collection[Entry]) -> tuple[str, ...]:
        """The topics of at least half of these."""
        counts = Counter(topic for entry in entries for topic in self._index.of(entry.title, entry.text))
        return tuple(topic for topic, count in counts.most_common() if 2 * count >= len(entries))

    def _checked(self, feed: Feed) -> Feed:
        """A feed of a list as it may be kept. Raises `Refused`."""
        url, known = self._web.address(feed.url), {topic.key for topic in self._topics}
        if len(url) > LONGEST:
            raise NotAFeed("Die Adresse ist zu lang.")
        topics = tuple(topic for topic in feed.topics if topic in known)
        return replace(feed, url=url, name=_name(feed.name) or _host(url), topics=topics)

    def _address(self, text: str) -> str:
        """The address as it is kept; empty where it is none."""
        with suppress(SourceError, UserError):
            return self._web.address(_written(text))
        return ""


def _written(address: str) -> str:
    """An address as people write it, with its scheme."""
    text = address.strip().strip("<>")
    if not text or len(text) > LONGEST or " " in text:
        raise UserError(f"{named(address)} ist keine Adresse. Ein Beispiel: https://blog.example/feed")
    if text.lower().startswith("feed:"):
        text = text[len("feed:") :].lstrip("/")
    return text if "://" in text else f"https://{text}"


def _name(text: str) -> str:
    """A name in one line without what nobody sees, cut to 100 characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= NAME else f"{line[: NAME - 1]}…"


def _language(text: str) -> Language:
    """„de“, „Deutsch“, "en". Raises `UserError`."""
    with suppress(ValueError):
        return Language(text.strip().casefold()[:2])
    raise UserError(f"Die Sprache {named(text)} liest Depesche nicht. Möglich sind: de, en.")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _latest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest; in the order of the feed where it has no dates."""
    dated = sorted((one for one in entries if one.published), key=lambda one: str(one.published), reverse=True)
    return tuple((dated or list(entries))[:LATEST])


def _sums(tallies: Sequence[Tally]) -> tuple[int, datetime | None]:
    return sum(one.articles for one in tallies), max((one.last for one in tallies), default=None)


def _close(wanted: str, there: Sequence[Listed]) -> str:
    close = get_close_matches(wanted, [one.feed.name for one in there], n=1, cutoff=0.5)
    return f" Meinten Sie {named(close[0])}?" if close else " Welche es gibt, sagt /sources list."


def _most(space: str) -> int:
    return EVERYBODYS_MOST if space == EVERYBODYS else MOST


def _too_many(space: str) -> str:
    most = number(_most(space))
    return f"Mehr als {most} eigene Quellen gehen nicht. Bitte erst eine mit /sources remove entfernen."
