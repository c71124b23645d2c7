"""Headers of MPEG-1 and MPEG-2 video (ISO/IEC 11172-2 and 13818-2)."""
