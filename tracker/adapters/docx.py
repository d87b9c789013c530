"""An editable .docx of a letter, for offices that finish a text in Word or WPS; the same lines as the PDF.

The Word template is built in code, so its geometry can be read; docxtpl fills it in a sandbox with escaping on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from tracker.domain.letter_document import Block, BlockKind, Layout, LetterDocument

_FANG, _SONG, _HEI = "仿宋_GB2312", "方正小标宋简体", "黑体"
_LINE = Pt(28.95)
_RED = RGBColor(0xD2, 0x0A, 0x11)
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def docx_of(document: LetterDocument) -> bytes:
    """The .docx of a document whose slots show what is to be read. Equal documents give equal bytes."""
    template = DocxTemplate(io.BytesIO(_word_template(document.layout)))
    environment = SandboxedEnvironment(autoescape=True)
    template.render(_context(document), jinja_env=environment, autoescape=True)
    _fixed_properties(template.docx, document.title)
    out = io.BytesIO()
    template.save(out)
    return _with_fixed_stamps(out.getvalue())


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
        sections[-1]["rows"].append({"label": _text(block.label), "lines": lines})
    return sections


@lru_cache(maxsize=2)
def _word_template(layout: Layout) -> bytes:
    word = Document()
    for paragraph in list(word.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page(word, red_line=layout is Layout.LETTER)
    _default_font(word)
    _heading(word)
    _loop(word, "body")
    _line(word, "{%p for line in attachments %}")
    _line(word, "{{ line }}", indent=2)
    _line(word, "{%p endfor %}")
    _line(word, "{%p if letter %}")
    _line(word, "{{ seal }}", align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64), before=Pt(57.9))
    _line(word, "{{ date }}", align=WD_ALIGN_PARAGRAPH.RIGHT, right=Pt(64))
    _line(word, "{%p endif %}")
    _line(word, "{%p if contact %}")
    _line(word, "{{ contact }}", indent=2)
    _line(word, "{%p endif %}")
    _line(word, "{%p if copies %}")
    _line(word, "{{ copies }}", before=_LINE)
    _line(word, "{%p endif %}")
    _loop(word, "annex")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _heading(word: Any) -> None:
    _line(word, "{%p if letter %}")
    mark = _line(
        word,
        "{{ organ }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(34),
        font=_SONG,
        colour=_RED,
        exact=Pt(44),
    )
    _widen(mark)
    _border(mark, "bottom", "thickThinSmallGap")
    _line(word, "{%p endif %}")
    _line(word, "{{ number }}", align=WD_ALIGN_PARAGRAPH.RIGHT, before=Pt(12))
    _line(
        word,
        "{{ title }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=_SONG,
        before=Pt(57.9),
        after=_LINE,
    )
    _line(word, "{%p if addressee %}")
    _line(word, "{{ addressee }}")
    _line(word, "{%p endif %}")


def _loop(word: Any, name: str) -> None:
    _line(word, f"{{%p for s in {name} %}}")
    _line(word, '{%p if s.kind == "table" %}')
    table = word.add_table(rows=3, cols=2)
    table.style = "Table Grid"
    for row, (left, right) in zip(
        table.rows,
        (
            ("{%tr for r in s.rows %}", ""),
            ("{{ r.label }}", "{% for l in r.lines %}{{ l }}{% if not loop.last %}\n{% endif %}{% endfor %}"),
            ("{%tr endfor %}", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, (left, right), strict=True):
            cell.width = Mm(52) if text == left else Mm(104)
            cell.paragraphs[0].add_run(text).font.size = Pt(14)
    _line(word, '{%p elif s.kind == "annex" %}')
    _line(
        word,
        "{{ s.lines|join }}",
        align=WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=_SONG,
        after=_LINE,
    ).paragraph_format.page_break_before = True
    _line(word, '{%p elif s.kind == "item" %}')
    _line(word, "{{ s.lines|join }}", indent=2, font=_HEI)
    _line(word, "{%p else %}")
    _line(word, "{%p for line in s.lines %}")
    _line(word, "{{ line }}", indent=2, justify=True)
    _line(word, "{%p endfor %}")
    _line(word, "{%p endif %}")
    _line(word, "{%p endfor %}")


def _line(
    word: Any,
    text: str,
    *,
    indent: int = 0,
    align: WD_ALIGN_PARAGRAPH | None = None,
    justify: bool = False,
    right: Pt | None = None,
    before: Pt | None = None,
    after: Pt | None = None,
    size: Pt | None = None,
    font: str | None = None,
    colour: RGBColor | None = None,
    exact: Pt = _LINE,
) -> Paragraph:
    paragraph: Paragraph = word.add_paragraph()
    run = paragraph.add_run(text)
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if justify else align
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, exact
    form.space_before, form.space_after = before or Pt(0), after or Pt(0)
    form.right_indent = right
    if indent:
        _ind(paragraph).set(qn("w:firstLineChars"), str(indent * 100))
        _ind(paragraph).set(qn("w:firstLine"), str(indent * 320))
    if size:
        run.font.size = size
    if colour is not None:
        run.font.color.rgb = colour
    if font:
        _font(run._element.get_or_add_rPr(), font)
    return paragraph


def _ind(paragraph: Paragraph) -> Any:
    return paragraph._element.get_or_add_pPr().get_or_add_ind()


def _widen(paragraph: Paragraph) -> None:
    """Let a red line be 170 mm long and centred on the page."""
    paragraph.paragraph_format.left_indent = Mm(-8)
    paragraph.paragraph_format.right_indent = Mm(-6)


def _border(paragraph: Paragraph, side: str, style: str) -> None:
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "24"), ("space", "11"), ("color", "D20A11")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for side in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{side}"), name)


def _default_font(word: Any) -> None:
    normal = word.styles["Normal"]
    normal.font.size = Pt(16)
    _font(normal.element.get_or_add_rPr(), _FANG)


def _page(word: Any, *, red_line: bool) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(20)
    section.different_first_page_header_footer = True
    word.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    if red_line:
        first = section.first_page_footer.paragraphs[0]
        _widen(first)
        _border(first, "top", "thinThickSmallGap")
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    paragraph.add_run("— ").font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._element.append(field)
    paragraph.add_run(" —").font.size = Pt(14)


def _fixed_properties(word: Any, title: str) -> None:
    core = word.core_properties
    core.title, core.author, core.last_modified_by = title, "", ""
    core.created = core.modified = _STAMP
    core.revision = 1


def _with_fixed_stamps(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as written:
        for name in sorted(given.namelist()):
            info = zipfile.ZipInfo(name, _ZIP_STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            written.writestr(info, given.read(name))
    return out.getvalue()
