"""Pages of an evidence bundle set by the real typesetter: pictures upright and whole, stamps on every page."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date

import pypdf
import pytest

from tests.adapters.test_image_size import png
from tests.adapters.test_typesetter import INSTANCE, squeezed
from tracker.adapters.fonts import FontSet
from tracker.adapters.pdf_binder import PageStamp
from tracker.adapters.typesetter import MOST_PIXELS, TypesettingFailed, TypstRenderer
from tracker.domain.bundle_paper import Paper, heading, paragraphs, table


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


def turned(width: int, height: int) -> bytes:
    """A PNG that its camera held upright: to be shown a quarter turned."""
    whole = png(width, height)
    exif = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x112, 3, 1, 6, 0) + b"\0\0\0\0"
    chunk = struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif))
    at = whole.index(b"IDAT") - 4
    return whole[:at] + chunk + whole[at:]


def page_of(content: bytes) -> pypdf.PageObject:
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    return page


@pytest.mark.parametrize(
    ("width", "height", "flat"), [(300, 200, True), (200, 300, False), (200, 200, False)]
)
def test_a_picture_stands_on_a_page_as_it_lies(
    renderer: TypstRenderer, width: int, height: int, flat: bool
) -> None:
    page = page_of(renderer.picture_pdf(png(width, height)))
    assert (page.mediabox.width > page.mediabox.height) is flat


def test_a_picture_is_turned_as_its_camera_noted(renderer: TypstRenderer) -> None:
    page = page_of(renderer.picture_pdf(turned(300, 200)))
    assert page.mediabox.width < page.mediabox.height


@pytest.mark.parametrize("content", [b"", b"GIF89a", png(50, 50, b"x"), png(60_000, 60_000, b"x")])
def test_a_picture_that_cannot_be_set_is_told(renderer: TypstRenderer, content: bytes) -> None:
    with pytest.raises(TypesettingFailed):
        renderer.picture_pdf(content)
    assert MOST_PIXELS < 60_000 * 60_000


def test_stamps_have_the_size_of_their_pages(renderer: TypstRenderer) -> None:
    stamps = [
        PageStamp(595.276, 841.89, "第 1 页，共 2 页", ""),
        PageStamp(841.89, 595.276, "第 2 页，共 2 页", "证据1"),
    ]
    pages = pypdf.PdfReader(io.BytesIO(renderer.stamps_pdf(stamps, date(2026, 11, 23)))).pages
    assert [squeezed(page.extract_text()) for page in pages] == ["第1页，共2页", "第2页，共2页证据1"]
    assert [round(float(page.mediabox.width)) for page in pages] == [595, 842]


def test_a_paper_is_pdf_a_and_its_table_head_stands_on_every_page(renderer: TypstRenderer) -> None:
    rows = [(str(n), f"证据名称之{n}") for n in range(1, 90)]
    paper = Paper(
        "list",
        "证据目录",
        (heading("一、目录"), paragraphs("甲\n乙"), table(("编号", "名称"), (20, 136), rows)),
    )
    made = renderer.paper_pdf(paper, date(2026, 11, 23))
    assert made == renderer.paper_pdf(paper, date(2026, 11, 23))
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 1 and all("编号名称" in squeezed(page.extract_text()) for page in pages)
    assert renderer.missing_on_papers([paper]) == ()
    assert renderer.missing_on_papers([Paper("x", "𓀀", ())]) == ("𓀀",)
