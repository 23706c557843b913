"""robots.txt for article pages: asked once, kept a while, and read where it can do no harm."""

import asyncio

import pytest

from bot.errors import BadAnswer, Refused, SourceError, TooMuch, Unreachable
from bot.feeds import robots
from bot.feeds.robots import permits
from bot.ports import Request
from tests.servers import Asked, always, asking, by_path, hang, reply, serving

RULES = b"""
User-agent: *
Disallow: /intern/
Disallow: /*.pdf$
Allow: /intern/offen

User-agent: Depesche
Disallow: /nicht-fuer-depesche
"""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("Depesche", "/artikel", True),
        ("Depesche", "/nicht-fuer-depesche/1", False),
        ("Depesche", "/intern/", True),
        ("Andere", "/intern/", False),
        ("Andere", "/intern/offen", True),
        ("Andere", "/a.pdf", False),
        ("Andere", "/a.pdf?x", True),
    ],
)
def test_rules_are_read_for_our_name(agent: str, path: str, allowed: bool) -> None:
    assert permits(RULES, agent, f"https://example.org{path}") is allowed


async def test_asks_once_for_all_pages_of_a_site() -> None:
    async with serving(by_path({"/robots.txt": reply(200, RULES)})) as origin, asking(origin) as web:
        paths = ["/artikel", "/nicht-fuer-depesche", "/intern/"]
        verdicts = await asyncio.gather(*(web.allowed(origin.url(path)) for path in paths))
    assert verdicts == [True, False, True]
    assert origin.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
async def test_without_rules_everything_is_allowed(status: int) -> None:
    async with serving(always(reply(status))) as origin, asking(origin) as web:
        assert await web.allowed(origin.url("/artikel"))


async def test_an_empty_file_allows_everything() -> None:
    async with serving(always(reply(200, b""))) as origin, asking(origin) as web:
        assert await web.allowed(origin.url("/artikel"))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_that_fails_is_not_read_and_not_asked_again_at_once(status: int) -> None:
    async with serving(always(reply(status))) as origin, asking(origin) as web:
        for _ in range(3):
            with pytest.raises(BadAnswer):
                await web.allowed(origin.url("/artikel"))
    assert len(origin.asked) == 1


async def test_a_site_that_hangs_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "PATIENCE", 0.1)
    async with serving(hang) as origin, asking(origin) as web:
        with pytest.raises(Unreachable):
            await web.allowed(origin.url("/artikel"))


async def test_rules_are_asked_for_again_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [reply(503), reply(200, RULES)]

    async def first_broken(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.pop(0))

    monkeypatch.setattr(robots, "FAILED_SECONDS", 0.0)
    async with serving(first_broken) as origin, asking(origin) as web:
        with pytest.raises(BadAnswer):
            await web.allowed(origin.url("/artikel"))
        assert await web.allowed(origin.url("/artikel"))


async def test_too_many_rules_are_no_leave() -> None:
    async with serving(always(reply(200, b"#" * 600_000))) as origin, asking(origin) as web:
        with pytest.raises(TooMuch):
            await web.allowed(origin.url("/artikel"))


async def test_private_sites_are_not_asked() -> None:
    async with (
        serving(always(reply(200, RULES))) as prey,
        serving(always(reply(302, Location=prey.url()))) as lure,
        asking(lure) as web,
    ):
        for origin in (prey, lure):
            with pytest.raises(Refused):
                await web.allowed(origin.url("/artikel"))
    assert prey.connections == 0


async def test_only_so_many_sites_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "SITES", 1)
    async with (
        serving(always(reply(404))) as one,
        serving(always(reply(404))) as two,
        asking(one, two) as web,
    ):
        for origin in (one, two, two, one):
            assert await web.allowed(origin.url("/artikel"))
    assert (len(one.asked), len(two.asked)) == (2, 1)


async def test_rules_that_take_for_ever_end_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "READING_SECONDS", 1.0)
    agents = b"".join(b"User-agent: a%d\n" % n for n in range(12_000))
    rules = agents + b"".join(b"Disallow: /%d\n" % n for n in range(16_000))
    async with serving(always(reply(200, rules))) as origin, asking(origin) as web:
        for _ in range(20):
            with pytest.raises(SourceError):
                await web.allowed(origin.url("/artikel"))
        assert (await web.get(Request(origin.url()))).body == rules
