"""The report as one HTML file that needs nothing else: no network, pictures inside, and a program of its own that only adds.

Its security policy allows the one style sheet and the one program that it carries, both by their hash, embedded pictures, and a film that
the reader opened; nothing more, so even a hostile tag that slipped through escaping could load or run nothing.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.report.view import View

TEMPLATES = Path(__file__).parent / "templates"

STYLES = ("report.css", "live.css")
SCRIPTS = ("report_sha256.js", "report_lanes.js", "report_timeline.js", "report_player.js", "report.js")
"""Parts of the page's program, each using those before it."""


def style() -> str:
    """The page's one style sheet."""
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)


def program() -> str:
    """The page's one program, closed off so that no name of it meets one of the page."""
    parts = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def to_html(view: View, code: str, pngs: Mapping[str, bytes]) -> bytes:
    """The page as UTF-8 bytes. `code` is the answer's code, `pngs` holds every still of the view by its path."""
    css, script = style(), program()
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    # Small drawings by place.py, which escapes every text it is given.
    environment.filters["drawn"] = Markup
    page = environment.get_template("report.html.j2").render(
        view=view,
        w=view.words,
        code=code,
        # Ours, and without any text of the file in it: as markup, not as text.
        css=Markup(css),  # noqa: S704
        # Drawn by figure.py, which escapes every text it is given.
        svg=Markup(view.svg),  # noqa: S704
        # Drawn by coverage_drawing.py, which does likewise.
        map=Markup(view.compared.svg),  # noqa: S704
        script=Markup(script),  # noqa: S704
        # ASCII without any sign that markup is made of: see live.embedded.
        live_data=Markup(view.live.data),  # noqa: S704
        style_hash=_hash(css),
        script_hash=_hash(script),
        pictures={file: f"data:image/png;base64,{base64.b64encode(png).decode()}" for file, png in pngs.items()},
    )
    return f"{page}\n".encode()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
