"""Servers that lie, flood, hang or break off: refused with a reason, and within bounds."""

import asyncio
import gzip
import resource
import zlib
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from bot.errors import BadAnswer, SourceError, TooMuch, Unreachable
from bot.feeds.body import Body
from bot.ports import Request
from tests.servers import Asked, Origin, Script, always, asking, hang, names, reply, serving, trusting

FEED = b"<rss>" + b"Nachricht " * 1_000 + b"</rss>"
HEAD = b"HTTP/1.1 200 OK\r\n"
LIMIT = 100_000  # bytes


async def ask(script: Script, patience: float = 5.0) -> bytes:
    """What one request to such a server brings; at most 100 KB."""
    async with serving(script) as origin, asking(origin) as web:
        return (await web.get(Request(origin.url(), limit=LIMIT, patience=patience))).body


def slowly(head: bytes, piece: bytes, pause: float = 0.05) -> Script:
    """A head, then the same piece again and again."""

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return script


def cut(answer: bytes) -> Script:
    """An answer, then the end of the connection."""

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        writer.transport.abort() if b"abort" in answer else writer.close()

    return script


class TestEncodings:
    @pytest.mark.parametrize("name", ["gzip", "GZIP", "x-gzip", "identity", ""])
    async def test_plain_and_one_layer_of_gzip_are_read(self, name: str) -> None:
        body = gzip.compress(FEED) if "gzip" in name.lower() else FEED
        assert await ask(always(reply(200, body, Content_Encoding=name))) == FEED

    @pytest.mark.parametrize(
        ("name", "pack"),
        [
            ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
            ("br", bytes),
            ("zstd", bytes),
            ("deflate", lambda body: zlib.compress(body)[2:-4]),
            ("deflate", zlib.compress),
            ("magic", bytes),
            ("gzip", bytes),
            ("gzip", lambda body: gzip.compress(body)[:-9]),
            ("gzip", lambda body: gzip.compress(body)[:12]),
            ("gzip", lambda body: gzip.compress(body) + b"garbage"),
            ("gzip", zlib.compress),
        ],
    )
    async def test_everything_else_is_refused(self, name: str, pack: Callable[[bytes], bytes]) -> None:
        with pytest.raises(BadAnswer):
            await ask(always(reply(200, pack(FEED), Content_Encoding=name)))

    @pytest.mark.parametrize("body", [b"", gzip.compress(b"", mtime=0)])
    async def test_nothing_is_no_answer(self, body: bytes) -> None:
        with pytest.raises(BadAnswer, match="leere"):
            await ask(always(reply(200, body, Content_Encoding="gzip")))


