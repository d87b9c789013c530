"""PDF/A, as far as a listed set of checks of our own goes. It is no validator: what is listed is what is looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from tracker.adapters.pdf_pages import FAULTS

_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_ACTIVE = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/ResetForm", "/SubmitForm", "/Movie", "/Sound"}
)
_OUTWARD = frozenset({"/URI", "/GoToR", "/GoToE"})

CHECKS: dict[str, str] = {
    "opens": "文件打不开，或者已经损坏",
    "encrypted": "文件有密码或者加密",
    "xmp": "没有声明 PDF/A 的 XMP 元数据（pdfaid）",
    "output_intent": "没有输出意图（OutputIntent）和色彩配置文件",
    "fonts": "有字体没有嵌入",
    "active": "含有脚本或者会执行的动作",
    "outward": "引用了文件以外的内容",
    "attached": "内嵌了其他文件",
    "identifier": "没有文件标识（ID）",
}
"""Every check by its key, with the words for what fails it."""


def pdfa_faults(content: bytes) -> tuple[str, ...]:
    """Keys of the checks a file that claims to be PDF/A fails."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return ("encrypted",)
        return tuple(dict.fromkeys(_faults(reader)))
    except (*FAULTS, ElementTree.ParseError, RecursionError):
        return ("opens",)


def safety_faults(content: bytes) -> tuple[str, ...]:
    """The checks that any PDF must pass to be kept: it opens, without a password, and does nothing by itself."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return ("encrypted",)
        len(reader.pages)
        return ("active",) if any(fault == "active" for fault in _actions(reader)) else ()
    except (*FAULTS, RecursionError):
        return ("opens",)


def _faults(reader: PdfReader) -> Iterator[str]:
    if not len(reader.pages):
        yield "opens"
    if not _claims(reader):
        yield "xmp"
    if not any(_whole_intent(intent) for intent in _list(reader.root_object.get("/OutputIntents"))):
        yield "output_intent"
    if not reader.trailer.get("/ID"):
        yield "identifier"
    seen: set[int] = set()
    for page in reader.pages:
        if any(not _embedded(font) for font in _fonts(page.get("/Resources"), seen)):
            yield "fonts"
    yield from _actions(reader)
    names = _dictionary(reader.root_object.get("/Names"))
    if "/EmbeddedFiles" in names:
        yield "attached"


def _claims(reader: PdfReader) -> bool:
    metadata = reader.root_object.get("/Metadata")
    stream = metadata.get_object() if metadata is not None else None
    if not isinstance(stream, StreamObject):
        return False
    data = stream.get_data()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return False
    tree = ElementTree.fromstring(data)  # noqa: S314 - no declarations get this far
    told: dict[str, str] = {}
    for node in tree.iter(f"{_RDF}Description"):
        told |= {name: value for name, value in node.attrib.items() if name.startswith(_PDFAID)}
        told |= {child.tag: child.text or "" for child in node if child.tag.startswith(_PDFAID)}
    return told.get(f"{_PDFAID}part") in {"1", "2", "3"} and bool(told.get(f"{_PDFAID}conformance"))


def _whole_intent(intent: DictionaryObject) -> bool:
    return intent.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in intent


def _fonts(resources: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    """Fonts of a page and of the drawings on it, each object once."""
    held = _dictionary(resources)
    for reference in _dictionary(held.get("/Font")).values():
        yield _dictionary(reference)
    for reference in _dictionary(held.get("/XObject")).values():
        if isinstance(reference, IndirectObject):
            if reference.idnum in seen:
                continue
            seen.add(reference.idnum)
        yield from _fonts(_dictionary(reference).get("/Resources"), seen)


def _embedded(font: DictionaryObject) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    if font.get("/Subtype") == "/Type0":
        below = _list(font.get("/DescendantFonts"))
        return bool(below) and all(_embedded(one) for one in below)
    descriptor = _dictionary(font.get("/FontDescriptor"))
    return any(name in descriptor for name in _FONT_FILES)


def _actions(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if "/JavaScript" in _dictionary(root.get("/Names")) or "/AA" in root:
        yield "active"
    yield from _judge(root.get("/OpenAction"))
    for page in reader.pages:
        if "/AA" in page:
            yield "active"
        for note in _list(page.get("/Annots")):
            if "/AA" in note:
                yield "active"
            yield from _judge(note.get("/A"))


def _judge(action: Any) -> Iterator[str]:
    kind = str(_dictionary(action).get("/S", ""))
    if kind in _ACTIVE:
        yield "active"
    if kind in _OUTWARD:
        yield "outward"


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _list(value: Any) -> list[DictionaryObject]:
    found = value.get_object() if value is not None else None
    return [_dictionary(one) for one in found] if isinstance(found, ArrayObject) else []
