"""Readers of the clocks that a recording carries beside its presentation times, one file per kind of source."""
