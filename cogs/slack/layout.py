"""A digest -> the messages that Slack shows: a headline, its sentences and its sources for each story. Pure.

One message holds 50 blocks, a text of a block 3,000 characters, and all of them 12,000 or so: more is refused in
practice, far below what the reference allows. What has no room is left out from the end, sentences before stories; a
long digest goes on in its thread instead. `text` is what notifications and screen readers tell.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.german import phrases
from bot.german.alerts import ALERT, FOLLOW_UP, written
from bot.german.dates import with_weekday
from bot.german.numbers import counted
from bot.model import Digest, DigestStory, Length, Sentence, Source, Subscription
from bot.ports.posts import Body
from cogs.slack import pieces
from cogs.slack.menu import MENU, menu
from cogs.slack.mrkdwn import cut, plain, reference, units
from cogs.slack.pieces import Json

ROOM = 11_500  # units of all texts of a message
STORIES = 20  # of two blocks each, and some around them
NAMED = 6  # sources of one story, and
FAILED = 3  # feeds that failed
SPOKEN = 900  # units of what is told beside the blocks
GAP = 300  # units that the menu beside a story takes


class Told(NamedTuple):
    """A story in so many sentences: its text, and who says it."""

    text: str
    sources: str

    @property
    def cost(self) -> int:
        """Units of room."""
        return units(self.text) + units(self.sources) + GAP


def parts(digest: Digest, subscription: Subscription) -> tuple[Body, ...]:
    """The messages of a subscription's digest in order, each with the stories in it: one, but for long digests."""
    return messages(digest, subscription.length)


def messages(digest: Digest, length: Length = Length.MEDIUM) -> tuple[Body, ...]:
    """As `parts`, for whoever asked."""
    if not digest.stories:
        return (_body([pieces.text(_quiet(digest))], _quiet(digest), ()),)
    told = [variants(story) for story in digest.stories]
    return tuple(_pages(digest, told)) if length is Length.LONG else (_page(digest, told),)


def note(told: str) -> Body:
    """A message with this mrkdwn alone."""
    return _body([pieces.text(told)], told, ())


def alert(story: DigestStory, why: str, group: str = "") -> Body:
    """The message about one story that is told at once, why it comes (German), and the group that it notifies."""
    name = FOLLOW_UP if story.follow_up else ALERT
    (level,) = fitted([variants(story)], ROOM, 0)
    chosen = variants(story)[level]
    above = [pieces.text(f"<!subteam^{group}>")] if group else []
    blocks = [*above, pieces.small(f"*{name}* · {plain(why, 100)}"), *_blocks(story, chosen)]
    headline = plain(story.summary.headline, 160)
    return _body([*blocks, pieces.small(plain(written(story)))], f"{name}: {headline}", [story])


def blocks_of(body: Body, *, single: bool = False) -> list[Json]:
    """The blocks of a message; `single`: it is of no story that could be asked for later."""
    blocks: list[Json] = json.loads(body.text)["blocks"]
    return pieces.without(blocks, MENU) if single else blocks


def without_menu(body: Body) -> Body:
    """The message for where nobody can ask about its stories."""
    message = json.loads(body.text)
    message["blocks"] = pieces.without(message["blocks"], MENU)
    return Body(json.dumps(message, ensure_ascii=False, separators=(",", ":")), body.shown)


@lru_cache(maxsize=1_000)  # some kilobytes each; one story is in the digests of many audiences
def variants(story: DigestStory) -> tuple[Told, ...]:
    """The story with no sentence, the first, the first two …, shortest first."""
    sentences, sources = story.summary.sentences, story.summary.sources
    shown = [sentences[:count] for count in range(len(sentences) + 1)]
    made = [_story(story, some, _named(some, sources, full=some == sentences)) for some in shown]
    return tuple(one for one in made if units(one.text) <= pieces.ROOM) or (made[0],)


def fitted(told: Sequence[Sequence[Told]], room: int, least: int) -> list[int]:
    """How many sentences to show of each of the first stories, so that they have room; others are left out."""
    levels = _floors(told, room, least) or _floors(told[:1], room, 0)
    spare = room - sum(blocks[level].cost for blocks, level in zip(told, levels, strict=False))
    for n, blocks in enumerate(told[: len(levels)]):
        for level in range(levels[n] + 1, len(blocks)):
            more = blocks[level].cost - blocks[levels[n]].cost
            if more > spare:
                return levels
            levels[n], spare = level, spare - more
    return levels


def _floors(told: Sequence[Sequence[Told]], room: int, least: int) -> list[int]:
    levels: list[int] = []
    for blocks in told[:STORIES]:
        level = min(least, len(blocks) - 1)
        room -= blocks[level].cost
        if room < 0:
            break
        levels.append(level)
    return levels


def _page(digest: Digest, told: Sequence[Sequence[Told]]) -> Body:
    """All in one message."""
    return _sheet(digest, _head(digest), told, digest.stories, _foot(digest))


