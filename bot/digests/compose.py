"""Ranked stories and their summaries -> the digest of one audience and one day. Pure; no model call."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.model import DigestStory, RankedStory, Story, Summary, word_of


def compose(
    ranked: Sequence[RankedStory],
    summaries: Mapping[int, Summary],
    topics: Mapping[str, str],
    since: datetime,
    told: Mapping[int, int] | None = None,
) -> tuple[DigestStory, ...]:
    """The stories of a digest in the order of `ranked`, with the German names of their topics, and the own words.

    A story is a follow-up if its audience was `told` it (so many days) before, or, for one that nobody remembers, if a
    new fact has come to it since then. One without a summary is left out.
    """

    def story(one: RankedStory) -> DigestStory:
        names = tuple(name for key in one.story.topics if (name := topics.get(key) or word_of(key)))
        goes_on = _goes_on(one.story, since) if told is None else one.story.id in told
        return DigestStory(summaries[one.story.id], names, one.parts, goes_on, (told or {}).get(one.story.id, 0))

    return tuple(story(one) for one in ranked if one.story.id in summaries)


def _goes_on(story: Story, since: datetime) -> bool:
    return any(member.news and member.article.published >= since for member in story.members)
