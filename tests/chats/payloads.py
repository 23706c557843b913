"""Nouns of the stand-in as Discord writes them in JSON."""

from datetime import UTC, datetime

from tests.chats.world import BOT, DM, PERMISSIONS, THREADS, Channel, Guild, Json, Message, World

ALL = sum(PERMISSIONS.values())


def moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user(world: World, id_: int) -> Json:
    """A person or a bot; who is not known is made up."""
    bot = next((one for one in world.bots.values() if one.id == id_), None)
    return {
        "id": str(id_),
        "username": bot.name if bot else f"person-{id_}",
        "discriminator": "0000" if bot else "0",
        "global_name": None,
        "avatar": None,
        "bot": bot is not None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
    }


def application(world: World, id_: int = BOT) -> Json:
    return {
        "id": str(id_),
        "name": user(world, id_)["username"],
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "type": None,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "hook": True,
        "owner": user(world, 1),
        "team": None,
        "summary": "",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
    }


def channel(world: World, one: Channel) -> Json:
    """A channel, a thread or direct messages."""
    last = str(one.messages[-1].id) if one.messages else None
    shown: Json = {"id": str(one.id), "type": one.kind, "last_message_id": last, "flags": 0}
    if one.kind == DM:
        return shown | {"recipients": [user(world, one.person or 0)]}
    shown |= {"guild_id": str(one.guild), "name": one.name, "rate_limit_per_user": int(one.slowmode)}
    if one.kind in THREADS:
        return shown | _thread(one)
    overwrites = [] if one.permissions is None else [_overwrite(bot.id, one.permissions) for bot in world.bots.values()]
    more = {"position": 0, "parent_id": None, "topic": None, "nsfw": False, "permission_overwrites": overwrites}
    return shown | more | {"available_tags": [], "default_auto_archive_duration": 1440}


def _overwrite(bot: int, allowed: int) -> Json:
    return {"id": str(bot), "type": 1, "allow": str(allowed), "deny": str(ALL & ~allowed)}


def _thread(one: Channel) -> Json:
    state = {
        "archived": one.archived,
        "locked": one.locked,
        "auto_archive_duration": 1440,
        "archive_timestamp": moment(0),
        "create_timestamp": moment(0),
    }
    return {
        "parent_id": str(one.parent),
        "owner_id": str(one.owner),
        "message_count": len(one.messages),
        "member_count": 1,
        "total_message_sent": len(one.messages),
        "applied_tags": [],
        "thread_metadata": state,
    }


def role(guild: Guild) -> Json:
    """The role of everyone, the only one."""
    return {
        "id": str(guild.id),
        "name": "@everyone",
        "permissions": str(guild.permissions),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }


def member(world: World, id_: int) -> Json:
    return {
        "user": user(world, id_),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": moment(1_600_000_000),
        "premium_since": None,
        "banner": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }


UNSET = (
    "icon banner splash discovery_splash home_header description application_id afk_channel_id system_channel_id"
    " rules_channel_id public_updates_channel_id safety_alerts_channel_id widget_channel_id vanity_url_code"
    " incidents_data"
).split()


def guild(world: World, one: Guild) -> Json:
    """What REST answers."""
    numbers = ("verification_level", "default_message_notifications", "explicit_content_filter", "mfa_level")
    more = ("premium_tier", "nsfw_level", "system_channel_flags", "premium_subscription_count")
    limits = ("max_presences", "max_members", "max_stage_video_channel_users", "max_video_channel_users")
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner),
        "roles": [role(one)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "preferred_locale": "de",
        "region": "deprecated",
        "afk_timeout": 60,
        "nsfw": False,
        "widget_enabled": False,
        "premium_progress_bar_enabled": False,
        **dict.fromkeys((*numbers, *more, *limits), 0),
        **dict.fromkeys(UNSET),
    }


def whole_guild(world: World, one: Guild, bot: int) -> Json:
    """What GUILD_CREATE brings."""
    inside = [each for each in world.channels.values() if each.guild == one.id]
    return guild(world, one) | {
        "joined_at": moment(1_600_000_000),
        "large": False,
        "unavailable": False,
        "member_count": 1 + len(one.members),
        "members": [member(world, bot)],
        "channels": [channel(world, each) for each in inside if each.kind not in THREADS],
        "threads": [channel(world, each) for each in inside if each.kind in THREADS],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
    }


def message(world: World, one: Message) -> Json:
    """A message as it is read; its nonce is shown only to whoever makes it or hears of it being made."""
    named = [ping.partition(":") for ping in one.pings]
    shown: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel),
        "type": 19 if "message_reference" in one.body else 0,
        "author": user(world, one.author),
        "content": one.body.get("content") or "",
        "timestamp": moment(one.created),
        "edited_timestamp": moment(one.edited) if one.edited else None,
        "tts": False,
        "mention_everyone": any(noun in {"everyone", "here"} for noun, _, _ in named),
        "mentions": [user(world, int(id_)) for noun, _, id_ in named if noun == "user"],
        "mention_roles": [id_ for noun, _, id_ in named if noun == "role"],
        "attachments": one.body.get("attachments") or [],
        "embeds": [{"type": "rich", **embed} for embed in one.body.get("embeds") or []],
        "components": one.body.get("components") or [],
        "flags": one.flags,
        "pinned": False,
    }
    if "message_reference" in one.body:
        shown["message_reference"] = {"channel_id": str(one.channel), **one.body["message_reference"]}
    if "webhook_id" in one.body:
        shown["webhook_id"] = one.body["webhook_id"]
    if one.thread is not None and one.thread in world.channels:
        shown["thread"] = channel(world, world.channels[one.thread])
    return shown
