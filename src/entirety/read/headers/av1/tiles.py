"""Steps over the description of tiles in an AV1 picture header, behind which the quantiser stands (tile_info, clause 5.9.15)."""

from entirety.read.headers.h264.bits import Bits, Unreadable

TILE_WIDTH_MOST, TILE_AREA_MOST, TILES_MOST = 4096, 4096 * 2304, 64
"""MAX_TILE_WIDTH, MAX_TILE_AREA, MAX_TILE_COLS and MAX_TILE_ROWS (clause 3)."""


def skip_tiles(bits: Bits, width: int, height: int, *, large: int) -> None:
    """Step over tile_info of a picture of this size in pixels; `large` superblocks have 128 x 128, others 64 x 64."""
    shift = 7 if large else 6
    # Sides are counted in steps of 8 pixels first, as MiCols and MiRows are (7.9.1 of the derivation in 5.9.9).
    columns, rows = (((side + 7 >> 3 << 3) + (1 << shift) - 1) >> shift for side in (width, height))
    widest = TILE_WIDTH_MOST >> shift
    area = TILE_AREA_MOST >> 2 * shift
    least_columns = _log2(widest, columns)
    least = max(least_columns, _log2(area, rows * columns))
    if bits.flag():  # uniform_tile_spacing_flag
        columns_log2 = _increments(bits, least_columns, _log2(1, min(columns, TILES_MOST)))
        rows_log2 = _increments(bits, max(least - columns_log2, 0), _log2(1, min(rows, TILES_MOST)))
    else:
        count, broadest = _sizes(bits, columns, widest)
        columns_log2 = _log2(1, count)
        area = rows * columns >> (least + 1) if least else rows * columns
        count, _ = _sizes(bits, rows, max(area // broadest, 1))
        rows_log2 = _log2(1, count)
    if columns_log2 or rows_log2:
        bits.u(columns_log2 + rows_log2 + 2)  # context_update_tile_id, tile_size_bytes_minus_1


def _log2(block: int, target: int) -> int:
    """The smallest power of 2 by which `block` reaches `target` (tile_log2)."""
    k = 0
    while block << k < target:
        k += 1
    return k


def _increments(bits: Bits, least: int, most: int) -> int:
    while least < most and bits.flag():
        least += 1
    return least


def _sizes(bits: Bits, whole: int, most: int) -> tuple[int, int]:
    """Tiles of stated sizes along one side: how many there are, and the largest."""
    at = count = largest = 0
    while at < whole:
        if count == TILES_MOST:
            raise Unreadable
        size = _ns(bits, min(whole - at, most)) + 1
        largest = max(largest, size)
        at += size
        count += 1
    return count, largest


def _ns(bits: Bits, values: int) -> int:
    """A number below `values` in as few bits as it takes (4.10.7)."""
    width = values.bit_length()
    short = (1 << width) - values
    number = bits.u(width - 1)
    return number if number < short else (number << 1) - short + bits.flag()
