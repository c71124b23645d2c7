"""What the headers inside an H.264 stream say, one row per coded picture.

Before every picture an H.264 encoder writes small headers: which settings it runs with, whether the picture stands on its own,
and running numbers. Within one recording they continue; where two recordings were joined they often do not.
Terms and clause numbers follow ITU-T H.264 (08/2021).
"""

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entirety.model.headers import EncoderNote, ParameterSet


@dataclass(frozen=True, slots=True)
class H264Headers:
    """Columns with one row per packet of the stream, decode order; -1 wherever the header does not carry the field."""

    nal_types: NDArray[np.int32]
    """Bit k is set where the packet holds a NAL unit of type k."""
    slice_type: NDArray[np.int8]
    """Of the first slice, 0 P, 1 B, 2 I, 3 SP, 4 SI (Table 7-6, modulo 5)."""
    idr: NDArray[np.bool_]
    frame_num: NDArray[np.int32]
    idr_pic_id: NDArray[np.int32]
    poc_lsb: NDArray[np.int32]
    """pic_order_cnt_lsb."""
    field: NDArray[np.int8]
    """0 frame, 1 top field, 2 bottom field."""
    reference: NDArray[np.bool_]
    """nal_ref_idc of the first slice is not 0."""
    pps: NDArray[np.int16]
    """pic_parameter_set_id of the first slice."""
    recovery_point: NDArray[np.int32]
    """recovery_frame_cnt of a recovery point SEI."""
    slice_qp: NDArray[np.int16]
    """26 + pic_init_qp_minus26 + slice_qp_delta of the first slice; -1 where it could not be reached (and at more than 8 bits, where -1 is a value)."""
    parameter_sets: tuple[ParameterSet, ...]
    """Each distinct payload at its first occurrence, and again wherever the payload for that number changes."""
    notes: tuple[EncoderNote, ...]
    """Each distinct text at its first occurrence and again wherever it changes."""
    unreadable: NDArray[np.int64]
    """Rows of packets whose headers could not be read."""
    resets: NDArray[np.int64] = dataclasses.field(default_factory=lambda: np.zeros(0, np.int64))
    """Rows of pictures after which all numbers start anew without an IDR picture (memory_management_control_operation 5)."""

    def __len__(self) -> int:
        return len(self.slice_type)
