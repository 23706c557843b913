"""What an endpoint turned out to take. Every refusal teaches one thing; it is never asked for again.

json_schema -> json_object -> words alone      and, each on its own:
reasoning_effort -> the least it offers -> left out · temperature -> left out
max_tokens -> max_completion_tokens (OpenAI's own servers: the other way round)
"""

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

TEMPERATURE = 0.2  # news wants no imagination
OFFERED_EFFORT = re.compile(r"['\"](minimal|low)['\"]")
NAMES_THE_FORMAT = ("response_format", "json_schema", "json_object", "structured output", "grammar")


class Rung(IntEnum):
    """How firmly the shape of the answer can be asked for."""

    SCHEMA = 0
    OBJECT = 1
    WORDS = 2


@dataclass(frozen=True, slots=True)
class Abilities:
    """What is sent to one endpoint beyond the messages."""

    rung: Rung = Rung.SCHEMA
    effort: str | None = "none"
    temperature: bool = True
    limit: str = "max_tokens"
    limits_left: tuple[str, ...] = ("max_completion_tokens",)

    @classmethod
    def expected(cls, base_url: str) -> "Abilities":
        """The best guess before the first request."""
        if "openai.com" in base_url or "openai.azure.com" in base_url:
            return cls(limit="max_completion_tokens", limits_left=("max_tokens",))
        return cls()

    def parameters(self, name: str, schema: dict[str, Any], output_tokens: int) -> dict[str, Any]:
        """The request's parameters for an answer of this schema."""
        asked: dict[str, Any] = {self.limit: output_tokens}
        if self.rung is Rung.SCHEMA:
            described = {"name": name, "schema": schema, "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": described}
        elif self.rung is Rung.OBJECT:
            asked["response_format"] = {"type": "json_object"}
        if self.effort is not None:
            asked["reasoning_effort"] = self.effort
        if self.temperature:
            asked["temperature"] = TEMPERATURE
        return asked

    def without(self, refusal: str) -> "Abilities | None":
        """What is left to try after this message of the endpoint; None when it names nothing that was sent."""
        said = refusal.lower()
        if self.effort is not None and "reasoning" in said:
            return replace(self, effort=self._least_effort(said))
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.limits_left and self.limit in said:
            return replace(self, limit=self.limits_left[0], limits_left=())
        if self.rung is not Rung.WORDS and any(name in said for name in NAMES_THE_FORMAT):
            return replace(self, rung=Rung(self.rung + 1))
        return None

    def _least_effort(self, said: str) -> str | None:
        offered = OFFERED_EFFORT.search(said) if self.effort == "none" else None
        return offered[1] if offered else None
