"""What a page carries and no reader sees is taken out of its tree: nobody shall tell us what they don't tell readers.

Nodes are unlinked, not freed: a list of them may hold a node and its child.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_SHEET = 100_000  # characters of a page's own style sheets that are looked at, and
MOST_RULES = 500

_UNSEEN = (
    "script,style,noscript,template,iframe,object,embed,svg,math,canvas,select,textarea,audio,video,dialog:not([open]),"
    "[hidden],[aria-hidden='true' i],input[type='hidden']"
)
_HIDING = re.compile(
    r"""(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])
    |opacity\s*:\s*0(?![.\d]*[1-9])|(?<![-\w])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)
    |text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%
    |(?<![-\w])color\s*:\s*transparent|transform\s*:\s*scale\(\s*0\s*\))""",
    re.IGNORECASE | re.VERBOSE,
)
_CONDITIONAL = re.compile(r"@[\w-]+[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # @media print
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{1,1000})\}")
_SIMPLE = re.compile(r"\s*((?:[a-z]\w*)?(?:[.#][A-Za-z_][\w-]*)+)\s*")
_WHOLE = frozenset({"html", "body"})


def drop_hidden(tree: LexborHTMLParser) -> None:
    """Remove scripts, and whatever attributes, inline styles or plain rules of the page's own styles hide."""
    sheets = [node.text() for node in tree.css("style")]
    _drop(tree, _UNSEEN)
    for node in tree.css("[style]"):
        if node.tag not in _WHOLE and _HIDING.search(node.attributes.get("style") or ""):
            node.decompose(recursive=False)
        else:
            del node.attrs["style"]  # judged; nobody needs to judge it again
    for selector in _hiding_selectors(sheets):
        _drop(tree, selector)


def _hiding_selectors(sheets: list[str]) -> Iterator[str]:
    """The plain selectors (`.name`, `#name`) of rules that hide; conditions and combinations are left alone."""
    looked_at = 0
    for sheet in sheets:
        for rule in _RULE.finditer(_CONDITIONAL.sub("", _uncommented(sheet[:LONGEST_SHEET]))):
            looked_at += 1
            if looked_at > MOST_RULES:
                return
            if _HIDING.search(rule[2]):
                yield from (part.strip() for part in rule[1].split(",") if _SIMPLE.fullmatch(part))


def _uncommented(sheet: str) -> str:
    first, *rest = sheet.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)


def _drop(tree: LexborHTMLParser, selector: str) -> None:
    nodes: list[LexborNode] = tree.css(selector)
    for node in nodes:
        if node.tag not in _WHOLE:
            node.decompose(recursive=False)
