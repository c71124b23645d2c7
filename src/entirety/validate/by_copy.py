"""The catalogue's edits without new encoding: which pictures are left out, repeated or put together, and what is then true."""

from fractions import Fraction

from entirety.validate import copied, unseen
from entirety.validate.encoded import resounded
from entirety.validate.model import Place, Truth
from entirety.validate.routes import carries, put_together
from entirety.validate.scene import Done, Make, Scene


def trim_start(scene: Scene, *, within: bool) -> Done | None:
    group = scene.made.group
    first = group + (group * 3 // 5 if within else 0)
    # Of uneven times the search may find a key frame just before or behind its own time.
    if scene.made.condition.uneven and not within:
        return None
    # A search in a transport stream ends where it likes, and where every picture is a key frame none lies within a group.
    if scene.made.frames < first + 2 * group or (
        within and (scene.ending == "ts" or scene.made.condition.codec == "mjpeg")
    ):
        return None
    hides = scene.ending in ("mp4", "mov")
    hidden = first % group if hides else 0
    shown = scene.made.frames - (first if hides else first // group * group)
    nothing = "" if hidden else unseen.at_an_end(scene, "start-left-out")
    truth = Truth("edited", shown, (Place(0, visible=False),), hidden, unseen=nothing)
    return (copied.started_late(scene.made, first, f"done.{scene.ending}"),), f"done.{scene.ending}", truth


def trim_end(scene: Scene) -> Done | None:
    last = scene.key(1)
    if last is None or scene.made.condition.uneven:
        return None
    end = last + scene.made.group
    nothing = unseen.at_an_end(scene, "end-left-out")
    truth = Truth("edited", end, (Place(end, visible=False),), unseen=nothing)
    return (copied.ended_early(scene.made, end, f"done.{scene.ending}"),), f"done.{scene.ending}", truth


def cut(seconds: int, how: str) -> Make:
    def make(scene: Scene) -> Done | None:
        groups = Fraction(seconds) * scene.made.rate / scene.made.group
        count = max(1, round(groups))
        first = scene.key(count)
        if first is None or (groups < 1 and how == "list") or not carries(scene, how):
            return None
        end = first + count * scene.made.group
        steps = [copied.parted(scene.made, [first, end])]
        frames = scene.made.frames - (end - first)
        nothing = unseen.between(scene, how, [count])
        truth = Truth("edited", frames, (scene.seam(first, first - 1, end),), unseen=nothing)
        return put_together(scene, steps, ["part0", "part2"], truth, how)

    return make


def cut_within(how: str) -> Make:
    """The end of a group is left out, and about two seconds in all; the rest goes on at a key frame."""

    def make(scene: Scene) -> Done | None:
        group, wanted, step = scene.made.group, scene.seconds(2), scene.made.condition.step
        # The group that is cut, and an even number of whole ones: numbers that alternate from group to group go on as before.
        count = 1 + 2 * round(Fraction(2 * wanted - group, 4 * group))
        key = scene.key(count)
        if key is None or scene.made.condition.codec not in copied.RAW or not carries(scene, how):
            return None
        kept = min(max(count * group - wanted, 2), group * 3 // 5)
        # What was kept needs nothing that was left out: it ends with a picture that was stored in its own place.
        kept = (kept - 1) // step * step + 1 if step else 1
        first, end = key + kept, key + count * group
        steps = (
            copied.parted(scene.made, [first], within=True),
            copied.parted(scene.made, [end], part="rest"),
        )
        truth = Truth("edited", scene.made.frames - (end - first), (scene.seam(first, first - 1, end),))
        return put_together(scene, steps, ["part0", "rest1"], truth, how)

    return make


def join(how: str) -> Make:
    def make(scene: Scene) -> Done | None:
        first, second = scene.key(0), scene.second.group
        if first is None or scene.second.frames < 3 * second or scene.made.sound != scene.second.sound:
            return None
        if not _fits(scene, how) or not carries(scene, how):
            return None
        steps = (
            copied.parted(scene.made, [first]),
            copied.parted(scene.second, [second], source="second", part="other"),
        )
        frames = first + scene.second.frames - second
        # The group behind the place is the second of its own recording.
        nothing = unseen.between(scene, how, [1 - first // scene.made.group]) if unseen.alike(scene) else ""
        truth = Truth("edited", frames, (Place(first, visible=True),), unseen=nothing)
        return put_together(scene, steps, ["part0", "other1"], truth, how)

    return make


def _fits(scene: Scene, how: str) -> bool:
    """Pictures of another size can follow, and how many come out of a decoder does not depend on the decoder."""
    if scene.made.size == scene.second.size and all(scene.made.size):
        return True
    if how == "raw":
        return False  # one container, one size
    # Such pictures mkvmerge appends only where their settings stand in the container, as of H.264 in MP4.
    refused = how == "mkvmerge" and (scene.made.condition.codec != "h264" or scene.ending == "ts")
    # Where the size changes in MPEG-2, the decoder loses a picture that it holds back.
    return not refused and scene.made.condition.codec != "mpeg2"


def insert(scene: Scene) -> Done | None:
    first, second = scene.key(0), scene.second.group
    if (
        not _fits(scene, "list")
        or first is None
        or scene.second.frames < 4 * second
        or scene.made.sound != scene.second.sound
    ):
        return None
    steps = (
        copied.parted(scene.made, [first]),
        copied.parted(scene.second, [second, 2 * second], source="second", part="other"),
    )
    places = (Place(first, visible=True), Place(first + second, visible=True))
    before = first // scene.made.group
    nothing = unseen.between(scene, "list", [1 - before, before - 2]) if unseen.alike(scene) else ""
    truth = Truth("edited", scene.made.frames + second, places, unseen=nothing)
    return put_together(scene, steps, ["part0", "other1", "part1"], truth)


def repeat(scene: Scene) -> Done | None:
    first, group = scene.key(1), scene.made.group
    if first is None:
        return None
    steps = (copied.parted(scene.made, [first, first + group]),)
    places = (scene.seam(first + group, first + group - 1, first),)
    return put_together(
        scene, steps, ["part0", "part1", "part1", "part2"], Truth("edited", scene.made.frames + group, places)
    )


def silence(scene: Scene) -> Done | None:
    first, length = scene.middle(scene.seconds(2)), scene.seconds(2)
    if first is None or not scene.sound:
        return None
    start, end = float(first / scene.made.rate), float((first + length) / scene.made.rate)
    target = f"done.{scene.ending}"
    places = (Place(first, visible=False), Place(first + length, visible=False))
    return (resounded(scene.made, start, end, target),), target, Truth("edited", scene.made.frames, places)
