"""The command line in German: its help, and a wrong line -> one German line that says what to do."""

from difflib import get_close_matches

import click

OPTIONS, HELP = "[OPTIONEN]", "Zeigt diese Hilfe."
SHORT = 200  # characters of a command's help in the list: all of its first sentence


class GermanCommand(click.Command):
    """A command whose help has no English in it."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it can be told."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _german(super().get_help_option(ctx))


class GermanGroup(click.Group):
    """A command of commands whose help has no English in it."""

    command_class = GermanCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it can be told, and its commands."""
        _write_options(self, ctx, formatter)
        told = [(name, command.get_short_help_str(SHORT)) for name, command in sorted(self.commands.items())]
        with formatter.section("Befehle"):
            formatter.write_dl(told)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _german(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which ones are like it."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            close = get_close_matches(args[0], list(self.commands), n=1)
            raise NoSuchCommand(f"Den Befehl „{args[0]}“ gibt es nicht.{_meant(close)}", ctx)
        return super().resolve_command(ctx, args)


class NoSuchCommand(click.UsageError):
    """There is no command of that name; the message is German."""


def explain(error: click.UsageError) -> str:
    """What was wrong with the options or arguments, and where to read more."""
    path = error.ctx.command_path if error.ctx else "python -m bot"
    return f"{_wrong(error)} Mehr sagt „{path} --help“."


def _wrong(error: click.UsageError) -> str:
    match error:
        case NoSuchCommand():
            return error.message
        case click.NoSuchOption():
            return f"Die Option {error.option_name} gibt es nicht.{_meant(error.possibilities)}"
        case click.MissingParameter():
            return f"Es fehlt: {error.param.human_readable_name if error.param else 'eine Angabe'}."
        case click.BadOptionUsage():
            return f"Die Option {error.option_name} braucht einen Wert."
        case click.BadParameter():
            return f"{_name(error.param)}: {_value(error)}"
        case _:
            return "Das sind mehr Angaben, als der Befehl braucht."


def _meant(possibilities: object) -> str:
    names = list(possibilities) if isinstance(possibilities, list | tuple | set) else []
    return f" Meinten Sie {' oder '.join(sorted(names))}?" if names else ""


def _name(param: click.Parameter | None) -> str:
    return param.opts[0] if param and param.opts else "Angabe"


def _value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"Möglich sind {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.DateTime):
        return "Erwartet wird ein Datum wie 2026-11-23."
    return "Dieser Wert geht nicht."


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = [piece for param in command.get_params(ctx) for piece in param.get_usage_pieces(ctx)]
    more = ["BEFEHL [ANGABEN] …"] if isinstance(command, click.Group) else []
    formatter.write_usage(ctx.command_path, " ".join([OPTIONS, *pieces, *more]), prefix="Aufruf: ")


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    told = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    with formatter.section("Optionen"):
        formatter.write_dl(told)


def _german(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = HELP
    return option
