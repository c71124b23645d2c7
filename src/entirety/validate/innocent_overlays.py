"""Innocent things that come and go within a part of the picture: a camera's own sign, and something that is put down before the lens."""

import ffmpeg

from entirety.validate.model import Base, Plan
from entirety.validate.variant import Variant, filmed, shown, steady


def _sign(base: Base, _: Base) -> Plan:
    """A recording sign that is there for half of every second, from the first picture to the last."""
    second = max(2, round(base.rate))
    there = f"lt(mod(n,{second}),{second // 2})"
    signed = steady(base)
    for left in (0, 14, 28):
        signed = signed.filter("drawbox", f"iw-60+{left}", 12, 10, 14, "white", "fill", enable=there)
    return shown(base.count, filmed(base, signed))


def _put_down(base: Base, _: Base) -> Plan:
    """Something with sharp edges is brought into the view within a second, stands for two, and is taken away again."""
    second = max(1, round(base.rate))
    start = base.count // 2 - second
    thing = ffmpeg.input(f"testsrc=s=96x72:r={base.rate}:d=60", f="lavfi").filter("trim", end_frame=1)
    thing = thing.filter("loop", loop=base.count, size=1).filter("setpts", f"N/({base.rate}*TB)")
    way = f"W-(W*0.5)*clip(min((n-{start})/{second},({start + 4 * second}-n)/{second}),0,1)"
    video = ffmpeg.overlay(steady(base), thing, x=way, y="H*0.6", eof_action="pass")
    return shown(base.count, filmed(base, video.filter("trim", end_frame=base.count)))


OVERLAYS = (
    Variant("sign", "a camera shows that it is recording", (("added-overlay", "camera-display"),), _sign),
    Variant("put-down", "something is put down and taken away", (("added-overlay", "placed-object"),), _put_down),
)
