"""The manifest is read where the library is there, and where it is not, that is said."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entirety.model.provenance import Provenance, Reading
from entirety.read.container.isobmff import read_movie
from entirety.read.container.structure import read_structure
from entirety.read.provenance import USER_TYPE, _stated, read_provenance
from read.container.isobmff.builder import FTYP, box, moov

STORE: dict[str, Any] = {
    "active_manifest": "b",
    "manifests": {
        "a": {"assertions": [{"label": "c2pa.actions", "data": {"actions": [{"action": "c2pa.created"}]}}]},
        "b": {
            "claim_generator_info": [{"name": "Editor", "version": "1.0"}],
            "signature_info": {"common_name": "Signer", "issuer": "Issuer", "time": "2023-12-02T16:34:19+00:00"},
            "assertions": [
                {"label": "other", "data": {"actions": [{"action": "c2pa.edited"}]}},
                {
                    "label": "c2pa.actions.v2",
                    "data": {
                        "actions": [
                            {
                                "action": "c2pa.cropped",
                                "softwareAgent": {"name": "Agent"},
                                "when": "2023-12-02T16:00:00Z",
                                "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
                            }
                        ]
                    },
                },
            ],
        },
    },
    "validation_status": [
        {"code": "signingCredential.untrusted"},
        {"code": "assertion.bmffHash.mismatch", "url": "self#jumbf=/c2pa/b/c2pa.assertions/c2pa.hash.bmff.v2"},
        {"code": "assertion.bmffHash.mismatch", "url": "self#jumbf=/c2pa/b/c2pa.assertions/c2pa.hash.bmff.v2"},
    ],
}


def looked_at(path: Path) -> Provenance | None:
    length = path.stat().st_size
    with path.open("rb") as file:
        return read_provenance(path, read_structure(file, length, read_movie(file, length)))


def written(folder: Path, *parts: bytes) -> Path:
    path = folder / "clip.mp4"
    path.write_bytes(FTYP + b"".join(parts) + moov())
    return path


def test_no_block_no_manifest(tmp_path: Path) -> None:
    assert looked_at(written(tmp_path, box("uuid", bytes(16), b"other"))) is None
    assert read_provenance(written(tmp_path), None) is None


def test_without_the_library_the_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("entirety.read.provenance.importlib.import_module", missing)
    path = written(tmp_path, box("uuid", USER_TYPE, bytes(100)))
    assert looked_at(path) == Provenance(Reading.NOT_INSTALLED, ((len(FTYP), len(FTYP) + 124),))
    bare = looked_at(written(tmp_path, box("meta", bytes(4), box("jumb", bytes(9)))))
    assert bare is not None
    assert bare.reading is Reading.NOT_INSTALLED


def test_what_the_library_prints_becomes_a_record() -> None:
    stated = _stated(STORE, ((0, 9),), "c2pa 1")
    assert (stated.reading, stated.failures) == (Reading.INVALID, ("assertion.bmffHash.mismatch",))
    assert (stated.signer, stated.issuer, stated.program) == ("Signer", "Issuer", "Editor 1.0")
    assert [(a.name, a.program, a.own) for a in stated.actions] == [
        ("c2pa.cropped", "Agent", True),
        ("c2pa.created", "", False),
    ]
    assert (stated.sources, stated.manifests) == (("digitalCapture",), 2)


def test_certificates_alone_make_nothing_unfit() -> None:
    codes = ["signingCredential.untrusted", "signingCredential.expired", "timeStamp.untrusted"]
    store = {**STORE, "validation_status": [{"code": code} for code in codes]}
    assert _stated(store, ((0, 9),), "").reading is Reading.VALID


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("assertion.bmffHash.mismatch", "self#jumbf=/c2pa/a/c2pa.assertions/c2pa.hash.bmff.v2"),
        ("assertion.bmffHash.mismatch", "self#jumbf=/c2pa/bb/c2pa.assertions/b.v2"),
        ("assertion.bmffHash.mismatch", None),
        ("ingredient.manifest.mismatch", "self#jumbf=/c2pa/b/c2pa.assertions/c2pa.ingredient"),
        ("algorithm.unsupported", "self#jumbf=/c2pa/b/c2pa.signature"),
    ],
)
def test_what_is_no_mismatch_of_this_file_s_manifest_decides_nothing(code: str, url: str | None) -> None:
    stated = _stated({**STORE, "validation_status": [{"code": code, "url": url}]}, ((0, 9),), "")
    assert (stated.reading, stated.failures, stated.remarks) == (Reading.UNDECIDED, (), (code,))


def test_a_signature_that_does_not_fit_is_one() -> None:
    status = [{"code": "claimSignature.mismatch", "url": "self#jumbf=/c2pa/b/c2pa.signature"}]
    assert _stated({**STORE, "validation_status": status}, ((0, 9),), "").reading is Reading.INVALID


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["action", "actions", "data", "label", "assertions", "code"]), inner, max_size=3
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, max_size=3), JSON, JSON)
def test_any_store_gives_a_record(manifests: dict[str, Any], active: object, status: object) -> None:
    store = {"manifests": manifests, "active_manifest": active, "validation_status": status}
    json.dumps(store)
    stated = _stated(store, ((0, 9),), "c2pa 1")
    assert all(len(action.name) <= 200 for action in stated.actions)


def with_library() -> None:
    try:
        importlib.import_module("c2pa")
    except ImportError:
        pytest.skip("c2pa-python is not installed (an extra)")


def test_manifests_of_the_corpus(corpus: Path) -> None:
    with_library()
    stated = looked_at(corpus / "processed" / "video1.mp4")
    assert stated is not None
    assert (stated.reading, stated.signer, stated.manifests) == (Reading.VALID, "C2PA Signer", 2)
    assert {action.name for action in stated.actions} == {"c2pa.opened"}
    assert looked_at(corpus / "processed" / "video1_no_manifest.mp4") is None


def test_one_changed_byte_of_the_footage_is_seen(corpus: Path, tmp_path: Path) -> None:
    with_library()
    data = bytearray((corpus / "processed" / "video1.mp4").read_bytes())
    data[-5000] ^= 1
    changed = tmp_path / "changed.mp4"
    changed.write_bytes(data)
    stated = looked_at(changed)
    assert stated is not None
    assert (stated.reading, stated.failures) == (Reading.INVALID, ("assertion.bmffHash.mismatch",))


def test_a_block_of_nonsense_cannot_be_read(tmp_path: Path) -> None:
    with_library()
    stated = looked_at(written(tmp_path, box("uuid", USER_TYPE, bytes(4), b"manifest\0", bytes(8), b"nonsense" * 9)))
    assert stated is not None
    assert stated.reading is Reading.UNREADABLE
