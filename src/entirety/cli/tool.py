"""Which program made the audit: names and versions, collected here because nothing below the command line may look at its surroundings."""

import hashlib
import json
import re
from importlib import metadata
from pathlib import Path

import entirety
from entirety import __version__
from entirety.model.audit import Tool

LIBRARIES = (
    "av",
    "c2pa-python",
    "imageio-ffmpeg",
    "numpy",
    "opencv-python",
    "opencv-python-headless",
    "pymediainfo",
    "typst",
)
"""What can change a number or the look of a report; each is printed with its version."""


def tool() -> Tool:
    """This program and the libraries that measured, sorted by name; those that are installed, of the extra and of the two OpenCV names."""
    from entirety.measure.clip import decoder_build, decoder_version

    installed = {name: version for name in LIBRARIES if (version := _version(name)) is not None}
    installed |= dict(decoder_build())
    installed["entirety source"] = _source()
    if commit := _commit():
        installed["entirety commit"] = commit
    return Tool("entirety", __version__, decoder_version(), tuple(sorted(installed.items())))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    """The commit that the installed package itself names (PEP 610); none where it was installed from anything but a repository."""
    try:
        stated = json.loads(metadata.distribution("entirety").read_text("direct_url.json") or "{}")
        commit = stated["vcs_info"]["commit_id"]
    except (metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return None
    return commit if isinstance(commit, str) and re.fullmatch(r"[0-9a-f]{7,64}", commit) else None


def _source() -> str:
    """One SHA-256 over every file of this program, so that two versions with one number can be told apart."""
    folder, digest = Path(entirety.__file__).parent, hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
