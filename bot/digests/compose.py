"""Ranked stories and their summaries -> the digest of one audience and one day. Pure; no model call."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.model import DigestStory, RankedStory, Story, Summary


def compose(
    ranked: Sequence[RankedStory], summaries: Mapping[int, Summary], topics: Mapping[str, str], since: datetime
) -> tuple[DigestStory, ...]:
    """The stories of a digest in the order of `ranked`, with the German names of their topics.

    A story is a follow-up if a new fact has come to it since then. One without a summary is left out.
    """
    return tuple(_story(one, summaries[one.story.id], topics, since) for one in ranked if one.story.id in summaries)


def _story(ranked: RankedStory, summary: Summary, topics: Mapping[str, str], since: datetime) -> DigestStory:
    names = tuple(topics[key] for key in ranked.story.topics if key in topics)
    return DigestStory(summary, names, ranked.parts, follow_up=_goes_on(ranked.story, since))


def _goes_on(story: Story, since: datetime) -> bool:
    return any(member.news and member.article.published >= since for member in story.members)
