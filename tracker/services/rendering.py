"""Files of issued letters: made after the letter is issued, never inside its transaction, and again until they are."""

from __future__ import annotations

from sqlalchemy import select

from tracker.adapters.page_count import count_pages_of
from tracker.adapters.typesetter import TypesettingFailed
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.models import Attachment, Letter
from tracker.services.attachments import CheckedFile, clean_filename, keep_file
from tracker.services.context import Context
from tracker.services.unit_of_work import after_commit, transaction

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_after_commit(ctx: Context, letter: Letter) -> None:
    """Queue the making of the files for when the letter is issued for good. Call with the letter flushed."""
    letter_id = letter.id

    def act() -> None:
        render_letter(ctx, letter_id)

    after_commit(ctx, act)


def render_letter(ctx: Context, letter_id: int) -> bool:
    """Make PDF and .docx of an issued letter and keep them. True when the letter has its files afterwards.

    What was issued never changes, so the bytes are the same whenever this succeeds. A failure is noted on the letter,
    and the job tries again.
    """
    letter = ctx.session.get(Letter, letter_id)
    if letter is None or letter.issued_content is None:
        return False
    if letter.rendered_at is not None:
        return True
    document, number = LetterDocument.from_data(letter.issued_content), letter.number
    try:
        made = _made(ctx, document, number or "")
    except TypesettingFailed as error:
        _note_failure(ctx, letter_id, str(error))
        return False
    with transaction(ctx) as session:
        letter = session.get_one(Letter, letter_id, with_for_update=True)
        if letter.rendered_at is not None:
            return True
        for file in made:
            keep_file(ctx, file, case_id=letter.case_id, letter_id=letter.id)
        letter.rendered_at = ctx.now
        letter.render_error = None
        return True


def _made(ctx: Context, document: LetterDocument, number: str) -> tuple[CheckedFile, ...]:
    name = f"{document.title}（{number}）"
    renderer = ctx.adapters.renderer
    pdf = renderer.pdf(document)
    pages = count_pages_of(pdf, PDF_TYPE)
    return (
        CheckedFile(clean_filename(f"{name}.pdf"), PDF_TYPE, pdf, FileKind.LETTER_PDF, pages),
        CheckedFile(clean_filename(f"{name}.docx"), DOCX_TYPE, renderer.docx(document), FileKind.LETTER_DOCX),
    )


def render_pending(ctx: Context, limit: int = 50) -> int:
    """Render issued letters that have no files yet; how many got theirs. For the job runner."""
    waiting = ctx.session.scalars(
        select(Letter.id)
        .where(Letter.issued_content.is_not(None), Letter.rendered_at.is_(None), Letter.body_held.is_(True))
        .order_by(Letter.render_attempts, Letter.id)
        .limit(limit)
    ).all()
    return sum(render_letter(ctx, letter_id) for letter_id in waiting)


def find_rendered(ctx: Context, letter: Letter, kind: FileKind) -> Attachment | None:
    """The kept file of an issued letter, or None while it is not made."""
    return ctx.session.scalar(
        select(Attachment).where(Attachment.letter_id == letter.id, Attachment.kind == str(kind)).limit(1)
    )


def _note_failure(ctx: Context, letter_id: int, message: str) -> None:
    with transaction(ctx) as session:
        letter = session.get_one(Letter, letter_id, with_for_update=True)
        letter.render_attempts += 1
        letter.render_error = message[:500]
