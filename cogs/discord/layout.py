"""A digest -> the messages that Discord shows: a headline, its sentences and its sources for each story. Pure.

A body holds the same message twice: `v2` in components, `text` for where Discord refuses those; and a `title` for
threads. One message holds 4,000 characters of text in 40 components, a text 2,000 characters. What has no room is
left out from the end, sentences before stories; a long digest goes on in further messages instead.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.german import phrases
from bot.german.dates import with_weekday
from bot.german.numbers import counted
from bot.model import Digest, DigestStory, Length, Sentence, Source, Subscription
from bot.ports.posts import Body
from cogs.discord import pieces
from cogs.discord.markdown import cut, plain, reference, tame, units
from cogs.discord.menu import CUSTOM_ID, menu

ROOM, TEXT_ROOM = 3_900, 1_900  # units; a hundred less than Discord takes
STORIES = 25  # as many as the menu takes; components would do for more
SUPPRESS_EMBEDS, COMPONENTS_V2 = 1 << 2, 1 << 15
CONTAINER, DISPLAY, SEPARATOR = 17, 10, 14
ACCENT = 0x2F6FDE
NOBODY: dict[str, object] = {"parse": []}  # who is notified, whatever the text says
NAMED = 6  # sources of one story, and
FAILED = 3  # feeds that failed
TITLE = 100  # characters of a thread's name
GAP = 2  # units between two blocks


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message on its way: the text above, a block for each story, what has no room, the text below."""

    head: str
    blocks: tuple[str, ...]
    note: str = ""
    foot: str = ""


def parts(digest: Digest, subscription: Subscription) -> tuple[Body, ...]:
    """The messages of a subscription's digest in order, each with the stories in it: one, but for long digests."""
    return messages(digest, subscription.length)


def messages(digest: Digest, length: Length = Length.MEDIUM) -> tuple[Body, ...]:
    """As `parts`, for whoever asked."""
    if not digest.stories:
        return (_body(Sheet(_quiet(digest), ()), Sheet(_quiet(digest), ()), digest, ()),)
    told = [variants(story) for story in digest.stories]
    pages = _pages(digest, told) if length is Length.LONG else [_page(digest, told)]
    return tuple(pages)


def note(told: str) -> Body:
    """A message with this markdown alone, of up to 1,900 units."""
    message = {"v2": _message(COMPONENTS_V2, components=[_display(told)]), "text": _message(0, content=told)}
    return Body(json.dumps(message | {"title": ""}, ensure_ascii=False, separators=(",", ":")))


def without_menu(body: Body) -> Body:
    """The message for where nobody can ask about its stories."""
    message = json.loads(body.text)
    message["v2"]["components"] = pieces.without(message["v2"]["components"], CUSTOM_ID)
    return Body(json.dumps(message, ensure_ascii=False, separators=(",", ":")), body.shown)


@lru_cache(maxsize=1_000)  # some kilobytes each; one story is in the digests of many audiences
def variants(story: DigestStory) -> tuple[str, ...]:
    """The story with no sentence, the first, the first two … as markdown, shortest first."""
    sentences, sources = story.summary.sentences, story.summary.sources
    shown = [sentences[:count] for count in range(len(sentences) + 1)]
    return tuple(_story(story, some, _named(some, sources, full=some == sentences)) for some in shown)


def fitted(told: Sequence[Sequence[str]], room: int, least: int) -> list[int]:
    """How many sentences to show of each of the first stories, so that they have room; others are left out.

    As many stories as go with so many sentences at least; what room is left goes to the first ones.
    """
    levels = _floors(told, room, least) or _floors(told[:1], room, 0)
    spare = room - sum(_cost(blocks[level]) for blocks, level in zip(told, levels, strict=False))
    for n, blocks in enumerate(told[: len(levels)]):
        for level in range(levels[n] + 1, len(blocks)):
            more = _cost(blocks[level]) - _cost(blocks[levels[n]])
            if more > spare:
                return levels
            levels[n], spare = level, spare - more
    return levels


def _floors(told: Sequence[Sequence[str]], room: int, least: int) -> list[int]:
    levels: list[int] = []
    for blocks in told[:STORIES]:
        level = min(least, len(blocks) - 1)
        room -= _cost(blocks[level])
        if room < 0:
            break
        levels.append(level)
    return levels


def _cost(block: str) -> int:
    return units(block) + GAP


def _page(digest: Digest, told: Sequence[Sequence[str]]) -> Body:
    """All in one message."""
    head, foot = _head(digest), _foot(digest)
    sheet = _sheet(head, told, foot, ROOM, 1)
    return _body(sheet, _sheet(head, told, foot, TEXT_ROOM, 0), digest, digest.stories[: len(sheet.blocks)])


def _pages(digest: Digest, told: Sequence[Sequence[str]]) -> Iterator[Body]:
    """All at full length, in as many messages as that takes; the first one says how much was looked at, by whom."""
    done, number = 0, 1
    while done < len(told):
        head = _head(digest) if number == 1 else f"-# {with_weekday(digest.day)} · Fortsetzung {number}"
        foot = _foot(digest) if number == 1 else ""
        count = _whole(told[done:], ROOM - _cost(head) - _cost(foot) - _cost(_goes_on(len(told))))
        page, following = told[done : done + count], len(told) - done - count
        foot = "\n".join(line for line in (_goes_on(following), foot) if line)
        body = [_sheet(head, page, foot, room, least) for room, least in ((ROOM, 1), (TEXT_ROOM, 0))]
        yield _body(body[0], body[1], digest, digest.stories[done : done + count])
        done, number = done + count, number + 1


