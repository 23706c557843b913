"""Messages and forms in Discord's own JSON -> a page that shows them as Discord would, dark and light. Pure.

The page is self-contained: no script, no request, no picture from anywhere; under each message stands how much of
Discord's limits it takes. What a text says stays text, whoever wrote it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.german.numbers import number
from cogs.web.layout import TEMPLATES
from cogs.web.marks import Eye, as_html

Json = Mapping[str, Any]
TEXT, V2_TEXT, COMPONENTS, FIELDS = 2_000, 4_000, 40, 5  # what Discord takes
DISPLAY, TYPED, LABEL = 10, 4, 18  # kinds of components
THEMES = {"": "wie das System", "dark": "dunkel", "light": "hell"}
COLOURS = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Shown:
    """A message or a form, in Discord's JSON; the command that asked for it; whether one person alone sees it."""

    body: Json
    command: str = ""
    private: bool = False

    @property
    def is_form(self) -> bool:
        """Whether it opens in a window of its own."""
        return "custom_id" in self.body and "title" in self.body


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a limit is taken."""

    taken: int
    most: int
    unit: str

    @property
    def too_much(self) -> bool:
        """Whether Discord would refuse it."""
        return self.taken > self.most

    def __str__(self) -> str:
        return f"{number(self.taken)} von {number(self.most)} {self.unit}"


def as_page(shown: Sequence[Shown], eye: Eye, *, theme: str = "", title: str = "Discord", bare: bool = False) -> str:
    """The whole page, in a theme of `THEMES` that its reader can change; `bare` is only what Discord shows."""
    return TEMPLATES.get_template("mockup.html.j2").render(
        shown=shown,
        shares=shares,
        marked=lambda text: as_html(str(text), eye),
        names=eye.names,
        now=eye.now,
        theme=theme,
        themes=THEMES,
        title=title,
        bare=bare,
        hue=hue,
        hues=sorted({hue(piece) for one in shown for piece in pieces(one.body)} - {""}),
    )


def shares(one: Shown) -> tuple[Share, ...]:
    """What a message takes of Discord's limits; a text in UTF-16 units, which is at least what Discord counts."""
    inside = list(pieces(one.body))
    if one.is_form:
        return (Share(len(one.body.get("components") or ()), FIELDS, "Feldern"),)
    if "content" in one.body:
        return (Share(_units([one.body["content"]]), TEXT, "Zeichen"),)
    texts = [piece.get("content", "") for piece in inside if piece.get("type") == DISPLAY]
    return Share(_units(texts), V2_TEXT, "Zeichen"), Share(len(inside), COMPONENTS, "Bausteinen")


def pieces(body: Json) -> Iterator[Json]:
    """All components within, with those within them."""
    for piece in (*(body.get("components") or ()), *(body[key] for key in ("component", "accessory") if key in body)):
        yield piece
        yield from pieces(piece)


def hue(piece: Json) -> str:
    """The accent colour of a container as six hexadecimal digits; empty where it has none."""
    colour = piece.get("accent_color")
    return f"{colour:06x}" if isinstance(colour, int) and 0 <= colour <= COLOURS else ""


def _units(texts: Iterable[object]) -> int:
    return sum(len(str(text).encode("utf-16-le", "surrogatepass")) // 2 for text in texts)
