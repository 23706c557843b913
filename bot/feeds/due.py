"""When a feed is asked next, and where. Pure decisions: the time and the chance are passed in.

An outcome and the state before it give the state after it; nothing here asks what time it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.errors import BadAnswer, SourceError
from bot.feeds.delays import DAY, fresh_for
from bot.model import FeedState
from bot.ports import Answer

SOONEST = timedelta(minutes=15)  # what aggregators ask at most; HTTP caches of the large sites last as long
USUAL = timedelta(hours=1)  # for a feed that tells nothing about itself
WINDOW = timedelta(days=7)  # a week holds both working days and a weekend
POLLS_PER_ARTICLE = 4  # so an article waits an eighth of the usual gap, on average
PATIENCE_WITH_SILENCE = 10  # after ten quiet days, once a day is enough
JITTER = 0.1  # of the delay; spreads feeds that were asked together
FAILURE_JITTER = 0.5  # wider: those that failed together must not come back together
SETTLED_DAYS = 3  # different days on which a permanent redirect led to the same place


def interval_of(published: Sequence[datetime], now: datetime) -> timedelta:
    """How long to leave a feed alone, from when its articles were published: 15 minutes to 24 hours.

    A quarter of the mean gap between the articles of the last week, but at least a tenth of the present silence.
    Without usable dates an hour. Dates in the future are no dates.
    """
    past = sorted(moment for moment in published if moment <= now)
    if not past:
        return USUAL
    silence = now - past[-1]
    recent = [moment for moment in past if now - moment <= WINDOW]
    span = min(now - past[0], WINDOW)
    gap = span / len(recent) if recent else WINDOW
    return _between(max(gap / POLLS_PER_ARTICLE, silence / PATIENCE_WITH_SILENCE))


@dataclass(frozen=True, slots=True)
class News:
    """What a changed body said: its hash, when its entries were published, and how long it asks to be left alone."""

    body_hash: bytes
    published: tuple[datetime, ...] = ()
    ttl: timedelta | None = None


def after_news(state: FeedState, answer: Answer, news: News, now: datetime, chance: float) -> FeedState:
    """The feed answered with another body than last time. `chance` in [0, 1) spreads what was asked together."""
    interval = _between(max(interval_of(news.published, now), news.ttl or SOONEST))
    return _answered(replace(state, interval=interval, body_hash=news.body_hash), answer, now, chance)


def after_no_news(state: FeedState, answer: Answer, now: datetime, chance: float) -> FeedState:
    """The feed told nothing new: 304, or the body of the last time. Its interval grows by a tenth of the silence."""
    waited = now - state.asked if state.asked else timedelta(0)
    interval = _between(state.interval + max(waited, timedelta(0)) / PATIENCE_WITH_SILENCE)
    return _answered(replace(state, interval=interval), answer, now, chance)


def after_failure(state: FeedState, error: SourceError, now: datetime, chance: float) -> FeedState:
    """The feed could not be read: 15 minutes, then twice as long each time, a day at most; 410 ends it for good.

    Everything else is kept, so that the next answer can still be „unchanged“.
    """
    failures = state.failures + 1
    failed = replace(state, asked=now, failures=failures, reason=str(error))
    if isinstance(error, BadAnswer) and error.status == HTTPStatus.GONE:
        return replace(failed, gone=True, due=None)
    wish = timedelta(seconds=(error.retry_after or 0.0) if isinstance(error, BadAnswer) else 0.0)
    delay = SOONEST * 2 ** min(failures - 1, 10)  # 2 ** 10 is past a day; more would overflow some day
    return replace(failed, due=_due(max(delay, wish), FAILURE_JITTER * chance, now))


def _answered(state: FeedState, answer: Answer, now: datetime, chance: float) -> FeedState:
    unchanged = answer.headers if answer.status == HTTPStatus.OK else _validators(state) | dict(answer.headers)
    delay = max(state.interval, fresh_for(answer.headers, now))
    return replace(
        _settled(state, answer.permanent, now),
        etag=unchanged.get("etag"),
        last_modified=unchanged.get("last-modified"),
        due=_due(delay, JITTER * chance, now),
        asked=now,
        answered=now,
        failures=0,
        reason=None,
    )


def _validators(state: FeedState) -> dict[str, str]:
    known = {"etag": state.etag, "last-modified": state.last_modified}
    return {name: value for name, value in known.items() if value}


def _settled(state: FeedState, target: str | None, now: datetime) -> FeedState:
    """Count the days on which a permanent redirect led to the same place; on the third it becomes the address."""
    if target is None or target == state.url:
        return replace(state, moved_to=None, moved_days=())
    seen = state.moved_days if target == state.moved_to else ()
    days = seen if now.date() in seen else (*seen, now.date())
    if len(days) >= SETTLED_DAYS:
        return replace(state, url=target, moved_to=None, moved_days=())
    return replace(state, moved_to=target, moved_days=days)


def _due(delay: timedelta, jitter: float, now: datetime) -> datetime:
    return now + _between(delay * (1 + jitter))


def _between(delay: timedelta) -> timedelta:
    return min(max(delay, SOONEST), DAY)
