"""An editable .docx of a letter, for offices that finish a text in Word or WPS; the same lines as the PDF.

The Word template is built in code, so its geometry can be read; docxtpl fills it in a sandbox with escaping on.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from tracker.adapters.word_page import (
    HEI,
    LINE,
    SONG,
    fix_properties,
    set_default_font,
    set_page,
    with_fixed_stamps,
    write_line,
)
from tracker.domain.letter_document import Block, BlockKind, Layout, LetterDocument

_ROOMS = (0, 18, 24, 36)
"""Heights of rows, as ``Block.room`` gives them."""
_RED = RGBColor(0xD2, 0x0A, 0x11)


def docx_of(document: LetterDocument) -> bytes:
    """The .docx of a document whose slots show what is to be read. Equal documents give equal bytes."""
    template = DocxTemplate(io.BytesIO(_word_template(document.layout)))
    environment = SandboxedEnvironment(autoescape=True)
    template.render(_context(document), jinja_env=environment, autoescape=True)
    fix_properties(template.docx, document.title)
    out = io.BytesIO()
    template.save(out)
    return with_fixed_stamps(out.getvalue())


def _context(document: LetterDocument) -> dict[str, Any]:
    letter = document.layout is Layout.LETTER
    annex = next(
        (n for n, b in enumerate(document.blocks) if b.kind is BlockKind.ANNEX), len(document.blocks)
    )
    if not letter:
        annex = len(document.blocks)
    return {
        "letter": letter,
        "organ": _text(document.organ),
        "number": _text(document.slots.number),
        "title": _text(document.title),
        "addressee": _text(f"{document.addressee}：") if document.addressee else "",
        "body": _sections(document.blocks[:annex]),
        "attachments": [_text(line) for line in document.attachment_lines()],
        "seal": _text(document.slots.seal),
        "date": _text(document.slots.date),
        "contact": _text(document.contact_line()),
        "copies": _text(document.copies_line()),
        "annex": _sections(document.blocks[annex:]),
    }


def _text(value: str) -> Markup:
    """Text as itself: escaped for XML, and with braces written as references, which docxtpl would else rewrite."""
    return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704  escaped just here


def _sections(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    for block in blocks:
        lines = [_text(line) for line in block.text.split("\n") if line]
        if block.kind is not BlockKind.ROW:
            sections.append({"kind": str(block.kind), "lines": lines})
            continue
        if not sections or sections[-1]["kind"] != "table":
            sections.append({"kind": "table", "rows": []})
        sections[-1]["rows"].append({"label": _text(block.label), "lines": lines, "room": block.room})
    return sections


@lru_cache(maxsize=2)
def _word_template(layout: Layout) -> bytes:
    word = Document()
    for paragraph in list(word.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    set_page(word, top=Mm(37), first_unnumbered=True)
    if layout is Layout.LETTER:
        _first_page(word)
    set_default_font(word)
    _heading(word, layout)
    _loop(word, "body")
    write_line(word, "{%p for line in attachments %}")
    write_line(word, "{{ line }}", indent=2)
    write_line(word, "{%p endfor %}")
    write_line(word, "{%p if letter %}")
    write_line(word, "{{ seal }}", align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64), before=Pt(57.9))
    write_line(word, "{{ date }}", align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64))
    write_line(word, "{%p endif %}")
    write_line(word, "{%p if contact %}")
    write_line(word, "{{ contact }}", indent=2)
    write_line(word, "{%p endif %}")
    write_line(word, "{%p if copies %}")
    write_line(word, "{{ copies }}", before=LINE)
    write_line(word, "{%p endif %}")
    _loop(word, "annex")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _first_page(word: Any) -> None:
    """发文机关标志 30 mm from the top with the first red line under it, and the second 20 mm from the foot.

    They stand in header and footer of the first page, so that the body of every page begins where the standard has it.
    """
    section = word.sections[0]
    section.header_distance = Mm(30)
    head, foot = section.first_page_header, section.first_page_footer
    mark = write_line(
        head,
        "{{ organ }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(34),
        font=SONG,
        colour=_RED,
        exact=Pt(44),
    )
    _widen(mark)
    _border(mark, "bottom", "thickThinSmallGap", 11)
    line = write_line(foot, "", size=Pt(1), exact=Pt(1))
    _widen(line)
    _border(line, "bottom", "thinThickSmallGap", 0)
    for part in (head, foot):
        part.paragraphs[0]._element.getparent().remove(part.paragraphs[0]._element)


def _heading(word: Any, layout: Layout) -> None:
    write_line(word, "{{ number }}", align=WD_ALIGN_PARAGRAPH.RIGHT, before=Pt(12))
    write_line(word, "{%p if not letter %}")
    write_line(word, "{{ organ }}", align=WD_ALIGN_PARAGRAPH.CENTER, size=Pt(16), font=SONG)
    write_line(word, "{%p endif %}")
    write_line(
        word,
        "{{ title }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=SONG,
        before=Pt(57.9) if layout is Layout.LETTER else Pt(6),
        after=LINE,
    )
    write_line(word, "{%p if addressee %}")
    write_line(word, "{{ addressee }}")
    write_line(word, "{%p endif %}")


def _loop(word: Any, name: str) -> None:
    write_line(word, f"{{%p for s in {name} %}}")
    write_line(word, '{%p if s.kind == "table" %}')
    filled = (
        "{{ r.label }}",
        "{% for l in r.lines %}{{ l }}{% if not loop.last %}\n{% endif %}{% endfor %}",
    )
    lines: list[tuple[tuple[str, str], int]] = [(("{%tr for r in s.rows %}", ""), 0)]
    for n, room in enumerate(_ROOMS):
        lines += [((f"{{%tr {'elif' if n else 'if'} r.room == {room} %}}", ""), 0), (filled, room)]
    lines += [(("{%tr endif %}", ""), 0), (("{%tr endfor %}", ""), 0)]
    table = word.add_table(rows=len(lines), cols=2)
    table.style = "Table Grid"
    for row, ((left, right), room) in zip(table.rows, lines, strict=True):
        if room:
            row.height, row.height_rule = Mm(room), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, text in zip(row.cells, (left, right), strict=True):
            cell.width = Mm(52) if text == left else Mm(104)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].add_run(text).font.size = Pt(14)
    write_line(word, '{%p elif s.kind == "annex" %}')
    write_line(
        word,
        "{{ s.lines|join }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=SONG,
        after=LINE,
    ).paragraph_format.page_break_before = True
    write_line(word, '{%p elif s.kind == "item" %}')
    write_line(word, "{{ s.lines|join }}", indent=2, font=HEI)
    write_line(word, "{%p else %}")
    write_line(word, "{%p for line in s.lines %}")
    write_line(word, "{{ line }}", indent=2, justify=True)
    write_line(word, "{%p endfor %}")
    write_line(word, "{%p endif %}")
    write_line(word, "{%p endfor %}")


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
