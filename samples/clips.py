"""The table of all sample clips, in the order in which they are made.

The expected answer is reasoned from what was done to a clip. It was not read off any tool's output.
"""

import boxes
import editing
import recipes as how
from recipes import HANDHELD, MISSING_TIME, RE_ENCODED, STATIC, STREET, YARD, Event, Recipe
from scenes import FLASHES, LAMP_FROM
from street import WHIP_AT, WHIP_LASTS

ORIGINALS = (
    Recipe(
        name=STATIC,
        done="Nothing: one continuous recording by a fixed camera, as the camera wrote it.",
        make=how.film(YARD, how.YARD_PICTURES),
        answer="none-found",
        shows=((YARD, 0, how.YARD_PICTURES),),
        camera_like=True,
    ),
    Recipe(
        name=HANDHELD,
        done="Nothing: one continuous hand-held recording, as the camera wrote it.",
        make=how.film(STREET, how.STREET_PICTURES),
        answer="none-found",
        shows=((STREET, 0, how.STREET_PICTURES),),
        camera_like=True,
    ),
)

EDITED = (
    Recipe(
        name="cut-stream-copy.mp4",
        done="Seconds 5 to 8 of untouched-static.mp4 were removed at key frames, the rest joined without encoding.",
        make=lambda done, target: editing.cut_by_copy(done / STATIC, target, [(0, 5), (8, 13)]),
        answer="direct",
        shows=((YARD, 0, 125), (YARD, 200, 125)),
        checks=("stream-join",),
        acceptable=(*MISSING_TIME, *RE_ENCODED, "timestamp-gap", "sound-picture-length", "frame-count"),
        events=(Event("cut", 125, ("stream-join",), removed_s=3.0),),
        continuous=False,
    ),
    Recipe(
        name="cut-reencoded.mp4",
        done="2.6 seconds were removed from the middle of untouched-handheld.mp4 and the rest was encoded again.",
        make=lambda done, target: editing.cut_and_encode(done / HANDHELD, target, 30, [(0, 144), (222, 345)]),
        answer="indications",
        shows=((STREET, 0, 144), (STREET, 222, 123)),
        checks=("hard-cut",),
        acceptable=(*MISSING_TIME, *RE_ENCODED),
        events=(Event("cut", 144, ("hard-cut",), removed_s=2.6),),
        continuous=False,
    ),
    Recipe(
        name="cut-reencoded-static.mp4",
        done="4.12 seconds were removed from the middle of untouched-static.mp4 and the rest was encoded again.",
        make=lambda done, target: editing.cut_and_encode(done / STATIC, target, 25, [(0, 122), (225, 325)]),
        answer="indications",
        shows=((YARD, 0, 122), (YARD, 225, 100)),
        checks=("jump-cut",),
        acceptable=(*MISSING_TIME, *RE_ENCODED),
        events=(Event("cut", 122, ("jump-cut",), removed_s=4.12),),
        continuous=False,
    ),
    Recipe(
        name="trim-edit-list.mp4",
        done="The edit list of untouched-static.mp4 was changed so that 2.4 s at the start and 1.6 s at the end stay "
        "stored but are not shown, as a phone's gallery trims.",
        make=lambda done, target: boxes.trim(done / STATIC, target, 2.4, 9.0),
        answer="direct",
        shows=((YARD, 60, 225),),
        checks=("hidden-footage",),
        acceptable=("frame-count", "sound-picture-length", "sequence-position", "timestamp-gap"),
        events=(
            Event("hidden-start", 0, ("hidden-footage",), removed_s=2.4),
            Event("hidden-end", 225, ("hidden-footage",), removed_s=1.6),
        ),
        hidden_frames=100,
        continuous=False,
    ),
    Recipe(
        name="join.mp4",
        done="The first 5 s of untouched-static.mp4 and seconds 2 to 7 of untouched-handheld.mp4 were joined, encoded at 25/s.",
        make=lambda done, target: editing.join_and_encode(done / STATIC, done / HANDHELD, target, 125, (60, 210)),
        answer="indications",
        shows=((YARD, 0, 125), (STREET, 60, 1)),
        checks=("hard-cut",),
        acceptable=(*MISSING_TIME, *RE_ENCODED, "source-change", "cadence-change", "frozen-picture", "added-overlay"),
        events=(Event("join", 125, ("hard-cut",)),),
        continuous=False,
    ),
    Recipe(
        name="join-stream-copy.mp4",
        done="The first 5 s of untouched-static.mp4 and a clip of another camera and encoder were joined without "
        "encoding, through MPEG-TS.",
        make=how.other_camera,
        answer="direct",
        shows=((YARD, 0, 125), (how.OTHER_YARD, 0, 125)),
        checks=("stream-join", "hard-cut"),
        acceptable=(
            *MISSING_TIME,
            *RE_ENCODED,
            "timestamp-gap",
            "keyframe-rhythm",
            "format-change",
            "source-change",
            "quantiser-step",
            "sound-picture-length",
            "frame-count",
        ),
        events=(Event("join", 125, ("stream-join", "hard-cut")),),
        continuous=False,
    ),
    Recipe(
        name="freeze.mp4",
        done="In the first 9 s of untouched-handheld.mp4 the picture of second 5 was held for 1.2 s in silence; encoded again.",
        make=lambda done, target: editing.freeze(done / HANDHELD, target, rate=30, at=150, held=36, end=270),
        answer="indications",
        shows=((STREET, 0, 150), (STREET, 150, 120)),
        checks=("frozen-picture",),
        acceptable=(*MISSING_TIME, *RE_ENCODED, "cadence-change", "repeated-footage"),
        events=(Event("freeze-starts", 150, ("frozen-picture",), added_s=1.2), Event("freeze-ends", 186)),
        continuous=False,
    ),
)

