"""ISO-BMFF files that state sizes, counts and depths which are not there."""

import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from case.bytes_of import beside, box, edit, full, number, replaced, wide_box

if TYPE_CHECKING:
    from case.crafted import Bait, Content

STBL = ("moov", "trak", "mdia", "minf", "stbl")
TWO_GB = 2**31


def _claims(size: int, kind: str) -> "Content":
    """A real film with a box at its end that states far more bytes than follow."""

    def make(bait: "Bait", film: bytes) -> bytes:
        claim = box(kind, bytes(100), size=size) if size < 2**32 else wide_box(kind, bytes(100), size)
        return film + claim

    return make


def _claims_inside(path: Sequence[str], kind: str, size: int) -> "Content":
    def make(bait: "Bait", film: bytes) -> bytes:
        claim = box(kind, bytes(100), size=size) if size < 2**32 else wide_box(kind, bytes(100), size)
        return beside(film, path, claim)

    return make


def nested(kinds: Sequence[str], depth: int) -> bytes:
    """Boxes within boxes, each stating its own length; built from the outside, so that 100,000 of them take no time."""
    heads = []
    for level in range(depth):
        kind = kinds[min(level, len(kinds) - 1)] if len(kinds) > 2 else kinds[level % len(kinds)]
        heads.append(number(8 * (depth - level) + 16) + kind.encode("latin-1"))
    return b"".join(heads) + bytes(16)


def _nested(kinds: Sequence[str], depth: int) -> "Content":
    def make(bait: "Bait", film: bytes) -> bytes:
        return box("ftyp", b"isom\0\0\0\0isom") + nested(kinds, depth)

    return make


def _nested_inside(path: Sequence[str], kinds: Sequence[str], depth: int) -> "Content":
    """A playable film with the nest in a corner."""

    def make(bait: "Bait", film: bytes) -> bytes:
        return beside(film, path, nested(kinds, depth))

    return make


def _one_track(film: bytes) -> bytes:
    found: list[bytes] = []

    def keep(whole: bytes) -> bytes:
        found.append(whole)
        return whole

    edit(film, ("moov", "trak"), keep)
    return found[0]


def many_tracks(bait: "Bait", film: bytes) -> bytes:
    """10,000 tracks with the smallest tables that a track can have."""
    empty = box(
        "stbl",
        full("stsd", number(0)),
        full("stts", number(0)),
        full("stsc", number(0)),
        full("stsz", bytes(8)),
        full("stco", number(0)),
    )
    information = box(
        "minf", full("vmhd", bytes(8), flags=1), box("dinf", full("dref", number(1), full("url ", flags=1))), empty
    )
    media = box(
        "mdia",
        full("mdhd", bytes(8), number(1000), number(1000), bytes(4)),
        full("hdlr", bytes(4), b"vide", bytes(13)),
        information,
    )
    tracks = [
        box("trak", full("tkhd", bytes(8), number(at), bytes(4), number(1000), bytes(60), flags=3), media)
        for at in range(2, 10_001)
    ]
    return beside(film, ("moov",), *tracks)


def many_film_tracks(bait: "Bait", film: bytes) -> bytes:
    """900 tracks, each a whole description of the same pictures."""
    return beside(film, ("moov",), *([_one_track(film)] * 899))


def _tables(stts: bytes, stsz: bytes, stsc: bytes) -> "Content":
    def make(bait: "Bait", film: bytes) -> bytes:
        for kind, new in (("stts", stts), ("stsz", stsz), ("stsc", stsc)):
            film = replaced(film, (*STBL, kind), new)
        film = edit(film, (*STBL, "stss"), lambda _: b"")
        return edit(film, (*STBL, "ctts"), lambda _: b"")

    return make


def _claimed(count: int, size: int) -> "Content":
    """A handful of bytes that state `count` samples of one size."""
    return _tables(
        full("stts", number(1), number(count), number(1)),
        full("stsz", number(size), number(count)),
        full("stsc", number(1), number(1), number(count), number(1)),
    )


def counted_only(bait: "Bait", film: bytes) -> bytes:
    """Every table states 4,294,967,295 rows and holds those of a short film."""
    for kind in ("stts", "stsc", "stco", "stss", "ctts"):
        film = edit(film, (*STBL, kind), lambda whole: whole[:12] + number(2**32 - 1) + whole[16:])
    return edit(film, (*STBL, "stsz"), lambda whole: whole[:16] + number(2**32 - 1) + whole[20:])


def _fragments(samples: int, runs: int) -> "Content":
    """Fragments whose runs state many samples without a byte for each."""

    def make(bait: "Bait", film: bytes) -> bytes:
        film = beside(film, ("moov",), box("mvex", full("trex", number(1), number(1), number(1), number(0), bytes(4))))
        header = full("tfhd", number(1), number(1), number(0), bytes(4), flags=0x38)
        run = full("trun", number(samples))
        return (
            film + box("moof", full("mfhd", number(1)), box("traf", header, *([run] * runs))) + box("mdat", bytes(64))
        )

    return make


