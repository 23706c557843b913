"""`python -m bot run` with SHARD_IDS: real processes on one PostgreSQL, each with the servers of its shards."""

from pathlib import Path

import pytest

from tests.chats.guildhall import Guildhall
from tests.chats.world import CHANNEL, GUILD
from tests.journeys.commandline import bot, is_one_german_line
from tests.journeys.office import until
from tests.journeys.people import MANAGER, command
from tests.journeys.process import BOUND, running

OTHER, ELSEWHERE = GUILD + (1 << 22), CHANNEL + 100  # a server of the second shard of two, and its channel
FIRST, SECOND = {"SHARD_IDS": "0", "SHARD_COUNT": "2"}, {"SHARD_IDS": "1", "SHARD_COUNT": "2"}


@pytest.fixture
def world(hall: Guildhall) -> Guildhall:
    """Two servers, one for each shard."""
    hall.control.guild(OTHER, "Andere")
    hall.control.channel(ELSEWHERE, OTHER)
    return hall


def held(hall: Guildhall) -> list[int]:
    return sorted(one.shard[0] for one in hall.control.gateway.sessions.values() if one.socket)


def asks(hall: Guildhall, channel: int) -> str:
    return str(hall.control.interact(channel, command("help", {}), rights=MANAGER)["id"])


def is_answered(hall: Guildhall, id_: str) -> bool:
    return any(one["id"] == id_ and one["answered"] for one in hall.control.interactions())


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_shards_are_split_and_taken_over(world: Guildhall, url: str, home: Path) -> None:
    async with running(world, url, home, **FIRST) as first, running(world, url, home, **SECOND) as second:
        await until(lambda: held(world) == [0, 1], BOUND)
        async with running(world, url, home, **SECOND) as third:
            await until(lambda: "Discord: connected" in third.log, BOUND)
            for channel in (CHANNEL, ELSEWHERE):
                asked = asks(world, channel)
                await until(lambda asked=asked: is_answered(world, asked), BOUND)  # type: ignore[misc]
            assert "discord:1/2 is held here" not in third.log

            second.process.kill()
            await second.process.wait()
            await until(lambda: held(world) == [0], BOUND)
            unheard, heard = asks(world, ELSEWHERE), asks(world, CHANNEL)
            await until(lambda: is_answered(world, heard), BOUND)
            await third.says("discord:1/2 is held here")
            await until(lambda: held(world) == [0, 1], BOUND)
            asked = asks(world, ELSEWHERE)
            await until(lambda: is_answered(world, asked), BOUND)

            assert not is_answered(world, unheard)
            assert [await first.stop(), await third.stop()] == [0, 0]

    assert world.control.hall.counters.routes["put_commands"] == 1  # by whoever has the first shard
    assert world.control.counters()["violations"] == []


def test_wrong_shards_are_named(home: Path) -> None:
    run = bot("run", home=home, SHARD_IDS="0-8", SHARD_COUNT="8")

    assert run.returncode == 2
    assert is_one_german_line(run.stderr)
    assert "SHARD_IDS: Den Shard 8 gibt es bei SHARD_COUNT=8 nicht" in run.stderr


def test_a_count_that_is_none_is_named(home: Path) -> None:
    run = bot("run", home=home, SHARD_COUNT="0")

    assert run.returncode == 2
    assert "SHARD_COUNT: „0“ geht nicht; möglich sind 1 bis 16384." in run.stderr
