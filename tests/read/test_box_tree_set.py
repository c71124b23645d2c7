import gzip
import io
import tarfile
from pathlib import Path

import pytest

from entirety.errors import CannotOpen, Unsupported
from entirety.read import box_tree_set
from entirety.read.box_tree_set import box_trees
from read.trees import ODD, PHONE

FILES = {
    "Containers/non-SN/native/D01_V_a.mp4.xml": PHONE,
    "Containers/Weibo/native/D02_V_a.mp4.xml": ODD,
    "Containers/non-SN/native/D03_V_a.mp4.xml": b"nothing",
    "Containers/non-SN/native/notes.txt": b"not a tree",
}
SEEN = [("Weibo", "native", "D02", True), ("non-SN", "native", "D01", True), ("non-SN", "native", "D03", False)]


def seen(place: Path) -> list[tuple[str, str, str, bool]]:
    return sorted((t.channel, t.history, t.device, t.movie is not None) for t in box_trees(place))


def lay_out(folder: Path) -> Path:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def pack(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def test_a_folder_around_the_set_and_the_set_itself(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert seen(tmp_path) == SEEN
    assert seen(tmp_path / "Containers") == SEEN


def test_a_pack(tmp_path: Path) -> None:
    assert seen(pack(tmp_path / "set.tar.gz", FILES)) == SEEN
    inner = {name.removeprefix("Containers/"): data for name, data in FILES.items()}
    assert seen(pack(tmp_path / "inner.tar.gz", inner)) == SEEN


def test_links_in_a_pack_are_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "set.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("Containers/non-SN/native/D01_V_a.mp4.xml")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(CannotOpen, match="no box trees"):
        list(box_trees(tmp_path / "set.tar.gz"))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="no box trees"):
        list(box_trees(tmp_path))
    with pytest.raises(CannotOpen, match="There is no folder"):
        list(box_trees(tmp_path / "missing"))


@pytest.mark.parametrize(
    "data",
    [b"", b"nothing", gzip.compress(b"nothing", mtime=0), gzip.compress(bytes(2000), mtime=0)[:-6]],
    ids=["empty", "no-pack", "no-trees", "cut-off"],
)
def test_a_pack_that_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "set.tar.gz").write_bytes(data)
    with pytest.raises(CannotOpen):
        list(box_trees(tmp_path / "set.tar.gz"))


def test_a_pack_that_grows_beyond_all_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box_tree_set, "MOST_UNPACKED", 10_000)
    with pytest.raises(Unsupported, match="unpacks to more"):
        list(box_trees(pack(tmp_path / "set.tar.gz", {"a/b/D01_.xml": bytes(100_000)})))


def test_too_many_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box_tree_set, "MOST_TREES", 2)
    with pytest.raises(Unsupported, match="more than 2"):
        list(box_trees(lay_out(tmp_path)))
