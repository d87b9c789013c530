"""Files of a case that a reply may give out as 附件, with their pages counted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tracker.adapters.file_store import FileMissing
from tracker.adapters.pdf_pages import count_foreign_pages
from tracker.domain.errors import NotFound
from tracker.domain.letter_attachments import attachment_line
from tracker.domain.vocabulary import N_
from tracker.models import Attachment, Case
from tracker.services.case_keys import read_file
from tracker.services.context import Context


def list_attachable(ctx: Context, case: Case) -> Sequence[Attachment]:
    """Files kept with the case itself, the newest first; those of letters are letters."""
    return ctx.session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case.id, Attachment.letter_id.is_(None))
        .order_by(Attachment.id.desc())
    ).all()


def line_of_file(ctx: Context, case: Case, attachment_id: int) -> str:
    """The line of the list for one file; without pages where they cannot be counted. Raises ``NotFound``."""
    row = next((each for each in list_attachable(ctx, case) if each.id == attachment_id), None)
    if row is None:
        raise NotFound(N_("没有找到这份材料。"))
    return attachment_line(row.filename, _pages(ctx, row))


def _pages(ctx: Context, row: Attachment) -> int | None:
    if row.media_type.startswith("image/") and row.media_type != "image/tiff":
        return 1
    if row.media_type != "application/pdf":
        return None
    try:
        return count_foreign_pages(read_file(ctx, row))
    except FileMissing as error:
        raise NotFound(N_("这份材料的原件在存储中找不到，请联系管理员从备份恢复。")) from error