def _pages(digest: Digest, told: Sequence[Sequence[Told]]) -> Iterator[Body]:
    """All at full length, in as many messages as that takes; the first one says how much was looked at, by whom."""
    done, number = 0, 1
    while done < len(told):
        first = number == 1
        head = _head(digest) if first else [pieces.small(f"{with_weekday(digest.day)} · Fortsetzung {number}")]
        foot = _foot(digest) if first else ""
        room = ROOM - _size(head, foot)
        full = max(len(_floors(told[done:], room, max(len(one) for one in told))), 1)
        page, stories = told[done : done + full], digest.stories[done : done + full]
        following = len(told) - done - full
        foot = "\n".join(line for line in (_goes_on(following), foot) if line)
        yield _sheet(digest, head, page, stories, foot)
        done, number = done + full, number + 1


def _sheet(
    digest: Digest,
    head: Sequence[Json],
    told: Sequence[Sequence[Told]],
    stories: Sequence[DigestStory],
    foot: str,
) -> Body:
    levels = fitted(told, ROOM - _size(head, foot), 1)
    shown = stories[: len(levels)]
    blocks = list(head)
    for story, one, level in zip(shown, told, levels, strict=False):
        blocks += _blocks(story, one[level])
    below = "\n".join(line for line in (_left_out(len(stories) - len(shown)), foot) if line)
    blocks += [pieces.line(), pieces.small(below)] if below else []
    spoken = "; ".join(plain(story.summary.headline, 120) for story in shown)
    return _body(blocks, f"{plain(_title(digest), 160)}: {spoken}", shown)


def _blocks(story: DigestStory, told: Told) -> list[Json]:
    return [pieces.text(told.text) | {"accessory": menu(story.summary.story_id)}, pieces.small(told.sources)]


def _body(blocks: Sequence[Json], spoken: str, shown: Sequence[DigestStory]) -> Body:
    message = pieces.message(blocks) | {"text": _spoken(spoken)}
    told = tuple(story.summary.story_id for story in shown)
    return Body(json.dumps(message, ensure_ascii=False, separators=(",", ":")), told)


def _spoken(told: str) -> str:
    """Cut between headlines, so that no entity is halved."""
    while units(told) > SPOKEN and "; " in told:
        told = told.removesuffix("; …").rpartition("; ")[0] + "; …"
    return told if units(told) <= 2 * SPOKEN else cut(told.replace("&", "+"), SPOKEN)


def _size(head: Sequence[Json], foot: str) -> int:
    return sum(units(json.dumps(one, ensure_ascii=False)) for one in head) + units(foot) + units(_left_out(99))


def _title(digest: Digest) -> str:
    return " · ".join(part for part in (with_weekday(digest.day), digest.audience) if part)


def _quiet(digest: Digest) -> str:
    """A day without news, in one line."""
    facts = " ".join(part for part in (plain(phrases.looked_at(digest)), _failed(digest)) if part)
    return f"*{plain(_title(digest), 160)}*: {facts}"


def _head(digest: Digest) -> list[Json]:
    lines = [plain(digest.audience, 100)] if digest.audience else []
    lines += [plain(note_, 160) for note_ in digest.notes[:2]]
    return [pieces.header(with_weekday(digest.day)), *([pieces.small("\n".join(lines))] if lines else [])]


def _foot(digest: Digest) -> str:
    return "\n".join(line for line in (*map(plain, phrases.footer(digest)), _failed(digest)) if line)


def _failed(digest: Digest) -> str:
    if not digest.failed:
        return ""
    names = [plain(failure.feed, 40) for failure in digest.failed[:FAILED]]
    more = ["…"] if len(digest.failed) > FAILED else []
    return f"{phrases.failed(digest)}: {', '.join(names + more)}."


def _left_out(count: int) -> str:
    return f"… und {counted(count, 'weitere Meldung', 'weitere Meldungen')}" if count else ""


def _goes_on(count: int) -> str:
    return f"… {counted(count, 'weitere Meldung', 'weitere Meldungen')} im Thread" if count else ""


def _story(story: DigestStory, sentences: Sequence[Sentence], named: Sequence[Source]) -> Told:
    facts = [f"*{flag}*" for flag in phrases.flags(story)] + [plain(topic, 30) for topic in story.topics[:3]]
    lines = [f"*{plain(story.summary.headline, 160)}*"]
    lines += [" · ".join(facts)] if facts else []
    lines += [_paragraph(sentences, {source.n: source.url for source in named})] if sentences else []
    return Told("\n".join(lines), _sources(story, sentences, named))


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
    return " · ".join(part for part in (*facts, phrases.written_by(story)) if part)


def _source(source: Source, linked: set[int]) -> str:
    number = reference(source.n, "" if source.n in linked else source.url)
    marks = phrases.source_marks(source)
    return f"{number} {plain(source.outlet, 40)}" + (f" ({', '.join(marks)})" if marks else "")
