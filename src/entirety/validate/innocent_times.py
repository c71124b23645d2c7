"""Innocent things about time: uneven rates, dropped and repeated pictures, recorders that pause or start anew."""

import ffmpeg

from entirety.validate.conditions import CONDITIONS, ONE_THREAD
from entirety.validate.model import Base, Place, Plan, Step, Truth
from entirety.validate.recordings import command, record, recorded
from entirety.validate.variant import Variant, camera, filmed, shown, steady, without

VARIABLE = next(condition for condition in CONDITIONS if condition.uneven)
HEADERS = "repeat-headers=1"
"""A recorder's stream describes itself at every key frame, so that a player can begin anywhere."""


def _uneven(base: Base, _: Base) -> Plan:
    made = recorded(VARIABLE, base)
    return shown(made.frames, *record(VARIABLE, base), result=f"recording.{VARIABLE.ending}")


def _dropped(base: Base, _: Base) -> Plan:
    """Three single pictures are gone, and the clock says so."""
    gone = [base.count // 4, base.count // 2, base.count * 3 // 4]
    return shown(base.count - len(gone), filmed(base, without(steady(base), gone), sound=False))


def _start(base: Base, _: Base) -> Plan:
    gone = [1, 2, 4, 7]
    return shown(base.count - len(gone), filmed(base, without(steady(base), gone), sound=False))


def _rounded(base: Base, _: Base) -> Plan:
    return shown(base.count, filmed(base, steady(base), "done.mkv", sound=False), result="done.mkv", software=True)


def _filled(base: Base, _: Base) -> Plan:
    """Eight pictures a second, each shown three or four times."""
    slow = steady(base).filter("fps", 8).filter("fps", str(base.rate)).filter("tpad", stop_mode="clone", stop=10)
    return shown(base.count, filmed(base, slow.filter("trim", end_frame=base.count)))


def _repeated(base: Base, _: Base) -> Plan:
    """Two pictures were lost, and the one before is shown in their place."""
    at = base.count // 2
    kept = steady(base).filter("select", f"not(between(n,{at + 1},{at + 2}))")
    return shown(base.count, filmed(base, kept.filter("fps", str(base.rate)), sound=False))


def _paused(base: Base, _: Base) -> Plan | None:
    """Nothing moved, and the recorder waited: the pictures of two seconds are not there, and the clock goes on for seven."""
    pace = round(base.rate)
    start, end = base.count // 2 - pace, base.count // 2 + pace
    if start < pace:
        return None
    kept = (
        steady(base)
        .filter("select", f"not(between(n,{start},{end - 1}))")
        .filter("setpts", f"PTS+gte(PTS*TB,{end}/{base.rate})*5/TB")
    )
    return _device(base.count - (end - start), (Place(start, visible=True),), filmed(base, kept, sound=False))


def _waited(base: Base, _: Base) -> Plan:
    """The picture stands for a second and a half while the stream loads, and goes on where it stood."""
    at, held = base.count // 2, round(base.rate * 3 / 2)
    stood = steady(base).filter("loop", loop=held, size=1, start=at).filter("setpts", f"N/({base.rate}*TB)")
    places = (Place(at + 1, visible=False), Place(at + 1 + held, visible=False))
    return _device(base.count + held, places, filmed(base, stood, sound=False))


def _device(frames: int, places: tuple[Place, ...], *steps: Step, result: str = "done.mp4") -> Plan:
    return Plan(steps, result, Truth("device", frames, places, software=False))


def part(base: Base, first: int, end: int, name: str, *filters: tuple[str, tuple[object, ...]], **more: object) -> Step:
    """Pictures first..end-1 as a transport stream of an encoder run of their own."""
    video = steady(base).filter("trim", start_frame=first, end_frame=end).filter("setpts", "PTS-STARTPTS")
    for kind, values in filters:
        video = video.filter(kind, *values)
    own = camera(base, CONDITIONS[0])
    own = {key: value for key, value in own.items() if key not in ("brand", "video_track_timescale")}
    own["x264-params"] = f"{own['x264-params']}:{HEADERS}"
    return command(ffmpeg.output(video, f"{name}.ts", **{**own, **more}))


def one_after_another(names: tuple[str, ...], target: str, lengths: dict[str, float]) -> tuple[Step, ...]:
    """Parts put together as a recorder does, without new encoding; a part with a stated length leaves a gap after it."""
    lines = "".join(
        f"file '{name}.ts'\n" + (f"duration {lengths[name]:.6f}\n" if name in lengths else "") for name in names
    )
    options = {**ONE_THREAD, "map": "0:v", "c": "copy", "fflags": "+bitexact", "map_metadata": -1}
    own = {"brand": "mp42", "metadata:s:v:0": "handler_name=VideoHandle"} if target.endswith("mp4") else {}
    provider = {"metadata": "service_provider=Camera"} if target.endswith("ts") else {}
    joined = ffmpeg.input("parts.txt", format="concat", safe=0).output(target, **options, **own, **provider)
    return Step("write", ("parts.txt", lines)), command(joined)


def _reconnected(base: Base, _: Base) -> Plan | None:
    """The recorder lost its camera for two seconds, and the camera came back with other settings of its encoder."""
    pace = round(base.rate)
    start, end = base.count // 2 - pace, base.count // 2 + pace
    if start < pace:
        return None
    first = part(base, 0, start, "first")
    second = part(base, end, base.count, "second", **{"profile:v": "high", "refs": 2, "b:v": "900k"})
    joined = one_after_another(("first", "second"), "done.mp4", {"first": float(end / base.rate)})
    return _device(base.count - (end - start), (Place(start, visible=True),), first, second, *joined)


TIMES = (
    Variant("uneven", "a phone's variable rate", (("timestamp-gap", "variable-rate"),), _uneven),
    Variant("dusk", "the light goes down and the phone slows", (("timestamp-gap", "low-light"),), _uneven, trait="dim"),
    Variant(
        "dropped",
        "the camera dropped three single pictures",
        (
            ("hard-cut", "dropped-frames"),
            ("jump-cut", "dropped-frames"),
            ("jump-cut", "late-picture"),
            ("timestamp-gap", "dropped-frames"),
        ),
        _dropped,
    ),
    Variant(
        "start", "the camera has not reached its rate in the first pictures", (("timestamp-gap", "start-up"),), _start
    ),
    Variant("rounded", "times in whole milliseconds", (("timestamp-gap", "millisecond-rounding"),), _rounded),
    Variant(
        "filled",
        "eight pictures a second, repeated to fill the rate",
        (("frozen-picture", "low-rate-recorder"), ("jump-cut", "low-rate"), ("cadence-change", "filled-rate")),
        _filled,
    ),
    Variant(
        "repeated",
        "two lost pictures, the one before shown instead",
        (("frozen-picture", "decoder-repeat"),),
        _repeated,
    ),
    Variant(
        "waited", "the picture stands while a stream loads", (("frozen-picture", "buffering-pause"),), _waited, "device"
    ),
    Variant(
        "paused",
        "a recorder waits until something moves",
        (("timestamp-gap", "motion-triggered-recorder"),),
        _paused,
        "device",
    ),
    Variant(
        "reconnected",
        "a recorder lost its camera and connected again",
        (
            ("timestamp-gap", "recorder-reconnect"),
            ("stream-join", "recorder-reconnect"),
            ("stream-join", "encoder-restart"),
        ),
        _reconnected,
        "device",
    ),
)
