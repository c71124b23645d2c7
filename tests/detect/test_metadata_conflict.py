"""metadata-conflict: dates, makers and notes that contradict each other; never more than supporting."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.clips import make_clip
from detect.expectations import found, status
from entirety.detect.metadata_conflict import CHECK, spoken
from entirety.detect.moments import SINCE_1904
from entirety.detect.xmp_history import read_packet
from entirety.model.clip import Clip
from entirety.model.finding import Finding, Status, Weight

NOW = 3_600_000_000
"""2018-01-28T16:00:00Z, as the steady clip's header has it; the steady clip lasts 4 s."""
HOUR = 3600
TWITTER = "Twitter-vork muxer"
LAVF = ("encoder", "Lavf61.7.100")
RESOLVE = ("encoder", "Blackmagic Design DaVinci Resolve Studio")
IPHONE = ("com.apple.quicktime.model", "iPhone 6s")


def dated(*, created: int = NOW, modified: int = NOW, tracks: int = NOW, changed: int = NOW, **movie: Any) -> Clip:
    """Dates of the movie header, and of the track."""
    header = {"created": created, "modified": modified, **movie}
    return make_clip(100, movie=header, track={"created": tracks, "modified": changed})


def tagged(*tags: tuple[str, str], **movie: Any) -> Clip:
    return make_clip(100, movie={"tags": tags, **movie})


def told(clip: Clip) -> dict[str, Weight]:
    return {finding.code: finding.weight for finding in found(CHECK, clip)}


def the(clip: Clip, code: str) -> Finding:
    return next(finding for finding in found(CHECK, clip) if finding.code == code)


def note(*steps: str, created: str = "2018-01-28T16:00:00Z", modified: str = "2018-01-28T16:00:04Z") -> str:
    """An XMP packet with these entries of history."""
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmp:CreateDate="{created}" xmp:ModifyDate="{modified}"><xmpMM:History><rdf:Seq>{"".join(steps)}</rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def step(changed: str = "/", agent: str = "Editor 1.0") -> str:
    return f'<rdf:li stEvt:action="saved" stEvt:when="2018-01-28T16:00:04Z" stEvt:softwareAgent="{agent}" stEvt:changed="{changed}"/>'


def test_steady_dates_are_no_finding() -> None:
    assert told(make_clip(100)) == {}
    assert told(make_clip(100, movie=None)) == {}
    assert told(tagged(("com.apple.quicktime.creationdate", "2018-01-28T17:00:01+0100"))) == {}


def test_header_and_track_differ() -> None:
    """What a change of the header's date with a common tool leaves: the tracks keep theirs."""
    clip = dated(created=2_614_420_800, modified=2_614_420_800)
    assert told(clip) == {"early-date": Weight.NEUTRAL, "dates-differ": Weight.SUPPORTING}
    assert "31." not in str(the(clip, "dates-differ").claim)
    assert "days" in str(the(clip, "dates-differ").claim)


def test_last_change_long_after_the_end() -> None:
    assert told(dated(modified=NOW + 4 + 301, changed=NOW)) == {}
    assert told(dated(modified=NOW + 86_400 + 77)) == {"modified-later": Weight.SUPPORTING}


def test_last_change_before_the_creation() -> None:
    assert told(dated(modified=NOW - 77)) == {"modified-before": Weight.NEUTRAL}


def test_no_date_at_all() -> None:
    assert told(dated(created=0, modified=0, tracks=0, changed=0)) == {"no-date": Weight.NEUTRAL}


def test_one_date_of_two_is_none_to_compare() -> None:
    assert told(dated(created=0, modified=0)) == {}


def test_counted_from_1970() -> None:
    clip = dated(created=NOW - SINCE_1904, modified=NOW - SINCE_1904)
    assert told(clip) == {"other-count": Weight.NEUTRAL}
    assert ("movie header, creation", "2018-01-28T16:00:00Z") in [
        (m.name, m.value) for m in the(clip, "other-count").measured
    ]


