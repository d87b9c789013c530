"""The report as .docx, PDF, page and workbook: all say the same, number by number."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from docx import Document
from hypothesis import given, settings
from openpyxl import load_workbook

from tests.adapters.test_typesetter import HOSTILE, squeezed
from tests.factories.reports import report_figures
from tracker.adapters.fonts import FontSet
from tracker.adapters.report_docx import report_docx
from tracker.adapters.report_files import report_page, report_xlsx
from tracker.adapters.typesetter import MemoryRenderer, TypesettingFailed, TypstRenderer
from tracker.domain.annual_csv import read_csv
from tracker.domain.annual_table import ROWS
from tracker.domain.challenge_table import ChallengeColumn, table_of
from tracker.domain.challenges import ChallengeKind
from tracker.domain.letter_document import clean
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_document import ReportDocument, report_document, split_heading
from tracker.domain.report_figures import ReportFigures, YearFees
from tracker.domain.report_grids import challenges_grid, fees_grid, proactive_grid, requests_grid
from tracker.domain.report_parts import ReportPart

INSTANCE = Path(__file__).parents[2] / "instance"
SUQIAN = Path(__file__).parents[3] / "shared" / "cases" / "tables" / "suqian-2023.csv"
TABLE = read_csv(SUQIAN.read_text("utf-8-sig"))
FIGURES = ReportFigures(
    TABLE,
    ProactiveTable({figure: n for n, figure in enumerate(Figure, start=11)} | {Figure.FEES: 59_237_244_900}),
    table_of(
        [
            (ChallengeKind.RECONSIDERATION, ChallengeColumn.UPHELD, 12),
            (ChallengeKind.DIRECT_SUIT, ChallengeColumn.PENDING, 3),
        ]
    ),
    YearFees(7, 4_700),
)
DAY = date(2024, 1, 30)


def document(figures: ReportFigures = FIGURES, organ: str = "椒江区民政局") -> ReportDocument:
    texts = {
        ReportPart.OVERVIEW: f"（一）主动公开情况。{clean(HOSTILE)}\n全年公开信息若干。",
        ReportPart.PROBLEMS: "<b>问题</b>与改进。",
    }
    return report_document(
        organ, 2023, figures, texts, note="（已提交）", signed_on="2024年1月30日", digest="ab" * 32
    )


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


class Tables(HTMLParser):
    """The numbers of each table of a page, row by row; tags that were met."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self._in_number = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        self._in_number = tag == "td"

    def handle_data(self, data: str) -> None:
        if self._in_number and data.strip():
            self.tables[-1][-1].append(data)


def numbers_of(page: str) -> list[list[list[str]]]:
    parser = Tables()
    parser.feed(page)
    return [[row for row in table if row] for table in parser.tables]


@given(report_figures())
@settings(max_examples=20)
def test_cells_cover_each_table_once(figures: ReportFigures) -> None:
    for grid in (
        proactive_grid(figures.proactive),
        requests_grid(figures.requests),
        challenges_grid(figures.challenges),
        fees_grid(figures.fees),
    ):
        covered = [
            (row + down, column + across)
            for row, column, cell in grid.placed()
            for down in range(cell.down)
            for across in range(cell.across)
        ]
        assert sorted(covered) == [(r, c) for r in range(len(grid.rows)) for c in range(len(grid.widths))]


@given(report_figures())
@settings(max_examples=20)
def test_the_page_says_the_numbers_of_the_tables(figures: ReportFigures) -> None:
    proactive, requests, challenges = numbers_of(report_page(document(figures)))
    assert requests == [[str(n) for n in figures.requests.line(row.number)] for row in ROWS]
    assert figures.challenges is not None
    assert challenges == [[str(n) for kind in ChallengeKind for n in figures.challenges.line(kind)]]
    written = [figures.proactive.written(figure) if figures.proactive else "—" for figure in Figure]
    assert [number for row in proactive for number in row] == written


