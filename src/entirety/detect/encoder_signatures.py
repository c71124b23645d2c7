"""Finds where an encoder signs a stream that another one, or another run of it, has signed before.

Encoders leave their name, version and settings as text. One run writes the same text at its first picture, and some repeat it at every
key picture; another text in the middle of a file comes from another run, unless single bits of it were damaged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from entirety.detect.encoder_runs import FEW_BREAKS, INTRA, Break, reverting
from entirety.model.h264 import H264Headers
from entirety.model.headers import CodedHeaders, EncoderNote

ENCODERS = {"dc45e9bde6d948b7962cd820d923eeef": "x264", "2ca2de09b51747dbbb55a4fe7fc2fc4e": "x265"}
"""UUIDs under which an encoder signs once, at its first picture (x264, encoder/set.c). Other UUIDs may carry data per picture."""
FEW_TEXTS = 3
"""Texts under one UUID up to which they are signatures; more is data that a camera writes as it goes (clock, position): chosen."""
LONGEST_NAME = 60
"""Characters of a program's name that are printed in a sentence: chosen."""
SIGNED = re.compile(r"(Lavc|XviD|DivX)[0-9]")
"""How encoders of MPEG-4 part 2 begin the text that names them and their version (read off films of libavcodec and of Xvid)."""


def encoder_notes(headers: H264Headers | CodedHeaders) -> Iterator[Break]:
    """A signature of an encoder after the first picture: a text other than before, or the first one of an encoder that signs at once.

    A first one at the first key picture says nothing: what lies before it is the rest of a group whose beginning is not in the file.
    """
    keys = np.flatnonzero(headers.slice_type == INTRA if isinstance(headers, H264Headers) else headers.entry)
    begins = int(keys[0]) if len(keys) else 0
    texts: dict[str, list[EncoderNote]] = {}
    for note in headers.notes:
        texts.setdefault(note.uuid, []).append(note)
    for uuid, notes in texts.items():
        if len(notes) > FEW_TEXTS or not any(note.packet > 0 for note in notes):
            continue
        if uuid in ENCODERS or (len(notes) > 1 and all(_signature(note.text) for note in notes)):
            if notes[0].packet > begins:
                yield _signed(None, notes[0])
            yield from _changes(notes)


def signatures(headers: CodedHeaders) -> list[Break]:
    """Places from which on pictures of MPEG-4 part 2 carry the name or version of another encoder."""
    texts: dict[str, list[EncoderNote]] = {}
    for note in headers.notes:
        if SIGNED.match(note.text):
            texts.setdefault(note.uuid, []).append(note)
    found = [one for notes in texts.values() for one in _changes(notes)]
    return [replace(one, count=len(found)) for one in found] if len(found) <= FEW_BREAKS else []


def _changes(notes: Sequence[EncoderNote]) -> Iterator[Break]:
    back = reverting([note.text.encode() for note in notes])
    for k, (last, now) in enumerate(pairwise(notes), 1):
        if last.text != now.text and now.packet > 0:
            yield replace(_signed(last, now), reverts=k in back)


def _signed(last: EncoderNote | None, now: EncoderNote) -> Break:
    was, is_now = last.text[:200] if last else "none", now.text[:200]
    details = (("signature", was, is_now),)
    return Break("encoder-note", now.packet, program(was), program(is_now), details=details)


def program(signature: str) -> str:
    """The beginning of a signature that names the program: x264 writes ` - ` between its name, its build and the rest."""
    return " - ".join(signature.split(" - ")[:2])[:LONGEST_NAME]


def _signature(text: str) -> bool:
    """A text that names a program: words, not data."""
    return len(text) >= 8 and sum(letter.isalpha() or letter == " " for letter in text) * 2 > len(text)