def test_a_date_beyond_all_calendars() -> None:
    assert told(dated(created=2**64 - 1, modified=2**64 - 1, tracks=2**64 - 1, changed=2**64 - 1)) == {
        "after-file": Weight.NEUTRAL
    }


def test_later_than_the_file() -> None:
    late = NOW + 10 * 365 * 86_400
    assert told(dated(created=late, modified=late, tracks=late, changed=late)) == {"after-file": Weight.NEUTRAL}
    lost = make_clip(100)
    lost = replace(lost, custody=replace(lost.custody, modified="1980-01-01T00:00:00Z"))
    assert told(lost) == {}


def test_history_of_an_editor() -> None:
    clip = make_clip(100, movie={"xmp": note(step(), step("/metadata"))})
    assert told(clip) == {"history": Weight.SUPPORTING}
    assert "Editor 1.0" in str(the(clip, "history").claim)
    assert status(the(clip, "history"), "catalogue") is Status.EXCLUDED


def test_history_that_names_nobody() -> None:
    assert told(make_clip(100, movie={"xmp": note()})) == {}


def test_maker_and_software() -> None:
    assert told(tagged(IPHONE, RESOLVE)) == {"maker": Weight.SUPPORTING}
    assert told(tagged(IPHONE)) == {}
    assert told(tagged(RESOLVE)) == {}


def test_a_service_takes_the_weight_away_and_is_named() -> None:
    clip = make_clip(100, movie={"created": 2_614_420_800, "xmp": note(step())}, track={"handler_name": TWITTER})
    assert set(told(clip).values()) == {Weight.NEUTRAL}
    assert "Twitter" in str(the(clip, "history").inference)
    assert "Twitter" in str(the(clip, "dates-differ").inference)


def test_innocent_reset_clock() -> None:
    """The tag was filled while the clock stood at its start; the header has the time of the phone that fetched the file."""
    clip = tagged(("date", "2016-01-01T00:03:12"))
    assert told(clip) == {"dates-differ": Weight.NEUTRAL}
    assert status(the(clip, "dates-differ"), "reset-clock") is Status.NOT_EXCLUDED
    early = SINCE_1904 + 200
    assert told(dated(created=early, modified=early, tracks=early, changed=early)) == {"early-date": Weight.NEUTRAL}


@pytest.mark.parametrize("shift", [HOUR, -5 * HOUR, 5 * HOUR + 1800, 5 * HOUR + 2700, 14 * HOUR, -12 * HOUR])
def test_innocent_time_zone(shift: int) -> None:
    clip = dated(created=NOW + shift, modified=NOW + shift)
    assert told(clip) == {"time-zone": Weight.NEUTRAL}
    assert status(the(clip, "time-zone"), "time-zone") is Status.NOT_EXCLUDED
    assert f"{abs(-shift) / HOUR:g} h" in str(the(clip, "time-zone").claim)


def test_a_difference_of_no_zone() -> None:
    assert told(dated(created=NOW + 20 * HOUR, modified=NOW + 20 * HOUR)) == {"dates-differ": Weight.SUPPORTING}
    assert told(dated(created=NOW + HOUR + 900, modified=NOW + HOUR + 900)) == {"dates-differ": Weight.SUPPORTING}


def test_innocent_copying() -> None:
    """The disk states a date of its own, earlier than the one inside; and a copy into a new container has no dates."""
    late = make_clip(100)
    late = replace(late, custody=replace(late.custody, modified="2017-06-01T00:00:00Z"))
    for clip, code in ((late, "after-file"), (dated(created=0, modified=0, tracks=0, changed=0), "no-date")):
        assert told(clip) == {code: Weight.NEUTRAL}
        assert status(the(clip, code), "copying") is Status.NOT_EXCLUDED


def test_innocent_late_closing() -> None:
    """119 s beyond its length: the most that an untouched phone file of EVA-7K has."""
    assert told(dated(modified=NOW + 4 + 119, changed=NOW + 4 + 119)) == {}


