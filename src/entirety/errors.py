"""Everything that can stop an analysis, each with what happened, to which file, and what to do.

    EntiretyError
    |-- CannotOpen          the file is missing, unreadable, or not a file
    |-- NotVideo            it opened, and there is no video in it
    |   `-- Archive         it is a packed file, in which there may be video
    |-- Damaged             it is a video, and broken so early that nothing can be analysed
    |-- Unsupported         a form of video this program does not read
    |-- ChangedWhileReading the bytes after the analysis are not the bytes before it
    |-- Mismatch            what is verified differs from what the audit recorded
    |-- OutputRefused       the output folder cannot be written, or lies where evidence lies
    `-- Environment         a program that the analysis needs is not there

Only the command line turns one of these into words on a terminal and an exit code.
"""


class EntiretyError(Exception):
    """Base of all; `str(error)` is one plain sentence that says what happened and what to do."""

    exit_code = 3


class CannotOpen(EntiretyError):
    """The file is missing, unreadable, or not a regular file."""


class NotVideo(EntiretyError):
    """The file opened, and holds no video."""


class Archive(NotVideo):
    """The file is packed: what is in it has to be unpacked first."""


class Damaged(EntiretyError):
    """The file is a video, and broken so early that nothing can be analysed."""


class Unsupported(EntiretyError):
    """A form of video that this program does not read, or refuses to read for safety."""


class ChangedWhileReading(EntiretyError):
    """The evidence file was not the same after the analysis as before it."""

    exit_code = 4


class Mismatch(EntiretyError):
    """What was verified differs from what the audit recorded."""

    exit_code = 4


class OutputRefused(EntiretyError):
    """The output folder cannot be written, or lies where it must not."""

    exit_code = 2


class Environment(EntiretyError):
    """A program or library that the analysis needs is missing."""

    exit_code = 5
