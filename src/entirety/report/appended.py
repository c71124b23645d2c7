"""Looks at what follows the printed bytes of a signed PDF: signatures alone, or more, which could show a reader other pages than those printed.

A signature covers all before it, whatever that is; so a page that was painted over and then signed carries a signature that is intact. Here
every printed object must stand as it was printed. Only a list of annotations may be longer, by fields for signatures that show nothing, and
the root of the document may name these, the extension of the form that they need, and certificates kept for later.
"""

import io
from collections.abc import Iterator
from typing import Any

from entirety.errors import Environment
from entirety.report.pades import library

CHANGED = {"/Page": {"/Annots"}, "/Catalog": {"/AcroForm", "/Extensions", "/DSS"}}
"""By the type of a printed object what may be another in it."""

FORM = {"/Fields", "/SigFlags"}
"""All that a form for signatures holds."""

WIDGET = {"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/Ff", "/Rect", "/P", "/V", "/Lock", "/SV", "/AP"}
"""All that a field for a signature may hold: no action, no colour, no field below it."""

CARRIERS = {"/XRef", "/ObjStm"}
"""Streams that hold lists of objects, or objects that are looked at one by one."""

BLANK = 1_000
"""Bytes of an appearance that is looked at; one that draws nothing has some 20."""

DEEPEST = 40


class _More(Exception):
    """There is more than signatures."""


def only_signs(pdf: bytes, printed: int) -> bool:
    """Whether all after the first `printed` bytes adds signatures and nothing that could be seen. What cannot be read is not only that.

    Raises Environment where pyHanko is missing.
    """
    reader, misc = library("pyhanko.pdf_utils.reader"), library("pyhanko.pdf_utils.misc")
    try:
        _Held(reader.PdfFileReader(io.BytesIO(pdf[:printed])), reader.PdfFileReader(io.BytesIO(pdf))).confirm_all()
    except Environment:
        raise
    except (_More, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError, misc.PdfError):
        return False
    return True


class _Held:
    """A printed document held against the same with more after it."""

    def __init__(self, old: Any, new: Any) -> None:
        self.old, self.new = old, new
        self.printed = {(ref.idnum, ref.generation): ref for ref in _refs(old)}
        self.reached: set[tuple[int, int]] = set()
        """Objects that signatures need, among those that were added."""
        self.fields: set[tuple[int, int]] = set()
        """Fields that stand on a page and show nothing."""

    def confirm_all(self) -> None:
        """Raise _More where there is more than signatures."""
        _demand(not self.new.xrefs.hybrid_xrefs_present)
        was, now = self.old.trailer.flatten(), self.new.trailer.flatten()
        _demand(all(_form_of(was, key) == _form_of(now, key) for key in ("/Root", "/Info", "/Encrypt")))
        moved = [ref for ref in self.printed.values() if self.old.xrefs[ref] != self.new.xrefs[ref]]
        # Pages first: the root names fields that stand on them.
        pairs = [(self.old.get_object(ref), self.new.get_object(ref)) for ref in moved]
        for was, now in sorted(pairs, key=lambda pair: _type(pair[0]) == "/Catalog"):
            self._confirm_changed(was, now)
        numbers = {number for number, _ in self.printed}
        for ref in _refs(self.new):
            key = ref.idnum, ref.generation
            if key not in self.printed:
                _demand(ref.idnum not in numbers)
                _demand(key in self.reached or _type(self.new.get_object(ref)) in CARRIERS)

    def _confirm_changed(self, was: Any, now: Any) -> None:
        may = CHANGED.get(_type(was), set())
        _demand(type(was) is type(now) is library("pyhanko.pdf_utils.generic").DictionaryObject)
        other = {key for key in {*was, *now} if _form_of(was, key) != _form_of(now, key)}
        _demand(other <= may)
        if "/Annots" in other:
            self._confirm_annotations(was, now)
        if "/AcroForm" in other:
            self._confirm_form(now)
        for key in other & {"/Extensions", "/DSS"}:
            self._reach(now.raw_get(key))

    def _confirm_annotations(self, was: Any, now: Any) -> None:
        before = list(_raw(was["/Annots"])) if "/Annots" in was else []
        self._reach(now.raw_get("/Annots"), deep=False)
        after = list(_raw(now["/Annots"]))
        _demand([_form(one) for one in after[: len(before)]] == [_form(one) for one in before])
        for one in after[len(before) :]:
            self._confirm_widget(one, _box(now))
            self.fields.add((one.idnum, one.generation))

    def _confirm_form(self, root: Any) -> None:
        self._reach(root.raw_get("/AcroForm"), deep=False)
        form = root["/AcroForm"]
        _demand(set(form) <= FORM)
        self._reach(form.raw_get("/Fields"), deep=False)
        for one in _raw(form["/Fields"]):
            if (one.idnum, one.generation) not in self.fields:
                self._confirm_widget(one, None)

    def _confirm_widget(self, ref: Any, box: list[float] | None) -> None:
        """Raise _More where a field is none for a signature, or could be seen in the page of this size."""
        _demand((ref.idnum, ref.generation) not in self.printed)
        widget = ref.get_object()
        _demand(set(widget) <= WIDGET and widget["/FT"] == "/Sig" and widget.get("/Subtype", "/Widget") == "/Widget")
        left, right, low, high = _sides(widget["/Rect"])
        empty = left == right or low == high
        _demand(empty or (box is not None and (right <= box[0] or left >= box[1] or high <= box[2] or low >= box[3])))
        if "/AP" in widget:
            _demand(set(widget["/AP"]) <= {"/N"} and _blank(widget["/AP"]["/N"]))
        self._reach(ref)

    def _reach(self, found: Any, depth: int = 0, *, deep: bool = True) -> None:
        """Note an added object, and with `deep` all that it leads to, as one that signatures need."""
        _demand(depth <= DEEPEST)
        if hasattr(found, "idnum"):
            key = found.idnum, found.generation
            if key in self.printed or key in self.reached:
                return
            self.reached.add(key)
            found = found.get_object()
        if deep:
            for one in _raw(found):
                self._reach(one, depth + 1)


