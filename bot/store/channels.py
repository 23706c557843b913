"""The four columns that name a channel, in every table that has them."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Table

from bot.model import Channel, Platform

PLATFORMS = {platform.value: platform for platform in Platform}


def channel_of(row: Row[Any]) -> Channel:
    """The channel of a row that has its columns."""
    return Channel(PLATFORMS[row.platform], row.space, row.channel, row.direct)


def values_of(channel: Channel) -> tuple[str, str, str, bool]:
    """The values in the order of the columns."""
    return channel.platform.value, channel.space, channel.id, channel.direct


def is_channel(table: Table, channel: Channel) -> ColumnElement[bool]:
    """The condition that a row is about this channel."""
    is_here = is_space(table, channel.platform, channel.space)
    return is_here & (table.c.channel == channel.id) & table.c.direct.is_(channel.direct)


def is_space(table: Table, platform: Platform, space: str) -> ColumnElement[bool]:
    """The condition that a row is about a channel of this server or workspace."""
    return (table.c.platform == platform.value) & (table.c.space == space)
