"""Which program made the audit: names and versions, collected here because nothing below the command line may look at its surroundings."""

from importlib import metadata

from entirety import __version__
from entirety.model.audit import Tool

LIBRARIES = ("av", "imageio-ffmpeg", "numpy", "opencv-python", "opencv-python-headless", "typst")
"""What can change a number or the look of a report; each is printed with its version."""


def tool() -> Tool:
    """This program and the libraries that measured, sorted by name; those of the two OpenCV names that is installed."""
    import av

    major, minor, micro = av.library_versions["libavcodec"]
    installed = {name: version for name in LIBRARIES if (version := _version(name)) is not None}
    return Tool("entirety", __version__, f"libavcodec {major}.{minor}.{micro}", tuple(sorted(installed.items())))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
