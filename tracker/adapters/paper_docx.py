"""Papers of an evidence bundle as editable .docx, the same lines as the PDF, and several of them as one archive.

Every text goes in as a run of plain text: nothing in it becomes a field, a formula or markup.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.adapters.word_page import (
    HEI,
    LINE,
    SONG,
    fix_properties,
    set_default_font,
    set_font,
    set_page,
    with_fixed_stamps,
    write_line,
)
from tracker.domain.bundle_paper import Paper, PaperPart, PartKind

_CELLS = "宋体"
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def docx_of_paper(paper: Paper) -> bytes:
    """The .docx of one paper. Equal papers give equal bytes."""
    word = Document()
    set_page(word, top=Mm(34), first_unnumbered=False)
    set_default_font(word)
    write_line(word, paper.title, align=WD_ALIGN_PARAGRAPH.CENTER, font=SONG, size=Pt(22), after=LINE)
    for part in paper.parts:
        _part(word, part)
    fix_properties(word, paper.title)
    out = io.BytesIO()
    word.save(out)
    return with_fixed_stamps(out.getvalue())


def archive_of(files: Mapping[str, bytes]) -> bytes:
    """A .zip of named files, in their order, with equal bytes for equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part(word: Any, part: PaperPart) -> None:
    if part.kind is PartKind.TABLE:
        _table(word, part)
        return
    lines = part.text.split("\n") if part.text else []
    for number, line in enumerate(lines):
        if part.kind is PartKind.HEADING:
            write_line(word, line, indent=2, font=HEI)
        elif part.kind is PartKind.RIGHT:
            write_line(word, line, align=WD_ALIGN_PARAGRAPH.RIGHT, before=None if number else LINE)
        elif part.kind is PartKind.PARAGRAPH:
            write_line(word, line, indent=2, justify=True)
        else:
            write_line(word, line)


def _table(word: Any, part: PaperPart) -> None:
    table = word.add_table(rows=1 + len(part.rows), cols=len(part.heads))
    table.style = "Table Grid"
    table.autofit = False
    for row, texts in zip(table.rows, (part.heads, *part.rows), strict=True):
        for cell, text, width in zip(row.cells, texts, part.widths, strict=True):
            cell.width = Mm(width)
            for number, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
                run = paragraph.add_run(line)
                run.font.size = Pt(10.5)
                set_font(run._element.get_or_add_rPr(), HEI if texts is part.heads else _CELLS)
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
