"""The shape of an answer -> a JSON schema of plain types, which every server understands."""

from typing import Any

from pydantic import BaseModel

KEPT = (
    "type",
    "enum",
    "const",
)  # llama.cpp refuses long length keywords, others ignore them; pydantic checks afterwards


def plain_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The schema of this shape: types, enumerations, all fields required, nothing else; references written out."""
    full = shape.model_json_schema()
    return _plain(full, full.get("$defs", {}))


def _plain(node: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _plain(named[node["$ref"].rpartition("/")[2]], named)
    kept: dict[str, Any] = {key: node[key] for key in KEPT if key in node}
    if "anyOf" in node:
        kept["anyOf"] = [_plain(option, named) for option in node["anyOf"]]
    if "items" in node:
        kept["items"] = _plain(node["items"], named)
    if "properties" in node:
        kept["properties"] = {name: _plain(field, named) for name, field in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept
