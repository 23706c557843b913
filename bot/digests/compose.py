"""Ranked stories and their summaries -> the digest of one audience and one day. Pure; no model call."""

from collections.abc import Mapping, Sequence

from bot.model import DigestStory, RankedStory, Summary


def compose(
    ranked: Sequence[RankedStory], summaries: Mapping[int, Summary], topics: Mapping[str, str]
) -> tuple[DigestStory, ...]:
    """The stories of a digest in the order of `ranked`, with the German names of their topics.

    A story without a summary is left out.
    """
    return tuple(_story(one, summaries[one.story.id], topics) for one in ranked if one.story.id in summaries)


def _story(ranked: RankedStory, summary: Summary, topics: Mapping[str, str]) -> DigestStory:
    names = tuple(topics[key] for key in ranked.story.topics if key in topics)
    return DigestStory(summary, names, ranked.parts, follow_up=any(member.news for member in ranked.story.members))
