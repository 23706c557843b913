"""Where models are asked: an address, a key and a model's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import SetupError

OUTPUT_TOKENS = 2_000  # a German story of five sentences as JSON takes about 500
FALLBACK = re.compile(r"(?P<model>.+?)@(?P<url>https?://\S+)")  # a model's name may hold an @ itself
ON, OFF = "on", ("off", "")  # of `LLM_JUDGE`
ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model at one OpenAI-compatible address. The key is empty for servers that want none.

    Raises `SetupError` for what can't be an address, a key or a model's name.
    """

    model: str
    base_url: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise SetupError("Es fehlt der Name des Sprachmodells. Bitte OPENAI_MODEL setzen, etwa auf gpt-6-luna.")
        if not ADDRESS.fullmatch(self.base_url):
            raise SetupError(f"„{self.base_url}“ ist keine Adresse eines Sprachmodells. Erwartet wird http(s)://…/v1.")
        if not (self.key.isascii() and self.key.isprintable()) or " " in self.key:
            raise SetupError(f"Der Schlüssel für {self.model} enthält unzulässige Zeichen. Bitte neu kopieren.")


def parse_fallbacks(fallbacks: str, keys: str) -> list[Endpoint]:
    """The endpoints of `LLM_FALLBACKS`, each with its key of `LLM_FALLBACK_KEYS`, in order.

    Without any keys, none of them wants one; a single one without a key has an empty place in the list.
    Raises `SetupError` for what can't be read.
    """
    wanted = _items(fallbacks)
    given = _items(keys) or [""] * len(wanted)
    if len(given) != len(wanted):
        raise SetupError(
            f"LLM_FALLBACKS nennt {len(wanted)} Modelle, LLM_FALLBACK_KEYS aber {len(given)} Schlüssel. "
            "Bitte je Modell einen Schlüssel angeben, mit leerer Stelle, wo keiner nötig ist."
        )
    return [_endpoint(item, key) for item, key in zip(wanted, given, strict=True)]


def parse_judge(wanted: str, key: str, known: Sequence[Endpoint]) -> Endpoint | None:
    """The endpoint of `LLM_JUDGE`; None where the configured model (`on`) or nobody judges.

    Without a key of its own it has that of a `known` endpoint at the same address. Raises `SetupError`.
    """
    if wanted.strip().lower() in {*OFF, ON}:
        return None
    found = FALLBACK.fullmatch(wanted.strip())
    if not found:
        raise SetupError(f"LLM_JUDGE: „{wanted}“ geht nicht; möglich sind on, off oder modell@https://adresse/v1.")
    there = (one.key for one in known if one.base_url.rstrip("/") == found["url"].rstrip("/"))
    return Endpoint(found["model"], found["url"], key or next(there, ""))


def _items(listed: str) -> list[str]:
    return [item.strip() for item in listed.split(",")] if listed.strip() else []


def _endpoint(item: str, key: str) -> Endpoint:
    found = FALLBACK.fullmatch(item)
    if not found:
        raise SetupError(f"„{item}“ in LLM_FALLBACKS ist nicht lesbar. Erwartet wird modell@https://adresse/v1.")
    return Endpoint(found["model"], found["url"], key)
