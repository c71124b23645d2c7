"""Real films after changes of single bytes, made by the patches of the validation."""

from pathlib import Path

from detect.films import encode
from entirety.validate.patches import PATCHES


def patched(folder: Path, name: str, *arguments: str, **options: object) -> tuple[Path, Path]:
    """A small film in `folder` and the same film after a patch."""
    film = encode(folder / "film.mp4", **options)  # type: ignore[arg-type]
    PATCHES[name](folder, ("film.mp4", "done.mp4", *arguments))
    return film, folder / "done.mp4"
