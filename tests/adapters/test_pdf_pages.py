"""PDFs from outside on A4: nothing they show is lost, nothing they could do is kept, nothing they are breaks us."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tracker.adapters.pdf_binder import Bound, bind, blank_pdf, stamps_for
from tracker.adapters.pdf_pages import A4, CannotBind, UnfitPdf, a4_sheets, count_foreign_pages


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stream(data: bytes, **more: Any) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    for name, value in more.items():
        made[NameObject(f"/{name}")] = value
    return made


def box(*numbers: float) -> ArrayObject:
    return ArrayObject([FloatObject(number) for number in numbers])


def paper(
    text: str = "", *, width: float = 595.0, height: float = 842.0, rotated: int = 0
) -> pypdf.PdfWriter:
    """One page that says a word in a standard font."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width, height)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    body = f"BT /F1 24 Tf 40 40 Td ({text}) Tj ET".encode()
    page[NameObject("/Contents")] = writer._add_object(stream(body))
    page[NameObject("/Rotate")] = NumberObject(rotated)
    return writer


def pages_of(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize(
    ("width", "height", "rotated", "flat"),
    [
        (595, 842, 0, False),
        (842, 595, 0, True),
        (595, 842, 90, True),
        (842, 595, 270, False),
        (595, 842, 180, False),
        (1684, 2384, 0, False),
        (200, 100, 0, True),
    ],
)
def test_every_page_becomes_a4_as_it_is_read(width: int, height: int, rotated: int, flat: bool) -> None:
    made = a4_sheets(written(paper("Seal", width=width, height=height, rotated=rotated)), 9)
    (page,) = pages_of(made.content)
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx((A4[1], A4[0]) if flat else A4, abs=0.01)
    assert page.rotation == 0
    assert "Seal" in page.extract_text()


def test_a_page_of_a4_keeps_its_size_and_a_larger_one_is_made_smaller() -> None:
    def factor(width: float, height: float) -> float:
        (page,) = pages_of(a4_sheets(written(paper("x", width=width, height=height)), 9).content)
        contents = page.get_contents()
        assert contents is not None
        return float(contents.get_data().split()[1])

    assert factor(595, 842) == 1.0
    assert factor(1190.5, 1683.8) == pytest.approx(0.5, abs=0.001)


def test_what_an_annotation_shows_stays_and_what_it_does_goes() -> None:
    writer = paper("Text")
    seal = stream(b"0 0 100 100 re f", BBox=box(0, 0, 100, 100))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    shown = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): box(300, 300, 500, 500),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(seal)}),
            NameObject("/A"): script,
        }
    )
    hidden = DictionaryObject(shown)
    hidden[NameObject("/F")] = NumberObject(2)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(a) for a in (shown, hidden)])
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("secret.txt", b"secret")
    made = a4_sheets(written(writer), 9)
    (page,) = pages_of(made.content)
    assert "/Annots" not in page
    assert list(page["/Resources"]["/XObject"]) == ["/Page", "/Mark1"]  # type: ignore[index]
    contents = page.get_contents()
    assert contents is not None and b"2.00000 0.00000 0.00000 2.00000 300" in contents.get_data()
    assert (
        b"alert" not in made.content and b"secret" not in made.content and b"/JavaScript" not in made.content
    )


def test_a_password_is_told_and_an_owners_alone_is_no_hindrance() -> None:
    locked = paper("Text")
    locked.encrypt("open", "own", algorithm="AES-256")
    with pytest.raises(CannotBind) as told:
        a4_sheets(written(locked), 9)
    assert told.value.why is UnfitPdf.ENCRYPTED
    owned = paper("Text")
    owned.encrypt("", "own", algorithm="AES-256")
    assert a4_sheets(written(owned), 9).count == 1


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n%%EOF\n", b"\x00" * 64, b"%PDF-1.7\n1 0 obj<</Type/Catalog>>"]
)
def test_what_is_broken_is_told(content: bytes) -> None:
    with pytest.raises(CannotBind) as told:
        a4_sheets(content, 9)
    assert told.value.why is UnfitPdf.BROKEN


def test_no_more_pages_than_allowed() -> None:
    assert a4_sheets(blank_pdf(3), 3).count == 3
    with pytest.raises(CannotBind) as told:
        a4_sheets(blank_pdf(4), 3)
    assert told.value.why is UnfitPdf.TOO_LONG


@pytest.mark.parametrize("size", [0.0, -5.0, 1e9])
def test_a_page_without_a_sound_size_is_broken(size: float) -> None:
    with pytest.raises(CannotBind):
        a4_sheets(written(paper("x", width=size)), 9)


WHOLE = written(paper("Whole"))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), with_=st.binary(min_size=1, max_size=12), cut=st.integers(0, 40))
def test_damage_is_bound_or_told_and_never_crashes(at: int, with_: bytes, cut: int) -> None:
    damaged = WHOLE[:at] + with_ + WHOLE[at + cut :]
    try:
        made = a4_sheets(damaged, 9)
    except CannotBind:
        return
    assert len(pages_of(made.content)) == made.count


def test_bound_pages_carry_stamp_and_outline_in_order() -> None:
    parts = [
        Bound("甲", written(paper("Alpha")), 1),
        Bound("乙", a4_sheets(written(paper("Beta", width=842, height=595)), 9).content, 1, "证据1"),
    ]
    stamps = stamps_for(parts)
    assert [(s.foot, s.mark, s.width > s.height) for s in stamps] == [
        ("卷内第 1 页，共 2 页", "", False),
        ("卷内第 2 页，共 2 页", "证据1", True),
    ]
    over = pypdf.PdfWriter()
    for word in ("one", "two"):
        over.append(io.BytesIO(written(paper(word))))

    made = [bind(parts, written(over), title="t", author="a", made_on=date(2026, 11, 23)) for _ in range(2)]
    assert made[0] == made[1]
    read = pypdf.PdfReader(io.BytesIO(made[0]))
    assert [page.extract_text().split() for page in read.pages] == [["Alpha", "one"], ["Beta", "two"]]
    assert [(one.title, read.get_destination_page_number(one)) for one in read.outline] == [
        ("甲", 0),
        ("乙", 1),
    ]  # type: ignore[union-attr,arg-type]


@given(st.binary(max_size=300))
def test_pages_are_counted_or_not_known(noise: bytes) -> None:
    assert count_foreign_pages(blank_pdf(4)) == 4
    assert count_foreign_pages(b"%PDF-1.7\n" + noise) in (None, 0)
