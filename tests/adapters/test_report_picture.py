"""年报图解: well formed whatever the names, within its edges, and its numbers are those it was given."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.adapters.test_typesetter import HOSTILE, squeezed
from tests.factories.reports import report_figures
from tracker.adapters.fonts import FontSet
from tracker.adapters.report_picture import Shape, described, draw_picture
from tracker.adapters.svg import ems, fitted, spread, wrapped
from tracker.adapters.typesetter import MemoryRenderer, TypesettingFailed, TypstRenderer
from tracker.domain.letter_document import clean
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_picture import Picture, PictureCounts, Share, picture_of
from tracker.domain.request_terms import Channel

INSTANCE = Path(__file__).parents[2] / "instance"
NAMES = st.text(st.sampled_from("椒江区人民政府办公室局、（）A1&<"), min_size=1, max_size=60)
NUMBERS = st.integers(0, 999_999)
EMPTY = picture_of("椒江区民政局", 2023, ReportFigures(), PictureCounts())
Placed = tuple[float, float, float, str]
"""Left and right edge, baseline, text."""


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    counts = PictureCounts(
        tuple(draw(st.lists(NUMBERS, min_size=12, max_size=12))),
        draw(st.dictionaries(st.sampled_from(list(Channel)), NUMBERS)),
        draw(NUMBERS) + 1,
        draw(st.integers(0, 1)),
    )
    organs = draw(st.lists(st.builds(Share, NAMES, NUMBERS), max_size=35))
    note = draw(st.sampled_from(["", "（编制中，数字截至2024年1月20日）"]))
    return picture_of(
        draw(NAMES), 2023, draw(report_figures()), draw(st.sampled_from([counts, None])), organs, note
    )


def texts_of(drawing: str) -> list[str]:
    return [said for *_place, said in placed(ElementTree.fromstring(drawing))]


def placed(node: ElementTree.Element, x: float = 0, y: float = 0) -> Iterator[Placed]:
    """Every text with the place at which it ends up."""
    moved = re.match(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if node.tag.endswith("}text"):
        said = node.text or ""
        wide = ems(said) * float(node.get("font-size", 0))
        left = (
            x
            + float(node.get("x", 0))
            - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "")]
        )
        yield left, left + wide, y + float(node.get("y", 0)), said
    for child in node:
        yield from placed(child, x, y)


@given(pictures(), st.sampled_from(list(Shape)))
@settings(max_examples=25)
@example(EMPTY, Shape.PAGE)
@example(EMPTY, Shape.COLUMN)
@example(replace(EMPTY, organ="1" * 16), Shape.COLUMN)
def test_every_text_lies_within_the_drawing(picture: Picture, shape: Shape) -> None:
    root = ElementTree.fromstring(draw_picture(picture, shape))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    for start, end, base, said in placed(root):
        assert left <= start and end <= left + width + 1, said
        assert top < base <= top + height, said
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.get("width", 0)) >= 0 and float(box.get("height", 0)) >= 0


@given(pictures())
@settings(max_examples=15)
def test_the_numbers_drawn_are_those_given(picture: Picture) -> None:
    said = texts_of(draw_picture(picture))
    sums = (picture.received, picture.carried_in, picture.closed, picture.carried_out)
    assert said[said.index("收到和处理申请") + 1 :][:11:3] == [f"{number:,}" for number in sums]
    if any(share.number for share in picture.outcomes):
        for share in picture.outcomes:
            assert said[said.index(share.name) + 1] == f"{share.number:,} 件"
    if picture.counts is not None and any(picture.counts.months):
        begin = said.index("各月新收申请（件）") + 1
        assert said[begin : begin + 24 : 2] == [str(number) for number in picture.counts.months]
    if any(share.number for share in picture.kinds):
        begin = said.index("申请人类别") + 1
        assert said[begin + 1 : begin + 18 : 3] == [f"{share.number:,}" for share in picture.kinds]
    for share in picture.organs:
        assert not share.number or f"{share.number:,}" in said


def test_it_stands_by_itself_whatever_the_name() -> None:
    drawing = draw_picture(picture_of(clean(HOSTILE, one_line=True), 2023, ReportFigures(), PictureCounts()))
    root = ElementTree.fromstring(drawing)
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "g", "text"}
    assert not re.search(r"\sstyle=|\son\w+=|href", drawing)
    assert drawing == draw_picture(
        picture_of(clean(HOSTILE, one_line=True), 2023, ReportFigures(), PictureCounts())
    )


def test_the_description_tells_every_number() -> None:
    counts = PictureCounts((5, *[0] * 11), {Channel.PORTAL: 5}, 4, 3)
    said = described(picture_of("甲", 2023, ReportFigures(), counts, [Share("乙局", 5)]))
    for words in ("1月5、2月0", "网络5", "按期答复率75%，答复4件，按期3件", "乙局5"):
        assert words in said


def test_the_pdf_is_one_page_with_the_same_texts() -> None:
    renderer = TypstRenderer(FontSet.of_installation(INSTANCE))
    counts = PictureCounts((5, *[0] * 11), {Channel.PORTAL: 5}, 4, 3)
    picture = picture_of("椒江区葭沚街道办事处", 2023, ReportFigures(), counts, [Share("乙局", 5)])
    pdf = renderer.drawing_pdf(picture, date(2024, 1, 30))
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(each) / 72 * 25.4) for each in page.mediabox[2:]] == [210, 297]
    text = squeezed(page.extract_text())
    assert "椒江区葭沚街道办事处" in text and "75%" in text and "乙局" in text
    with pytest.raises(TypesettingFailed):
        renderer.drawing_pdf(picture_of("\U0001f600", 2023, ReportFigures(), counts), date(2024, 1, 30))
    assert MemoryRenderer().drawing_pdf(picture, date(2024, 1, 30)).startswith(b"%PDF")


@given(st.lists(NUMBERS, min_size=1, max_size=6), st.integers(100, 900))
def test_parts_of_a_bar_fill_it_and_none_is_lost(numbers: list[int], width: int) -> None:
    parts = spread(numbers, width, 4)
    assert sum(parts) == (width if sum(numbers) else 0)
    assert all((part >= 4) == (number > 0) for part, number in zip(parts, numbers, strict=True))


@given(NAMES, st.integers(30, 300))
def test_texts_fit_their_column(name: str, width: int) -> None:
    shown, size = fitted(name, width, 14, 9)
    assert ems(shown) * size <= width + 0.001
    assert "".join(wrapped(name, width, 14)) == name