def _refs(document: Any) -> Iterator[Any]:
    """All objects that a document lists, once for each time that it lists them."""
    for revision in range(document.xrefs.total_revisions):
        yield from document.xrefs.explicit_refs_in_revision(revision)


def _demand(held: bool) -> None:
    if not held:
        raise _More


def _type(found: Any) -> str:
    return str(found["/Type"]) if isinstance(found, dict) and "/Type" in found else ""


def _raw(found: Any) -> Iterator[Any]:
    """What a list or a dictionary holds, references as they are."""
    if isinstance(found, dict | list):
        held: Any = found
        yield from (held.raw_get(key) for key in (held if isinstance(found, dict) else range(len(held))))


def _form_of(holder: Any, key: str) -> object:
    return _form(holder.raw_get(key)) if key in holder else None


def _form(found: Any, depth: int = 0) -> object:
    """An object so that two are equal only where they are written the same: a name is no text."""
    _demand(depth <= DEEPEST)
    if isinstance(found, dict):
        held = zip(found, _raw(found), strict=True)
        return type(found).__name__, sorted((str(key), _form(one, depth + 1)) for key, one in held)
    if isinstance(found, list):
        return type(found).__name__, [_form(one, depth + 1) for one in _raw(found)]
    return type(found).__name__, repr(found)


def _box(page: Any) -> list[float]:
    """The sides of a page; its size can stand above it."""
    for _ in range(DEEPEST):
        if "/MediaBox" in page:
            return _sides(page["/MediaBox"])
        page = page["/Parent"]
    raise _More


def _sides(rectangle: Any) -> list[float]:
    """Left, right, lower and upper side."""
    one, two, three, four = (float(number) for number in rectangle)
    return [min(one, three), max(one, three), min(two, four), max(two, four)]


def _blank(appearance: Any) -> bool:
    """Whether an appearance draws nothing: it holds comments alone."""
    if len(appearance.encoded_data) > BLANK:
        return False
    lines = appearance.data.splitlines()
    return len(appearance.data) <= BLANK and all(not line.strip() or line.lstrip().startswith(b"%") for line in lines)
