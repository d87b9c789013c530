"""Papers of the system that go into a closed file: records, the final draft, the computation sheet, each as PDF/A."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from tracker.adapters.file_store import FileMissing
from tracker.adapters.page_count import PICTURES, count_pages_of
from tracker.domain.archive_materials import Material, MaterialKind
from tracker.domain.bundle_paper import Paper, paragraphs, table
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.models import Attachment, Case, Letter
from tracker.services.attachments import CheckedFile, clean_filename
from tracker.services.case_keys import read_file
from tracker.services.context import Context
from tracker.services.rendering import PDF_TYPE, render_letter
from tracker.services.sheets import preview_sheet

NO_FONT = "〓"
"""What stands for a character no font of this machine has, as printers set it; the note below names the character."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One paper, ready to be kept."""

    file: CheckedFile

    def material(self, one: Material, attachment_id: int) -> Material:
        """The piece with its kept file and its pages."""
        return replace(one, attachment_id=attachment_id, pages=self.file.pages, media_type=PDF_TYPE)


def make_letters(ctx: Context, case: Case) -> None:
    """Make the files of letters of the case that still wait for them. A failure is told by the letter itself; the
    paper is then set again when the file is closed."""
    waiting = ctx.session.scalars(
        select(Letter.id).where(
            Letter.case_id == case.id, Letter.issued_content.is_not(None), Letter.rendered_at.is_(None)
        )
    ).all()
    for letter_id in waiting:
        render_letter(ctx, letter_id)


def make_papers(ctx: Context, case: Case, materials: Sequence[Material]) -> dict[str, MadePaper]:
    """The papers that no file is kept of yet, by the key of the piece. Raises ``TypesettingFailed``."""
    made: dict[str, MadePaper] = {}
    for key, kind, title, content in list(_contents(ctx, case, materials)):
        name = clean_filename(f"{title.strip('《》')}.pdf")
        pages = count_pages_of(content, PDF_TYPE)
        made[key] = MadePaper(CheckedFile(name, PDF_TYPE, content, kind, pages))
    return made


def count_kept(ctx: Context, attachment_id: int) -> int | None:
    """Pages of a kept file; None where no program can tell or the store has lost it."""
    row = ctx.session.get_one(Attachment, attachment_id)
    if row.media_type in PICTURES:
        return 1
    try:
        return count_pages_of(read_file(ctx, row), row.media_type)
    except FileMissing:
        return None


def _contents(
    ctx: Context, case: Case, materials: Sequence[Material]
) -> Iterator[tuple[str, FileKind, str, bytes]]:
    for one in materials:
        if one.attachment_id is not None or one.paper:
            continue
        yield one.key, FileKind.ARCHIVE_PAPER, one.title, _content(ctx, case, one)


def _content(ctx: Context, case: Case, one: Material) -> bytes:
    if one.rows:
        return ctx.adapters.renderer.paper_pdf(_record_paper(ctx, one), ctx.today)
    if one.letter_id is not None:
        return _letter(ctx, one)
    return preview_sheet(ctx, case.id)


def _letter(ctx: Context, one: Material) -> bytes:
    letter = ctx.session.get_one(Letter, one.letter_id)
    content = letter.content if one.kind is MaterialKind.FINAL_DRAFT else letter.issued_content
    return ctx.adapters.renderer.pdf(LetterDocument.from_data(content or {}))


def _record_paper(ctx: Context, one: Material) -> Paper:
    """The record as a ruled table; a character without a font is shown as 〓 and named below."""
    paper = Paper(one.key, one.title, (table(("事项", "内容"), (40, 116), one.rows),))
    lacking = ctx.adapters.renderer.missing_on_papers((paper,))
    if not lacking:
        return paper
    signs = str.maketrans(dict.fromkeys(lacking, NO_FONT))
    rows = [(label, value.translate(signs)) for label, value in one.rows]
    codes = "、".join(f"U+{ord(sign):04X}" for sign in lacking)
    note = paragraphs(f"注：“{NO_FONT}”为本机字库没有的字，依次可能是 {codes}，以系统中的原记录为准。")
    return Paper(one.key, one.title.translate(signs), (table(("事项", "内容"), (40, 116), rows), note))
