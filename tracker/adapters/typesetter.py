"""Letters on paper: PDF by typst in the letter format of GB/T 9704, .docx of the same text, and a twin for tests."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import typst

from tracker.adapters.docx import docx_of
from tracker.adapters.fonts import STACKS, FontSet
from tracker.adapters.image_size import size_of
from tracker.adapters.pdf_binder import PageStamp, blank_pdf
from tracker.adapters.report_picture import Shape, described, draw_picture
from tracker.domain.bundle_paper import Paper
from tracker.domain.chinese_numerals import parse_chinese_date
from tracker.domain.errors import TrackerError
from tracker.domain.letter_document import OPEN_DATE, OPEN_NUMBER, OPEN_SEAL, LetterDocument, Slots
from tracker.domain.post_paper import PostPaper
from tracker.domain.report_document import ReportDocument
from tracker.domain.report_picture import Picture
from tracker.domain.sheet_paper import SheetPaper
from tracker.domain.vocabulary import N_

ROOT = Path(__file__).resolve().parents[2] / "templates"
LETTER_SOURCE = ROOT / "letters" / "letter.typ"
POST_SOURCE = ROOT / "letters" / "post.typ"
SHEET_SOURCE = ROOT / "sheets" / "sheet.typ"
DRAWING_SOURCE = ROOT / "sheets" / "picture.typ"
REPORT_SOURCE = ROOT / "sheets" / "report.typ"
ASSESSMENT_SOURCE = ROOT / "sheets" / "assessment.typ"
PAPER_SOURCE = ROOT / "bundles" / "paper.typ"
STAMPS_SOURCE = ROOT / "bundles" / "stamps.typ"
PICTURE_SOURCE = ROOT / "bundles" / "picture.typ"
MOST_PIXELS = 40_000_000
"""Pixels of a picture that is set: A4 at 600 dots an inch, and some."""
PDF_STANDARD = "a-2b"
_UNDATED = date(2000, 1, 1)
"""A fixed stamp keeps the bytes of a draft equal, whenever it is set."""
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


class TypesettingFailed(TrackerError):
    """The letter could not be set faultlessly; nothing was put out."""

    def __init__(self, why: str) -> None:
        super().__init__(N_("公文未能排版，没有生成文件，请联系管理员：%(why)s"), why=why)


class LetterRenderer(Protocol):
    """Turns a document into files. Equal documents give equal bytes."""

    def pdf(self, document: LetterDocument) -> bytes: ...

    def docx(self, document: LetterDocument) -> bytes: ...

    def missing_characters(self, document: LetterDocument) -> tuple[str, ...]: ...

    def post_pdf(self, paper: PostPaper) -> bytes: ...

    def missing_on_post(self, paper: PostPaper) -> tuple[str, ...]: ...

    def sheet_pdf(self, paper: SheetPaper) -> bytes: ...

    def assessment_pdf(self, paper: SheetPaper) -> bytes: ...

    def missing_on_sheet(self, paper: SheetPaper) -> tuple[str, ...]: ...

    def report_pdf(self, document: ReportDocument, day: date) -> bytes: ...

    def paper_pdf(self, paper: Paper, day: date) -> bytes: ...

    def stamps_pdf(self, stamps: Sequence[PageStamp], day: date) -> bytes: ...

    def picture_pdf(self, content: bytes) -> bytes: ...

    def missing_on_papers(self, papers: Sequence[Paper]) -> tuple[str, ...]: ...

    def drawing_pdf(self, picture: Picture, day: date) -> bytes: ...


class TypstRenderer:
    """The real one. A typst compiler serves one caller at a time, so a lock stands before it."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._lock = threading.Lock()
        self._compilers: dict[Path, Any] = {}

    def pdf(self, document: LetterDocument) -> bytes:
        """PDF/A-2b of the document. Raises ``TypesettingFailed`` on any error or warning of the typesetter."""
        shown = for_print(document)
        day = parse_chinese_date(document.slots.date) or _UNDATED
        return self._set(LETTER_SOURCE, {"document": _as_json(print_data(shown, day))}, day)

    def post_pdf(self, paper: PostPaper) -> bytes:
        """The list and the labels of a day's post. Raises ``TypesettingFailed`` as for letters."""
        return self._set(POST_SOURCE, {"document": _as_json(paper.to_data())}, paper.made_on)

    def missing_on_post(self, paper: PostPaper) -> tuple[str, ...]:
        """The same for a day's post as for letters: an address with a hole in it does not arrive."""
        return self._fonts.missing(paper.characters(), ("body",))

    def sheet_pdf(self, paper: SheetPaper) -> bytes:
        """PDF/A-2b of a computation sheet. Raises ``TypesettingFailed`` as for letters."""
        return self._set_paper(SHEET_SOURCE, paper)

    def assessment_pdf(self, paper: SheetPaper) -> bytes:
        """PDF/A-2b of a ranking or of an organ's sheet of assessment. Raises ``TypesettingFailed`` as for letters."""
        return self._set_paper(ASSESSMENT_SOURCE, paper)

    def _set_paper(self, source: Path, paper: SheetPaper) -> bytes:
        day = paper.made_on
        inputs = {"document": _as_json(paper.data), "day": _as_json([day.year, day.month, day.day])}
        return self._set(source, inputs, day)

    def report_pdf(self, document: ReportDocument, day: date) -> bytes:
        """PDF/A-2b of an annual report as of a day. Raises ``TypesettingFailed`` as for letters, and where no font of
        this machine has one of its signs."""
        lacking = self._fonts.missing(document.characters(), STACKS)
        if lacking:
            raise TypesettingFailed("no font has " + "、".join(lacking[:20]))
        inputs = {
            "document": _as_json(document.to_data()),
            "day": _as_json([day.year, day.month, day.day]),
        }
        return self._set(REPORT_SOURCE, inputs, day)

    def paper_pdf(self, paper: Paper, day: date) -> bytes:
        """PDF/A-2b of one paper of an evidence bundle. Raises ``TypesettingFailed`` as for letters."""
        inputs = {"document": _as_json(paper.to_data()), "day": _as_json([day.year, day.month, day.day])}
        return self._set(PAPER_SOURCE, inputs, day)

    def stamps_pdf(self, stamps: Sequence[PageStamp], day: date) -> bytes:
        """One page for each stamp, to be laid over the pages of a bound file."""
        return self._set(STAMPS_SOURCE, {"document": _as_json({"stamps": [asdict(s) for s in stamps]})}, day)

    def picture_pdf(self, content: bytes) -> bytes:
        """One page with a PNG or JPEG on it. Raises ``TypesettingFailed`` for a broken or a huge one."""
        size = size_of(content)
        if size is None or size[0] * size[1] > MOST_PIXELS:
            raise TypesettingFailed("a picture that cannot be read, or has too many dots")
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "picture").write_bytes(content)
            page = Path(folder) / PICTURE_SOURCE.name
            page.write_bytes(PICTURE_SOURCE.read_bytes())
            inputs = {"file": "picture", "width": str(size[0]), "height": str(size[1])}
            try:
                compiler = typst.Compiler(input=str(page), root=folder, ignore_system_fonts=True)
                pdf, _ = compiler.compile_with_warnings(sys_inputs=inputs, format="pdf", timestamp=_STAMP)
            except (RuntimeError, typst.TypstError) as error:
                raise TypesettingFailed(str(error)) from error
        assert isinstance(pdf, bytes)
        return pdf

    def drawing_pdf(self, picture: Picture, day: date) -> bytes:
        """PDF/A-2b of 年报图解 on one page. Raises ``TypesettingFailed`` as for reports."""
        drawing = draw_picture(picture, Shape.A4, self._fonts.families("hei"))
        said = described(picture)
        lacking = self._fonts.missing({*picture.title, *said}, ("hei",))
        if lacking:
            raise TypesettingFailed("no font has " + "、".join(lacking[:20]))
        inputs = {"drawing": drawing, "title": picture.title, "said": said}
        return self._set(DRAWING_SOURCE, inputs | {"day": _as_json([day.year, day.month, day.day])}, day)

    def _set(self, source: Path, inputs: dict[str, str], day: date) -> bytes:
        if not self._fonts.complete:
            raise TypesettingFailed("no font of this machine can set a Chinese letter; run make fonts")
        stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
        fonts = {purpose: self._fonts.families(purpose) for purpose in STACKS}
        with self._compiler_in_turn(source) as compiler:
            try:
                pdf, warnings = compiler.compile_with_warnings(
                    sys_inputs={**inputs, "fonts": _as_json(fonts)},
                    format="pdf",
                    pdf_standards=PDF_STANDARD,
                    timestamp=stamp,
                )
            except (RuntimeError, typst.TypstError) as error:
                raise TypesettingFailed(str(error)) from error
        if warnings:
            raise TypesettingFailed("; ".join(str(w) for w in warnings))
        return bytes(pdf)

    def docx(self, document: LetterDocument) -> bytes:
        """An editable .docx of the same text."""
        return docx_of(for_print(document))

    def missing_characters(self, document: LetterDocument) -> tuple[str, ...]:
        """Characters the fonts of this machine lack; a letter with any of them is never signed."""
        return self._fonts.missing(for_print(document).characters())

    def missing_on_sheet(self, paper: SheetPaper) -> tuple[str, ...]:
        """The same for a computation sheet; one with any of them is never issued."""
        return self._fonts.missing(paper.characters(), ("song", "hei", "title"))

    def missing_on_papers(self, papers: Sequence[Paper]) -> tuple[str, ...]:
        """The same for the papers of an evidence bundle."""
        signs = frozenset().union(*(paper.characters() for paper in papers))
        return self._fonts.missing(signs, ("body", "song", "hei", "title"))

    @contextmanager
    def _compiler_in_turn(self, source: Path) -> Iterator[Any]:
        with self._lock:
            if source not in self._compilers:
                self._compilers[source] = typst.Compiler(
                    input=str(source),
                    root=str(ROOT),
                    font_paths=[str(folder) for folder in self._fonts.folders()],
                    ignore_system_fonts=True,
                )
            yield self._compilers[source]


