"""The way to Slack: the Web API, one try for each request, and the socket over which it tells what people do."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatBusy, ChatUnsure
from cogs.slack.errors import FOREIGN, ours
from cogs.slack.sockets import Ears, Socket, hold

LOG = logging.getLogger(__name__)
API = "https://slack.com/api/"
PATIENCE = 20.0  # seconds for one request
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
WRITES = frozenset({"chat.postMessage"})  # where doing it twice would be seen
Json = dict[str, Any]


class SlackClient:
    """One bot in one workspace. slack_sdk's retries are off: there is one owner of retries, and that is the outbox."""

    def __init__(self, token: str, app_token: str, api_url: str, session: aiohttp.ClientSession) -> None:
        """Ask at this address with these tokens."""
        url = (api_url or API).rstrip("/") + "/"
        self._web = AsyncWebClient(token, base_url=url, session=session, retry_handlers=[])
        if urlsplit(url).hostname in LOOPBACK:
            self._web.proxy = None
        self._session = session
        self._app_token = app_token
        self.team = self.me = self.name = self.workspace = ""
        self.ahead = timedelta()
        self._private: dict[str, str] = {}  # a person's channel

    async def login(self) -> None:
        """Ask who the bot is. Raises `TokenRefused`, or `ChatBusy` where Slack can't be reached."""
        told = await self.request("auth.test")
        self.team, self.me = str(told["team_id"]), str(told["user_id"])
        self.name, self.workspace = str(told.get("user") or ""), str(told.get("team") or "")

    async def request(self, method: str, body: Mapping[str, Any] | None = None, **query: object) -> Json:
        """One request, tried once: the answer's JSON. `body` is sent as JSON, `query` as parameters.

        Raises `ChatError`, `ChatUnsure` where a message may have been posted.
        """
        try:
            given = {"json": dict(body)} if body is not None else {"params": query}
            answer = await self._web.api_call(method, **given)
            self._compare(answer.headers)
            return dict(answer.data) if isinstance(answer.data, dict) else {}
        except FOREIGN as error:
            if isinstance(error, SlackApiError):
                self._compare(getattr(error.response, "headers", None) or {})
            raise ours(error, ChatUnsure if method in WRITES else ChatBusy) from error

    async def respond(self, url: str, body: Mapping[str, Any]) -> None:
        """Answer by a response_url. Raises `ChatError`: after 30 minutes or five answers it takes none."""
        try:
            async with self._session.post(url, json=dict(body)) as answer:
                if answer.status >= 400:  # noqa: PLR2004 - all of these are errors
                    raise ChatBusy(f"Slack nimmt die Antwort nicht an (Status {answer.status}).")
        except FOREIGN as error:
            raise ours(error, ChatBusy) from error

    async def hand(self, channel: str, name: str, text: str, comment: str) -> None:
        """Send a text file into a channel. Raises `ChatError`."""
        raw = text.encode()
        made = await self.request("files.getUploadURLExternal", filename=name, length=len(raw))
        try:
            async with self._session.post(str(made["upload_url"]), data=raw) as answer:
                answer.raise_for_status()
        except FOREIGN as error:
            raise ours(error, ChatBusy) from error
        files = [{"id": str(made["file_id"]), "title": name}]
        done = {"files": files, "channel_id": channel, "initial_comment": comment}
        await self.request("files.completeUploadExternal", done)

    async def private(self, person: str) -> str:
        """The channel of direct messages with a person. Raises `ChatError`."""
        if person not in self._private:
            opened_ = await self.request("conversations.open", {"users": person})
            self._private[person] = str(opened_["channel"]["id"])
        return self._private[person]

    async def connect(self, ears: Ears, ping: float = 5.0) -> None:
        """Hold the socket until cancelled. Raises `TokenRefused` where Slack does not know the app's token."""
        await hold(Socket(self._app_token, self._web, self._socket_url, ping), ears, self.team, self.me)

    async def check_app(self) -> None:
        """Whether a socket could be opened. Raises `ChatError`."""
        await self._socket_url()

    async def _socket_url(self) -> str:
        try:
            answer = await self._web.apps_connections_open(app_token=self._app_token)
            return str(answer["url"])
        except FOREIGN as error:
            raise ours(error, ChatBusy) from error

    def _compare(self, headers: Mapping[str, str]) -> None:
        """Compare this machine's clock to Slack's, which each answer tells in whole seconds."""
        try:
            told = parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            return
        self.ahead = datetime.now(UTC) - told


@asynccontextmanager
async def opened(token: str, app_token: str, api_url: str = "") -> AsyncIterator[SlackClient]:
    """A client that is logged in. Raises `TokenRefused`, or `ChatBusy` where Slack can't be reached."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        client = SlackClient(token, app_token, api_url, session)
        await client.login()
        yield client


async def patiently(work: Any, pause: float = 5.0, longest: float = 300.0) -> Any:  # noqa: ANN401 - whatever it returns
    """Do it until Slack can be reached, with growing pauses. Raises any other `ChatError`."""
    while True:
        try:
            return await work()
        except ChatBusy as error:
            LOG.warning("%s Next try in %.0f s", error, max(pause, error.retry_after or 0.0))
            await asyncio.sleep(max(pause, error.retry_after or 0.0))
            pause = min(2 * pause, longest)
