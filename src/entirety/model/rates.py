"""Measured error rates as an audit holds them: how often a check found what was there, and spoke where nothing was, in files of one kind."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """The clips of known truth on which error rates were measured."""

    sha256: str
    clips: int
    """All clips of the set, of whatever kind and half."""
    date: str
    tool: str
    """Version of the program that was measured."""
    commit: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found of one kind of edit; for the group `device`, of breaks that the recording device itself made."""

    group: str
    near: int
    """Clips in which it placed a finding within half a second of what was done."""
    frame: int
    """Those of them in which it placed one within one frame."""
    clips: int
    """All such clips, those in which the check could not run among them."""
    not_run: int


@dataclass(frozen=True, slots=True)
class Performance:
    """How often one check found what was there, and spoke where nothing was, in clips of one kind of file on which no threshold was set."""

    check: str
    revision: int
    kind: str
    clips: int
    """Clips of this kind in that half, edited ones and those broken off by a device among them."""
    found: tuple[Found, ...]
    continuous: int
    """Continuous clips in which the check ran: what false findings are counted in."""
    not_run: int
    """Continuous clips in which it could not run."""
    false: int
    """Findings in continuous clips."""
    false_clips: int
    """Continuous clips that have such findings."""
    hours: float
    """Length of the continuous clips in which it ran."""
    measured: MeasuredSet
