"""The text of a file that was handed in: PDF and .docx, within limits. What was made to break us yields what
came before.

Scans have no text; what is read serves search alone and is never taken for the document.
"""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError, iterparse  # noqa: S405  no DTD is let through, see below

from pypdf import PdfReader
from pypdf.errors import PyPdfError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_SIGNS = 200_000
MOST_PAGES = 300
LONGEST_SECONDS = 4.0
_LARGEST_PART = 30 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FAULTS = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class FileText:
    """``complete``: nothing was left out for a limit or a fault."""

    text: str
    complete: bool


def text_of_file(media_type: str, content: bytes) -> FileText | None:
    """What can be read of the file; None for kinds that are not read. Never raises for what is in the file."""
    readers = {PDF: _pdf, DOCX: _docx}
    reader = readers.get(media_type)
    if reader is None:
        return None
    ends = time.monotonic() + LONGEST_SECONDS
    pieces: list[str] = []
    signs = 0
    complete = True
    try:
        for piece in reader(content):
            pieces.append(piece)
            signs += len(piece)
            if signs > MOST_SIGNS or time.monotonic() > ends:
                complete = False
                break
    except _FAULTS:
        complete = False
    return FileText("\n".join(pieces)[:MOST_SIGNS].replace("\x00", ""), complete)


def _pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            raise ValueError("too many pages")
        yield page.extract_text()


def _docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("word/document.xml")
        if part.file_size > _LARGEST_PART:
            raise ValueError("too large")
        with archive.open(part) as stream:
            body = stream.read(_LARGEST_PART + 1)
    if len(body) > _LARGEST_PART or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise ValueError("no document of ours")
    line: list[str] = []
    for _event, element in iterparse(io.BytesIO(body)):  # noqa: S314  without DTD there are no entities
        if element.tag == f"{_WORD}t":
            line.append(element.text or "")
        elif element.tag == f"{_WORD}p":
            yield "".join(line)
            line.clear()
            element.clear()
