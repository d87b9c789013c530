"""The annual report as an editable .docx in the format of official documents (GB/T 9704): the same lines as the PDF."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tracker.adapters.word_page import (
    HEI,
    KAI,
    LINE,
    SONG,
    fix_properties,
    set_default_font,
    set_font,
    set_page,
    with_fixed_stamps,
    write_line,
)
from tracker.domain.report_document import ReportDocument, split_heading
from tracker.domain.report_grids import Grid, GridCell

_WIDTH = 156
"""版心 in millimetres."""
_SMALL = Pt(9)
_DENSE = 10
"""From so many columns a table is set small."""


def report_docx(document: ReportDocument) -> bytes:
    """The file; equal documents give equal bytes."""
    word = Document()
    for paragraph in list(word.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    set_page(word, top=Mm(37), first_unnumbered=False)
    set_default_font(word)
    write_line(
        word,
        "\n".join(document.title_lines),
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=SONG,
        before=LINE,
        after=LINE,
        exact=Pt(36),
    )
    if document.note:
        write_line(word, document.note, align=WD_ALIGN_PARAGRAPH.CENTER, size=Pt(14), font=KAI, after=LINE)
    for section in document.sections:
        heading = write_line(word, section.heading, indent=2, font=HEI)
        heading.paragraph_format.keep_with_next = True
        for text in section.paragraphs:
            _paragraph(word, text)
        if section.grid is not None:
            _table(word, section.grid)
    if document.signed_on:
        write_line(
            word, document.organ, align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64), before=Pt(57.9)
        ).paragraph_format.keep_with_next = True
        write_line(word, document.signed_on, align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64))
    fix_properties(word, document.title)
    out = io.BytesIO()
    word.save(out)
    return with_fixed_stamps(out.getvalue())


def _paragraph(word: Any, text: str) -> None:
    heading, rest = split_heading(text)
    line = write_line(word, heading, indent=2, justify=True, font=KAI if heading else None)
    line.add_run(rest)


def _table(word: Any, grid: Grid) -> None:
    table = word.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow_margins(table)
    parts = sum(grid.widths)
    widths = [Mm(_WIDTH * part / parts) for part in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    size = _SMALL if len(grid.widths) >= _DENSE else Pt(12)
    # Taken before any are merged: asked for one by one, each would make the library walk the whole table again.
    places = [row.cells for row in table.rows]
    for row, column, cell in grid.placed():
        last = places[row + cell.down - 1][column + cell.across - 1]
        merged = places[row][column].merge(last)
        merged.width = sum(widths[column : column + cell.across])
        _fill(merged, cell, size)
    for row in table.rows[: grid.heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _keep_together(table)
    # Word needs a paragraph between a table and what follows; half a line keeps them apart.
    write_line(word, "", exact=Pt(14))


def _fill(place: Any, cell: GridCell, size: Pt) -> None:
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = place.paragraphs[0]
    centred = cell.head or cell.number or cell.down > 1
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.SINGLE, None
    form.space_before = form.space_after = Pt(2)
    run = paragraph.add_run(cell.text)
    run.font.size = size
    set_font(run._element.get_or_add_rPr(), HEI if cell.head else "宋体")


def _keep_together(table: Any) -> None:
    """A table goes whole to the next page: its labels reach over many rows."""
    for row in list(table.rows)[:-1]:
        for place in row._tr.tc_lst:
            Paragraph(place.p_lst[0], table).paragraph_format.keep_with_next = True


def _narrow_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema wants them before the look of the table.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
