"""Interactions: their callback within seconds, and what is said afterwards with their token."""

import time

from tests.chats import openapi, payloads
from tests.chats.hall import Hall, Interaction, Wrong
from tests.chats.limits import LAYOUT, broken, empty
from tests.chats.messages import Answer, Call, checked, edited, publish, put
from tests.chats.world import Channel, Json, Message

PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9
SLASH, COMPONENT = 2, 3  # kinds of interactions
EPHEMERAL, LOADING = 1 << 6, 1 << 7
SCHEMAS = {
    PONG: "PongInteractionCallbackRequest",
    MESSAGE: "CreateMessageInteractionCallbackRequest",
    DEFERRED: "CreateMessageInteractionCallbackRequest",
    DEFERRED_UPDATE: "UpdateMessageInteractionCallbackRequest",
    UPDATE: "UpdateMessageInteractionCallbackRequest",
    CHOICES: "ApplicationCommandAutocompleteCallbackRequest",
    MODAL: "ModalInteractionCallbackRequest",
}


def event_of(hall: Hall, found: Interaction, where: Channel) -> Json:
    """The event that tells a bot of it: of a command, unless it is changed."""
    world = hall.world
    may = str(world.permissions(where) & ((1 << 50) - 1))
    event: Json = {
        "id": str(found.id),
        "application_id": str(next(iter(world.bots.values())).id),
        "type": SLASH,
        "token": found.token,
        "version": 1,
        "data": {"id": "1", "type": 1, "name": "", **found.data},
        "channel_id": str(where.id),
        "channel": payloads.channel(world, where),
        "app_permissions": may,
        "locale": "de",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 0 if where.guild else 1,
        "attachment_size_limit": 10 << 20,
    }
    if where.guild is None:
        return event | {"user": payloads.user(world, found.person)}
    member = payloads.member(world, found.person) | {"permissions": may}
    guild = {"id": str(where.guild), "locale": "de", "features": []}
    return event | {"guild_id": str(where.guild), "guild_locale": "de", "guild": guild, "member": member}


def _of(call: Call) -> Interaction:
    found = call.hall.interactions.get(call.ids[1])
    if found is None:
        raise Wrong(404, 10015, "Unknown Webhook")
    if call.hall.clock() - found.created > call.hall.settings.token_life:
        raise Wrong(401, 50027, "Invalid Webhook Token")
    return found


def callback(call: Call) -> Answer:
    """The first answer: in time, and once."""
    hall, found = call.hall, call.hall.interactions.get(call.ids[1])
    if found is None or hall.clock() - found.created > hall.settings.interaction_deadline:
        raise Wrong(404, 10062, "Unknown interaction")
    if found.acknowledged is not None:
        raise Wrong(400, 40060, "Interaction has already been acknowledged.")
    kind, data = call.body.get("type", 0), call.body.get("data") or {}
    if kind not in SCHEMAS:
        raise hall.violated(call.route, [("type", "Value must be one of the known types.")])
    if hall.settings.openapi and (findings := openapi.wrong(SCHEMAS[kind], call.body)):
        raise hall.violated(call.route, [("openapi", finding) for finding in findings])
    if kind in {MESSAGE, UPDATE} and (broken_ := broken(data)):
        raise hall.violated(call.route, broken_)
    if kind == MESSAGE and empty(data):
        raise Wrong(400, 50006, "Cannot send an empty message")
    if kind == DEFERRED and (data.get("flags") or 0) & ~EPHEMERAL:
        raise hall.violated(call.route, [("flags", "Only EPHEMERAL can be set when deferring.")])
    found.acknowledged, found.answered, found.after = kind, data, hall.clock() - found.created
    found.whole = None if kind in {DEFERRED, DEFERRED_UPDATE} else found.after
    _carry(call, found, kind, data)
    return (200, _resource(call, found)) if call.query.get("with_response") in {"1", "true"} else (204, None)


def _carry(call: Call, found: Interaction, kind: int, data: Json) -> None:
    channel = call.hall.world.channels[found.channel]
    if kind in {MESSAGE, DEFERRED}:
        found.original = (
            put(call.hall, channel, call.bot.id, data) if kind == MESSAGE else _loading(call, channel, data)
        )
    elif found.message is not None:
        found.original = call.hall.world.messages.get(found.message)
        if kind == UPDATE and found.original:
            edited(call.hall, channel, found.original, data)


def _loading(call: Call, channel: Channel, data: Json) -> Message:
    message = Message(call.hall.world.snowflake(), channel.id, call.bot.id, time.time(), (data, ""))
    message.flags = LOADING | (data.get("flags") or 0)
    call.hall.world.keep(message)
    return message


def _resource(call: Call, found: Interaction) -> Json:
    told: Json = {"id": str(found.id), "type": 2, "activity_instance_id": None}
    answer: Json = {"interaction": told}
    if found.original is not None:
        told |= {
            "response_message_id": str(found.original.id),
            "response_message_loading": bool(found.original.flags & LOADING),
            "response_message_ephemeral": bool(found.original.flags & EPHEMERAL),
        }
        message = payloads.message(call.hall.world, found.original)
        answer["resource"] = {"type": found.acknowledged, "message": message}
    return answer


def follow_up(call: Call) -> Answer:
    """A further message; after a deferral the first one takes the place of the one that is loading."""
    found = _of(call)
    checked(call, call.body, "IncomingWebhookRequestPartial")
    if empty(call.body):
        raise Wrong(400, 50006, "Cannot send an empty message")
    if found.original is not None and found.original.flags & LOADING:
        _settle(call, found.original)
        found.whole = call.hall.clock() - found.created
        return 200, payloads.message(call.hall.world, found.original)
    message = put(call.hall, call.hall.world.channels[found.channel], call.bot.id, call.body)
    found.follow_ups.append(message)
    return 200, payloads.message(call.hall.world, message)


def _settle(call: Call, message: Message) -> None:
    """Put the text into a message, which then counts and pings like a new one if it was loading."""
    hall, channel = call.hall, call.hall.world.channels[message.channel]
    loading = bool(message.flags & LOADING)
    message.flags &= ~LOADING
    edited(hall, channel, message, call.body)
    if loading:
        publish(hall, channel, message)


def _response(call: Call) -> Message:
    found = _of(call)
    wanted = [found.original] if call.ids[2] == "@original" else found.follow_ups
    for message in wanted:
        if message and not message.deleted and call.ids[2] in {"@original", str(message.id)}:
            return message
    raise Wrong(404, 10008, "Unknown Message")


def get_response(call: Call) -> Answer:
    return 200, payloads.message(call.hall.world, _response(call))


def edit_response(call: Call) -> Answer:
    message = _response(call)
    checked(call, call.body, "IncomingWebhookUpdateRequestPartial", flags=message.flags & LAYOUT)
    _settle(call, message)
    found = _of(call)
    found.whole = found.whole or call.hall.clock() - found.created
    return 200, payloads.message(call.hall.world, message)


def delete_response(call: Call) -> Answer:
    _response(call).deleted = True
    return 204, None