class MemoryRenderer:
    """In-memory twin: text instead of typesetting, for tests that do not look at the page."""

    def __init__(self, lacking: str = "") -> None:
        self.lacking = lacking
        self.failing = False

    def pdf(self, document: LetterDocument) -> bytes:
        if self.failing:
            raise TypesettingFailed("the twin was told to fail")
        return f"%PDF-1.7\n{document.text()}".encode()

    def docx(self, document: LetterDocument) -> bytes:
        return f"PK\n{document.text()}".encode()

    def post_pdf(self, paper: PostPaper) -> bytes:
        return blank_pdf(max(1, len(paper.labels)))

    def missing_on_post(self, paper: PostPaper) -> tuple[str, ...]:
        return tuple(sorted(set(self.lacking) & paper.characters()))

    def sheet_pdf(self, paper: SheetPaper) -> bytes:
        if self.failing:
            raise TypesettingFailed("the twin was told to fail")
        return f"%PDF-1.7\n{_as_json(paper.data)}".encode()

    def report_pdf(self, document: ReportDocument, day: date) -> bytes:
        if self.failing:
            raise TypesettingFailed("the twin was told to fail")
        return f"%PDF-1.7\n{_as_json(document.to_data())}".encode()

    def drawing_pdf(self, picture: Picture, day: date) -> bytes:
        if self.failing:
            raise TypesettingFailed("the twin was told to fail")
        return f"%PDF-1.7\n{described(picture)}".encode()

    def assessment_pdf(self, paper: SheetPaper) -> bytes:
        return self.sheet_pdf(paper)

    def missing_characters(self, document: LetterDocument) -> tuple[str, ...]:
        return tuple(sorted(set(self.lacking) & document.characters()))

    def missing_on_sheet(self, paper: SheetPaper) -> tuple[str, ...]:
        return tuple(sorted(set(self.lacking) & paper.characters()))

    def paper_pdf(self, paper: Paper, day: date) -> bytes:
        if self.failing:
            raise TypesettingFailed("the twin was told to fail")
        return blank_pdf(1)

    def stamps_pdf(self, stamps: Sequence[PageStamp], day: date) -> bytes:
        return blank_pdf(len(stamps))

    def picture_pdf(self, content: bytes) -> bytes:
        if size_of(content) is None:
            raise TypesettingFailed("no picture")
        return blank_pdf(1)

    def missing_on_papers(self, papers: Sequence[Paper]) -> tuple[str, ...]:
        signs = {sign for paper in papers for sign in paper.characters()}
        return tuple(sorted(set(self.lacking) & signs))


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def for_print(document: LetterDocument) -> LetterDocument:
    """The document as shown: open slots as the blanks a reader expects, filled ones as they are."""
    slots = document.slots
    shown = Slots(
        number="〔　　　〕　　号" if slots.number == OPEN_NUMBER else slots.number,
        date="　　年　　月　　日" if slots.date == OPEN_DATE else slots.date,
        seal=document.organ if slots.seal == OPEN_SEAL else slots.seal,
    )
    return LetterDocument(
        document.organ,
        document.title,
        document.addressee,
        document.blocks,
        document.layout,
        document.attachments,
        document.contact,
        document.copies,
        shown,
    )


def print_data(document: LetterDocument, day: date) -> dict[str, Any]:
    """What the typesetter reads: the document's own lines, so that all outputs agree to the letter."""
    data = document.to_data()
    data["blocks"] = [{**b, "room": own.room} for b, own in zip(data["blocks"], document.blocks, strict=True)]
    data["attachments"] = list(document.attachment_lines())
    data["contact"] = document.contact_line()
    data["copies"] = document.copies_line()
    data["day"] = [day.year, day.month, day.day]
    return data
