"""Processor time of an audit, of an audit with the signature from the same decode, and of an audit and then a signature of its own.

    PYTHONPATH=tests python tests/bench/one_decode.py [--runs 5] [--one-thread]

Each is a whole process, all in turn, so that a machine whose speed drifts disturbs all alike; quoted are medians of ratios within a turn.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import imageio_ffmpeg

from bench.speed import draw, run

AUDIT = """
import sys
from pathlib import Path
from entirety.judge.examine import examine
from entirety.model.audit import Tool
from entirety.measure.signature import sign
how, threads, clip = sys.argv[1], sys.argv[2] == "threads", Path(sys.argv[3])
spool = Path("spool") if how == "spooled" else None
done = examine(clip, Tool("", "", "", ()), threads=threads, signed=how in ("signed", "spooled"), spool=spool)
if how == "apart":
    sign(clip)
"""
WAYS = ("plain", "signed", "spooled", "apart")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one-thread", action="store_true")
    chosen = parser.parse_args()
    threads = "one" if chosen.one_thread else "threads"
    with tempfile.TemporaryDirectory() as name:
        clip = Path(name) / "p720.mp4"
        draw(imageio_ffmpeg.get_ffmpeg_exe(), clip, "1280x720", "1500k")
        took: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
        for number in range(chosen.runs + 1):
            for way in WAYS:
                cpu, _, memory = run([sys.executable, "-c", AUDIT, way, threads, str(clip)], Path(name))
                if number:
                    took[way].append((cpu, memory))
    for way in WAYS:
        ratios = [mine[0] / plain[0] for mine, plain in zip(took[way], took["plain"], strict=True)]
        cpu = statistics.median(mine[0] for mine in took[way])
        print(f"{way:<8} {cpu:6.2f} s  {statistics.median(ratios):5.3f}  {max(mine[1] for mine in took[way]):5.0f} MiB")


if __name__ == "__main__":
    main()
