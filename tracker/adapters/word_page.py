"""A Word page in the geometry of GB/T 9704: margins, lines of 28.95 pt, fonts, page numbers, and equal bytes.

What letters and reports are both made of.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FANG, SONG, HEI, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LINE = Pt(28.95)
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def write_line(
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
    exact: Pt = LINE,
) -> Paragraph:
    """One paragraph; ``indent`` in characters of the body, ``exact`` the height of its lines."""
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
        set_font(run._element.get_or_add_rPr(), font)
    return paragraph


def _ind(paragraph: Paragraph) -> Any:
    return paragraph._element.get_or_add_pPr().get_or_add_ind()


def set_font(properties: Any, name: str) -> None:
    """The font of a run or style, for Latin and Chinese signs alike."""
    fonts = properties.get_or_add_rFonts()
    for side in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{side}"), name)


def set_default_font(word: Any) -> None:
    """三号仿宋 for whatever is not told otherwise."""
    normal = word.styles["Normal"]
    normal.font.size = Pt(16)
    set_font(normal.element.get_or_add_rPr(), FANG)


def set_page(word: Any, *, top: Length, first_unnumbered: bool) -> None:
    """A4 with 22 lines of 28 characters; page numbers at the outer edges, none on the first page where told so."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = top, Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(20)
    section.different_first_page_header_footer = first_unnumbered
    word.settings.odd_and_even_pages_header_footer = True
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    paragraph.add_run("— ").font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._element.append(field)
    paragraph.add_run(" —").font.size = Pt(14)


def fix_properties(word: Any, title: str) -> None:
    """Properties that do not depend on when and by whom the file was made."""
    core = word.core_properties
    core.title, core.author, core.last_modified_by = title, "", ""
    core.created = core.modified = _STAMP
    core.revision = 1


def with_fixed_stamps(content: bytes) -> bytes:
    """The same package with fixed times, so that equal documents give equal bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        return package({name: given.read(name) for name in given.namelist()})


def package(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file of Word, in the order of their names and with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, _ZIP_STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            written.writestr(info, parts[name])
    return out.getvalue()