def test_the_page_stands_by_itself() -> None:
    page = report_page(document())
    parser = Tables()
    parser.feed(page)
    assert not parser.tags & {"script", "link", "img", "iframe", "b"}
    assert "http" not in page and "&lt;b&gt;问题&lt;/b&gt;" in page
    assert "SHA-256 " + "ab" * 32 in page and "本年收取信息处理费7笔，共4700元。" in page


def test_the_workbook_has_every_table_as_numbers() -> None:
    book = load_workbook(io.BytesIO(report_xlsx(document())))
    assert book.sheetnames == ["表二", "表三", "表四", "信息处理费"]
    rows = [[cell for cell in row if cell is not None] for row in book["表三"].values]
    assert [row[-7:] for row in rows[4:]] == [list(TABLE.line(row.number)) for row in ROWS]
    assert [v for v in list(book["表四"].values)[-1] if v is not None] == [
        12,
        *[0] * 3,
        12,
        0,
        0,
        0,
        3,
        3,
        *[0] * 5,
    ]
    assert [v for v in list(book["信息处理费"].values)[-1] if v is not None] == [7, 4700]
    assert "59237.2449" in {str(value) for row in book["表二"].values for value in row}


def test_a_name_like_a_formula_stays_a_text() -> None:
    book = load_workbook(io.BytesIO(report_xlsx(document(organ="=1+1"))))
    cell = book["表三"]["A1"]
    assert cell.data_type == "s" and cell.quotePrefix


def test_word_holds_the_same_lines_and_numbers() -> None:
    report = document()
    content = report_docx(report)
    assert content == report_docx(report)
    word = Document(io.BytesIO(content))
    said = squeezed("\n".join(paragraph.text for paragraph in word.paragraphs))
    for section in report.sections:
        for line in (section.heading, *section.paragraphs):
            assert squeezed(line) in said
    (table,) = [t for t in word.tables if len(t.columns) == 10]
    assert [[c.text for c in row.cells][-7:] for row in table.rows[3:]] == [
        [str(n) for n in TABLE.line(row.number)] for row in ROWS
    ]
    named = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
    assert named.index("tblLayout") < named.index("tblCellMar") < named.index("tblLook")
    page = word.sections[0]
    assert [round(each.mm) for each in (page.page_width, page.top_margin, page.left_margin)] == [210, 37, 28]


def test_the_pdf_says_every_line(renderer: TypstRenderer) -> None:
    report = document()
    pdf = renderer.report_pdf(report, DAY)
    assert pdf == renderer.report_pdf(report, DAY)
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    said = re.sub(r"—\d+—", "", "".join(pages))
    for line in (report.organ, report.note, report.signed_on, "政府信息公开工作年度报告"):
        assert squeezed(line) in said
    for section in report.sections:
        assert all(squeezed(line) in said for line in (section.heading, *section.paragraphs))
    (page,) = [text for text in pages if "结转下年度继续办理" in text]
    for row in ROWS:
        assert "".join(map(str, TABLE.line(row.number))) in page, f"table 3 whole on one page: {row.number}"


def test_a_sign_no_font_has_is_told(renderer: TypstRenderer) -> None:
    with pytest.raises(TypesettingFailed, match="\U0001f600"):
        renderer.report_pdf(document(organ="局\U0001f600"), DAY)
    assert MemoryRenderer().report_pdf(document(), DAY).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("（一）主动公开情况。本年", ("（一）主动公开情况。", "本年")),
        ("（二）无", ("（二）无", "")),
        ("（试行）的办法", ("", "（试行）的办法")),
        ("一是", ("", "一是")),
    ],
)
def test_headings_of_the_second_level(text: str, split: tuple[str, str]) -> None:
    assert split_heading(text) == split


def test_a_long_title_breaks_after_the_organ() -> None:
    assert document(organ="台州市椒江区综合行政执法局").title_lines[0] == "台州市椒江区综合行政执法局"
    assert len(document(organ="海门").title_lines) == 1


def test_fees_are_said_once() -> None:
    said = (
        report_document("甲", 2023, FIGURES, {ReportPart.OTHER: "收取信息处理费7笔。"})
        .sections[-1]
        .paragraphs
    )
    assert said == ("收取信息处理费7笔。",)