def test_innocent_gallery_export() -> None:
    clip = tagged(("com.apple.quicktime.creationdate", "2018-01-20T11:23:45+0100"))
    assert told(clip) == {"dates-differ": Weight.SUPPORTING}
    assert status(the(clip, "dates-differ"), "gallery-export") is Status.NOT_EXCLUDED
    later = tagged(("com.apple.quicktime.creationdate", "2018-02-20T11:23:45+0100"))
    assert status(the(later, "dates-differ"), "gallery-export") is Status.EXCLUDED


def test_innocent_catalogue() -> None:
    clip = make_clip(100, movie={"xmp": note(step("/metadata", "Catalogue 2.0"))})
    assert told(clip) == {"history": Weight.NEUTRAL}
    assert status(the(clip, "history"), "catalogue") is Status.NOT_EXCLUDED
    later = dated(modified=NOW + 86_400 + 77)
    assert status(the(later, "modified-later"), "catalogue") is Status.NOT_EXCLUDED


def test_innocent_carried_tags() -> None:
    assert status(the(tagged(IPHONE, RESOLVE), "maker"), "carried-tags") is Status.NOT_EXCLUDED


def test_innocent_built_on_library() -> None:
    clip = tagged(IPHONE, LAVF)
    assert told(clip) == {"maker": Weight.NEUTRAL}
    assert status(the(clip, "maker"), "built-on-library") is Status.NOT_EXCLUDED


def test_innocent_whole_export() -> None:
    clip = make_clip(100, movie={"xmp": note(step())})
    assert status(the(clip, "history"), "whole-export") is Status.NOT_EXCLUDED


def test_dates_of_other_containers() -> None:
    clip = make_clip(
        100, movie=None, clip={"tags": (("creation_time", "Mon Nov 29 21:32:23 2010"), ("date", "2009-02-03 04:05:06"))}
    )
    assert told(clip) == {"dates-differ": Weight.SUPPORTING}
    shifted = make_clip(
        100, movie=None, clip={"tags": (("creation_time", "2010-11-29 21:32:23"), ("date", "2010-11-29"))}
    )
    assert told(shifted) == {}


def test_lengths_of_time_in_words() -> None:
    assert [spoken(s) for s in (59, 180, 7_260, 864_000)] == ["59 s", "3.0 min", "2.0 h", "10.0 days"]


def test_packets_declare_no_entities_and_nest_within_bounds() -> None:
    assert read_packet('<!DOCTYPE a [<!ENTITY x "y">]>' + note(step())).steps == ()
    assert read_packet("<a>" * 1000).steps == ()
    whole = note(step())
    assert read_packet(whole[: whole.index("</rdf:Seq>")]).steps[0].agent == "Editor 1.0"


def test_packets_with_elements_instead_of_attributes() -> None:
    text = note(
        "<rdf:li><stEvt:action>saved</stEvt:action><stEvt:softwareAgent>Editor 2.0</stEvt:softwareAgent></rdf:li>"
    ).replace("<xmpMM:History>", "<xmp:CreatorTool>Tool 1</xmp:CreatorTool><xmpMM:History>")
    packet = read_packet(text)
    assert (packet.steps[0].action, packet.steps[0].agent, packet.tool) == ("saved", "Editor 2.0", "Tool 1")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_packet_or_nothing(text: str) -> None:
    read_packet(text)
    read_packet(note(text))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), min_size=4, max_size=4), st.text(max_size=40))
def test_any_dates_give_an_answer_below_strong(dates: list[int], text: str) -> None:
    created, modified, tracks, changed = dates
    clip = dated(
        created=created,
        modified=modified,
        tracks=tracks,
        changed=changed,
        tags=(("date", text), ("©day", "9999-12-31")),
    )
    assert set(told(clip).values()) <= {Weight.NEUTRAL, Weight.SUPPORTING}


def test_devices_of_the_corpus_are_without_conflict(devices: dict[str, Clip]) -> None:
    assert {name: told(clip) for name, clip in devices.items()} == {name: {} for name in devices}
