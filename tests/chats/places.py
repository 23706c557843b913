"""What a bot may ask about itself, guilds, channels and people."""

from tests.chats import openapi, payloads
from tests.chats.hall import Wrong
from tests.chats.messages import Answer, Call, number, seen, shaped, written
from tests.chats.world import DM, PERMISSIONS, THREADS, Channel, Guild, Json


def get_me(call: Call) -> Answer:
    return 200, payloads.user(call.hall.world, call.bot.id) | {"verified": True, "mfa_enabled": True, "locale": "de"}


def get_user(call: Call) -> Answer:
    return 200, payloads.user(call.hall.world, number(call.ids[0]))


def get_application(call: Call) -> Answer:
    return 200, payloads.application(call.hall.world, call.bot.id)


def get_gateway(call: Call) -> Answer:
    return 200, {"url": f"ws://{call.place}/gateway"}


def get_gateway_bot(call: Call) -> Answer:
    chosen = call.hall.settings
    left = max(0, chosen.starts - call.hall.counters.identifies)
    limit = {"total": chosen.starts, "remaining": left, "reset_after": int(1000 * chosen.starts_reset)}
    limit["max_concurrency"] = chosen.concurrency
    return 200, {"url": f"ws://{call.place}/gateway", "shards": chosen.shards, "session_start_limit": limit}


def create_direct(call: Call) -> Answer:
    """The channel of direct messages with a person: the same one each time."""
    shaped(call, "CreatePrivateChannelRequest")
    world, person = call.hall.world, number(str(call.body.get("recipient_id") or ""))
    id_ = world.direct.get((call.bot.id, person)) or world.snowflake()
    world.direct[call.bot.id, person] = id_
    world.channels.setdefault(id_, Channel(id_, DM, None, "", person=person))
    return 200, payloads.channel(world, world.channels[id_])


def get_channel(call: Call) -> Answer:
    return 200, payloads.channel(call.hall.world, seen(call))


def type_(call: Call) -> Answer:
    written(call, seen(call))
    return 204, None


def _guild(call: Call) -> Guild:
    found = call.hall.world.guilds.get(number(call.ids[0]))
    if found is None:
        raise Wrong(404, 10004, "Unknown Guild")
    return found


def get_guild(call: Call) -> Answer:
    return 200, payloads.guild(call.hall.world, _guild(call))


def list_roles(call: Call) -> Answer:
    return 200, [payloads.role(_guild(call))]


def list_channels(call: Call) -> Answer:
    guild, world = _guild(call), call.hall.world
    return 200, [payloads.channel(world, one) for one in world.channels.values() if one.guild == guild.id]


def list_active_threads(call: Call) -> Answer:
    """Every open thread of a guild that the bot may see, newest first."""
    guild, world = _guild(call), call.hall.world
    threads = [
        one
        for one in world.channels.values()
        if one.guild == guild.id
        and one.kind in THREADS
        and not one.archived
        and world.permissions(one) & PERMISSIONS["view_channel"]
    ]
    return 200, {"threads": [payloads.channel(world, one) for one in reversed(threads)], "members": []}


def get_member(call: Call) -> Answer:
    guild, person = _guild(call), number(call.ids[1])
    if person != call.bot.id and person not in guild.members:
        raise Wrong(404, 10007, "Unknown Member")
    return 200, payloads.member(call.hall.world, person)


def list_commands(call: Call) -> Answer:
    return 200, call.hall.commands.get(call.ids, [])


def put_commands(call: Call) -> Answer:
    """Replace the commands of an application, everywhere or in one guild."""
    wanted: list[Json] = list(call.body)  # the one body that is a list
    findings = [("openapi", text) for one in wanted for text in openapi.wrong("ApplicationCommandUpdateRequest", one)]
    names = [(one.get("type") or 1, one.get("name")) for one in wanted]
    if len(set(names)) < len(names):
        findings.append(("name", "Application command names must be unique."))
    if sum(kind == 1 for kind, _ in names) > 100:
        raise Wrong(400, 30032, "Maximum number of application commands reached (100)")
    if findings:
        raise call.hall.violated(call.route, findings)
    call.hall.commands[call.ids] = [_command(call, one) for one in wanted]
    return 200, call.hall.commands[call.ids]


def _command(call: Call, wanted: Json) -> Json:
    guild = {"guild_id": call.ids[1]} if len(call.ids) > 1 else {}
    defaults = {"type": 1, "description": "", "default_member_permissions": None, "nsfw": False}
    ids = {"id": str(call.hall.world.snowflake()), "application_id": call.ids[0], "version": "1"}
    return defaults | wanted | ids | guild
