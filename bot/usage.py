"""A wrong command line -> one German line that says what to do."""

import click


def explain(error: click.UsageError) -> str:
    """What was wrong with the options or arguments, and where to read more."""
    path = error.ctx.command_path if error.ctx else "python -m bot"
    return f"{_wrong(error)} Mehr sagt „{path} --help“."


def _wrong(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"Die Option {error.option_name} gibt es nicht.{_meant(error.possibilities)}"
        case click.MissingParameter():
            return f"Es fehlt: {error.param.human_readable_name if error.param else 'eine Angabe'}."
        case click.BadOptionUsage():
            return f"Die Option {error.option_name} braucht einen Wert."
        case click.BadParameter():
            return f"{_name(error.param)}: {_value(error)}"
        case _:
            return f"Diesen Befehl verstehe ich nicht ({error.message})"


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
    return f"ungültiger Wert ({error.message})"