def _whole(told: Sequence[Sequence[str]], room: int) -> int:
    """How many stories have room at full length; one at least, which is shortened if it has not."""
    return max(len(_floors(told, room, max(len(blocks) for blocks in told))), 1)


def _sheet(head: str, told: Sequence[Sequence[str]], foot: str, room: int, least: int) -> Sheet:
    room -= _cost(head) + _cost(foot) + _cost(_left_out(len(told)))
    levels = fitted(told, room, least)
    blocks = tuple(blocks[level] for blocks, level in zip(told, levels, strict=False))
    return Sheet(head, blocks, _left_out(len(told) - len(blocks)), foot)


def _body(sheet: Sheet, text: Sheet, digest: Digest, shown: Sequence[DigestStory]) -> Body:
    content = "\n".join(part for part in (text.head, *text.blocks, text.note, text.foot) if part)
    message = {
        "v2": _message(COMPONENTS_V2, components=_components(sheet) + menu(shown)),
        "text": _message(0, content=content),
        "title": cut(tame(_title(digest)), TITLE),
    }
    told = tuple(story.summary.story_id for story in shown)
    return Body(json.dumps(message, ensure_ascii=False, separators=(",", ":")), told)


def _message(flags: int, **content: object) -> dict[str, object]:
    return {"flags": flags | SUPPRESS_EMBEDS, "allowed_mentions": NOBODY} | content


def _components(sheet: Sheet) -> list[dict[str, object]]:
    line: dict[str, object] = {"type": SEPARATOR, "divider": True, "spacing": 1}
    below = [_display(text) for text in (sheet.note, sheet.foot) if text]
    inside = [_display(sheet.head)]
    if sheet.blocks:
        inside += [line, *map(_display, sheet.blocks)]
    if below:
        inside += [line, *below]
    return [{"type": CONTAINER, "accent_color": ACCENT, "components": inside}]


def _display(text: str) -> dict[str, object]:
    return {"type": DISPLAY, "content": text}


def _title(digest: Digest) -> str:
    return " · ".join(part for part in (with_weekday(digest.day), digest.audience) if part)


def _quiet(digest: Digest) -> str:
    """A day without news, in one line."""
    facts = " ".join(part for part in (phrases.looked_at(digest), _failed(digest)) if part)
    return f"**{plain(_title(digest), 160)}**: {facts}"


def _head(digest: Digest) -> str:
    audience = [f"-# {plain(digest.audience, 100)}"] if digest.audience else []
    notes = [f"-# {plain(note, 160)}" for note in digest.notes[:2]]
    return "\n".join([f"## {with_weekday(digest.day)}", *audience, *notes])


def _foot(digest: Digest) -> str:
    lines = (*phrases.footer(digest), _failed(digest))
    return "\n".join(f"-# {line}" for line in lines if line)


def _failed(digest: Digest) -> str:
    if not digest.failed:
        return ""
    names = [plain(failure.feed, 40) for failure in digest.failed[:FAILED]]
    more = ["…"] if len(digest.failed) > FAILED else []
    return f"{phrases.failed(digest)}: {', '.join(names + more)}."


def _left_out(count: int) -> str:
    return f"… und {counted(count, 'weitere Meldung', 'weitere Meldungen')}" if count else ""


def _goes_on(count: int) -> str:
    return f"-# … {counted(count, 'weitere Meldung', 'weitere Meldungen')} in der Fortsetzung" if count else ""


def _story(story: DigestStory, sentences: Sequence[Sentence], named: Sequence[Source]) -> str:
    facts = [f"**{flag}**" for flag in phrases.flags(story)] + [plain(topic, 30) for topic in story.topics[:3]]
    lines = [f"### {plain(story.summary.headline, 160)}"]
    lines += [f"-# {' · '.join(facts)}"] if facts else []
    lines += [_paragraph(sentences, {source.n: source.url for source in named})] if sentences else []
    return "\n".join([*lines, _sources(story, sentences, named)])


def _paragraph(sentences: Sequence[Sentence], urls: dict[int, str]) -> str:
    """The sentences with the numbers of their sources; each number is a link where it stands first."""
    told: list[str] = []
    for sentence in sentences:
        numbers = "".join(reference(n, urls.pop(n, "")) for n in sentence.sources)
        told.append(plain(sentence.text) + ("\N{NO-BREAK SPACE}" + numbers if numbers else ""))
    return " ".join(told)


def _named(sentences: Sequence[Sentence], sources: Sequence[Source], *, full: bool) -> tuple[Source, ...]:
    """The sources behind these sentences; all of them under a story in full, the first under none of it."""
    cited = {n for sentence in sentences for n in sentence.sources}
    ordered = [source for source in sources if source.n in cited]
    if full:
        ordered += [source for source in sources if source.n not in cited]
    return tuple(ordered or sources[:1])[:NAMED]


def _sources(story: DigestStory, sentences: Sequence[Sentence], named: Sequence[Source]) -> str:
    """Who says it, and who wrote it; a number is a link here unless it is one above."""
    linked = {n for sentence in sentences for n in sentence.sources}
    facts = [_source(source, linked) for source in named]
    more = len(story.summary.sources) - len(named)
    facts += [counted(more, "weitere Quelle", "weitere Quellen")] if more else []
    return "-# " + " · ".join(part for part in (*facts, phrases.written_by(story)) if part)


def _source(source: Source, linked: set[int]) -> str:
    number = reference(source.n, "" if source.n in linked else source.url)
    marks = phrases.source_marks(source)
    return f"{number} {plain(source.outlet, 40)}" + (f" ({', '.join(marks)})" if marks else "")
