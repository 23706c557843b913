"""One GET over a real socket: what is sent, what counts as an answer, and where redirects lead."""

import asyncio
import urllib.request

import pytest

from bot.errors import BadAnswer, Refused
from bot.ports import Request
from tests.servers import AGENT, Origin, always, asking, by_path, names, reply, serving, trusting

FEED = b"<rss><channel><title>Neues</title></channel></rss>"


async def test_sends_who_we_are_and_little_else() -> None:
    async with serving(always(reply(200, FEED, set_cookie="a=b"))) as origin, asking(origin) as web:
        await web.get(Request(origin.url("/feed?a=b%26c%2B")))
        await web.get(Request(origin.url("/für uns")))
    first, second = origin.asked
    assert first.path == "/feed?a=b%26c%2B"
    assert first.headers["user-agent"] == AGENT
    assert first.headers["accept-encoding"] == "gzip"
    assert set(first.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert second.path == "/f%C3%BCr%20uns"
    assert "cookie" not in second.headers


async def test_tells_body_headers_and_address() -> None:
    answer = reply(200, FEED, packed=True, ETag='"a"', Last_Modified="gestern", X_Twice="1\r\nX-Twice: 2")
    async with serving(always(answer)) as origin, asking(origin) as web:
        told = await web.get(Request(origin.url("/feed#top")))
    assert (told.status, told.body, told.url, told.permanent) == (200, FEED, origin.url("/feed"), None)
    assert (told.headers["etag"], told.headers["last-modified"], told.headers["x-twice"]) == ('"a"', "gestern", "1, 2")


async def test_unchanged_only_counts_for_what_was_known() -> None:
    async with serving(always(reply(304, ETag='"a"'))) as origin, asking(origin) as web:
        told = await web.get(Request(origin.url(), etag='W/"a b"', last_modified="gestern"))
        assert (told.status, told.body) == (304, b"")
        with pytest.raises(BadAnswer) as refused:
            await web.get(Request(origin.url()))
    assert refused.value.status == 304
    assert origin.asked[0].headers["if-none-match"] == 'W/"a b"'
    assert origin.asked[0].headers["if-modified-since"] == "gestern"


@pytest.mark.parametrize("etag", ['"' + "x" * 8_000 + '"', '"ä"'])
async def test_an_unusable_etag_is_forgotten(etag: str) -> None:
    async with serving(always(reply(200, FEED, ETag=etag))) as origin, asking(origin) as web:
        assert "etag" not in (await web.get(Request(origin.url()))).headers


async def test_every_status_has_its_reason() -> None:
    reasons = {}
    for status in (204, 206, 300, 400, 401, 402, 403, 404, 410, 418, 429, 451, 500, 502, 503):
        async with serving(always(reply(status))) as origin, asking(origin) as web:
            with pytest.raises(BadAnswer) as refused:
                await web.get(Request(origin.url()))
        assert refused.value.status == status
        assert str(status) in str(refused.value)
        reasons[status] = str(refused.value).replace(str(status), "")
    assert len({reasons[status] for status in (401, 402, 403, 404, 410, 429, 451, 500, 503)}) == 9
    assert reasons[500] == reasons[502]


async def test_a_challenge_is_told_from_a_plain_refusal() -> None:
    async with serving(always(reply(403, b"no", CF_Mitigated="challenge"))) as origin, asking(origin) as web:
        with pytest.raises(BadAnswer, match="Menschen"):
            await web.get(Request(origin.url()))


@pytest.mark.parametrize("status", [429, 503])
async def test_how_long_to_wait_is_handed_on(status: int) -> None:
    async with serving(always(reply(status, b"", Retry_After="120"))) as origin, asking(origin) as web:
        with pytest.raises(BadAnswer) as refused:
            await web.get(Request(origin.url()))
    assert refused.value.retry_after == 120


class TestRedirects:
    async def follow(self, *hops: tuple[int, str]) -> tuple[str, str | None]:
        """Where a chain of redirects ends, and its permanent part; paths only."""
        answers = {f"/{n}": reply(status, b"go", Location=to) for n, (status, to) in enumerate(hops)}
        async with serving(by_path({**answers, "/end": reply(200, FEED)})) as origin, asking(origin) as web:
            told = await web.get(Request(origin.url("/0")))
        return told.url.removeprefix(origin.url("")), told.permanent and told.permanent.removeprefix(origin.url(""))

    async def test_follows_relative_and_absolute(self) -> None:
        assert await self.follow((302, "1"), (303, "/2"), (307, "./end")) == ("/end", None)

    async def test_what_301_and_308_alone_led_to_is_permanent(self) -> None:
        assert await self.follow((301, "/1"), (308, "/end")) == ("/end", "/end")
        assert await self.follow((301, "/1"), (302, "/end")) == ("/end", "/1")
        assert await self.follow((302, "/1"), (301, "/end")) == ("/end", None)
        assert await self.follow((307, "/end")) == ("/end", None)

    async def test_five_are_followed_and_not_one_more(self) -> None:
        five = [(302, f"/{n}") for n in range(1, 5)]
        assert await self.follow(*five, (302, "/end")) == ("/end", None)
        with pytest.raises(BadAnswer, match="leitet immer weiter"):
            await self.follow(*five, (302, "/5"), (302, "/end"))

    async def test_validators_go_along(self) -> None:
        answers = {"/": reply(301, b"", Location="/new"), "/new": reply(304)}
        async with serving(by_path(answers)) as origin, asking(origin) as web:
            assert (await web.get(Request(origin.url(), etag='"a"'))).permanent == origin.url("/new")

    @pytest.mark.parametrize(
        "location", ["file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "data:,x"]
    )
    async def test_other_schemes_are_refused(self, location: str) -> None:
        with pytest.raises(Refused):
            await self.follow((302, location))

    async def test_without_a_target_is_no_answer(self) -> None:
        async with serving(always(reply(302, b""))) as origin, asking(origin) as web:
            with pytest.raises(BadAnswer, match="wohin"):
                await web.get(Request(origin.url()))

    async def test_from_https_to_http_is_refused(self) -> None:
        async with serving(always(reply(200, FEED))) as plain:
            go = reply(302, b"", Location=plain.url())
            async with serving(always(go), name="localhost", certificate="localhost.pem") as secure:
                tls, lookup = trusting("localhost.pem"), names({"localhost": ("127.0.0.1",)})
                async with asking(plain, secure, tls=tls, lookup=lookup) as web:
                    with pytest.raises(Refused, match="unsicher"):
                        await web.get(Request(secure.url()))
            assert not plain.asked


class TestPrey:
    """A server in the own network must not hear of us; with leave to reach it, the same requests do."""

    async def test_by_address_name_and_redirect(self) -> None:
        table = {"public.example": ("127.0.0.1",), "mixed.example": ("9.9.9.9", "127.0.0.1")}
        async with serving(always(reply(200, FEED))) as prey:
            go = reply(302, b"", Location=prey.url("/secret"))
            async with serving(always(go)) as lure, asking(lure, lookup=names(table)) as web:
                for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]", *table):
                    with pytest.raises(Refused):
                        await web.get(Request(f"http://{host}:{prey.port}/"))
                with pytest.raises(Refused):
                    await web.get(Request(lure.url()))
            assert (prey.connections, lure.connections) == (0, 1)

    async def test_control_with_leave(self) -> None:
        table = {"public.example": ("127.0.0.1",)}
        async with serving(always(reply(200, FEED))) as prey:
            named = Origin(prey.port, name="public.example")
            async with (
                serving(always(reply(302, b"", Location=prey.url("/secret")))) as lure,
                asking(prey, named, lure, lookup=names(table)) as web,
            ):
                for url in (prey.url(), named.url(), lure.url()):
                    await web.get(Request(url))
            assert prey.connections > 0
            assert prey.paths == ["/", "/", "/secret"]

    async def test_a_name_is_looked_up_once_for_each_connection(self) -> None:
        asked = []

        def changing(host: str, *rest: object, **options: object) -> list[tuple[object, ...]]:
            asked.append(host)
            return names({host: ("127.0.0.1",) if len(asked) == 1 else ("10.0.0.1",)})(host, *rest, **options)

        async with serving(always(reply(200, FEED))) as origin:
            named = Origin(origin.port, name="rebinding.example")
            async with asking(named, lookup=changing) as web:
                await web.get(Request(named.url()))
        assert (asked, origin.connections) == (["rebinding.example"], 1)

    async def test_proxies_of_the_environment_are_ignored(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with serving(always(reply(200, FEED))) as origin, serving(always(reply(200, b"proxy"))) as proxy:
            for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.url())
            monkeypatch.setenv("no_proxy", "")
            async with asking(origin) as web:
                assert (await web.get(Request(origin.url()))).body == FEED
            assert proxy.connections == 0
            control = await asyncio.to_thread(urllib.request.urlopen, origin.url(), timeout=5)
            assert control.read() == b"proxy"
            control.close()


async def test_falls_back_where_the_first_address_is_dead() -> None:
    async with serving(always(reply(200, FEED))) as origin:
        named = Origin(origin.port, name="two.example")
        async with asking(named, lookup=names({"two.example": ("::1", "127.0.0.1")})) as web:
            assert (await web.get(Request(named.url()))).body == FEED
