"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from tracker.adapters.file_types import media_type_of


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0`\0`\0\0\xff\xd9"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
        ("照片.JPG", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.tif", b"II*\0" + b"\0" * 8, "image/tiff"),
        ("a.doc", OLE, "application/msword"),
        ("a.ofd", archive("OFD.xml"), "application/ofd"),
        ("a.txt", "说明".encode("gb18030"), "text/plain"),
    ],
)
def test_what_an_office_keeps(name: str, content: bytes, kind: str) -> None:
    assert media_type_of(name, content) == kind


def test_documents_and_sheets_are_told_apart() -> None:
    word, sheet = archive("word/document.xml"), archive("xl/workbook.xml")
    assert "wordprocessingml" in (media_type_of("a.docx", word) or "")
    assert "spreadsheetml" in (media_type_of("a.xlsx", sheet) or "")
    assert media_type_of("a.docx", sheet) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.jpg", b"MZ\x90\0"),
        ("a.png", JPEG),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<html>"),
        ("a.exe", b"MZ"),
        ("pdf", b"%PDF-1.7"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.docx", archive("payload.exe")),
        ("a.txt", b"text\0binary"),
        ("a.pdf", b""),
    ],
)
def test_what_is_not_what_it_says(name: str, content: bytes) -> None:
    assert media_type_of(name, content) is None


def test_a_file_with_macros_is_not_taken_under_an_innocent_name() -> None:
    assert media_type_of("a.docx", archive("word/document.xml")) is not None
    assert media_type_of("a.docx", archive("word/document.xml", "word/vbaProject.bin")) is None
    assert media_type_of("a.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin")) is None
