"""What Slack would refuse in a message or a view, and who would be notified by it: the limits of its reference."""

import re
from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from tests.chats.slack_world import Json

BLOCKS, VIEW_BLOCKS, ALL_TEXT, TEXT = 50, 100, 13_200, 40_000
SECTION, HEADER, CONTEXT_ELEMENTS, ACTIONS, FIELDS = 3_000, 150, 10, 25, 2_000
BUTTON, VALUE, ID, OPTION, OPTIONS, PLACEHOLDER = 75, 2_000, 255, 75, 100, 150
OPTION_VALUE, OVERFLOW, METADATA, TITLE = 150, 5, 3_000, 24
KNOWN = {"header", "section", "context", "actions", "divider", "input", "markdown", "rich_text", "image"}
MENTION = re.compile(r"<!(channel|here|everyone|subteam\^\w+)(?:\|[^>]*)?>|<@([UW]\w+)(?:\|[^>]*)?>")
LOOSE = re.compile(r"&(?!amp;|lt;|gt;)")


def pings(body: Json) -> list[str]:
    """Who would be notified, whatever its text was meant to say: of the text without blocks, else of the mrkdwn."""
    told = [body.get("text", "")] if not body.get("blocks") else [one["text"] for one in mrkdwn(body["blocks"])]
    return sorted({match[1] or match[2] for text in told for match in MENTION.finditer(text)})


def wrong(body: Json) -> list[str]:
    """What of a message is against the limits."""
    blocks = body.get("blocks") or []
    found = [] if body.get("text") or blocks else ["no_text"]
    found += [f"blocks: {len(blocks)}"] if len(blocks) > BLOCKS else []
    found += ["text is missing beside blocks"] if blocks and not body.get("text") else []
    found += ["text too long"] if len(body.get("text") or "") > TEXT else []
    size = sum(len(one["text"]) for one in texts(blocks))
    found += [f"msg_blocks_too_long: {size}"] if size > ALL_TEXT else []
    return found + [line for block in blocks for line in _block(block)] + _twice(blocks)


def wrong_view(view: Json) -> list[str]:
    """What of a view is against the limits."""
    blocks = view.get("blocks") or []
    found = [f"blocks: {len(blocks)}"] if len(blocks) > VIEW_BLOCKS else []
    titles = [view.get(name) for name in ("title", "submit", "close")]
    found += [f"title: {one['text']}" for one in titles if one and not 0 < len(one["text"]) <= TITLE]
    found += ["private_metadata"] if len(view.get("private_metadata") or "") > METADATA else []
    found += ["no submit"] if any(one["type"] == "input" for one in blocks) and not view.get("submit") else []
    return found + [line for block in blocks for line in _block(block)] + _twice(blocks)


def texts(value: object) -> Iterator[Json]:
    """Every text object within."""
    if isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "plain_text", "markdown"} and isinstance(value.get("text"), str):
            yield value
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def mrkdwn(blocks: list[Json]) -> list[Json]:
    """The texts in which markup counts."""
    return [one for one in texts(blocks) if one["type"] == "mrkdwn"]


def _twice(blocks: list[Json]) -> list[str]:
    """Ids that must be there once: of blocks, and of actions within one block."""
    ids = [one["block_id"] for one in blocks if one.get("block_id")]
    found = ["block_id twice"] if len(ids) != len(set(ids)) else []
    for block in blocks:
        actions = [one["action_id"] for one in block.get("elements") or [] if one.get("action_id")]
        found += [f"action_id twice: {actions}"] if len(actions) != len(set(actions)) else []
    return found


def _block(block: Json) -> Iterator[str]:
    kind = block.get("type")
    if kind not in KNOWN:
        yield f"invalid_blocks: {kind}"
        return
    try:
        Block.parse(block).validate_json()  # type: ignore[union-attr]
    except Exception as error:  # noqa: BLE001 - the SDK's own model has a say, whatever it raises
        yield f"{kind}: {error}"
    limit = {"section": SECTION, "header": HEADER}.get(kind, SECTION)
    for one in texts([block]):
        if not one["text"] or len(one["text"]) > limit:
            yield f"{kind}: {len(one['text'])} characters"
        if one["type"] == "mrkdwn" and LOOSE.search(one["text"]):
            yield f"{kind}: a loose &"
    elements = block.get("elements") or []
    if len(elements) > {"context": CONTEXT_ELEMENTS, "actions": ACTIONS}.get(kind, OPTIONS) or (
        kind in {"context", "actions"} and not elements
    ):
        yield f"{kind}: {len(elements)} elements"
    inner = [*elements, *([block["accessory"]] if "accessory" in block else [])]
    for one in [*inner, *([block["element"]] if "element" in block else [])]:
        yield from _element(one)


def _element(one: Json) -> Iterator[str]:
    if one.get("type") == "button" and not 0 < len(one["text"]["text"]) <= BUTTON:
        yield f"button: {one['text']['text']}"
    if len(str(one.get("value") or "")) > VALUE or len(one.get("action_id") or "") > ID:
        yield "button: value or action_id"
    if "placeholder" in one and len(one["placeholder"]["text"]) > PLACEHOLDER:
        yield "placeholder"
    options = one.get("options") or []
    if len(options) > (OVERFLOW if one.get("type") == "overflow" else OPTIONS) or ("options" in one and not options):
        yield f"options: {len(options)}"
    for option in options:
        if not 0 < len(option["text"]["text"]) <= OPTION or not 0 < len(option["value"]) <= OPTION_VALUE:
            yield f"option: {option['text']['text']}"
    initial = one.get("initial_options") or ([one["initial_option"]] if "initial_option" in one else [])
    if any(option not in options for option in initial):
        yield "initial option that is none"
