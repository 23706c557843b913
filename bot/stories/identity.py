"""What a feed tells -> which of it are new articles, and which are known ones told again. Pure; the clock is passed in.

An article is recognised by its address, else by the id its feed gives it, else by its title; never by a date. Where
most of what a feed tells is suddenly new, titles count too, and what is still new is kept but held (the flood guard).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from bot.model import Article, Entry, Extent, Feed, FeedDocument, number
from bot.ports import Known
from bot.stories.address import canonical, names_a_page
from bot.stories.writer import Guess, Writer, link, published, title_of

ENTRIES = 1_000  # of one answer; the longest real feeds tell some 500
EARLIER = 200  # keys remembered beyond the last answer, for feeds whose entries leave and come back
FIRST_NEWS = 10  # entries of a first answer that are news
FIRST_AGE = timedelta(days=3)  # and how old they may be: the window of the stories
FLOOD = 5  # so few new entries are never a flood: a small feed may change as a whole
MOST = 100  # new entries at once that nobody publishes between two looks
SLACK = timedelta(hours=1)  # by how much a publisher's clock may be late
WORDS_CHANGED = 4  # at least, and a twentieth of all: less is a correction that needs no new summary

_Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Identified:
    """What an answer means: `new` articles (some of them held), `changed` ones as told now, and the keys to remember.

    `reason` (German) says why entries were held back, where that is not the feed's first answer.
    """

    new: tuple[Article, ...]
    changed: tuple[Article, ...]
    keys: tuple[Known, ...]
    reason: str | None = None


class _Told(NamedTuple):
    """An entry with what it is recognised by; `by_title`: it has no address or id to be recognised by."""

    entry: Entry
    title: str
    keys: Known
    by_title: bool


def identify(
    document: FeedDocument, known: Sequence[Known], feed: Feed, answered: datetime | None, now: datetime, guess: Guess
) -> Identified:
    """Decide what is new.

    `known` is what this feed told before, `answered` when it last did (None: never, then little of it is news), and
    `guess` tells the language of a text where neither configuration nor feed do.
    """
    told = _unique(_read(document, feed))
    matches = _match(told, known)
    if _most_is_new(told, matches, known):
        matches |= _match_titles(told, known, matches)
    fresh = [one for one in told if one.keys.article not in matches]
    reason = None if answered is None else _flood(told, fresh, known, (answered - SLACK, now + SLACK))
    news = _first_news(fresh, now) if answered is None else fresh
    held = {one.keys.article for one in fresh} if reason else _ids(fresh) - _ids(news)
    writer = Writer(document, feed, now, guess)
    return Identified(
        new=tuple(
            writer.article(one.entry, one.title, one.keys.article, held=one.keys.article in held) for one in fresh
        ),
        changed=tuple(
            writer.article(one.entry, one.title, matches[one.keys.article].article, held=False)
            for one in told
            if one.keys.article in matches and _differs(one.keys, matches[one.keys.article])
        ),
        keys=_keys(told, matches, known),
        reason=reason,
    )


def rewritten(changed: Iterable[Article], stored: Mapping[int, Article]) -> list[Article]:
    """Of the articles told differently, those whose title or text changed so much that readers should know."""
    pairs = ((new, stored[new.id]) for new in changed if new.id in stored)
    return [merged for new, old in pairs if (merged := _merged(new, old)) != old]


def _merged(new: Article, old: Article) -> Article:
    titled = old if _plain(new.title) == _plain(old.title) else replace(old, title=new.title)
    if old.extent is Extent.FULL and new.extent is Extent.TEASER:
        return titled  # the page was read since; its text stays
    if titled is old and not _words_changed(new.text, old.text):
        return old
    return replace(titled, text=new.text, extent=new.extent)


def _words_changed(new: str, old: str) -> bool:
    before, after = _words(old), _words(new)
    changed = (before - after).total() + (after - before).total()
    return changed >= max(WORDS_CHANGED, before.total() / 20)


def _words(text: str) -> Counter[str]:
    """The words without bare figures: votes and comments are counted anew on every fetch."""
    return Counter(word for word in text.split() if not word.isdigit())


def _read(document: FeedDocument, feed: Feed) -> list[_Told]:
    entries = _bounded([entry for entry in document.entries if entry.title or entry.text])
    titles = [title_of(entry) for entry in entries]
    addresses = [_address(entry) for entry in entries]
    shared = _shared(zip(addresses, (entry.id for entry in entries), titles, strict=True))
    ids = Counter(entry.id for entry in entries if entry.id)
    told = []
    for entry, title, address in zip(entries, titles, addresses, strict=True):
        # An id that does not tell entries apart recognises none alone: the title has to agree.
        guid = entry.id if entry.id and len(ids) > 1 and ids[entry.id] == 1 else f"{entry.id or ''}\0{_plain(title)}"
        alone = "" if address in shared else address
        told.append(_told(entry, title, _apart(alone, feed), f"{feed.url}\0{guid}"))
    return told


def _apart(address: str, feed: Feed) -> str:
    """What a private feed tells is another article than what everybody's feeds tell of the same address.

    Else its text would be everybody's, or an article would be nobody's but its own because it told it first.
    """
    return f"{feed.url}\0\0{address}" if address and feed.private else address


def _told(entry: Entry, title: str, address: str, guid: str) -> _Told:
    text = entry.text.encode("utf-8", "surrogatepass")
    # The text's key only tells a change, so that a checksum will do; the others tell articles apart.
    keys = Known(number(address or guid), number(guid), number(_plain(title)), len(text) << 32 | crc32(text))
    return _Told(entry, title, keys, by_title=not address)


def _bounded(entries: list[Entry]) -> list[Entry]:
    """All entries, or the newest of very many."""
    if len(entries) <= ENTRIES:
        return entries
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.published or oldest, reverse=True)[:ENTRIES]


def _address(entry: Entry) -> str:
    """The canonical address, empty where there is none or only a front page that many entries may share."""
    url = link(entry)
    address = canonical(url) if url else ""
    return address if names_a_page(address) else ""


def _shared(told: Iterable[tuple[str, str | None, str]]) -> set[str]:
    """The addresses that several entries have in common which differ in id and title: they name none of them."""
    seen: dict[str, tuple[str | None, str]] = {}
    shared = set()
    for address, id_, name in told:
        first_id, first_name = seen.setdefault(address, (id_, name))
        if id_ != first_id and name != first_name:
            shared.add(address)
    return shared


def _unique(told: Sequence[_Told]) -> list[_Told]:
    return list({one.keys.article: one for one in reversed(told)}.values())[::-1]


def _match(told: Sequence[_Told], known: Sequence[Known]) -> dict[int, Known]:
    """What is known of these entries by address or id, and by title where they have no address."""
    by_article = {one.article: one for one in known}
    by_guid = {one.guid: one for one in known}
    by_title = {one.title: one for one in known}
    found = {}
    for one in told:
        keys = one.keys
        match = by_article.get(keys.article) or by_guid.get(keys.guid)
        if match is None and one.by_title:
            match = by_title.get(keys.title)
        if match is not None:
            found[keys.article] = match
    return found


def _match_titles(told: Sequence[_Told], known: Sequence[Known], found: Mapping[int, Known]) -> dict[int, Known]:
    by_title = {one.title: one for one in known}
    unknown = (one.keys for one in told if one.keys.article not in found)
    return {keys.article: by_title[keys.title] for keys in unknown if keys.title in by_title}


def _most_is_new(told: Sequence[_Told], found: Mapping[int, Known], known: Sequence[Known]) -> bool:
    return 2 * (len(told) - len(found)) > min(len(told), len(known)) > 0


def _flood(told: Sequence[_Told], fresh: Sequence[_Told], known: Sequence[Known], away: _Span) -> str | None:
    """Why these entries cannot all be news, if so. `away`: from the last answer to this one."""
    few = len(fresh) < FLOOD or 2 * len(fresh) <= min(len(told), len(known))
    too_many = len(fresh) > max(MOST, 2 * len(known))
    if few or (not too_many and (_goes_on(told, fresh) or _happened(fresh, away))):
        return None
    return f"{len(fresh)} von {len(told)} Einträgen sind auf einmal neu; sie werden gemerkt, aber nicht gemeldet."


def _goes_on(told: Sequence[_Told], fresh: Sequence[_Told]) -> bool:
    """Whether the new entries stand before or after all known ones, as in a feed that simply went on."""
    new = _ids(fresh)
    flags = [one.keys.article in new for one in told]
    return len(fresh) < len(told) and flags in (sorted(flags), sorted(flags, reverse=True))


def _happened(fresh: Sequence[_Told], away: _Span) -> bool:
    """Whether the new entries are dated in that span, and not all alike: the bot or the feed was away."""
    dates = [one.entry.published for one in fresh if one.entry.published and away[0] < one.entry.published < away[1]]
    return len(dates) == len(fresh) and 2 * len(set(dates)) > len(fresh)


def _first_news(fresh: Sequence[_Told], now: datetime) -> list[_Told]:
    young = [one for one in fresh if published(one.entry, now) >= now - FIRST_AGE]
    return sorted(young, key=lambda one: published(one.entry, now), reverse=True)[:FIRST_NEWS]


def _ids(told: Iterable[_Told]) -> set[int]:
    return {one.keys.article for one in told}


def _keys(told: Sequence[_Told], matches: Mapping[int, Known], known: Sequence[Known]) -> tuple[Known, ...]:
    current = [
        one.keys._replace(article=matches[one.keys.article].article) if one.keys.article in matches else one.keys
        for one in told
    ]
    ids = {one.article for one in current}
    earlier = [one for one in known if one.article not in ids]
    return (*current, *earlier[:EARLIER])


def _differs(keys: Known, before: Known) -> bool:
    return keys.title != before.title or keys.text != before.text


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
