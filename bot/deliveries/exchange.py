"""Subscriptions <-> one JSON document, to move them from one newsroom to another or to edit them by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.deliveries import alert_exchange, typed
from bot.deliveries.interests import check_count, valid
from bot.deliveries.places import id_of, place
from bot.errors import UserError
from bot.german.spelling import named
from bot.model import Alert, Empty, Importance, Length, Subscription, interests_of

VERSION = 1
DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
CUTOFFS = (1, 48)  # hours; a new process looks back for no more
# What each field can be; shown where it is something else.
POSSIBLE = {
    "channel": "ein Ort wie discord:SERVER/KANAL",
    "name": f"1 bis {typed.NAME} Zeichen in einer Zeile",
    "time": "eine Uhrzeit wie 07:00",
    "timezone": "ein Name wie Europe/Berlin",
    "weekdays": f"mindestens einer von {', '.join(DAYS)}",
    "topics": "eine Liste von Themen (Schlüssel) und eigenen Wörtern (wie „Solarzelle“), auch mit -; leer für alle",
    "length": ", ".join(Length),
    "stories": f"{typed.STORIES[0]} bis {typed.STORIES[-1]}",
    "importance": ", ".join(Importance),
    "empty": ", ".join(Empty),
    "holidays": "ein Code wie DE-BY; leer für keine Feiertage",
    "recap": "true oder false",
    "cutoff": f"{CUTOFFS[0]} bis {CUTOFFS[1]} (Stunden)",
    "public": "true oder false",
    "chart": "true oder false",
    "paused": "true oder false",
    "reason": "ein Text oder null",
}


def _same(text: str, read: str) -> str:
    """Only the one way of writing that we write ourselves is taken."""
    if text != read:
        raise ValueError(text)
    return text


def _place(text: str) -> str:
    return _same(text, place(text).place)


def _name(text: str) -> str:
    return _same(text, typed.name_of(text))


def _time(text: str) -> str:
    return _same(text, f"{typed.time_of(text):%H:%M}")


def _zone(text: str) -> str:
    return _same(text, typed.timezone_of(text))


def _region(text: str) -> str:
    return _same(text, typed.holidays_of(text))


def _listed(value: object) -> object:
    """JSON has lists, values have tuples."""
    return tuple(value) if isinstance(value, list) else value


def _once(days: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(days)) < len(days):
        raise ValueError(days)
    return days


Day = Literal["mo", "di", "mi", "do", "fr", "sa", "so"]


class _Entry(BaseModel):
    """One subscription as the document holds it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    channel: Annotated[str, AfterValidator(_place)]
    name: Annotated[str, AfterValidator(_name)]
    time: Annotated[str, AfterValidator(_time)]
    timezone: Annotated[str, AfterValidator(_zone)]
    topics: Annotated[tuple[str, ...], BeforeValidator(_listed)]
    weekdays: Annotated[tuple[Day, ...], BeforeValidator(_listed), Field(min_length=1), AfterValidator(_once)]
    length: Annotated[Length, Field(strict=False)]
    stories: Annotated[int, Field(ge=typed.STORIES[0], le=typed.STORIES[-1])]
    importance: Annotated[Importance, Field(strict=False)]
    empty: Annotated[Empty, Field(strict=False)]
    holidays: Annotated[str, AfterValidator(_region)]
    recap: bool
    cutoff: Annotated[int, Field(ge=CUTOFFS[0], le=CUTOFFS[1])]
    public: bool
    chart: bool
    paused: bool
    reason: str | None


def as_json(subscription: Subscription) -> dict[str, Any]:
    """One subscription as JSON. Its id is left out: channel and name make it."""
    return {
        "channel": subscription.channel.place,
        "name": subscription.name,
        "time": f"{subscription.at:%H:%M}",
        "timezone": subscription.zone,
        "topics": list(subscription.topics),
        "weekdays": [DAYS[day] for day in sorted(subscription.weekdays)],
        "length": subscription.length.value,
        "stories": subscription.stories,
        "importance": subscription.importance.value,
        "empty": subscription.empty.value,
        "holidays": subscription.holidays,
        "recap": subscription.recap,
        "cutoff": subscription.cutoff,
        "public": subscription.public,
        "chart": subscription.chart,
        "paused": subscription.paused,
        "reason": subscription.reason,
    }


