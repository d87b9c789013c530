"""PDF and .docx: the same text as the document, to the letter; the page to the millimetre."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import docx
import pypdf
import pytest

from tests.letter_samples import DOCUMENTS, SLOTS, composed
from tracker.adapters.fonts import FANG, FontSet
from tracker.adapters.typesetter import MemoryRenderer, TypesettingFailed, TypstRenderer, for_print
from tracker.domain.letter_document import BlockKind, LetterDocument

INSTANCE = Path(__file__).parents[2] / "instance"
TEXT_TAG = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
MM = 72 / 25.4
HOSTILE = (
    '<b>&喆堃 {{ 7*7 }} {_{x}_} #read("/etc/passwd") ] \\ $x$ *粗* _斜_ @a 𠮷䶮㛃 \x00\x07\u202e\x1b'
    " `code` // c /* d */ = 标题 - 列 + 项 ~ <lbl> &amp; ]]> %{x} ${y}"
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
    body = docx.Document(io.BytesIO(content)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(TEXT_TAG)))


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


Point = tuple[float, float]


def ink_of_first_page(
    content: bytes,
) -> tuple[list[tuple[Point, Point, float]], list[tuple[float, float, float]]]:
    """Lines (from, to, width) and glyph runs (x, y of the baseline, size) in millimetres from the top left."""
    lines: list[tuple[Point, Point, float]] = []
    runs: list[tuple[float, float, float]] = []
    state: dict[str, float | Point] = {"width": 1.0, "at": (0.0, 0.0)}

    def place(cm: list[float], x: float, y: float) -> Point:
        return (cm[0] * x + cm[2] * y + cm[4]) / MM, 297 - (cm[1] * x + cm[3] * y + cm[5]) / MM

    def visit(operator: bytes, operands: list[float], cm: list[float], tm: list[float]) -> None:
        if operator == b"w":
            state["width"] = float(operands[0])
        elif operator == b"m":
            state["at"] = place(cm, float(operands[0]), float(operands[1]))
        elif operator == b"l":
            end = place(cm, float(operands[0]), float(operands[1]))
            lines.append((state["at"], end, float(state["width"])))  # type: ignore[arg-type]
        elif operator in (b"Tj", b"TJ"):
            x, y = place(cm, tm[4], tm[5])
            runs.append((x, y, abs(tm[0] * cm[0])))

    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    page.extract_text(visitor_operand_before=visit)
    return lines, runs


def test_red_double_lines_lie_where_the_standard_puts_them(renderer: TypstRenderer) -> None:
    """GB/T 9704 信函格式: 170 mm, centred; the first 4 mm under the organ's mark, thick above thin; the second ends
    20 mm from the foot of the page, thin above thick."""
    lines, _ = ink_of_first_page(renderer.pdf(composed("disclosed").fill(**SLOTS)))
    red = sorted((line for line in lines if abs(line[1][0] - line[0][0]) > 100), key=lambda line: line[0][1])
    assert len(red) == 4
    for start, end, _width in red:
        assert abs(abs(end[0] - start[0]) - 170) < 0.1
        assert abs(min(start[0], end[0]) - 20) < 0.1
    upper, lower = red[:2], red[2:]
    assert upper[0][2] > upper[1][2] and lower[0][2] < lower[1][2]
    half = upper[0][2] / MM / 2
    assert abs(lower[1][0][1] + half - 277) < 0.05
    ink_of_mark = (30, 42)  # 椒江区民政局 in 36 pt
    assert abs(upper[0][0][1] - half - ink_of_mark[1] - 4) < 0.05


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
