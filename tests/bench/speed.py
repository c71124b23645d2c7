"""Speed and memory of a whole audit against plain decoding of the same clip by ffmpeg, in one run.

    python tests/bench/speed.py [--runs 5] [--hour] [--clip FILE ...]

Both are timed as whole processes, in turn (A B A B ...), so that a machine whose speed drifts disturbs both alike; quoted is the median of
the pairwise ratios of CPU time (user and system, children included). `--hour` adds one hour of 720p by stream copy, for memory.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ffmpeg
import imageio_ffmpeg

LIMITS = {"720p 1.5 Mb/s": 1.9, "1080p 14 Mb/s": 1.5}
"""Most CPU time that an audit may take, in plain decodes of the same clip."""

MOST_MEMORY = 200
"""MiB above the start that one hour of video may take."""


def draw(program: str, target: Path, size: str, rate: str, seconds: int = 60) -> None:
    """A moving, textured, noisy scene at a bit rate, coded like a camera does: one key frame a second, no B frames, with sound."""
    picture = ffmpeg.input(f"mandelbrot=size={size}:rate=30:end_scale=0.02:maxiter=200", f="lavfi", t=seconds)
    picture = picture.filter("noise", alls=6, allf="t", all_seed=1).filter("format", "yuv420p")
    sound = ffmpeg.input("sine=frequency=220:sample_rate=48000", f="lavfi", t=seconds)
    output = ffmpeg.output(
        picture, sound, str(target), vcodec="libx264", preset="fast", video_bitrate=rate, maxrate=rate, bufsize=rate,
        g=30, keyint_min=30, sc_threshold=0, bf=0, acodec="aac", audio_bitrate="96k",
    )  # fmt: skip
    subprocess.run(output.compile(cmd=program, overwrite_output=True), check=True, capture_output=True)


def run(command: list[str], folder: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak MiB of one process and its children."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024


def audit_command(clip: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "entirety", "audit", str(clip), "--out", str(out)]


def decode_command(program: str, clip: Path) -> list[str]:
    return [program, "-v", "error", "-threads", "2", "-i", str(clip), "-map", "0:v:0", "-f", "null", "-"]


def compare(program: str, clip: Path, runs: int, folder: Path) -> tuple[float, float, float]:
    """Median ratio of CPU, of wall time, and the audit's peak MiB, over `runs` pairs after one that is not counted."""
    cpu, wall, memory = [], [], []
    for number in range(runs + 1):
        ours = run(audit_command(clip, folder / f"report{number}"), folder)
        theirs = run(decode_command(program, clip), folder)
        if number:
            cpu.append(ours[0] / theirs[0])
            wall.append(ours[1] / theirs[1])
            memory.append(ours[2])
    return statistics.median(cpu), statistics.median(wall), max(memory)


def hour(program: str, minute: Path, target: Path) -> None:
    """Sixty copies of a one-minute clip, one after another, without coding anew."""
    source = ffmpeg.input(str(minute), stream_loop=59)
    command = ffmpeg.output(source, str(target), c="copy").compile(cmd=program, overwrite_output=True)
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hour", action="store_true")
    parser.add_argument("--clip", type=Path, action="append", default=[])
    chosen = parser.parse_args()
    program = imageio_ffmpeg.get_ffmpeg_exe()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = {clip.name: clip.resolve() for clip in chosen.clip}
        if not clips:
            clips = {"720p 1.5 Mb/s": folder / "p720.mp4", "1080p 14 Mb/s": folder / "p1080.mp4"}
            draw(program, clips["720p 1.5 Mb/s"], "1280x720", "1500k")
            draw(program, clips["1080p 14 Mb/s"], "1920x1080", "14000k")
        print(f"{'clip':<16} {'CPU x':>6} {'limit':>6} {'wall x':>7} {'MiB':>6}")
        for label, clip in clips.items():
            cpu, wall, memory = compare(program, clip, chosen.runs, folder)
            print(
                f"{label:<16} {cpu:6.2f} {LIMITS.get(label, float('nan')):6.1f} {wall:7.2f} {memory:6.0f}", flush=True
            )
        if chosen.hour:
            long = folder / "hour.mp4"
            minute = next(iter(clips.values()))
            hour(program, minute, long)
            short, far = (run(audit_command(clip, folder / f"m{clip.stem}"), folder)[2] for clip in (minute, long))
            print(f"one hour: {far:.0f} MiB, {far - short:.0f} above one minute, limit {MOST_MEMORY} above start")


if __name__ == "__main__":
    main()
