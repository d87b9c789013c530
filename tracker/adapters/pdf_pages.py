"""Pages of PDFs from outside, each put whole onto an A4 sheet as one drawing.

A page keeps what it shows, seals and signatures among it, and loses what it could do: links, scripts, forms, attached
files. Nothing in it is interpreted by us beyond the frame, so a page can spoil no other.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

A4 = (595.276, 841.89)
SAME_SIZE = 1.02
"""A page this much larger than A4 still counts as A4."""
_LARGEST_SIDE = 20_000.0
_HIDDEN = 0b100010
_UNTURNED = ArrayObject(map(FloatObject, (1, 0, 0, 1, 0, 0)))
FAULTS = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on files that are broken or were made to break it."""


class UnfitPdf(StrEnum):
    """Why a PDF cannot be bound."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LONG = "too_long"


class CannotBind(Exception):
    """A PDF cannot be bound; ``why`` says for which reason."""

    def __init__(self, why: UnfitPdf) -> None:
        self.why = why
        super().__init__(str(why))


@dataclass(frozen=True, slots=True)
class Sheets:
    """A PDF of A4 sheets, and how many they are."""

    content: bytes
    count: int


def a4_sheets(content: bytes, most: int) -> Sheets:
    """The pages of a PDF on A4, at most ``most`` of them. Raises ``CannotBind``."""
    try:
        return _sheets(content, most)
    except FAULTS as error:
        raise CannotBind(UnfitPdf.BROKEN) from error


def count_foreign_pages(content: bytes) -> int | None:
    """How many pages a PDF from outside says it has; None for one that is broken or locked."""
    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except FAULTS:
        return None


def _sheets(content: bytes, most: int) -> Sheets:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotBind(UnfitPdf.ENCRYPTED)
    count = len(reader.pages)
    if count > most:
        raise CannotBind(UnfitPdf.TOO_LONG)
    if not count:
        raise CannotBind(UnfitPdf.BROKEN)
    writer = PdfWriter()
    for page in reader.pages:
        _add_sheet(writer, page)
    out = io.BytesIO()
    writer.write(out)
    return Sheets(out.getvalue(), count)


def _add_sheet(writer: PdfWriter, page: PageObject) -> None:
    box = [float(value) for value in page.cropbox]
    matrix, (width, height) = _placed(box, int(page.rotation) % 360)
    drawings = {"/Page": _drawing(writer, page, box)}
    calls = [_call(matrix, "/Page")]
    for number, (appearance, own) in enumerate(_appearances(page), start=1):
        name = f"/Mark{number}"
        drawn = appearance.clone(writer)
        drawn[NameObject("/Type")] = NameObject("/XObject")
        drawn[NameObject("/Subtype")] = NameObject("/Form")
        drawings[name] = drawn.indirect_reference
        calls.append(_call(own.transform(matrix), name))
    sheet = writer.add_blank_page(width, height)
    resources = DictionaryObject()
    resources[NameObject("/XObject")] = DictionaryObject(
        {NameObject(name): drawing for name, drawing in drawings.items()}
    )
    sheet[NameObject("/Resources")] = resources
    body = DecodedStreamObject()
    body.set_data("\n".join(calls).encode("ascii"))
    sheet[NameObject("/Contents")] = writer._add_object(body.flate_encode())


def _drawing(writer: PdfWriter, page: PageObject, box: list[float]) -> Any:
    """The page's own content as a form, within the frame that is shown."""
    form = DecodedStreamObject()
    form.set_data(b"\n".join(_contents(page)))
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(value) for value in box])
    resources = page.get("/Resources")
    kept = resources.get_object() if resources is not None else DictionaryObject()
    form[NameObject("/Resources")] = kept.clone(writer)
    return writer._add_object(form.flate_encode())


def _contents(page: PageObject) -> Iterator[bytes]:
    contents = page.get("/Contents")
    found = contents.get_object() if contents is not None else None
    streams = found if isinstance(found, ArrayObject) else [found]
    for one in streams:
        stream = one.get_object() if one is not None else None
        if isinstance(stream, StreamObject):
            yield stream.get_data()


def _appearances(page: PageObject) -> Iterator[tuple[StreamObject, Transformation]]:
    """What annotations and form fields show on the page: seals, signatures, stamps, what was typed into forms."""
    for one in page.get("/Annots") or ():
        annotation = one.get_object()
        if int(annotation.get("/F", 0)) & _HIDDEN or annotation.get("/Subtype") == "/Popup":
            continue
        shown = annotation.get("/AP", DictionaryObject()).get_object().get("/N")
        shown = shown.get_object() if shown is not None else None
        if isinstance(shown, DictionaryObject) and not isinstance(shown, StreamObject):
            state = shown.get(annotation.get("/AS", "/Off"))
            shown = state.get_object() if state is not None else None
        if isinstance(shown, StreamObject) and "/Rect" in annotation and "/BBox" in shown:
            yield shown, _fitted(shown, _numbers(annotation["/Rect"]))


def _numbers(array: Any) -> list[float]:
    return [float(value) for value in array.get_object()]


def _fitted(form: StreamObject, rect: list[float]) -> Transformation:
    """The matrix by which an appearance fills its rectangle (ISO 32000-1, 12.5.5)."""
    x0, y0, x1, y1 = _numbers(form["/BBox"])
    a, b, c, d, e, f = _numbers(form.get("/Matrix", _UNTURNED))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, low = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - low
    sx = abs(rect[2] - rect[0]) / wide if wide else 1.0
    sy = abs(rect[3] - rect[1]) / high if high else 1.0
    moved = Transformation().translate(-left, -low).scale(sx, sy)
    return moved.translate(min(rect[0], rect[2]), min(rect[1], rect[3]))


def _placed(box: list[float], turned: int) -> tuple[Transformation, tuple[float, float]]:
    """How a page is turned, made smaller where it is larger than A4, and centred; and the size of its sheet."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if not all(math.isfinite(v) and 1 <= v <= _LARGEST_SIDE for v in (wide, high)):
        raise ValueError("a page without a size")
    moved = Transformation().translate(-box[0], -box[1])
    if turned == 90:
        moved, wide, high = moved.rotate(-90).translate(0, wide), high, wide
    elif turned == 180:
        moved = moved.rotate(180).translate(wide, high)
    elif turned == 270:
        moved, wide, high = moved.rotate(90).translate(high, 0), high, wide
    sheet = A4 if wide <= high else (A4[1], A4[0])
    factor = min(sheet[0] / wide, sheet[1] / high)
    if factor >= 1 / SAME_SIZE:
        factor = 1.0
    moved = moved.scale(factor).translate((sheet[0] - wide * factor) / 2, (sheet[1] - high * factor) / 2)
    return moved, sheet


def _call(matrix: Transformation, name: str) -> str:
    numbers = " ".join(f"{value:.5f}" for value in matrix.ctm)
    return f"q {numbers} cm {name} Do Q"