def _edit_list(entries: int) -> "Content":
    """Entries that show the same pictures over and over, each for the longest time that fits: ten pictures become a million."""
    entry = number(2**31 - 1) + number(0) + number(65536)

    def make(bait: "Bait", film: bytes) -> bytes:
        return edit(
            film, ("moov", "trak", "edts"), lambda _: box("edts", full("elst", number(entries), entry * entries))
        )

    return make


def compressed_movie(bait: "Bait", film: bytes) -> bytes:
    """QuickTime's compressed movie header: 100 kB that unpack to 100 MB, and the claim that it is 4 GB."""
    packed = zlib.compress(bytes(100_000_000), 9)
    data = box("cmvd", number(2**32 - 16), packed)
    return box("ftyp", b"qt  \0\0\2\0qt  ") + box("moov", box("cmov", box("dcom", b"zlib"), data))


def compressed_film(bait: "Bait", film: bytes) -> bytes:
    """The same in earnest: the film's own movie header, compressed."""
    movies: list[bytes] = []
    edit(film, ("moov",), lambda whole: movies.append(whole) or whole)  # type: ignore[func-returns-value]
    data = box("cmvd", number(len(movies[0])), zlib.compress(movies[0], 9))
    return replaced(film, ("moov",), box("moov", box("cmov", box("dcom", b"zlib"), data)))


def long_tags(bait: "Bait", film: bytes) -> bytes:
    """A tag of 20 MB, and 100,000 tags."""
    long = box("\xa9cmt", box("data", number(1), bytes(4), b"A" * 20_000_000))
    many = [box("\xa9nam", box("data", number(1), bytes(4), b"x"))] * 100_000
    meta = full("meta", full("hdlr", bytes(4), b"mdir", bytes(13)), box("ilst", long, *many))
    return beside(film, ("moov",), box("udta", meta))


def _repeat(piece: bytes, times: int) -> Callable[["Bait", bytes], bytes]:
    return lambda _, film: film + piece * times


BOXES: dict[str, "Content"] = {
    "claims-2gb-media.mp4": _claims(TWO_GB, "mdat"),
    "claims-2gb-unused.mp4": _claims(TWO_GB, "free"),
    "claims-2gb-movie.mp4": _claims(TWO_GB, "moov"),
    "claims-2gb-unknown.mp4": _claims(TWO_GB, "uuid"),
    "claims-2-63.mp4": _claims(2**63, "mdat"),
    "claims-2-63-less-1.mp4": _claims(2**63 - 1, "free"),
    "claims-2-64-less-1.mp4": _claims(2**64 - 1, "moov"),
    "claims-2gb-tags.mp4": _claims_inside(("moov",), "udta", TWO_GB),
    "claims-2gb-table.mp4": _claims_inside(STBL, "sbgp", TWO_GB),
    "claims-2gb-note.mp4": _claims_inside(("moov",), "XMP_", TWO_GB),
    "claims-2-63-inside.mp4": _claims_inside(("moov", "trak"), "udta", 2**63),
    "nested-1000.mp4": _nested(["moov"], 1_000),
    "nested-100000.mp4": _nested(["moov"], 100_000),
    "nested-kinds.mp4": _nested(["moov", "trak", "mdia", "minf", "stbl", "udta"], 10_000),
    "nested-fragments.mp4": _nested(["moof", "traf"], 100_000),
    "nested-inside.mp4": _nested_inside(("moov",), ["udta"], 1_000),
    "nested-meta.mp4": _nested_inside(("moov",), ["udta", "ilst"], 50_000),
    "many-tracks.mp4": many_tracks,
    "samples-of-nothing.mp4": _claimed(2_000_000, 0),
    "samples-claimed.mp4": _claimed(2**32 - 1, 1),
    "rows-claimed.mp4": counted_only,
    "fragments-claimed.mp4": _fragments(2**32 - 1, 1),
    "edit-list.mp4": _edit_list(100),
    "compressed-movie.mov": compressed_movie,
    "compressed-film.mov": compressed_film,
}
MANY_BOXES: dict[str, "Content"] = {
    "edit-list-100000.mp4": _edit_list(100_000),
    "boxes-of-nothing.mp4": _repeat(box("free"), 300_000),
    "many-film-tracks.mp4": many_film_tracks,
    "samples-by-the-million.mp4": _claimed(100_000_000, 0),
    "samples-of-one-byte.mp4": _claimed(100_000_000, 1),
    "fragments-by-the-million.mp4": _fragments(1_000_000, 100),
    "long-tags.mp4": long_tags,
}
