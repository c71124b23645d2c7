"""Headers of MPEG-4 part 2 video (ISO/IEC 14496-2)."""
