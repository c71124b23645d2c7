"""Turns the time code of a group of pictures into a number of pictures since midnight (ISO/IEC 13818-2, 6.3.8)."""


def pictures_since_midnight(code: int, nominal: int) -> int:
    """Pictures since the time code 00:00:00:00 where a second of it has `nominal` pictures; -1 where the code is no time.

    `code` holds the 25 bits as stored: drop_frame_flag, hours (5), minutes (6), marker, seconds (6), pictures (6). With the flag the
    first two numbers of each minute but every tenth are left out (four at twice the rate), so that the code keeps up with the clock.
    """
    drop, hours, minutes, seconds, pictures = code >> 24, code >> 19 & 31, code >> 13 & 63, code >> 6 & 63, code & 63
    if not code >> 12 & 1 or hours > 23 or minutes > 59 or seconds > 59 or pictures >= nominal:
        return -1
    whole = 60 * hours + minutes
    count = (60 * whole + seconds) * nominal + pictures
    left_out = nominal // 15 if drop and nominal % 30 == 0 else 0
    if left_out and not seconds and pictures < left_out and minutes % 10:
        return -1  # a number that counting leaves out
    return count - left_out * (whole - whole // 10)
