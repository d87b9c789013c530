"""What a file really is, whatever its name says: only kinds an office keeps in a file are taken."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import puremagic

_ZIP = b"PK\x03\x04"
_MACROS = "vbaproject.bin"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Kind:
    media_type: str
    looks: str


_KINDS: dict[str, _Kind] = {
    "pdf": _Kind("application/pdf", "pdf"),
    "jpg": _Kind("image/jpeg", "jpeg"),
    "jpeg": _Kind("image/jpeg", "jpeg"),
    "png": _Kind("image/png", "png"),
    "tif": _Kind("image/tiff", "tiff"),
    "tiff": _Kind("image/tiff", "tiff"),
    "doc": _Kind("application/msword", "ole"),
    "xls": _Kind("application/vnd.ms-excel", "ole"),
    "wps": _Kind("application/vnd.ms-works", "ole"),
    "docx": _Kind(_WORD, "word/document.xml"),
    "xlsx": _Kind(_SHEET, "xl/workbook.xml"),
    "ofd": _Kind("application/ofd", "OFD.xml"),
    "txt": _Kind("text/plain", "text"),
}
_ENDING_OF_IMAGE = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jfif": "jpeg",
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
}

KNOWN_ENDINGS = tuple(_KINDS)


def media_type_of(filename: str, content: bytes) -> str | None:
    """The media type when ending and content agree on a kind that is taken, else None."""
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    kind = _KINDS.get(ending)
    if kind is None or not _agrees(kind.looks, content):
        return None
    return kind.media_type


def _agrees(looks: str, content: bytes) -> bool:
    if looks == "text":
        return _is_text(content)
    if looks == "ole":
        return content.startswith(_OLE)
    if looks.endswith(".xml"):
        names = _names_in_archive(content) if content.startswith(_ZIP) else frozenset()
        return looks in names and not any(name.lower().endswith(_MACROS) for name in names)
    return looks in _sniffed(content)


def _sniffed(content: bytes) -> frozenset[str]:
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return frozenset()
    endings = {match.extension for match in found}
    return frozenset({"pdf"} if ".pdf" in endings else ()) | {
        _ENDING_OF_IMAGE[ending] for ending in endings if ending in _ENDING_OF_IMAGE
    }


def _names_in_archive(content: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
