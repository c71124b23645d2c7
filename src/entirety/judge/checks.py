"""All checks that an audit lists: those of the clip alone, and the one that needs a second file."""

from entirety.detect import CHECKS
from entirety.judge.against_recording import CHECK
from entirety.model.finding import Check

LISTED: tuple[Check, ...] = (*CHECKS, CHECK)
"""In the order of the report. Error rates are measured for those of the clip alone, since no clip of the measured set comes with a recording."""
