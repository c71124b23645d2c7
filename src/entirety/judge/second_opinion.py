"""Holds what a second program read in the file against what this one read, point by point.

Two readers that differ are worth a person's look and nothing more: programs count and name things in their own ways, above all in files
that depart from a standard. No point has a weight, and no answer depends on one.
"""

from collections.abc import Iterator
from fractions import Fraction

from entirety.model.clip import Clip
from entirety.model.finding import Sentence
from entirety.model.second_opinion import Compared, Point, SecondOpinion
from entirety.model.second_reading import SecondReading, Trouble

FORMS = {
    "MPEG-4": "mov",
    "QuickTime": "mov",
    "Matroska": "matroska",
    "WebM": "matroska",
    "AVI": "avi",
    "MPEG-TS": "mpegts",
    "BDAV": "mpegts",
    "MPEG-PS": "mpeg",
    "Ogg": "ogg",
    "Flash Video": "flv",
    "MXF": "mxf",
    "Windows Media": "asf",
    "AVC": "h264",
    "HEVC": "hevc",
    "MPEG Video": "mpegvideo",
    "DV": "dv",
    "GIF": "gif",
}
"""MediaInfo's name of a form of file, and the first name of the demultiplexer that reads it here."""

CODECS = {
    "AVC": ("h264",),
    "HEVC": ("hevc",),
    "VVC": ("vvc",),
    "MPEG-4 Visual": ("mpeg4", "msmpeg4v1", "msmpeg4v2", "msmpeg4v3"),
    "MPEG Video": ("mpeg1video", "mpeg2video"),
    "VP8": ("vp8",),
    "VP9": ("vp9",),
    "AV1": ("av1",),
    "Theora": ("theora",),
    "JPEG": ("mjpeg", "mjpegb"),
    "JPEG 2000": ("jpeg2000",),
    "H.263": ("h263", "h263p", "h263i"),
    "VC-1": ("vc1", "wmv3"),
    "VC-3": ("dnxhd",),
    "ProRes": ("prores",),
    "DV": ("dvvideo",),
    "Sorenson Spark": ("flv1",),
    "FFV1": ("ffv1",),
    "PNG": ("png",),
    "GIF": ("gif",),
}
"""MediaInfo's name of a coding, and the library's names that mean the same."""

COVERS = frozenset({"mjpeg", "png", "bmp", "gif"})
"""Codings of still pictures: a further track in one of them may be a cover, which MediaInfo does not count as video."""

COUNTED = frozenset({"mov", "avi"})
"""Demultiplexers of forms that list their pictures. In the others MediaInfo multiplies length by rate: of a WebM clip of the corpus with 166
pictures it says 5.600 s, 30 per second and 168, which is no other count."""

NEAR = Fraction(1, 20)
"""Seconds. A block of sound lasts up to 46 ms (AAC, 1,024 samples at 22,050 Hz), and programs count the last one or do not."""

REASONS = {
    Trouble.NOT_INSTALLED: Sentence(
        "second.not-installed", "MediaInfo, the program that would be asked, is not installed beside this one."
    ),
    Trouble.BROKE_OFF: Sentence(
        "second.broke-off",
        "MediaInfo was started on the file and did not come to an orderly end in the time it was given.",
    ),
    Trouble.NOT_READ: Sentence("second.not-read", "MediaInfo finds no form of file in it that it knows."),
}


def second_opinion(clip: Clip, shown: Fraction) -> SecondOpinion | None:
    """The comparison; None where no second program was asked. `shown` is the length that a player shows, seconds."""
    theirs = clip.second
    if theirs is None:
        return None
    if theirs.trouble is not None:
        return SecondOpinion(theirs.program, REASONS[theirs.trouble])
    return SecondOpinion(theirs.program, compared=tuple(_points(clip, theirs, shown)), stated=theirs.stated)


def _points(clip: Clip, theirs: SecondReading, shown: Fraction) -> Iterator[Compared]:
    video, stream, frames = theirs.video, clip.stream, clip.frames
    yield Compared(Point.CONTAINER, clip.container, theirs.form, _known(FORMS.get(theirs.form), (_own(clip),)))
    codec = video.codec if video else ""
    yield Compared(Point.CODEC, stream.codec, codec, stream.codec in CODECS[codec] if codec in CODECS else None)
    sizes = {(stream.width, stream.height)}
    sizes |= {(int(frames.width[0]), int(frames.height[0]))} if len(frames) else set()
    size = (video.width, video.height) if video and video.width and video.height else None
    printed = " / ".join(f"{width} × {height}" for width, height in sorted(sizes, reverse=True))
    yield Compared(Point.PICTURE, printed, f"{size[0]} × {size[1]}" if size else "", _known(size, sizes))
    yield _pictures(clip, theirs)
    yield _duration(clip, theirs, shown)
    videos = [s for s in clip.streams if s.kind == "video"]
    moving = [s for s in videos if s.index == clip.video or s.codec not in COVERS]
    agree = theirs.videos in (len(videos), len(moving))
    yield Compared(Point.VIDEOS, str(len(videos)), str(theirs.videos), agree)
    sounds = sum(s.kind == "audio" for s in clip.streams)
    yield Compared(Point.SOUNDS, str(sounds), str(theirs.sounds), sounds == theirs.sounds)


def _own(clip: Clip) -> str:
    return clip.container.split(",", maxsplit=1)[0]


def _known(value: object, among: object) -> bool | None:
    return None if value is None else value in among  # type: ignore[operator] # a set or a tuple


def _pictures(clip: Clip, theirs: SecondReading) -> Compared:
    """Stored with stored and shown with shown where it states both; one number alone may be either. One only worked out cannot differ."""
    ours = (len(clip.packets), len(clip.frames))
    told = (theirs.video.stored, theirs.video.frames) if theirs.video else ()
    stated = [n for n in told if n is not None]
    same = tuple(stated) == ours if len(stated) == len(ours) else any(n in ours for n in stated)
    counted = bool(stated) and _own(clip) in COUNTED
    agree = True if same else False if counted else None
    return Compared(Point.PICTURES, _both(map(str, ours)), _both(map(str, stated)), agree)


def _duration(clip: Clip, theirs: SecondReading, shown: Fraction) -> Compared:
    """Declared with the whole and shown with the video where it states both; one number alone may be either."""
    ours = [time for time in (clip.duration, shown) if time is not None]
    near = max(NEAR, shown / len(clip.frames) if len(clip.frames) else NEAR)
    whole, video = theirs.duration, theirs.video.duration if theirs.video else None
    stated = [time for time in (whole, video) if time is not None]
    agree: bool | None = None
    if whole is not None and video is not None:
        declares = clip.duration is None or abs(clip.duration - whole) <= near
        agree = declares and abs(shown - video) <= near
    elif stated:
        agree = any(abs(one - stated[0]) <= near for one in ours)
    return Compared(Point.DURATION, _both(map(_seconds, ours)), _both(map(_seconds, stated)), agree)


def _both(values: Iterator[str]) -> str:
    """Two values with a stroke between them, one where they are the same."""
    return " / ".join(dict.fromkeys(values))


def _seconds(time: Fraction) -> str:
    return f"{float(time):.3f} s"
