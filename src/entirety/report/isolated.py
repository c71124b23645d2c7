"""Names with their folders, so that they read from left to right and each part of them in its own direction.

In a line of mixed writing a browser would move the parts of `a/b` past each other where one is Arabic or Hebrew: another path is read then.
"""

from markupsafe import Markup

WHOLE = Markup('<bdi dir="ltr">{}</bdi>')
DRAWN = Markup('<tspan direction="ltr" unicode-bidi="isolate">{}</tspan>')


def isolated(name: object) -> Markup:
    """A name as part of a page, escaped; its parts stand apart where they could move past each other."""
    return _parts(str(name), WHOLE)


def isolated_drawn(name: object) -> Markup:
    """The same for a text in a drawing."""
    return _parts(str(name), DRAWN)


def _parts(name: str, around: Markup) -> Markup:
    if name.isascii():
        return around.format(name)
    return around.format(Markup("/").join(around.format(part) for part in name.split("/")))
