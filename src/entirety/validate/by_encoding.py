"""The catalogue's edits with new encoding: which pieces are shown in which order, and what is then true."""

from collections.abc import Sequence
from fractions import Fraction

from entirety.validate.encoded import Piece, assembled, dissolved, seams
from entirety.validate.model import Place, Truth
from entirety.validate.scene import Done, Make, Scene


def trim(scene: Scene, *, start: bool) -> Done | None:
    away = scene.seconds(1.4)
    if scene.made.frames < 3 * away:
        return None
    piece = Piece("recording", away, scene.made.frames) if start else Piece("recording", 0, scene.made.frames - away)
    place = Place(0 if start else piece.shown, visible=False)
    return _assembled(scene, (piece,), (place,))


def cut(seconds: float, *, elsewhere: bool = False) -> Make:
    def make(scene: Scene) -> Done | None:
        removed = max(1, scene.seconds(seconds))
        first = (scene.elsewhere() if elsewhere else scene).middle(removed)
        if first is None:
            return None
        pieces = (Piece("recording", 0, first), Piece("recording", first + removed, scene.made.frames))
        return _assembled(scene, pieces, seams(pieces, scene))

    return make


def rejoin(scene: Scene) -> Done | None:
    """Two parts of one take that lie far apart: what is shown on either side was recorded by one device."""
    part = max(scene.seconds(1.5), scene.made.frames * 3 // 10)
    if scene.made.frames - 2 * part < scene.seconds(2):
        return None
    pieces = (Piece("recording", 0, part), Piece("recording", scene.made.frames - part, scene.made.frames))
    return _assembled(scene, pieces, seams(pieces, scene))


def _assembled(scene: Scene, pieces: Sequence[Piece], places: tuple[Place, ...]) -> Done:
    target = f"done.{scene.ending}"
    step = assembled(pieces, scene.made, target, sound=scene.sound)
    return (step,), target, Truth("edited", sum(piece.shown for piece in pieces), places)


def join(scene: Scene) -> Done | None:
    first = scene.middle(0)
    if first is None or scene.second.frames < scene.seconds(3):
        return None
    pieces = (Piece("recording", 0, first), Piece("second", scene.seconds(0.5), scene.second.frames))
    return _assembled(scene, pieces, seams(pieces, scene))


def insert(scene: Scene) -> Done | None:
    first, length = scene.middle(0), scene.seconds(2)
    if first is None or scene.second.frames < 2 * length:
        return None
    inserted = Piece("second", length // 2, length // 2 + length)
    pieces = (Piece("recording", 0, first), inserted, Piece("recording", first, scene.made.frames))
    return _assembled(scene, pieces, seams(pieces, scene))


def dissolve(seconds: float = 0.5, *, other: bool, kind: str = "fade") -> Make:
    def make(scene: Scene) -> Done | None:
        over = 2 * scene.seconds(seconds / 2)
        first = scene.middle(0 if other else scene.seconds(2))
        if scene.made.condition.uneven or first is None or scene.second.frames < scene.seconds(4) or first <= over:
            return None
        start = 0 if other else first + scene.seconds(2)
        before = Piece("recording", 0, first)
        after = Piece("second" if other else "recording", start, scene.second.frames if other else scene.made.frames)
        target = f"done.{scene.ending}"
        place = Place(first - over // 2, visible=False, over=over)
        step = dissolved(before, after, over, scene.made, target, sound=scene.sound, kind=kind)
        return (step,), target, Truth("edited", before.shown + after.shown - over, (place,))

    return make


def fade(scene: Scene) -> Done | None:
    removed, over = scene.seconds(2), scene.seconds(0.5)
    first = scene.middle(removed)
    if first is None:
        return None
    pieces = (
        Piece("recording", 0, first, fade_out=over),
        Piece("recording", first + removed, scene.made.frames, fade_in=over),
    )
    return _assembled(scene, pieces, (Place(first, visible=False, over=2 * over),))


def freeze(seconds: float) -> Make:
    def make(scene: Scene) -> Done | None:
        first, held = scene.middle(0), scene.seconds(seconds)
        if first is None:
            return None
        pieces = (Piece("recording", 0, first, held=held), Piece("recording", first, scene.made.frames))
        places = (Place(first, visible=False), Place(first + held, visible=False))
        return _assembled(scene, pieces, places)

    return make


def repeat(seconds: float) -> Make:
    def make(scene: Scene) -> Done | None:
        length = scene.seconds(seconds)
        first = scene.middle(length)
        if first is None:
            return None
        pieces = (Piece("recording", 0, first + length), Piece("recording", first, scene.made.frames))
        return _assembled(scene, pieces, seams(pieces, scene))

    return make


def reverse(seconds: float) -> Make:
    def make(scene: Scene) -> Done | None:
        length = scene.seconds(seconds)
        first = scene.middle(length)
        if scene.made.condition.uneven or first is None:
            return None
        turned = Piece("recording", first, first + length, backwards=True)
        pieces = (Piece("recording", 0, first), turned, Piece("recording", first + length, scene.made.frames))
        return _assembled(scene, pieces, seams(pieces, scene))

    return make


def speed(speed: Fraction) -> Make:
    def make(scene: Scene) -> Done | None:
        # A multiple of 20 pictures stays a whole number at 0.8 and at 1.25.
        length = 20 * max(1, scene.seconds(2.4) // 20)
        first = scene.middle(length)
        if scene.made.condition.uneven or first is None:
            return None
        changed = Piece("recording", first, first + length, speed=speed)
        pieces = (Piece("recording", 0, first), changed, Piece("recording", first + length, scene.made.frames))
        # The pictures follow each other as they did; nothing is skipped.
        places = (Place(first, visible=False), Place(first + changed.shown, visible=False))
        return _assembled(scene, pieces, places)

    return make
