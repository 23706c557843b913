"""Environment (and .env) -> one frozen Settings; the only reader of os.environ."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).parent
# What hosts set whose disk is that of the code, and new at each start: Heroku, Render, Railway, Fly, Cloud Run, Koyeb.
FLEETING = AliasChoices("DYNO", "RENDER", "RAILWAY_ENVIRONMENT", "FLY_APP_NAME", "K_SERVICE", "KOYEB_APP_NAME")


class Settings(BaseSettings):
    """Everything an operator can set; every name is that of its environment variable."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    discord_token: str = Field(default="", repr=False)
    discord_api_url: str = "https://discord.com/api/v10"
    discord_gateway_url: str = ""  # empty: Discord's own
    slack_bot_token: str = Field(default="", repr=False)
    slack_app_token: str = Field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    slack_admins: str = ""  # ids of people, with commas between them
    openai_api_key: str = Field(default="", repr=False)
    openai_base_url: str = "https://api.openai.com/v1"
    openai_model: str = "gpt-6-luna"
    llm_fallbacks: str = ""  # model@base_url, …
    llm_fallback_keys: str = Field(default="", repr=False)
    llm_daily_tokens: int = Field(default=2_000_000, ge=0)
    llm_judge: str = ""  # on, or model@base_url; empty or off: none
    llm_judge_key: str = Field(default="", repr=False)  # empty: that of the endpoint at the same address, if any
    llm_prices: str = ""  # model=read/written[/cached], …; US dollars for a million tokens
    database_url: str = Field(default="", repr=False)  # may hold a password
    data_dir: Path = Path("data")
    fleeting: str = Field(default="", validation_alias=FLEETING)  # not empty on such a host
    feeds_file: Path = HERE / "feeds.toml"
    topics_file: Path = HERE / "topics.toml"
    private_hosts: str = ""  # host:port, …
    timezone: str = "Europe/Berlin"
    collect_minutes: int = Field(default=5, ge=1, le=60)
    log_format: Literal["text", "json"] = "text"
    public_url: str = Field(default="", pattern=r"^(https?://[^\s/?#]+/?)?$")  # of the pages, as others know them
    web_host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)  # of the pages; the name is that of Procfile hosts
    host_spacing: float = Field(default=1.0, ge=0)  # seconds
    shard_ids: str = ""  # 0,1 or 0-3; empty: all
    shard_count: int | None = Field(default=None, ge=1, le=16_384)  # none: as many as Discord recommends

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        """Paths bring their own."""
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _driver(cls, url: str) -> str:
        """Hosts give `postgres://`; we speak psycopg."""
        for scheme in ("postgres://", "postgresql://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url


def bounds() -> dict[str, tuple[float | None, float | None]]:
    """The least and the most that a setting can be, of each that has any."""
    found = {name: (_limit(field, "ge"), _limit(field, "le")) for name, field in Settings.model_fields.items()}
    return {name: limits for name, limits in found.items() if limits != (None, None)}


def _limit(field: FieldInfo, kind: str) -> float | None:
    return next((float(getattr(told, kind)) for told in field.metadata if hasattr(told, kind)), None)
