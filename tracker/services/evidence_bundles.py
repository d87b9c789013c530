"""举证包 as files: everything bound as one PDF with running pages, and the papers as a set of .docx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.adapters.file_store import FileMissing
from tracker.adapters.paper_docx import archive_of, docx_of_paper
from tracker.adapters.pdf_binder import Bound, bind, count_pages, stamps_for
from tracker.adapters.pdf_pages import CannotBind, UnfitPdf, a4_sheets
from tracker.adapters.typesetter import TypesettingFailed
from tracker.domain.bundle_paper import Paper, table
from tracker.domain.errors import Missing
from tracker.domain.evidence_bundle import Bundle, Pages
from tracker.domain.exhibits import Exhibit
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.domain.sheet_paper import SheetPaper
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, ComputationSheet, Letter
from tracker.services.answer_drafts import open_bundle
from tracker.services.attachments import clean_filename
from tracker.services.case_keys import read_file
from tracker.services.context import Context
from tracker.services.rendering import PDF_TYPE, find_rendered
from tracker.services.sheets import preview_sheet, standing_sheet

MOST_PAGES = 1_500
"""Sheets of evidence in one file; what goes beyond is handed in apart."""
MOST_BYTES = 200 * 1024 * 1024
ZIP_TYPE = "application/zip"
_PICTURES = frozenset({"image/jpeg", "image/png"})
_TRIES = 4

APART: dict[UnfitPdf, str] = {
    UnfitPdf.ENCRYPTED: "文件设有密码，不能编入，请另附原件；或者打印后扫描，重新添加到案卷。",
    UnfitPdf.BROKEN: "文件损坏，打不开，请另附原件；或者重新扫描，添加到案卷。",
    UnfitPdf.TOO_LONG: "页数太多，不能编入，请另附原件。",
}
APART_PICTURE = "图片损坏或者尺寸太大，不能编入，请另附原件；或者重新扫描，添加到案卷。"
APART_KIND = "不是 PDF 或者图片（JPG、PNG），不能编入，请另附原件；或者转换成 PDF 后添加到案卷。"
APART_LOST = "原件在存储中找不到，请联系管理员从备份恢复，另附原件。"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to hand out."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Piece:
    """One listed exhibit, as pages or with the reason why it stays apart."""

    exhibit: Exhibit
    content: bytes = b""
    count: int = 0
    apart: str = ""


def bundle_pdf(ctx: Context, challenge_id: int) -> MadeFile:
    """One PDF: cover with true page numbers, the papers, every piece of evidence with its number on each page.

    What cannot be bound is listed as 另附 with the reason. Our own papers are set as PDF/A, the bound file as a whole
    claims no such thing, since nobody can promise it of pages from outside. Raises ``Missing`` for characters no font
    of this machine has, ``TypesettingFailed``; and as ``open_bundle``.
    """
    bundle = open_bundle(ctx, challenge_id, why=N_("生成举证包 PDF"), each=True).bundle
    pieces = list(_pieces(ctx, bundle))
    bound, _ = _pages(ctx, bundle, pieces)
    renderer = ctx.adapters.renderer
    stamps = renderer.stamps_pdf(stamps_for(bound), ctx.today)
    name = _name(bundle)
    content = bind(bound, stamps, title=name, author=bundle.facts.parties.organ, made_on=ctx.today)
    return MadeFile(clean_filename(f"{name}.pdf"), PDF_TYPE, content)


def bundle_docx(ctx: Context, challenge_id: int) -> MadeFile:
    """The papers as .docx in one archive, with the page numbers of the bound PDF. Raises as ``bundle_pdf``."""
    bundle = open_bundle(ctx, challenge_id, why=N_("生成举证包 .docx"), each=True).bundle
    pages = _pages(ctx, bundle, list(_pieces(ctx, bundle)))[1]
    files = {
        clean_filename(f"{number}-{paper.title}.docx"): docx_of_paper(paper)
        for number, paper in enumerate(bundle.papers(pages), start=1)
    }
    return MadeFile(clean_filename(f"{_name(bundle)}.zip"), ZIP_TYPE, archive_of(files))


def _name(bundle: Bundle) -> str:
    facts = bundle.facts
    return f"{facts.paper_name}及证据（{facts.case_number}）"


def _pages(ctx: Context, bundle: Bundle, pieces: Sequence[_Piece]) -> tuple[list[Bound], Pages]:
    """Set the papers until the pages they name are the pages they take: more digits may take another line."""
    pages = Pages(apart={piece.exhibit.key: piece.apart for piece in pieces if piece.apart})
    papers = (bundle.cover(pages), *bundle.papers(pages))
    _require_characters(ctx, papers)
    for _ in range(_TRIES):
        papers = (bundle.cover(pages), *bundle.papers(pages))
        contents = [ctx.adapters.renderer.paper_pdf(paper, ctx.today) for paper in papers]
        bound = [
            Bound(paper.title, made, count_pages(made)) for paper, made in zip(papers, contents, strict=True)
        ]
        keys = [paper.key for paper in papers]
        for number, piece in enumerate(pieces, start=1):
            if piece.count:
                title = f"证据{number}　{piece.exhibit.name}"
                bound.append(Bound(title, piece.content, piece.count, f"证据{number}"))
                keys.append(piece.exhibit.key)
        settled = Pages(_spans(keys, bound), pages.apart, sum(one.count for one in bound))
        if settled == pages:
            return bound, pages
        pages = settled
    raise TypesettingFailed("the pages of the list do not settle")


def _spans(keys: Sequence[str], bound: Sequence[Bound]) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    first = 1
    for key, one in zip(keys, bound, strict=True):
        spans[key] = (first, first + one.count - 1)
        first += one.count
    return spans


def _require_characters(ctx: Context, papers: Sequence[Paper]) -> None:
    lacking = ctx.adapters.renderer.missing_on_papers(papers)
    if lacking:
        shown = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in lacking[:12])
        raise Missing([f"{N_('字体中没有的字')}：{shown}"])


def _pieces(ctx: Context, bundle: Bundle) -> Iterator[_Piece]:
    room, weight = MOST_PAGES, 0
    for exhibit in bundle.listed:
        piece = _piece(ctx, bundle, exhibit, room)
        weight += len(piece.content)
        if weight > MOST_BYTES:
            piece = _Piece(exhibit, apart=APART[UnfitPdf.TOO_LONG])
        room -= piece.count
        yield piece


def _piece(ctx: Context, bundle: Bundle, exhibit: Exhibit, room: int) -> _Piece:
    try:
        content = _content(ctx, bundle, exhibit)
        sheets = a4_sheets(content, room)
    except FileMissing:
        return _Piece(exhibit, apart=APART_LOST)
    except _BadPicture:
        return _Piece(exhibit, apart=APART_PICTURE)
    except CannotBind as error:
        return _Piece(exhibit, apart=APART[error.why])
    except _OtherKind:
        return _Piece(exhibit, apart=APART_KIND)
    return _Piece(exhibit, sheets.content, sheets.count)


class _OtherKind(Exception):
    """Neither a PDF nor a picture."""


class _BadPicture(Exception):
    """A picture that cannot be set."""


def _content(ctx: Context, bundle: Bundle, exhibit: Exhibit) -> bytes:
    """The PDF of a piece before it is put on A4."""
    if exhibit.letter_id is not None:
        return _letter_pdf(ctx, exhibit.letter_id)
    if exhibit.attachment_id is not None:
        return _file_pdf(ctx, exhibit.attachment_id)
    if exhibit.rows:
        paper = Paper(exhibit.key, exhibit.name, (table(("事项", "内容"), (40, 116), exhibit.rows),))
        _require_characters(ctx, (paper,))
        return ctx.adapters.renderer.paper_pdf(paper, ctx.today)
    return _sheet_pdf(ctx, bundle)


def _letter_pdf(ctx: Context, letter_id: int) -> bytes:
    letter = ctx.session.get_one(Letter, letter_id)
    kept = find_rendered(ctx, letter, FileKind.LETTER_PDF)
    if kept is not None:
        return read_file(ctx, kept)
    return ctx.adapters.renderer.pdf(LetterDocument.from_data(letter.issued_content or {}))


def _file_pdf(ctx: Context, attachment_id: int) -> bytes:
    row = ctx.session.get_one(Attachment, attachment_id)
    content = read_file(ctx, row)
    if row.media_type == PDF_TYPE:
        return content
    if row.media_type in _PICTURES:
        try:
            return ctx.adapters.renderer.picture_pdf(content)
        except TypesettingFailed as error:
            raise _BadPicture from error
    raise _OtherKind


def _sheet_pdf(ctx: Context, bundle: Bundle) -> bytes:
    """The sheet given out for the facts as they stand, else today's without a number."""
    issued: ComputationSheet | None = standing_sheet(ctx, bundle.facts.case_id, bundle.facts.sheet_number)
    if issued is None:
        return preview_sheet(ctx, bundle.facts.case_id)
    return ctx.adapters.renderer.sheet_pdf(SheetPaper(issued.content))
