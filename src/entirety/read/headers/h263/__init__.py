"""Headers of H.263 video (ITU-T H.263)."""