INNOCENT = (
    Recipe(
        name="variable-rate.mp4",
        done="Nothing: one recording by a phone that slows from 30 to 20 pictures/s as the light goes down, with "
        "uneven times and five pictures dropped by the camera itself.",
        make=how.low_light,
        answer="none-found",
        events=how.low_light_events(),
        camera_like=True,
    ),
    Recipe(
        name="flash-and-light.mp4",
        done="Nothing: one recording in which two camera flashes go off and a lamp is switched on.",
        make=how.film(how.EVENING, 250, 640),
        answer="none-found",
        shows=((how.EVENING, 0, 250),),
        events=(
            *(Event("flash", n) for n in sorted(FLASHES) if n - 1 not in FLASHES),
            Event("lamp-on", LAMP_FROM),
        ),
        camera_like=True,
    ),
    Recipe(
        name="messenger.mp4",
        done="untouched-static.mp4 was saved again at half size with stronger compression; nothing was left out.",
        make=lambda done, target: editing.send_on(done / STATIC, target),
        answer="re-saved",
        shows=((YARD, 0, how.YARD_PICTURES),),
        checks=("writer-trace",),
        acceptable=RE_ENCODED,
    ),
    Recipe(
        name="fast-pan.mp4",
        done="Nothing: one hand-held recording in which the camera is swung round in half a second.",
        make=how.film(how.WHIP, 270, 640),
        answer="none-found",
        shows=((how.WHIP, 0, 270),),
        events=(
            Event("fast-pan-starts", round(WHIP_AT * 30)),
            Event("fast-pan-ends", round((WHIP_AT + WHIP_LASTS) * 30)),
        ),
        camera_like=True,
    ),
    Recipe(
        name="rotated.mp4",
        done="Nothing: one hand-held recording by an upright phone, which stores pictures on their side and turns them.",
        make=how.upright,
        answer="none-found",
        shows=((how.UPRIGHT, 0, 250),),
        camera_like=True,
    ),
)

CLIPS = (*ORIGINALS, *EDITED, *INNOCENT)
