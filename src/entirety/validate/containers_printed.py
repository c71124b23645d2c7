"""The counts over box trees, for programs and for people."""

from collections.abc import Iterable, Iterator, Sequence

from entirety.knowledge.intervals import interval
from entirety.validate.containers import ANSWERS, DIRECT, TUNING, Answered, Rates, counted, places, rates
from entirety.validate.printed_rates import rate

PLAIN = (
    "Unknown is no answer: a structure that no rule knows says nothing. Re-saved says which software wrote the file, and nothing about its content. "
    "Files of one device are alike, so that the intervals are narrower than they should be."
)


def counts(files: Sequence[Answered]) -> dict[str, object]:
    """Everything that was counted: all files, the devices that were looked at and the others, each channel and history, each device."""
    return {
        **_stated(rates(files)),
        "files": len(files),
        "unreadable": counted(files)["unreadable"],
        "tuning": _stated(rates(_seen(files, True))),
        "reporting": _stated(rates(_seen(files, False))),
        "table": [
            {"channel": channel, "history": history, "files": len(here), **counted(here)}
            for channel, history, here in _rows(files)
        ],
        "devices": [
            {"device": device, "tuning": device in TUNING, "files": len(here), **_stated(rates(here))}
            for device, here in _devices(files)
        ],
    }


def lines(files: Sequence[Answered]) -> list[str]:
    """The same for people: the rates, then a row per channel and history."""
    return [
        f"{len(files):,} box trees of {len({one.device for one in files})} devices; files that went through no site ({DIRECT}):",
        *_rates("all devices", rates(files)),
        *_rates("devices that rules were written on", rates(_seen(files, True))),
        *_rates("devices that no rule was written on", rates(_seen(files, False))),
        "",
        f"{'channel':<14}{'history':<14}{'files':>7}" + "".join(f"{name.replace('_', '-'):>12}" for name in ANSWERS),
        *(
            f"{channel[:13]:<14}{history[:13]:<14}{len(here):>7}" + "".join(f"{n:>12}" for n in counted(here).values())
            for channel, history, here in _rows(files)
        ),
        "",
        PLAIN,
    ]


def _rates(name: str, of: Rates) -> Iterator[str]:
    if of.native + of.re_saved + of.unknown_native + of.unknown_re_saved == 0:
        return
    share = of.balanced_accuracy
    yield f"  {name}: balanced accuracy {f'{100 * share:.2f} %' if share is not None else 'not to be had (one kind is missing)'}"
    yield f"    native called re-saved: {rate(of.false_alarms, of.native)}; re-saved called native: {rate(of.missed, of.re_saved)}"
    yield f"    unknown, not counted above: {of.unknown_native} native, {of.unknown_re_saved} re-saved"


def _stated(of: Rates) -> dict[str, object]:
    return {
        "balanced_accuracy": of.balanced_accuracy,
        "balanced_accuracy_unknown_wrong": of.balanced_accuracy_of_all,
        "false_alarm_rate": of.false_alarm_rate,
        "false_alarm_interval": interval(of.false_alarms, of.native),
        "detection_interval": interval(of.re_saved - of.missed, of.re_saved),
        "unknown": of.unknown_native + of.unknown_re_saved,
        "unknown_native": of.unknown_native,
        "unknown_re_saved": of.unknown_re_saved,
        "native_answered": of.native,
        "re_saved_answered": of.re_saved,
        "false_alarms": of.false_alarms,
        "missed": of.missed,
    }


def _seen(files: Iterable[Answered], tuning: bool) -> list[Answered]:
    return [one for one in files if (one.device in TUNING) is tuning]


def _rows(files: Sequence[Answered]) -> Iterator[tuple[str, str, list[Answered]]]:
    for channel, history in places(files):
        yield channel, history, [one for one in files if (one.channel, one.history) == (channel, history)]


def _devices(files: Sequence[Answered]) -> Iterator[tuple[str, list[Answered]]]:
    for device in sorted({one.device for one in files}):
        yield device, [one for one in files if one.device == device]
