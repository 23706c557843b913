"""The limits that a message must keep, beyond the shape of its fields (Discord's developer documentation)."""

from collections.abc import Iterator

from tests.chats.pings import TEXT_DISPLAY, parts
from tests.chats.world import Json

LAYOUT = 1 << 15  # the flag IS_COMPONENTS_V2
ROW, BUTTON, SELECT, SECTION, GALLERY, CONTAINER = 1, 2, 3, 9, 12, 17
SELECTS = frozenset({3, 5, 6, 7, 8})
OLD = SELECTS | {ROW, BUTTON}
CHECKED = SELECTS | {ROW, BUTTON, SECTION}
LINK, PREMIUM = 5, 6

# (field, least, most, what one is)
SIZES: dict[int, tuple[tuple[str, int, int], ...]] = {
    ROW: (("components", 1, 5),),
    BUTTON: (("label", 0, 80), ("url", 0, 512), ("custom_id", 1, 100)),
    SELECT: (("options", 1, 25), ("placeholder", 0, 150), ("custom_id", 1, 100)),
    **dict.fromkeys(SELECTS - {SELECT}, (("placeholder", 0, 150), ("custom_id", 1, 100))),
    SECTION: (("components", 1, 3),),
    TEXT_DISPLAY: (("content", 1, 4000),),
    GALLERY: (("items", 1, 10),),
    CONTAINER: (("components", 1, 40),),
}
EMBED = (("title", 256), ("description", 4096), ("fields", 25))
NESTED = (("footer", "text", 2048), ("author", "name", 256))


def broken(body: Json, *, flags: int = 0) -> list[tuple[str, str]]:
    """The limits this message breaks, as (field, what is wrong). `flags`: those the message has already."""
    flags |= body.get("flags") or 0
    components = body.get("components") or []
    every = parts(components)
    return [
        *_plain(body),
        *(_layout(body, every) if flags & LAYOUT else _rows(components, every)),
        *_components(every),
        *_embeds(body.get("embeds") or []),
    ]


def empty(body: Json) -> bool:
    """Whether there is nothing in it to show."""
    return not ((body.get("content") or "").strip() or any(body.get(key) for key in SHOWN))


SHOWN = ("embeds", "components", "attachments", "sticker_ids", "poll", "message_reference")


def _plain(body: Json) -> Iterator[tuple[str, str]]:
    if len(body.get("content") or "") > 2000:
        yield "content", "Must be 2000 or fewer in length."
    nonce = body.get("nonce")
    if isinstance(nonce, str) and len(nonce) > 25:
        yield "nonce", "Must be 25 or fewer in length."
    allowed = body.get("allowed_mentions") or {}
    for noun in ("users", "roles"):
        if allowed.get(noun) and noun in (allowed.get("parse") or []):
            yield "allowed_mentions", f'parse:["{noun}"] and {noun}: [ids...] are mutually exclusive.'


def _layout(body: Json, every: list[Json]) -> Iterator[tuple[str, str]]:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            yield key, "The 'IS_COMPONENTS_V2' flag cannot be used with this field."
    if "components" in body and not every:
        yield "components", "This field is required with the 'IS_COMPONENTS_V2' flag."
    if len(every) > 40:
        yield "components", "The total number of components must be 40 or fewer."
    if sum(len(part.get("content") or "") for part in every if part.get("type") == TEXT_DISPLAY) > 4000:
        yield "components", "The total length of the text must be 4000 or fewer."


def _rows(components: list[Json], every: list[Json]) -> Iterator[tuple[str, str]]:
    if len(components) > 5:
        yield "components", "Must be between 1 and 5 in length."
    if any(part.get("type") != ROW for part in components):
        yield "components", "Only action rows stand at the top without the 'IS_COMPONENTS_V2' flag."
    if any(part.get("type") not in OLD for part in every):
        yield "components", "This component needs the 'IS_COMPONENTS_V2' flag."


def _components(every: list[Json]) -> Iterator[tuple[str, str]]:
    for part in every:
        kind = part.get("type", 0)
        for field, least, most in SIZES.get(kind, ()):
            if part.get(field) is not None and not least <= len(part[field]) <= most:
                yield field, f"Must be between {least} and {most} in length."
        if kind in CHECKED:
            yield from _pressed(part, kind)
        if kind == SELECT:
            yield from _options(part.get("options") or [])
    names = [part["custom_id"] for part in every if part.get("custom_id")]
    if len(set(names)) < len(names):
        yield "custom_id", "Component custom id cannot be duplicated."


def _pressed(part: Json, kind: int) -> Iterator[tuple[str, str]]:
    if kind == BUTTON:
        linked = part.get("style") == LINK
        if linked != bool(part.get("url")) or (linked and part.get("custom_id")):
            yield "url", "A link button has a url and no custom id, another one no url."
    if kind in SELECTS or (kind == BUTTON and part.get("style") not in {LINK, PREMIUM}):
        yield from () if part.get("custom_id") else (("custom_id", "This field is required."),)
    if kind == ROW and len(inside := part.get("components") or []) > 1 and {p.get("type") for p in inside} != {BUTTON}:
        yield "components", "A row holds one select menu or only buttons."
    if kind == SECTION and not part.get("accessory"):
        yield "accessory", "This field is required."


def _options(options: list[Json]) -> Iterator[tuple[str, str]]:
    for option in options:
        if not (1 <= len(option.get("label") or "") <= 100 and 1 <= len(option.get("value") or "") <= 100):
            yield "options", "Label and value must be between 1 and 100 in length."
        if len(option.get("description") or "") > 100:
            yield "options", "Description must be 100 or fewer in length."


def _embeds(embeds: list[Json]) -> Iterator[tuple[str, str]]:
    if len(embeds) > 10:
        yield "embeds", "Must be 10 or fewer in length."
    total = 0
    for embed in embeds:
        fields = embed.get("fields") or []
        sized = [(key, embed.get(key) or "", most) for key, most in EMBED]
        sized += [(key, (embed.get(key) or {}).get(inner) or "", most) for key, inner, most in NESTED]
        sized += [("name", one.get("name") or "", 256) for one in fields]
        sized += [("value", one.get("value") or "", 1024) for one in fields]
        yield from ((key, f"Must be {most} or fewer in length.") for key, value, most in sized if len(value) > most)
        total += sum(len(value) for _, value, _ in sized if isinstance(value, str))
    if total > 6000:
        yield "embeds", "Embed size exceeds maximum size of 6000."
