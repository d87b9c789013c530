"""The listed checks of PDF/A: our own papers pass every one, and each is failed by what it is there for."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.adapters.test_typesetter import INSTANCE
from tests.letter_samples import SLOTS, composed
from tracker.adapters.fonts import FontSet
from tracker.adapters.page_count import count_pages_of
from tracker.adapters.pdf_binder import blank_pdf
from tracker.adapters.pdfa_check import CHECKS, pdfa_faults, safety_faults
from tracker.adapters.typesetter import TypstRenderer
from tracker.domain.bundle_paper import Paper, table


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


@pytest.fixture(scope="module")
def letter(renderer: TypstRenderer) -> bytes:
    return renderer.pdf(composed("not_existing").fill(**SLOTS))


def changed(content: bytes, change: Callable[[PdfWriter], None], *, identified: bool = True) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    if identified:
        writer.generate_file_identifiers()
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_action(writer: PdfWriter, kind: str) -> None:
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/URI"): TextStringObject("https://example.org/")}
    )


def without_font_files(writer: PdfWriter) -> None:
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                descriptor.pop(name, None)


CHANGES: dict[str, Callable[[PdfWriter], None]] = {
    "xmp": lambda writer: writer.root_object.__delitem__("/Metadata"),
    "output_intent": lambda writer: writer.root_object.__setitem__(
        NameObject("/OutputIntents"), ArrayObject()
    ),
    "fonts": without_font_files,
    "active": lambda writer: with_action(writer, "/JavaScript"),
    "outward": lambda writer: with_action(writer, "/URI"),
    "attached": lambda writer: writer.add_attachment("x.txt", b"x"),
}


def test_letters_and_papers_pass_every_check(renderer: TypstRenderer, letter: bytes) -> None:
    assert pdfa_faults(letter) == ()
    rows = [("序号", "1")]
    across = Paper(
        "c", "归档文件目录", (table(("甲", "乙"), (100, 141), rows),), landscape=True, numbered=True
    )
    for paper in (across, Paper("p", "检索记录", (table(("事项", "内容"), (40, 116), rows),), cover=True)):
        assert pdfa_faults(renderer.paper_pdf(paper, date(2026, 11, 23))) == ()
    page = PdfReader(io.BytesIO(renderer.paper_pdf(across, date(2026, 11, 23)))).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "第1页" in page.extract_text().replace(" ", "")


@pytest.mark.parametrize("fault", CHANGES)
def test_each_check_finds_what_it_is_there_for(letter: bytes, fault: str) -> None:
    assert pdfa_faults(changed(letter, lambda writer: None)) == ()
    assert fault in pdfa_faults(changed(letter, CHANGES[fault]))


def test_a_password_a_script_and_rubbish(letter: bytes) -> None:
    locked = changed(letter, lambda writer: writer.encrypt("secret"))
    assert pdfa_faults(locked) == safety_faults(locked) == ("encrypted",)
    assert count_pages_of(locked, "application/pdf") is None
    assert safety_faults(changed(letter, CHANGES["active"])) == ("active",)
    assert safety_faults(letter) == safety_faults(blank_pdf(1)) == ()
    for rubbish in (b"", b"%PDF-1.7\nnonsense", b"PK\x03\x04"):
        assert pdfa_faults(rubbish) == safety_faults(rubbish) == ("opens",)
    assert "xmp" in pdfa_faults(blank_pdf(2)) and "identifier" in pdfa_faults(blank_pdf(2))


def test_every_check_has_its_words() -> None:
    assert set(CHANGES) | {"opens", "encrypted", "identifier"} == set(CHECKS)


def test_pages_are_counted_where_they_can_be(letter: bytes) -> None:
    assert count_pages_of(blank_pdf(7), "application/pdf") == 7
    assert count_pages_of(b"x", "image/png") == 1
    assert count_pages_of(b"PK", "application/vnd.openxmlformats") is None
    assert count_pages_of(b"%PDF-broken", "application/pdf") is None
