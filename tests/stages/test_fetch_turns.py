"""Whose turn it is: one at a time to each server, with a pause, and no server's silence at the others' expense."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadAnswer, SourceError, Unreachable
from bot.feeds import hosts
from bot.feeds.guard import Target
from bot.feeds.hosts import BURST_SECONDS, LEAST_SECONDS, Hosts, share
from bot.ports import Request
from tests.servers import Asked, Origin, always, asking, by_path, hang, names, reply, serving

FEED = b"<rss/>"


async def briefly(_: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.02)
    writer.write(reply(200, FEED))


def named(origin: Origin) -> Origin:
    """The same server by a name, so that it does not count as loopback."""
    return Origin(origin.port, name="public.example")


class TestShare:
    def test_an_equal_part_of_what_is_left(self) -> None:
        assert share(15, 1) == 15
        assert share(15, 3) == 5

    def test_three_seconds_at_least(self) -> None:
        assert share(15, 100) == 3
        assert share(-1, 1) == 3

    @given(st.lists(st.booleans(), min_size=1, max_size=5))
    def test_up_to_five_hanging_feeds_cost_one_time_out(self, hanging: Sequence[bool]) -> None:
        left = BURST_SECONDS
        for position, hangs in enumerate(hanging):
            left -= share(left, len(hanging) - position) if hangs else 0
        assert left >= 0

    @given(st.integers(1, 5))
    def test_the_last_one_gets_all_that_is_left(self, waiting: int) -> None:
        left = BURST_SECONDS - (waiting - 1) * LEAST_SECONDS
        assert share(left, 1) == left


class TestOneAtATime:
    async def test_requests_to_one_server_queue_up(self) -> None:
        async with serving(briefly) as origin, asking(origin) as web:
            await asyncio.gather(*(web.get(Request(origin.url(f"/{n}"))) for n in range(8)))
        assert origin.most_at_once == 1
        assert origin.paths == [f"/{n}" for n in range(8)]
        assert origin.connections == 1

    async def test_different_servers_are_asked_at_once(self) -> None:
        async with serving(hang) as silent, serving(briefly) as origin, asking(silent, origin) as web:
            waiting = asyncio.create_task(web.get(Request(silent.url())))
            assert (await web.get(Request(origin.url()))).body == FEED
            assert not waiting.done()
            waiting.cancel()

    async def test_two_that_redirect_to_each_other_do_not_lock_up(self) -> None:
        async with serving(briefly) as one, serving(briefly) as two:
            go = {"/go": reply(302, b"", Location=two.url())}
            back = {"/go": reply(302, b"", Location=one.url())}
            async with (
                serving(by_path(go)) as left,
                serving(by_path(back)) as right,
                asking(one, two, left, right) as web,
            ):
                asked = [web.get(Request(origin.url("/go"))) for origin in (left, right) * 4]
                assert len(await asyncio.wait_for(asyncio.gather(*asked), 5)) == 8


class TestSpacing:
    async def gaps(self, spacing: float, *, loopback: bool) -> list[float]:
        """Seconds between the requests that a server sees."""
        async with serving(always(reply(200, FEED))) as origin:
            seen = origin if loopback else named(origin)
            lookup = names({"public.example": ("127.0.0.1",)})
            async with asking(seen, spacing=spacing, lookup=lookup) as web:
                await asyncio.gather(*(web.get(Request(seen.url(f"/{n}"))) for n in range(4)))
                await web.get(Request(seen.url("/later")))
        return [later.at - earlier.at for earlier, later in pairwise(origin.asked)]

    async def test_a_pause_between_two_requests(self) -> None:
        assert min(await self.gaps(0.15, loopback=False)) >= 0.15

    async def test_none_on_loopback(self) -> None:
        assert max(await self.gaps(30, loopback=True)) < 30

    async def test_a_failure_is_followed_by_a_pause_too(self) -> None:
        async with serving(always(reply(404))) as origin:
            seen = named(origin)
            async with asking(seen, spacing=0.1, lookup=names({"public.example": ("127.0.0.1",)})) as web:
                for _ in range(3):
                    with pytest.raises(BadAnswer):
                        await web.get(Request(seen.url()))
        assert min(later.at - earlier.at for earlier, later in pairwise(origin.asked)) >= 0.1


class TestSilence:
    async def test_silent_servers_give_their_slots_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hosts, "SLOTS", 2)
        monkeypatch.setattr(hosts, "SLOT_SECONDS", 0.05)
        async with AsyncExitStack() as stack:
            silent = [await stack.enter_async_context(serving(hang)) for _ in range(6)]
            origin = await stack.enter_async_context(serving(briefly))
            web = await stack.enter_async_context(asking(*silent, origin))
            waiting = [asyncio.create_task(web.get(Request(one.url()))) for one in silent]
            await asyncio.sleep(0)
            assert (await asyncio.wait_for(web.get(Request(origin.url())), 3)).body == FEED
            assert not any(task.done() for task in waiting)
            for task in waiting:
                task.cancel()

    async def test_control_with_their_slots_kept_they_starve_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hosts, "SLOTS", 2)
        monkeypatch.setattr(hosts, "SLOT_SECONDS", 60)
        async with (
            serving(hang) as one,
            serving(hang) as two,
            serving(briefly) as origin,
            asking(one, two, origin) as web,
        ):
            waiting = [asyncio.create_task(web.get(Request(silent.url()))) for silent in (one, two)]
            await asyncio.sleep(0)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(web.get(Request(origin.url())), 0.3)
            for task in waiting:
                task.cancel()

    async def test_no_more_than_so_many_in_flight(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hosts, "SLOTS", 3)
        busy, most = 0, 0

        async def counting(_: Asked, writer: asyncio.StreamWriter) -> None:
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0.02)
            busy -= 1
            writer.write(reply(200, FEED))

        async with AsyncExitStack() as stack:
            origins = [await stack.enter_async_context(serving(counting)) for _ in range(12)]
            web = await stack.enter_async_context(asking(*origins))
            await asyncio.gather(*(web.get(Request(origin.url())) for origin in origins))
        assert most == 3

    async def outcomes(
        self, monkeypatch: pytest.MonkeyPatch, hanging: Sequence[int], count: int
    ) -> tuple[list[str], Origin]:
        """What becomes of so many requests to one server, some of which hang, with a thirtieth of all patience."""
        monkeypatch.setattr(hosts, "BURST_SECONDS", BURST_SECONDS / 30)
        monkeypatch.setattr(hosts, "LEAST_SECONDS", LEAST_SECONDS / 30)

        async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
            if int(asked.path[1:]) in hanging:
                await hang(asked, writer)
            writer.write(reply(200, FEED))

        async with serving(script) as origin, asking(origin) as web:
            asked = (web.get(Request(origin.url(f"/{n}"))) for n in range(count))
            told = await asyncio.gather(*asked, return_exceptions=True)
        return ["ok" if not isinstance(one, SourceError) else str(one) for one in told], origin

    async def test_one_that_hangs_does_not_take_the_others_along(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told, _ = await self.outcomes(monkeypatch, [0, 2], 5)
        assert [one == "ok" for one in told] == [False, True, False, True, True]

    async def test_a_server_that_lets_all_hang_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told, origin = await self.outcomes(monkeypatch, range(40), 40)
        assert len(origin.asked) <= 6
        assert "unbeantwortet" in told[-1]
        assert "nicht rechtzeitig" in told[0]

    async def test_a_server_that_answered_once_is_asked_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told, origin = await self.outcomes(monkeypatch, range(1, 12), 13)
        assert len(origin.asked) == 13
        assert told[-1] == "ok"

    async def test_those_who_join_later_shorten_the_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hosts, "BURST_SECONDS", 8)
        monkeypatch.setattr(hosts, "LEAST_SECONDS", 0.05)

        reached = asyncio.Event()

        async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
            if asked.path == "/0":
                reached.set()
                await hang(asked, writer)
            writer.write(reply(200, FEED))

        async with serving(script) as origin, asking(origin) as web:
            first = asyncio.create_task(web.get(Request(origin.url("/0"))))
            await reached.wait()
            joined = asyncio.gather(*(web.get(Request(origin.url(f"/{n}"))) for n in range(1, 40)))
            assert len(await asyncio.wait_for(joined, 4)) == 39
            with pytest.raises(Unreachable):
                await first

    async def test_the_next_burst_starts_with_new_patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hosts, "BURST_SECONDS", 0.05)
        monkeypatch.setattr(hosts, "LEAST_SECONDS", 0.05)
        async with serving(hang) as origin, asking(origin) as web:
            for _ in range(3):
                with pytest.raises(Unreachable, match="rechtzeitig"):
                    await web.get(Request(origin.url()))
        assert len(origin.asked) == 3


async def test_hosts_are_forgotten_when_they_have_rested() -> None:
    turns = Hosts(0.02)
    for n in range(20):
        async with turns.turn(Target("", "http", f"{n}.example", 80), 1):
            assert len(turns._hosts) == n + 1
    await asyncio.sleep(0.1)
    assert not turns._hosts


async def test_giving_up_in_the_queue_frees_the_place() -> None:
    async with serving(hang) as origin, asking(origin) as web:
        first = asyncio.create_task(web.get(Request(origin.url("/0"))))
        second = asyncio.create_task(web.get(Request(origin.url("/1"))))
        await asyncio.sleep(0.05)
        second.cancel()
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        with pytest.raises(Unreachable):
            await web.get(Request(origin.url("/2"), patience=0.1))
    assert origin.paths == ["/0", "/2"]
