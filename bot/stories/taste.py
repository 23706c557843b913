"""A scored story -> what it is worth to one audience, by topics, own words and votes; None where it is not wanted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2

from bot.model import Interests, RankedStory, ScorePart, Story, own
from bot.stories.words import Mentions, Place

WANTED = 1.0  # points for each topic that was asked for
OWN = {Place.TITLE: 1.0, Place.TEXT: 0.5}  # points for an own word
MOST_WORDS = 3  # of one story that count; as many as it can have topics
VOTED = 1.5  # points at most for or against a story, about as much as a second outlet is worth


@dataclass(frozen=True, slots=True)
class Taste:
    """What an audience wants. `weights`: what its votes made of a topic; 1.0 for those that are not named."""

    interests: Interests
    weights: tuple[tuple[str, float], ...]
    mentions: Mentions

    def of(self, one: RankedStory) -> RankedStory | None:
        """The story with the points it has for this audience, and the own words it is there for as its first topics.

        None where it is not wanted. One that is about something to be left out never is: by its topics, or by a word in
        the title of any article of it. A word in a text alone is a mention.
        """
        wants, story = self.interests, one.story
        if (wants.without_topics or wants.without_words) and self._is_left_out(story):
            return None
        topics = [topic for topic in wants.topics if topic in story.topics]
        words = self._words(story) if wants.words else {}
        if not topics and not words and not wants.is_all:
            return None
        if not topics and not words and not self.weights:
            return one
        parts = tuple(self._parts(story, topics, words))
        if words:
            story = replace(story, topics=(*map(own, words), *story.topics))
        return RankedStory(story, one.score + sum(part.points for part in parts), (*one.parts, *parts))

    def _is_left_out(self, story: Story) -> bool:
        wants = self.interests
        return any(topic in story.topics for topic in wants.without_topics) or any(
            self.mentions.place(story, word) is Place.TITLE for word in wants.without_words
        )

    def _words(self, story: Story) -> Mapping[str, Place]:
        """The own words that the story has, those of its titles first."""
        found = {word: place for word in self.interests.words if (place := self.mentions.place(story, word))}
        return dict(sorted(found.items(), key=lambda one: -one[1])[:MOST_WORDS])

    def _parts(self, story: Story, topics: list[str], words: Mapping[str, Place]) -> Iterator[ScorePart]:
        if topics:
            yield ScorePart("gewünschtes Thema", WANTED * len(topics))
        for word, place in words.items():
            yield ScorePart(f"eigenes Wort {own(word)}", OWN[place])
        voted = self.weights and sum(log2(weight) for topic, weight in self.weights if topic in story.topics)
        if voted:
            yield ScorePart("Stimmen für und gegen die Themen", VOTED * max(-1.0, min(1.0, voted)))
