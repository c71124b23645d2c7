"""The innocent explanations that timecode-break holds against what a clock does, and what it says of them."""

from entirety.detect.innocent import Explanation

EXPLANATIONS = {
    "rounding": Explanation(
        cause="A clock that counts coarser than the pictures is off by up to one of its units.",
        excluded="One unit of this clock is {unit} s, and rounding and scatter move it by {tolerance} s at most; that is allowed for.",
    ),
    "clock-set": Explanation(
        cause="The clock was set during the recording, by hand, by the network or by another device.",
        excluded="A clock that is set changes once by itself; that is not what is seen.",
        not_excluded="A clock that was set during the recording leaves the same; other clocks of the file, or the scene, can tell.",
    ),
    "summer-time": Explanation(
        cause="The clock changed to summer time, from it, or to another time zone.",
        excluded="Such changes are whole half hours of a clock that runs, and not of a code that the container lists; that is not what is seen.",
        not_excluded="The change is a whole number of half hours, as a change to summer time or to another zone makes.",
    ),
    "gps-loss": Explanation(
        cause="A satellite receiver found its first fix, lost it, or learned of the leap seconds.",
        excluded="This clock does not come from satellites, or its readings go on with a fix and change by another amount.",
        not_excluded="The receiver had no fix for a while, or its time changes as that of one that found the date or the leap seconds.",
    ),
    "recorder-pause": Explanation(
        cause="The recorder paused; its clock ran on while the times of the file did not.",
        excluded="A pause puts the clock ahead of the file's times; that is not what is seen.",
        not_excluded="A recorder that paused and wrote the file's times without a gap leaves the same; ask for its settings and its log.",
    ),
    "lost-pictures": Explanation(
        cause="Pictures were lost or left out, and the file's own times were counted on without them.",
        excluded="Lost pictures put the clock ahead of the file's times; that is not what is seen.",
        not_excluded="A recorder that lost or dropped pictures and counted the file's times on without them leaves the same; ask for its log.",
    ),
    "rec-run": Explanation(
        cause="The time code counts recorded pictures only and stands while the recorder pauses.",
        excluded="Such a code stands where the file's own times step; that is not what is seen.",
        not_excluded="The file's own times step here and the clock goes on by one step, as a code that counts recorded pictures does.",
    ),
    "clip-list": Explanation(
        cause="A camera or a copying program put several whole clips into one file and kept the time code of each.",
        excluded="This clock is no list of clips in the container.",
        not_excluded="The container itself lists a new clip here; cameras that join their clips do so as well as editing programs.",
    ),
    "drop-frame": Explanation(
        cause="Numbers that drop-frame counting leaves out each minute are counted, or are left out unannounced.",
        excluded="That moves a time code by two or four pictures, at full minutes; that is not what is seen.",
        not_excluded="The change is of two or four pictures, as numbers left out at a full minute make.",
    ),
    "time-lapse": Explanation(
        cause="The device records in time lapse or in slow motion.",
        excluded="Time lapse and slow motion give a clock another, even speed; a change at one place, uneven readings or a clock that stands is not that.",
        not_excluded="The clock runs at another, even speed, as in time lapse or slow motion.",
    ),
    "not-running": Explanation(
        cause="The clock was never started, or the writer of the file filled in one value.",
        excluded="The clock runs.",
        not_excluded="One value stands in the whole file, so it says nothing about its course.",
    ),
    "unsteady-clock": Explanation(
        cause="The clock, or the times of the file, are uneven by themselves.",
        excluded="Places counted: {count}; outside them the clock keeps one pace against the file's own times, as far as rounding and scatter let it be told.",
        not_excluded="A clock that changes so often, or scatters so widely, does so by itself; places counted: {count}.",
    ),
}
