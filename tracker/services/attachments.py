"""Files of a case: checked, written to the store, and only then known to the database."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tracker.adapters.file_store import FileMissing
from tracker.adapters.file_text import FileText, text_of_file
from tracker.adapters.file_types import KNOWN_ENDINGS, media_type_of
from tracker.adapters.page_count import count_pages_of
from tracker.adapters.virus_scanner import ScanFailed
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, NotFound, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Attachment, AttachmentText, Case, Letter, MailItem
from tracker.queries.scope import get_case, visible_mail
from tracker.services.case_act import acting
from tracker.services.case_keys import put_file, read_file
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context

_LOG = logging.getLogger(__name__)
LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_FILENAME = 120
_NOT_SEARCHED = frozenset(
    {
        FileKind.IDENTITY_PROOF,
        FileKind.AUTHORISATION,
        FileKind.LETTER_PDF,
        FileKind.LETTER_DOCX,
        FileKind.COMPUTATION_SHEET,
    }
)
"""Proofs of identity are nobody's to search; the text of letters is in the database."""
_UNFIT_FOR_A_NAME = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in: nothing about it is believed."""

    filename: str
    content: bytes
    kind: FileKind = FileKind.OTHER


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its name without path, what it really is, its pages where they can be counted, and what
    of it can be searched."""

    filename: str
    media_type: str
    content: bytes
    kind: FileKind
    pages: int | None = None
    text: FileText | None = None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file to hand out."""

    filename: str
    media_type: str
    content: bytes


def clean_filename(name: str) -> str:
    """The name alone, without folders, control characters and signs that file systems refuse; never empty."""
    last = clean_line(name.replace("\\", "/")).rpartition("/")[2]
    plain = _UNFIT_FOR_A_NAME.sub("", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(plain) > LONGEST_FILENAME:
        plain = stem[: LONGEST_FILENAME - len(ending) - 1] + "." + ending
    return plain[:LONGEST_FILENAME] or "未命名"


def check_upload(ctx: Context, upload: Upload, field: str = "file") -> CheckedFile:
    """Raises ``Invalid`` at ``field`` for an empty or too large file, for one that is not what its name says, and for
    one with a virus, or that could not be looked through. Call it before the transaction: a scan takes its time."""
    name = clean_filename(upload.filename)
    if not upload.content:
        raise Invalid({field: [TrackerError(N_("“%(name)s”是空文件，请重新选择。"), name=name)]})
    if len(upload.content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // (1024 * 1024)
        fault = TrackerError(
            N_("“%(name)s”超过 %(limit)d MB，请压缩或拆分后再上传。"), name=name, limit=limit
        )
        raise Invalid({field: [fault]})
    media_type = media_type_of(name, upload.content)
    if media_type is None:
        fault = TrackerError(
            N_("“%(name)s”的内容与格式不符，或者不是可以收存的格式（%(endings)s）。"),
            name=name,
            endings="、".join(KNOWN_ENDINGS),
        )
        raise Invalid({field: [fault]})
    require_clean(ctx, name, upload.content, field)
    pages = count_pages_of(upload.content, media_type)
    text = None if upload.kind in _NOT_SEARCHED else text_of_file(media_type, upload.content)
    return CheckedFile(name, media_type, upload.content, upload.kind, pages, text)


def require_clean(ctx: Context, name: str, content: bytes, field: str) -> None:
    """Raise ``Invalid`` at ``field`` for a file with a virus; one that could not be scanned is taken for such a one."""
    try:
        found = ctx.adapters.scanner.find(content)
    except ScanFailed:
        _LOG.exception("a file could not be scanned for viruses and was turned away")
        fault = TrackerError(
            N_(
                "“%(name)s”没能完成病毒检查，不能收存。请稍后再试；一直如此的，请联系管理员检查病毒扫描服务。"
            ),
            name=name,
        )
        raise Invalid({field: [fault]}) from None
    if found is not None:
        _LOG.warning("a file was turned away: %s", found)
        fault = TrackerError(
            N_("“%(name)s”检查出病毒（%(virus)s），不能收存。"), name=name, virus=found[:100]
        )
        raise Invalid({field: [fault]})


def keep_file(
    ctx: Context,
    file: CheckedFile,
    *,
    case_id: int | None = None,
    mail_item_id: int | None = None,
    letter_id: int | None = None,
) -> Attachment:
    """Write the bytes durably, then add the row. Inside the caller's transaction: if that rolls back, the bytes are an
    orphan and swept later; a row without bytes cannot come about. Flushes."""
    storage_key, is_sealed = put_file(ctx, file.content, case_id)
    row = Attachment(
        case_id=case_id,
        mail_item_id=mail_item_id,
        letter_id=letter_id,
        kind=str(file.kind),
        filename=file.filename,
        media_type=file.media_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        storage_key=storage_key,
        sealed=is_sealed,
        pages=file.pages,
        added_by_id=ctx.actor.account_id,
        added_at=ctx.now,
    )
    ctx.session.add(row)
    ctx.session.flush()
    if case_id is not None and file.text is not None and file.text.text.strip():
        sealed = ctx.adapters.cipher.seal(file.text.text)
        ctx.session.add(AttachmentText(attachment_id=row.id, text_cipher=sealed, complete=file.text.complete))
        ctx.session.flush()
    return row


def attach_to_case(ctx: Context, case: Case, files: Sequence[CheckedFile]) -> list[Attachment]:
    """Keep files of a case that is locked in the caller's transaction, and say so in its log."""
    rows = [keep_file(ctx, file, case_id=case.id) for file in files]
    if rows:
        append(
            ctx,
            case,
            *(
                NewEntry(EntryType.FILE_ATTACHED, ctx.today, {"attachment_id": row.id, "kind": row.kind})
                for row in rows
            ),
        )
    return rows


def add_file(
    ctx: Context, case_id: int, uploads: Sequence[Upload], *, expected_version: int | None
) -> list[int]:
    """添加材料. Returns the ids of the files. All are taken or none."""
    if not uploads:
        raise Invalid({"file": [N_("请选择要添加的文件。")]})
    files = [check_upload(ctx, upload) for upload in uploads]
    with acting(ctx, case_id, Action.ATTACH_FILE, expected_version) as case:
        return [row.id for row in attach_to_case(ctx, case, files)]


def open_file(ctx: Context, attachment_id: int) -> OpenedFile:
    """A file for a person who may read what it belongs to. Raises ``NotFound``, also where the store lost it."""
    row = ctx.session.get(Attachment, attachment_id)
    if row is None:
        raise NotFound(N_("没有找到这份材料。"))
    _require_readable(ctx, row)
    try:
        content = read_file(ctx, row)
    except FileMissing as error:
        raise NotFound(N_("这份材料的原件在存储中找不到，请联系管理员从备份恢复。")) from error
    return OpenedFile(row.filename, row.media_type, content)


def _require_readable(ctx: Context, row: Attachment) -> None:
    case_id, mail_item_id = row.case_id, row.mail_item_id
    if case_id is None and row.letter_id is not None:
        case_id = ctx.session.scalar(select(Letter.case_id).where(Letter.id == row.letter_id))
        mail_item_id = ctx.session.scalar(select(MailItem.id).where(MailItem.letter_id == row.letter_id))
    if case_id is not None:
        get_case(ctx.session, ctx.actor, case_id)
        return
    readable = mail_item_id is not None and ctx.session.scalar(
        select(MailItem.id).where(MailItem.id == mail_item_id, visible_mail(ctx.actor))
    )
    if not readable:
        raise NotFound(N_("没有找到这份材料。"))