def of_json(entry: object, topics: Collection[str] | None = None) -> Subscription:
    """What `as_json` wrote. Raises `UserError`, naming the field. `topics`: the keys there are, where that matters."""
    if not isinstance(entry, Mapping):
        raise UserError("Erwartet wird ein JSON-Objekt mit channel, name, time und den übrigen Feldern.")
    try:
        read = _Entry.model_validate(entry)
    except ValidationError as error:
        raise UserError(_wrong(error, entry)) from error
    known = None if topics is None else set(topics)
    unknown = [topic for topic in read.topics if not valid(topic, known)]
    if unknown:
        raise UserError(f"Das Thema {named(unknown[0])} gibt es hier nicht.")
    check_count(interests_of(read.topics))
    return _subscription(read)


def document(subscriptions: Sequence[Subscription], alerts: Sequence[Alert] = ()) -> dict[str, Any]:
    """All of them as one JSON document; `alerts` are named in it only where there are any."""
    told = {"version": VERSION, "subscriptions": [as_json(one) for one in subscriptions]}
    return told | ({"alerts": [alert_exchange.as_json(one) for one in alerts]} if alerts else {})


def alerts_of_document(content: object, topics: Collection[str] | None = None) -> list[Alert]:
    """The alerts of a document that `of_document` takes. Raises `UserError`, naming the entry."""
    listed = content.get("alerts", []) if isinstance(content, Mapping) else []
    if not isinstance(listed, list):
        raise UserError("In alerts wird eine Liste erwartet.")
    return alert_exchange.of_list(listed, topics)


def of_document(content: object, topics: Collection[str] | None = None) -> list[Subscription]:
    """The subscriptions of a document. Raises `UserError`, naming the entry: all are taken, or none."""
    if not isinstance(content, Mapping) or set(content) - {"alerts"} != {"version", "subscriptions"}:
        raise UserError("Das ist kein Export von Depesche. Erwartet wird ein Objekt mit version und subscriptions.")
    if content["version"] is True or content["version"] != VERSION:
        raise UserError(f"Diese Fassung des Exports ist nicht bekannt. Lesbar ist version {VERSION}.")
    if not isinstance(content["subscriptions"], list):
        raise UserError("In subscriptions wird eine Liste erwartet.")
    found: dict[int, Subscription] = {}
    for n, entry in enumerate(content["subscriptions"], start=1):
        subscription = _numbered(n, entry, topics)
        if subscription.id in found:
            raise UserError(f"Eintrag {n}: {_told(entry)} steht schon weiter oben. Bitte einen der beiden umbenennen.")
        found[subscription.id] = subscription
    return list(found.values())


def _numbered(n: int, entry: object, topics: Collection[str] | None) -> Subscription:
    try:
        return of_json(entry, topics)
    except UserError as error:
        told = _told(entry)
        raise UserError(f"Eintrag {n}{f' ({told})' if told else ''}: {error}") from error


def _told(entry: object) -> str:
    """How people know an entry: by its name and place, as far as it has them."""
    parts = [entry.get("name"), entry.get("channel")] if isinstance(entry, Mapping) else []
    return " in ".join(named(part) if n == 0 else part for n, part in enumerate(parts) if isinstance(part, str))


def _wrong(error: ValidationError, entry: Mapping[object, object]) -> str:
    """The first mistake, in German."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    if field not in POSSIBLE:
        return f"Das Feld {named(field)} gibt es nicht. Möglich sind: {', '.join(POSSIBLE)}."
    if field not in entry:
        return f"Das Feld „{field}“ fehlt. Möglich: {POSSIBLE[field]}."
    return f"Das Feld „{field}“ hat keinen gültigen Wert: {named(str(entry[field]))}. Möglich: {POSSIBLE[field]}."


def _subscription(read: _Entry) -> Subscription:
    channel = place(read.channel)
    at = time.fromisoformat(read.time)
    subscription = Subscription(id_of(channel, read.name), channel, read.name, at, read.timezone)
    return replace(
        subscription,
        topics=read.topics,
        weekdays=frozenset(map(DAYS.index, read.weekdays)),
        length=read.length,
        stories=read.stories,
        importance=read.importance,
        empty=read.empty,
        holidays=read.holidays,
        recap=read.recap,
        cutoff=read.cutoff,
        public=read.public,
        chart=read.chart,
        paused=read.paused,
        reason=read.reason,
    )