class TestSizes:
    async def test_a_bomb_stops_at_the_limit(self) -> None:
        bomb = reply(200, b"\0" * 60_000_000, packed=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(TooMuch, match="0,1 MB"):
            await ask(always(bomb))
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64_000

    async def test_an_announced_size_is_enough_to_refuse(self) -> None:
        with pytest.raises(TooMuch):
            await ask(always(HEAD + b"Content-Length: 4000000000\r\n\r\n"))

    @pytest.mark.parametrize("head", [HEAD, HEAD + b"Content-Encoding: gzip\r\n"])
    async def test_an_endless_body_stops_at_the_limit(self, head: bytes) -> None:
        noise = gzip.compress(FEED, 0) if b"gzip" in head else FEED
        with pytest.raises(TooMuch if b"gzip" not in head else SourceError):
            await ask(slowly(head + b"\r\n", noise, 0))

    async def test_an_endless_chunked_body_stops_at_the_limit(self) -> None:
        with pytest.raises(TooMuch):
            await ask(slowly(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n", 0))

    async def test_exactly_the_limit_is_allowed(self) -> None:
        whole = b"x" * LIMIT
        assert await ask(always(reply(200, whole))) == whole
        assert await ask(always(reply(200, whole, packed=True))) == whole
        with pytest.raises(TooMuch):
            await ask(always(reply(200, whole + b"x", packed=True)))

    def test_packed_bytes_count_as_well(self) -> None:
        body = Body("gzip", 1_000)
        with pytest.raises(TooMuch):
            body.add(gzip.compress(b"") + bytes(2_000))

    async def test_large_bodies_wait_for_one_another(self) -> None:
        whole = b"x" * 1_000_000
        async with AsyncExitStack() as stack:
            origins = [await stack.enter_async_context(serving(always(reply(200, whole)))) for _ in range(12)]
            web = await stack.enter_async_context(asking(*origins))
            answers = await asyncio.gather(*(web.get(Request(origin.url())) for origin in origins))
        assert {answer.body for answer in answers} == {whole}


class TestFraming:
    @pytest.mark.parametrize(
        "answer",
        [
            HEAD + b"Content-Length: 100\r\n\r\nshort",
            HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort!",
            HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort",
            HEAD + b"Content-Length: 1000\r\n\r\nabort",
            HEAD + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
            HEAD + b"X: y\r\n" * 10_000 + b"\r\n",
            b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000,
            b"<html>HTTP/0.9</html>",
            b"HTTP/1.1 abc OK\r\n\r\n",
            b"SSH-2.0-OpenSSH\r\n\r\n",
            b"\x00\xff" * 100,
            b"",
        ],
    )
    async def test_broken_answers_are_refused(self, answer: bytes) -> None:
        with pytest.raises(SourceError) as refused:
            await ask(cut(answer))
        assert str(refused.value).endswith(".")

    async def test_a_body_up_to_the_end_of_the_connection_is_read(self) -> None:
        assert await ask(cut(HEAD + b"\r\n" + FEED)) == FEED


class TestDearAnswers:
    """What is cheap to send and dear to take apart ends at once, long before anybody's patience."""

    async def test_informational_answers_without_end(self) -> None:
        with pytest.raises(Unreachable, match="ohne Antwort"):
            await ask(slowly(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2_000, 0), patience=60)

    async def test_control_two_of_them_are_fine(self) -> None:
        assert await ask(always(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2 + reply(200, FEED))) == FEED

    async def test_chunks_of_one_byte(self) -> None:
        with pytest.raises(Unreachable, match="mittendrin"):
            await ask(slowly(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 3_000, 0), patience=60)

    async def test_control_chunks_of_a_thousand_bytes_are_fine(self) -> None:
        body = (b"3e8\r\n" + b"x" * 1_000 + b"\r\n") * 90 + b"0\r\n\r\n"
        assert await ask(always(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body)) == b"x" * 90_000

    async def test_many_answers_on_one_connection_add_up_to_nothing(self) -> None:
        async with serving(always(reply(200, FEED))) as origin, asking(origin) as web:
            await asyncio.gather(*(web.get(Request(origin.url(f"/{n}"))) for n in range(150)))
        assert origin.connections == 1


class TestTime:
    @pytest.mark.parametrize(
        "script",
        [
            hang,
            slowly(b"HTTP/1.1 200 ", b"O"),
            slowly(HEAD, b"X: y\r\n"),
            slowly(HEAD + b"\r\n", b"x"),
            slowly(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(FEED)[:20], b""),
            slowly(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        ],
    )
    async def test_patience_ends_whatever_drips(self, script: Script) -> None:
        with pytest.raises(Unreachable, match="nicht rechtzeitig"):
            await asyncio.wait_for(ask(script, patience=0.3), 5)

    async def test_redirects_share_one_patience(self) -> None:
        async def later(_: Asked, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.2)
            writer.write(reply(302, b"", Location="/again"))

        with pytest.raises(Unreachable, match="nicht rechtzeitig"):
            await asyncio.wait_for(ask(later, patience=0.5), 5)


class TestConnections:
    async def test_nobody_listens(self) -> None:
        async with serving(hang) as origin:
            pass
        async with asking(origin) as web:
            with pytest.raises(Unreachable, match="nicht erreichbar"):
                await web.get(Request(origin.url()))

    async def test_no_such_name(self) -> None:
        async with asking(lookup=names({})) as web:
            with pytest.raises(Unreachable, match="Namen"):
                await web.get(Request("http://missing.example/"))

    @pytest.mark.parametrize("host", ["xn--\u00fc.example", "\u00fc" * 62 + ".example"])
    async def test_names_that_cannot_be_encoded(self, host: str) -> None:
        async with asking(lookup=names({})) as web:
            with pytest.raises(SourceError):
                await web.get(Request(f"http://{host}/"))

    async def test_a_server_without_tls(self) -> None:
        def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(reply(400))
            writer.close()

        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        origin = Origin(server.sockets[0].getsockname()[1], "https")
        async with server, asking(origin) as web:
            with pytest.raises(Unreachable, match="sichere Verbindung"):
                await web.get(Request(origin.url()))

    @pytest.mark.parametrize(
        ("certificate", "host", "trusted"),
        [
            ("localhost.pem", "localhost", None),
            ("localhost.pem", "other.example", "localhost.pem"),
            ("expired.pem", "localhost", "expired.pem"),
        ],
    )
    async def test_bad_certificates_are_refused(self, certificate: str, host: str, trusted: str | None) -> None:
        tls = trusting(trusted) if trusted else None
        async with (
            serving(always(reply(200, FEED)), name=host, certificate=certificate) as origin,
            asking(origin, lookup=names({host: ("127.0.0.1",)}), tls=tls) as web,
        ):
            with pytest.raises(Unreachable, match="Zertifikat"):
                await web.get(Request(origin.url()))
        assert not origin.asked

    async def test_control_a_good_certificate_is_accepted(self) -> None:
        async with serving(always(reply(200, FEED)), name="localhost", certificate="localhost.pem") as origin:
            table = names({"localhost": ("127.0.0.1",)})
            async with asking(origin, lookup=table, tls=trusting("localhost.pem")) as web:
                assert (await web.get(Request(origin.url()))).body == FEED
