"""An editable .docx of a letter, for offices that finish a text in Word or WPS; the same lines as the PDF.

One Word file is built in code for each layout, so that its geometry can be read. It holds each kind of paragraph once,
with a mark in place of its text; a letter is these paragraphs written out, with its own text escaped in place of the
marks. Text is never read as anything but text: there is no template language between.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from tracker.adapters.word_page import (
    HEI,
    LINE,
    SONG,
    fix_properties,
    package,
    set_default_font,
    set_page,
    write_line,
)
from tracker.domain.letter_document import Block, BlockKind, Layout, LetterDocument

_ROOMS = (0, 18, 24, 36)
"""Heights of rows, as ``Block.room`` gives them."""
_RED = RGBColor(0xD2, 0x0A, 0x11)
_BODY = "word/document.xml"
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def docx_of(document: LetterDocument) -> bytes:
    """The .docx of a document whose slots show what is to be read. Equal documents give equal bytes."""
    frame = _frame(document.layout)
    parts = frame.parts | {_BODY: frame.before + "".join(_paragraphs(frame, document)) + frame.after}
    organ, title = _xml(document.organ), _xml(document.title)
    filled = {
        name: text.replace(_mark("organ"), organ).replace(_mark("title"), title).encode()
        for name, text in parts.items()
    }
    return package(frame.raw | filled)


def _paragraphs(frame: _Frame, document: LetterDocument) -> Iterator[str]:
    letter = document.layout is Layout.LETTER
    blocks = document.blocks
    annex = next((n for n, b in enumerate(blocks) if b.kind is BlockKind.ANNEX), len(blocks))
    end = annex if letter else len(blocks)
    yield frame.line("number", document.slots.number)
    if not letter:
        yield frame.line("form_organ", document.organ)
    yield frame.line("heading", document.title)
    if document.addressee:
        yield frame.line("flush", f"{document.addressee}：")
    yield from _sections(frame, blocks[:end])
    for text in document.attachment_lines():
        yield frame.line("attachment", text)
    if letter:
        yield frame.line("seal", document.slots.seal)
        yield frame.line("date", document.slots.date)
    for kind, text in (("attachment", document.contact_line()), ("copies", document.copies_line())):
        if text:
            yield frame.line(kind, text)
    yield from _sections(frame, blocks[end:])


def _sections(frame: _Frame, blocks: Sequence[Block]) -> Iterator[str]:
    rows: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.ROW:
            rows.append(frame.row(block))
            continue
        if rows:
            yield frame.table(rows)
            rows = []
        lines = [line for line in block.text.split("\n") if line]
        if block.kind is BlockKind.ANNEX:
            yield frame.line("annex", "".join(lines))
        else:
            kind = "item" if block.kind is BlockKind.ITEM else "body"
            yield from (frame.line(kind, line) for line in lines)
    if rows:
        yield frame.table(rows)


@dataclass(frozen=True)
class _Frame:
    """The Word file of a layout taken apart: ``pieces`` are its paragraphs and rows by kind, with marks for texts."""

    parts: dict[str, str]
    raw: dict[str, bytes]
    before: str
    after: str
    pieces: dict[str, str]

    def line(self, kind: str, text: str) -> str:
        """One paragraph of a kind."""
        return self.pieces[kind].replace(_mark(kind), _xml(text))

    def row(self, block: Block) -> str:
        """One row of a form, of the height it needs."""
        lines = [_xml(line) for line in block.text.split("\n") if line]
        told = '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)
        piece = self.pieces[f"row{block.room}"].replace(_mark("label"), _xml(block.label))
        return piece.replace(_mark("text"), told)

    def table(self, rows: Sequence[str]) -> str:
        """Rows in their table."""
        return self.pieces["table"].replace(_mark("rows"), "".join(rows))


def _mark(name: str) -> str:
    return f"@@{name}@@"


_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Text as itself: escaped, without what XML cannot hold, and never one of our own marks."""
    return escape(_NO_XML.sub("", text)).replace("@@", "&#64;&#64;")


