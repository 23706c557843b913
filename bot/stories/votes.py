"""The votes of a channel's readers -> the weight that each topic has there. Pure; what is old does not count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.model import Vote

COUNTED = timedelta(days=90)
SLOW = 4  # net votes that bring a weight half of the way to its bounds
ALONE = 2  # votes that one person among others can be worth at most, however often they vote

Weights = tuple[tuple[str, float], ...]


def weights(votes: Iterable[Vote], now: datetime) -> Weights:
    """The topics whose weight is not 1.0, by key, with it: 0.5 to 2.0 in tenths, so that many channels have the same.

    Of a person's votes on a topic on one day (UTC) the last one counts. In a channel that several share, all of them
    together are worth two votes at most, so that nobody turns a topic off alone; in a direct one, each counts.
    """
    told = sorted((vote for vote in votes if vote.at > now - COUNTED), key=lambda vote: vote.at)
    days: dict[tuple[str, str, bool, date], int] = {}
    for vote in told:
        for topic in vote.topics:
            days[topic, vote.person, vote.channel.direct, vote.at.date()] = vote.value
    persons: defaultdict[tuple[str, str, bool], int] = defaultdict(int)
    for (topic, person, direct, _), value in days.items():
        persons[topic, person, direct] += value
    nets: defaultdict[str, float] = defaultdict(float)
    for (topic, _, direct), value in persons.items():
        nets[topic] += value if direct else ALONE * value / (1 + abs(value))
    found = {topic: weight(net) for topic, net in nets.items()}
    return tuple((topic, found[topic]) for topic in sorted(found) if found[topic] != 1.0)


def weight(net: float) -> float:
    """1.0 for as many votes for as against; ever nearer to 2.0 or 0.5, the more there are of one kind."""
    return round(2 ** (net / (abs(net) + SLOW)), 1)


def weight_of(topics: Sequence[str], known: Weights) -> Weights:
    """The weight of each of these topics, 1.0 where the votes say nothing."""
    told = dict(known)
    return tuple((topic, told.get(topic, 1.0)) for topic in topics)
