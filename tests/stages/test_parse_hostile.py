"""Feeds that mean harm: nothing is opened, nothing explodes, nothing escapes but `NotAFeed`."""

import asyncio
import contextlib
import random
from pathlib import Path

import pytest

from bot.errors import NotAFeed
from bot.feeds.parse import MOST_ENTRIES, parse
from bot.feeds.text import LONGEST_LINE, LONGEST_TEXT
from tests.bench.feeds import generate

HEAD = b'<rss version="2.0"><channel><title>T</title>'
TAIL = b"</channel></rss>"
ITEM = b"<item><title>A</title><link>https://x.example/1</link></item>"


def test_entities_are_never_expanded() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    body = b'<!DOCTYPE rss [<!ENTITY l0 "haha">' + laughs + b"]>" + HEAD + b"<item><title>&l9;</title></item>" + TAIL
    assert parse(body).entries[0].title == "&l9;"


def test_external_entities_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    for place in (f"SYSTEM '{secret.as_uri()}'", f"PUBLIC 'x' '{secret}'"):
        declared = f"<!DOCTYPE rss [<!ENTITY x {place}>]>".encode()
        document = parse(declared + HEAD + b"<item><title>&x;</title></item>" + TAIL)
        assert document.entries[0].title == "&x;"


async def test_no_address_is_opened() -> None:
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/".encode()
    async with server:
        for body in (url, b"feed:" + url, _pointing_everywhere(url)):
            with contextlib.suppress(NotAFeed):
                await asyncio.to_thread(parse, body)
        assert asked == []
        _, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        writer.write(b"the control\n")
        await asyncio.sleep(0.05)
        assert asked == [b"the control\n"]
        writer.close()


def _pointing_everywhere(url: bytes) -> bytes:
    return (
        b'<?xml-stylesheet href="%s"?><!DOCTYPE rss SYSTEM "%s" [<!ENTITY %% p SYSTEM "%s"> %%p;]>' % (url, url, url)
        + b'<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><xi:include href="%s"/>' % url
        + b'<item><title>A</title><enclosure url="%s"/></item></channel></rss>' % url
    )


def test_a_path_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(generate(1))
    assert parse(file.read_bytes()).entries
    with pytest.raises(NotAFeed):
        parse(str(file).encode())


def test_only_the_first_entries_are_read() -> None:
    assert len(parse(HEAD + ITEM * (MOST_ENTRIES + 1) + TAIL).entries) == MOST_ENTRIES
    assert len(parse(HEAD + ITEM * 100_000).entries) == MOST_ENTRIES
    items = b",".join([b'{"title": "A"}'] * (MOST_ENTRIES + 1))
    assert len(parse(b'{"version": "1.1", "items": [' + items + b"]}").entries) == MOST_ENTRIES


def test_texts_are_bounded() -> None:
    long = b"<item><title>%s</title><description>%s</description></item>" % (b"x" * 2_000_000, b"y" * 2_000_000)
    entry = parse(HEAD + long + TAIL).entries[0]
    assert (len(entry.title), len(entry.text)) == (LONGEST_LINE, LONGEST_TEXT)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(b"<item " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"></item>", id="attributes"),
        pytest.param(b"<item>" + b"<b>" * 10_000 + b"</b>" * 10_000 + b"</item>", id="nesting"),
        pytest.param(
            b"<item><description>" + b"&lt;b style=x&gt;" * 30_000 + b"</description></item>", id="nested html"
        ),
        pytest.param(b"<item><description>" + b"&lt;" * 300_000 + b"</description></item>", id="angle brackets"),
        pytest.param(
            b"<item><description><![CDATA[" + b'<a "' * 50_000 + b"]]></description></item>", id="open quotes"
        ),
        pytest.param(b"<item><title>" + b"& " * 100_000 + b"</title></item>", id="ampersands"),
        pytest.param(b"<item><pubDate>" + b"1" * 500_000 + b"</pubDate></item>", id="a date"),
        pytest.param(b"<item><pubDate>" + b"1 " * 39 + b"</pubDate></item>", id="figures"),
        pytest.param(b"<item><description>" + b" \n" * 300_000 + b"x</description></item>", id="white space"),
        pytest.param(b"<![CDATA[" * 50_000, id="open cdata"),
        pytest.param(b"<!--" * 50_000, id="open comments"),
    ],
)
def test_nothing_takes_long(inside: bytes) -> None:
    assert parse(HEAD + inside + TAIL).title in {"T", ""}


@pytest.mark.parametrize("seed", range(150))
def test_damaged_feeds_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    body = bytearray(generate(3, kind=dice.choice(["rss", "atom"]), seed=seed))
    for _ in range(dice.randrange(1, 12)):
        position = dice.randrange(len(body))
        body[position : position + dice.choice([0, 1, 1, 40])] = dice.choice(
            [b"", b"<", b"&", b"\0", b"\xff", b"]]>", b'"']
        )
    cut = bytes(body[: dice.randrange(len(body))] if dice.random() < 0.3 else body)
    with contextlib.suppress(NotAFeed):
        document = parse(cut, url="https://x.example/")
        texts = [part for entry in document.entries for part in (entry.title, entry.text.replace("\n", ""))]
        assert all(map(str.isprintable, texts))
