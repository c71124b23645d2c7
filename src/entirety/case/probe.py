"""What a file says of itself at first sight, for an estimate of the time that its audit takes: nothing is decoded."""

from pathlib import Path

from entirety.read.streams import describe, main_video, open_clip

SECONDS_EACH = 0.8
"""Of one audit whatever the clip: its checks, its pages. Of short clips, on the machine of the figure below."""
SECONDS_A_MILLION = 0.0065
"""Of processor time for each million samples of each picture. With the above it gives 4.4 s for 600 pictures of 720p H.264 at 1.5 Mbit/s, for which a
scan of a hundred took 4.3 s each (tests/bench/scan_speed.py). HEVC and AV1 take more, small pictures too."""


def probe(path: Path) -> tuple[int, int, int]:
    """Pictures, width and height as declared; pictures by the stated length where their number is not stated, 0 where neither is.

    Raises CannotOpen, NotVideo, Damaged or Unsupported.
    """
    with open_clip(path) as container:
        video = main_video(container, path)
        stream = describe(container, video, 0)[video]
        length = (container.duration or 0) / 1e6
    return max(stream.frames, round(length * float(stream.average_rate or 0)), 0), stream.width, stream.height


def seconds(pictures: int, width: int, height: int) -> float:
    """About how much processor time the audit takes."""
    return SECONDS_EACH + pictures * width * height / 1e6 * SECONDS_A_MILLION