@lru_cache(maxsize=2)
def _frame(layout: Layout) -> _Frame:
    with zipfile.ZipFile(io.BytesIO(_word_file(layout))) as given:
        contents = {name: given.read(name) for name in given.namelist()}
    texts = {n: c.decode() for n, c in contents.items() if n.endswith((".xml", ".rels"))}
    whole = texts.pop(_BODY).replace("<w:t>@@", '<w:t xml:space="preserve">@@')
    pieces: dict[str, str] = {}
    table = re.search(r"<w:tbl>.*</w:tbl>", whole, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<w:tr>.*?</w:tr>", table[0], re.DOTALL)
    pieces |= {f"row{room}": row for room, row in zip(_ROOMS, rows, strict=True)}
    pieces["table"] = table[0].replace("".join(rows), _mark("rows"))
    assert _mark("rows") in pieces["table"], "rows of the table are expected side by side"
    lines = whole.replace(table[0], "")
    for piece in re.findall(r"<w:p>.*?</w:p>", lines, re.DOTALL):
        kind = re.search(r"@@(\w+)@@", piece)
        assert kind is not None
        pieces[kind[1]] = piece
    first = whole.index("<w:p>")
    last = whole.rindex("<w:sectPr")
    raw = {n: c for n, c in contents.items() if n not in texts and n != _BODY}
    return _Frame(texts, raw, whole[:first], whole[last:], pieces)


def _word_file(layout: Layout) -> bytes:
    word = Document()
    for paragraph in list(word.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    set_page(word, top=Mm(37), first_unnumbered=True)
    if layout is Layout.LETTER:
        _first_page(word)
    set_default_font(word)
    above_title = Pt(57.9) if layout is Layout.LETTER else Pt(6)
    title: dict[str, Any] = {"align": _CENTRE, "size": Pt(22), "font": SONG, "after": LINE}
    _line(word, "number", align=_RIGHT, before=Pt(12))
    _line(word, "form_organ", align=_CENTRE, size=Pt(16), font=SONG)
    _line(word, "heading", before=above_title, **title)
    _line(word, "flush")
    _line(word, "body", indent=2, justify=True)
    _line(word, "item", indent=2, font=HEI)
    _line(word, "attachment", indent=2)
    _line(word, "seal", align=_RIGHT, right=Pt(64), before=Pt(57.9))
    _line(word, "date", align=_RIGHT, right=Pt(64))
    _line(word, "copies", before=LINE)
    _line(word, "annex", **title).paragraph_format.page_break_before = True
    _table(word)
    fix_properties(word, _mark("title"))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _line(word: Any, kind: str, **form: Any) -> Paragraph:
    return write_line(word, _mark(kind), **form)


def _table(word: Any) -> None:
    table = word.add_table(rows=len(_ROOMS), cols=2)
    table.style = "Table Grid"
    for row, room in zip(table.rows, _ROOMS, strict=True):
        if room:
            row.height, row.height_rule = Mm(room), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, name, width in zip(row.cells, ("label", "text"), (Mm(52), Mm(104)), strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].add_run(_mark(name)).font.size = Pt(14)


def _first_page(word: Any) -> None:
    """发文机关标志 30 mm from the top with the first red line under it, and the second 20 mm from the foot.

    They stand in header and footer of the first page, so that the body of every page begins where the standard has it.
    """
    section = word.sections[0]
    section.header_distance = Mm(30)
    head, foot = section.first_page_header, section.first_page_footer
    mark = _line(head, "organ", align=_CENTRE, size=Pt(34), font=SONG, colour=_RED, exact=Pt(44))
    _widen(mark)
    _border(mark, "bottom", "thickThinSmallGap", 11)
    line = write_line(foot, "", size=Pt(1), exact=Pt(1))
    _widen(line)
    _border(line, "bottom", "thinThickSmallGap", 0)
    for part in (head, foot):
        part.paragraphs[0]._element.getparent().remove(part.paragraphs[0]._element)


def _widen(paragraph: Paragraph) -> None:
    """Let a red line be 170 mm long and centred on the page."""
    paragraph.paragraph_format.left_indent = Mm(-8)
    paragraph.paragraph_format.right_indent = Mm(-6)


def _border(paragraph: Paragraph, side: str, style: str, space: int) -> None:
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "24"), ("space", str(space)), ("color", "D20A11")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
