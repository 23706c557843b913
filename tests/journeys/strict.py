"""A strict reader of HTML: what is not closed, not safe, or asks somebody else is an error."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}
ACTIVE = {"script", "iframe", "object", "embed", "form", "base", "svg", "img", "style", "audio", "video"}


class Strict(HTMLParser):
    """Raises AssertionError where a page is not balanced, runs something, or loads from another host."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ACTIVE, tag
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), attrs
        assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcset"}], attrs
        given = dict(attrs)
        if "id" in given:
            assert given["id"] not in self.ids, f"twice: {given['id']}"
            self.ids.add(given["id"] or "")
        if tag == "link":
            assert (given["href"] or "").startswith("/"), given
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Strict:
    """The page, read to its end."""
    assert page.startswith("<!doctype html>")
    reader = Strict()
    reader.feed(page)
    reader.close()
    assert reader.open == [], reader.open
    for link in reader.links:
        assert link.startswith(("/", "#", "https://", "http://")), link
        assert not link.startswith("#") or link[1:] in reader.ids, link
    return reader
