"""PDF and .docx: the same text as the document, to the letter; the page to the millimetre."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from docx.shared import Pt

from tests.adapters.pdf_ink import MM, ink_of
from tests.letter_samples import DOCUMENTS, SLOTS, composed
from tracker.adapters.fonts import FANG, FontSet
from tracker.adapters.typesetter import MemoryRenderer, TypesettingFailed, TypstRenderer, for_print
from tracker.domain.letter_document import BlockKind, LetterDocument

INSTANCE = Path(__file__).parents[2] / "instance"
TEXT_TAG = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
HOSTILE = (
    '<b>&喆堃 {{ 7*7 }} {_{x}_} #read("/etc/passwd") ] \\ $x$ *粗* _斜_ @a 𠮷䶮㛃 \x00\x07\u202e\x1b'
    " @@title@@ @@text@@ @@rows@@ `code` // c /* d */ = 标题 - 列 + 项 ~ <lbl> &amp; ]]> %{x} ${y}"
)


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    fonts = FontSet.of_installation(INSTANCE)
    assert fonts.complete, "no fonts for letters: run make fonts"
    return TypstRenderer(fonts)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of_pdf(content: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return squeezed("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages))


def text_of_docx(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    parts = (word.sections[0].first_page_header._element, word.element.body)
    return squeezed("".join(node.text or "" for part in parts for node in part.iter(TEXT_TAG)))


@pytest.mark.parametrize("filler", [None, HOSTILE], ids=["samples", "hostile"])
@pytest.mark.parametrize("key", DOCUMENTS)
def test_pdf_and_docx_hold_the_text_of_the_document(
    renderer: TypstRenderer, key: str, filler: str | None
) -> None:
    document = composed(key, filler).fill(**SLOTS)
    expected = squeezed(document.text())
    assert text_of_pdf(renderer.pdf(document)) == expected
    assert text_of_docx(renderer.docx(document)) == expected
    assert renderer.missing_characters(document) == ()


def test_what_applicants_write_stays_text(renderer: TypstRenderer) -> None:
    text = text_of_pdf(renderer.pdf(composed("petition", HOSTILE).fill(**SLOTS)))
    assert "{{7*7}}" in text and '#read("/etc/passwd")' in text and "<b>&" in text
    assert "49" not in text and "root:" not in text


def test_what_xml_cannot_hold_is_left_out_of_the_word_file(renderer: TypstRenderer) -> None:
    document = replace(composed("receipt"), title="甲\x0b\ud800\uffff乙@@organ@@<w:p>").fill(**SLOTS)
    word = docx.Document(io.BytesIO(renderer.docx(document)))
    assert "甲乙@@organ@@<w:p>" in [p.text for p in word.paragraphs]
    assert word.core_properties.title == "甲乙@@organ@@<w:p>"


@pytest.mark.parametrize("name", ["𠮷田", "䶮", "㛃", "王喆", "李堃"])
def test_rare_characters_of_names_are_set(renderer: TypstRenderer, name: str) -> None:
    document = composed("receipt", name).fill(**SLOTS)
    assert renderer.missing_characters(document) == ()
    assert name in text_of_pdf(renderer.pdf(document))


def test_characters_no_font_has_are_named(renderer: TypstRenderer) -> None:
    document = composed("receipt", "张\U0010fffd三")
    assert renderer.missing_characters(document) == ("\U0010fffd",)


def test_equal_documents_give_equal_bytes(renderer: TypstRenderer) -> None:
    document = composed("disclosed").fill(**SLOTS)
    again = LetterDocument.from_data(document.to_data())
    fresh = TypstRenderer(FontSet.of_installation(INSTANCE))
    assert renderer.pdf(document) == fresh.pdf(again)
    assert renderer.docx(document) == fresh.docx(again)


def test_drafts_show_blanks_where_the_slots_are(renderer: TypstRenderer) -> None:
    text = text_of_pdf(renderer.pdf(composed("disclosed")))
    assert "{number}" not in text and "〔〕号" in text and "年月日" in text


def test_threads_share_one_compiler(renderer: TypstRenderer) -> None:
    document = composed("disclosed").fill(**SLOTS)
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(renderer.pdf(document))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4 and len(set(results)) == 1


def test_the_archive_copy_is_pdf_a(renderer: TypstRenderer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(renderer.pdf(composed("disclosed").fill(**SLOTS))))
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>B</pdfaid:conformance>" in xmp


def test_red_double_lines_lie_where_the_standard_puts_them(renderer: TypstRenderer) -> None:
    """GB/T 9704 信函格式: 170 mm, centred; the first 4 mm under the organ's mark, thick above thin; the second ends
    20 mm from the foot of the page, thin above thick."""
    strokes = ink_of(renderer.pdf(composed("disclosed").fill(**SLOTS))).strokes
    red = sorted((s for s in strokes if abs(s.end[0] - s.start[0]) > 100), key=lambda s: s.start[1])
    assert len(red) == 4
    for stroke in red:
        assert abs(abs(stroke.end[0] - stroke.start[0]) - 170) < 0.1
        assert abs(min(stroke.start[0], stroke.end[0]) - 20) < 0.1
    upper, lower = red[:2], red[2:]
    assert upper[0].width > upper[1].width and lower[0].width < lower[1].width
    half = upper[0].width / MM / 2
    assert abs(lower[1].start[1] + half - 277) < 0.05
    ink_of_mark = (30, 42)  # 椒江区民政局 in 36 pt
    assert abs(upper[0].start[1] - half - ink_of_mark[1] - 4) < 0.05


EDGES = (28.0, 184.0)
"""版心: 156 mm wide, 37 mm from the top, 225 mm high."""


def test_the_type_area_is_156_by_225_millimetres(renderer: TypstRenderer) -> None:
    """GB/T 9704: 天头 37 mm, 订口 28 mm, 22 lines of 28 characters, each pitch alike."""
    content = renderer.pdf(composed("petition", "公" * 2000).fill(**SLOTS))
    *lines, foot = ink_of(content, 1).lines()
    assert len(lines) == 22
    for left, right, _baseline in lines:
        assert abs(left - EDGES[0]) < 0.05 and EDGES[1] - 1 < right <= EDGES[1]
    em = 15.75 / MM
    assert abs(lines[0][2] - 0.8 * em - 37) < 0.1
    assert lines[-1][2] + 0.2 * em <= 37 + 225
    pitches = [after[2] - before[2] for before, after in zip(lines, lines[1:], strict=False)]
    assert all(abs(pitch - 225 / 22) < 0.15 for pitch in pitches)
    assert foot[2] > 37 + 225


def test_page_numbers_hang_seven_millimetres_below_at_the_outer_edge(renderer: TypstRenderer) -> None:
    """四号半角宋体，一字线上距版心下边缘 7 mm；单页码居右空一字，双页码居左空一字。"""
    content = renderer.pdf(composed("petition", "公" * 2000).fill(**SLOTS))
    em = 14 / MM
    even, odd = ink_of(content, 1), ink_of(content, 2)
    for page in (even, odd):
        run = page.runs[-1]
        assert abs(run.size - 14) < 0.01
        assert abs(run.baseline - 0.3 * em - (37 + 225 + 7)) < 0.3
    assert abs(even.lines()[-1][0] - EDGES[0] - em) < 0.1
    assert abs(EDGES[1] - odd.lines()[-1][1] - em) < 0.1


def test_number_date_and_signature_stand_where_the_standard_puts_them(renderer: TypstRenderer) -> None:
    """发文字号顶格居版心右边缘；成文日期右空四字，发文机关署名以成文日期为准居中。"""
    lines = ink_of(renderer.pdf(composed("receipt").fill(**SLOTS))).lines()
    number, signature, date = lines[1], lines[-3], lines[-2]
    assert abs(number[1] - EDGES[1]) < 0.1
    assert abs(EDGES[1] - date[1] - 4 * 15.75 / MM) < 0.1
    assert abs((signature[0] + signature[1]) / 2 - (date[0] + date[1]) / 2) < 0.1
    title = lines[2]
    assert abs((title[0] + title[1]) / 2 - sum(EDGES) / 2) < 0.5


def test_a_row_to_be_filled_by_hand_leaves_room_for_it(renderer: TypstRenderer) -> None:
    document = composed("delivery_receipt").fill(**SLOTS)
    rooms = [block.room for block in document.blocks]
    assert {18, 24} <= set(rooms) and rooms[0] == 0
    strokes = ink_of(renderer.pdf(document)).strokes
    heights = sorted({round(s.start[1], 1) for s in strokes if abs(s.start[1] - s.end[1]) < 0.01})
    rows = [after - before for before, after in zip(heights, heights[1:], strict=False)]
    assert [round(row) for row, room in zip(rows, rooms, strict=True) if room] == [r for r in rooms if r]


def test_the_word_file_has_the_page_of_the_standard(renderer: TypstRenderer) -> None:
    """A4, 37/28/26/35 mm, the mark 30 mm and the second red line 20 mm from the edges, no number on page one."""
    word = docx.Document(io.BytesIO(renderer.docx(composed("disclosed").fill(**SLOTS))))
    (section,) = word.sections
    told = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    told += [section.right_margin, section.bottom_margin, section.header_distance, section.footer_distance]
    assert [round(x.mm) for x in told if x is not None] == [210, 297, 37, 28, 26, 35, 30, 20]
    assert section.different_first_page_header_footer
    mark, line = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    assert mark.text == "椒江区民政局" and line.text == ""
    for paragraph, style in ((mark, "thickThinSmallGap"), (line, "thinThickSmallGap")):
        form = paragraph.paragraph_format
        assert [round(x.mm) for x in (form.left_indent, form.right_indent) if x] == [-8, -6]
        assert f'w:bottom w:val="{style}"' in paragraph._element.xml
    body = next(p for p in word.paragraphs if "本机关" in p.text)
    assert body.paragraph_format.line_spacing == Pt(28.95)


def test_a_full_page_holds_22_lines_of_28_characters(renderer: TypstRenderer) -> None:
    content = renderer.pdf(composed("petition", "公" * 2000).fill(**SLOTS))
    second = pypdf.PdfReader(io.BytesIO(content)).pages[1]
    lines = [line for line in second.extract_text().splitlines() if "—" not in line and line.strip()]
    assert len(lines) == 22
    assert {len(line.strip()) for line in lines[1:-1]} == {28}


def test_page_numbers_begin_on_the_second_page(renderer: TypstRenderer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(renderer.pdf(composed("petition", "公" * 2000).fill(**SLOTS))))
    numbers = [re.findall(r"—\s*(\d+)\s*—", page.extract_text()) for page in reader.pages]
    assert numbers[0] == [] and numbers[1] == ["2"] and numbers[2] == ["3"]


def test_no_page_holds_a_signature_alone(renderer: TypstRenderer) -> None:
    """At every length of the text the signature shares its page with 特此告知 and the remedy."""
    document = composed("other_outcome")
    free = next(block.key for block in document.blocks if block.kind is BlockKind.FREE)
    for length in range(1, 700, 28):
        letter = document.with_texts({free: "公" * length}).fill(**SLOTS)
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(renderer.pdf(letter))).pages]
        last = squeezed(next(text for text in reversed(pages) if SLOTS["date"] in text))
        assert last.index("提起行政诉讼。特此告知。") < last.index(SLOTS["date"]), f"{length} characters"
        assert "联系电话" in last


def test_without_fonts_nothing_is_put_out(tmp_path: Path) -> None:
    bare = TypstRenderer(FontSet((tmp_path,)))
    document = composed("receipt").fill(**SLOTS)
    with pytest.raises(TypesettingFailed):
        bare.pdf(document)
    assert "椒" in bare.missing_characters(document)


def test_the_folder_of_the_installation_comes_before_the_machine_s(tmp_path: Path) -> None:
    own, machine = tmp_path / "own", tmp_path / "machine"
    for folder in (own, machine):
        folder.mkdir()
        (folder / FANG.file).write_bytes(b"")
    assert FontSet((own, machine)).files[FANG.file] == own / FANG.file


def test_the_twin_answers_like_the_real_one() -> None:
    twin = MemoryRenderer(lacking="张")
    document = composed("receipt")
    assert twin.missing_characters(document) == ("张",)
    assert document.text().encode() in twin.pdf(document)
    assert document.text().encode() in twin.docx(document)
    assert for_print(document).slots.filled
    twin.failing = True
    with pytest.raises(TypesettingFailed):
        twin.pdf(document)
