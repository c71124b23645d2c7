"""The report as one HTML file that needs nothing else: no network, no script, pictures inside.

Its security policy allows the one style sheet that it carries and embedded pictures, nothing more, so even a hostile tag that slipped
through escaping could load or run nothing.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from entirety.report.view import View

TEMPLATES = Path(__file__).parent / "templates"


def to_html(view: View, code: str, pngs: Mapping[str, bytes]) -> bytes:
    """The page as UTF-8 bytes. `code` is the answer's code, `pngs` holds every still of the view by its path."""
    css = (TEMPLATES / "report.css").read_text(encoding="utf-8")
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
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}",
        pictures={file: f"data:image/png;base64,{base64.b64encode(png).decode()}" for file, png in pngs.items()},
    )
    return f"{page}\n".encode()
