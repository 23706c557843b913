"""/status and /help on Slack, found under /depesche as well."""

from bot.model import Platform
from cogs import typed
from cogs.commands import CATALOGUE, HELP, STATUS, Command
from cogs.slack import alerts, answers, pieces
from cogs.slack.answer import Answer
from cogs.slack.asked import Asked
from cogs.slack.counter import Bureau, Cog
from cogs.slack.managing import is_admin
from cogs.slack.mrkdwn import plain


async def status(bureau: Bureau, asked: Asked, to: Answer) -> None:
    """/status: of everything that all share, and of the digests of this channel or person alone.

    What there is in channels that a member may not see is told to the workspace's admins alone.
    """
    await to.wait()
    newsroom = bureau.newsroom
    told = [answers.status(await newsroom.status(asked.home), newsroom.clock.now(), newsroom.zone)]
    if not asked.direct and await is_admin(bureau, asked.person):
        reports = await newsroom.desk.show_space(Platform.SLACK, asked.space)
        alerted = await newsroom.alerts.show_space(Platform.SLACK, asked.space)
    else:
        reports, alerted = await newsroom.desk.show(asked.place), await newsroom.alerts.show(asked.place)
    told += [answers.digests(reports, newsroom)] if reports or not asked.direct else []
    told += [alerts.told(alerted, newsroom)] if alerted else []
    await to.say([pieces.text(one) for one in told])


async def show_help(_: Bureau, asked: Asked, to: Answer) -> None:
    """/help: all commands, or one with its options."""
    wanted = asked.options.get("command", "").removeprefix("/").casefold().split()
    if not wanted:
        await to.say([pieces.text(answers.commands(CATALOGUE))])
        return
    group = [one for one in CATALOGUE if one.group and wanted in ([one.group.en], [one.group.de])]
    command, _rest, _german = (None, (), False) if group else typed.find(wanted)
    await to.say([pieces.text(answers.commands(group) if command is None else _options(command))])


def _options(command: Command) -> str:
    lines = [f"`{answers.typed_as(command)}`: {plain(command.help.de)}"]
    for option in command.options:
        values = ", ".join(choice.name.de for choice in option.choices)
        lines.append(f"• `{option.name.en}:` {plain(option.help.de)}{f' ({values})' if values else ''}")
    return answers.fitted(lines)


COG = Cog(commands={STATUS: status, HELP: show_help})
