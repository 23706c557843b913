"""The vocabulary: frozen values that travel between the stages, one type for each noun of the glossary.

A type never gains fields on its way. Each stage takes one type and returns the next:

    Feed -> FeedDocument(Entry) -> Article -> Story -> Summary -> Digest -> Delivery

All times are aware and in UTC. All texts are plain text in NFC without control or invisible characters;
paragraphs are separated by one blank line. Addresses are absolute http or https.
"""

from bot.model.alerts import NIGHT, Alert, alert_delivery_id, alert_id
from bot.model.costs import Account, Price, Prices, Tokens, Use, cost, together
from bot.model.interests import Interests, interests_of, own, word_of
from bot.model.news import (
    Article,
    Digest,
    DigestStory,
    Dropped,
    Entry,
    Extent,
    Failure,
    Feed,
    FeedDocument,
    FeedState,
    Language,
    Length,
    MadeBy,
    Member,
    RankedStory,
    ScorePart,
    Sentence,
    Source,
    Story,
    Summary,
    Topic,
    number,
    version_of,
)
from bot.model.owned import EVERYBODY, EVERYBODYS, SpaceFeed, View
from bot.model.posts import (
    EVERY_DAY,
    LONG_AGO,
    Channel,
    Delivery,
    Empty,
    Importance,
    Platform,
    State,
    Subscription,
    Vote,
    delivery_id,
)
from bot.model.questions import Answer, Turn

__all__ = [
    "EVERYBODY",
    "EVERYBODYS",
    "EVERY_DAY",
    "LONG_AGO",
    "NIGHT",
    "Account",
    "Alert",
    "Answer",
    "Article",
    "Channel",
    "Delivery",
    "Digest",
    "DigestStory",
    "Dropped",
    "Empty",
    "Entry",
    "Extent",
    "Failure",
    "Feed",
    "FeedDocument",
    "FeedState",
    "Importance",
    "Interests",
    "Language",
    "Length",
    "MadeBy",
    "Member",
    "Platform",
    "Price",
    "Prices",
    "RankedStory",
    "ScorePart",
    "Sentence",
    "Source",
    "SpaceFeed",
    "State",
    "Story",
    "Subscription",
    "Summary",
    "Tokens",
    "Topic",
    "Turn",
    "Use",
    "View",
    "Vote",
    "alert_delivery_id",
    "alert_id",
    "cost",
    "delivery_id",
    "interests_of",
    "number",
    "own",
    "together",
    "version_of",
    "word_of",
]
