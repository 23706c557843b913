"""Who would be notified by a message. Code and backslashes protect nobody here: what might notify, does."""

import re

from tests.chats.world import Json

MENTION = re.compile(r"@(everyone|here)|<@(!?|&)(\d+)>")
TEXT_DISPLAY = 10


def parts(components: list[Json]) -> list[Json]:
    """Every component, nested ones and accessories included, in the order they are shown."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        if inside := component.get("components"):
            found += parts(inside)
        if accessory := component.get("accessory"):
            found.append(accessory)
    return found


def text_of(body: Json) -> str:
    """What readers see of a message: its content and text displays, a line break between them. Numbers components."""
    shown: list[str] = []
    for place, part in enumerate(parts(body.get("components") or []), 1):
        part.setdefault("id", place)
        if part.get("type") == TEXT_DISPLAY:
            shown.append(part["content"])
    return "\n".join([body["content"], *shown] if body.get("content") else shown)


def pings(text: str, allowed: Json | None, replied: int | None = None) -> list[str]:
    """`everyone`, `here`, `user:ID`, `role:ID`, sorted. Without `allowed_mentions` all count, as Discord has it."""
    found = {_mentioned(match, allowed) for match in MENTION.finditer(text)} if "@" in text else set()
    if replied is not None and (allowed is None or allowed.get("replied_user")):
        found.add(f"user:{replied}")
    return sorted(found - {""})


def _mentioned(match: re.Match[str], allowed: Json | None) -> str:
    all_, sign, id_ = match.groups()
    if all_:
        return all_ if allowed is None or "everyone" in (allowed.get("parse") or []) else ""
    noun = "role" if sign == "&" else "user"
    named = {str(one) for one in (allowed or {}).get(f"{noun}s") or []}
    parsed = allowed is None or f"{noun}s" in (allowed.get("parse") or [])
    return f"{noun}:{id_}" if parsed or id_ in named else ""
