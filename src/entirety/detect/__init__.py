"""The checks: each looks at the facts of one clip and says what it saw, what else would explain it, and how to see it again.

This list is all there is; its order is the order of the report. A check that cannot be imported stops the program.
"""

from entirety.detect import (
    blank_picture,
    cadence_change,
    damaged_frames,
    double_encoding,
    encoding_break,
    format_change,
    frame_count,
    frozen_picture,
    hard_cut,
    hidden_footage,
    keyframe_rhythm,
    leftovers,
    metadata_conflict,
    provenance_manifest,
    quantiser_step,
    repeated_footage,
    sequence_position,
    stream_join,
    timecode_break,
    timestamp_gap,
    writer_trace,
)
from entirety.model.finding import Check

CHECKS: tuple[Check, ...] = (
    hidden_footage.CHECK,
    frame_count.CHECK,
    leftovers.CHECK,
    sequence_position.CHECK,
    writer_trace.CHECK,
    metadata_conflict.CHECK,
    provenance_manifest.CHECK,
    double_encoding.CHECK,
    timestamp_gap.CHECK,
    timecode_break.CHECK,
    stream_join.CHECK,
    keyframe_rhythm.CHECK,
    quantiser_step.CHECK,
    format_change.CHECK,
    damaged_frames.CHECK,
    encoding_break.CHECK,
    hard_cut.CHECK,
    frozen_picture.CHECK,
    repeated_footage.CHECK,
    cadence_change.CHECK,
    blank_picture.CHECK,
)
