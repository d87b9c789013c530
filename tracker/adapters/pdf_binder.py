"""Several PDFs bound as one: their pages in order, a running foot and a mark on each, an outline to find them by."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from tracker.adapters.pdf_pages import A4

_STAMP = "/TrackerStamp"


@dataclass(frozen=True, slots=True)
class Bound:
    """One PDF made by us or put on A4 by us. ``title`` is its line of the outline, ``mark`` stands on each page."""

    title: str
    content: bytes
    count: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PageStamp:
    """What is written on one page, and the size of that page in points."""

    width: float
    height: float
    foot: str
    mark: str


def blank_pdf(pages: int) -> bytes:
    """So many empty A4 pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*A4)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def count_pages(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def stamps_for(bound: Sequence[Bound]) -> list[PageStamp]:
    """One a page, numbered through."""
    total = sum(one.count for one in bound)
    stamps: list[PageStamp] = []
    for one in bound:
        for page in PdfReader(io.BytesIO(one.content)).pages:
            box = page.mediabox
            foot = f"卷内第 {len(stamps) + 1} 页，共 {total} 页"
            stamps.append(PageStamp(float(box.width), float(box.height), foot, one.mark))
    return stamps


def bind(bound: Sequence[Bound], stamps: bytes, *, title: str, author: str, made_on: date) -> bytes:
    """All pages in order; ``stamps`` is a PDF with one page for each, laid over it. Equal parts give equal bytes."""
    writer = PdfWriter()
    over = iter(PdfReader(io.BytesIO(stamps)).pages)
    for one in bound:
        first = len(writer.pages)
        for page in PdfReader(io.BytesIO(one.content)).pages:
            _lay_over(writer, writer.add_page(page), next(over))
        writer.add_outline_item(title=one.title, page_number=first)
    stamp = f"D:{made_on:%Y%m%d}000000+08'00'"
    writer.metadata = None
    writer.add_metadata(
        {"/Title": title, "/Author": author, "/CreationDate": stamp, "/ModDate": stamp, "/Producer": "pypdf"}
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def joined(parts: Sequence[bytes], *, title: str, made_on: date) -> bytes:
    """PDFs of ours one after the other, to be printed at one go."""
    writer = PdfWriter()
    for part in parts:
        for page in PdfReader(io.BytesIO(part)).pages:
            writer.add_page(page)
    stamp = f"D:{made_on:%Y%m%d}000000+08'00'"
    writer.metadata = None
    writer.add_metadata({"/Title": title, "/CreationDate": stamp, "/ModDate": stamp, "/Producer": "pypdf"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lay_over(writer: PdfWriter, page: PageObject, stamp: PageObject) -> None:
    form = DecodedStreamObject()
    contents = stamp.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = stamp.mediabox.clone(writer)
    form[NameObject("/Resources")] = DictionaryObject(stamp.get("/Resources", {})).clone(writer)
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    drawings = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    drawings[NameObject(_STAMP)] = writer._add_object(form.flate_encode())
    resources[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = resources
    own = page.raw_get("/Contents") if "/Contents" in page else None
    before, after = (_stream(writer, data) for data in (b"q\n", f"\nQ\nq {_STAMP} Do Q\n".encode()))
    resolved = own.get_object() if own is not None else None
    middle = list(resolved) if isinstance(resolved, ArrayObject) else ([own] if own is not None else [])
    page[NameObject("/Contents")] = ArrayObject([before, *middle, after])


def _stream(writer: PdfWriter, data: bytes) -> object:
    made = DecodedStreamObject()
    made.set_data(data)
    return writer._add_object(made)
