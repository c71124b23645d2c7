"""A printed HTML page as a tree of elements, to ask what stands where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "kbd", "span", "strong"})
UNREAD = frozenset({"style", "script", "template"})


@dataclass(eq=False)
class Node:
    """One element; texts stand among the children in their order."""

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.all()

    def text(self) -> str:
        """What a reader sees, blanks put in order."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        if self.tag in UNREAD:
            return
        apart = "" if self.tag in INLINE else " "
        yield apart
        for child in self.children:
            if isinstance(child, Node):
                yield from child._texts()
            else:
                yield child
        yield apart

    def find(self, name: str) -> "Node":
        """The element with this id. Raises KeyError where there is none."""
        for node in self.all():
            if node.attributes.get("id") == name:
                return node
        raise KeyError(name)

    def with_class(self, name: str) -> list["Node"]:
        return [node for node in self.all() if name in node.attributes.get("class", "").split()]

    def tags(self, *names: str) -> list["Node"]:
        return [node for node in self.all() if node.tag in names]

    def rows(self) -> list[list[str]]:
        """The cells of a table, row by row."""
        return [[cell.text() for cell in row.tags("th", "td")] for row in self.tags("tr")]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        last = self.open.pop()
        assert last.tag == tag, f"</{tag}> closes <{last.tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: bytes) -> Node:
    """The page; an element that is not closed in its place fails."""
    builder = _Builder()
    builder.feed(html.decode("utf-8"))
    builder.close()
    assert builder.open == [builder.root]
    return builder.root
