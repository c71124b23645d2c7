"""Draw one take as a master for `entirety validate`: python samples/take.py SCENE SEED RATE COUNT OUT.mkv [options]

Every picture is coded by itself and nearly without loss, at an exact, steady rate, with the take's own sound. Recordings of all kinds are
made from masters; nothing is measured on a master itself.
"""

import argparse
from pathlib import Path

import ffmpeg

import sound
from camera import ONE_THREAD, run
from scenes import Take, picture


def master(take: Take, first: int, count: int, target: Path, longest: int = sound.LONGEST_S) -> None:
    """Pictures first..first+count-1 of a take."""
    heard = target.with_suffix(".wav")
    sound.write(heard, take.seed, count / take.rate, longest)
    frames = ffmpeg.input(
        "pipe:", format="rawvideo", pix_fmt="yuv420p", video_size=(640, 360), framerate=take.rate, **ONE_THREAD
    )
    options = {"c:v": "libx264", "preset": "veryfast", "crf": 8, "g": 1, "bf": 0, "c:a": "pcm_s16le", **ONE_THREAD}
    small = frames.filter("scale", 480, 270)
    graph = ffmpeg.output(small, ffmpeg.input(str(heard)), str(target), **options)
    run(graph, (picture(take, first + number).tobytes() for number in range(count)))
    heard.unlink()


def main() -> None:
    """Draw the take that the arguments name."""
    parser = argparse.ArgumentParser(description="Draw one take as a master film.")
    parser.add_argument("scene", choices=("yard", "street"))
    for number in ("seed", "rate", "count"):
        parser.add_argument(number, type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--light", choices=("day", "flashes", "dim"), default="day")
    parser.add_argument("--whip", action="store_true")
    parser.add_argument("--portrait", action="store_true")
    parser.add_argument("--camera", type=int, default=2)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--sound", type=int, default=sound.LONGEST_S, help="seconds of sound that are drawn")
    asked = parser.parse_args()
    take = Take(
        asked.scene,
        asked.seed,
        asked.rate,
        light=asked.light,
        whip=asked.whip,
        portrait=asked.portrait,
        camera=asked.camera,
    )
    master(take, asked.first, asked.count, asked.out, asked.sound)


if __name__ == "__main__":
    main()
