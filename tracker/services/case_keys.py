"""The key of each case: made with its first file, asked for with each reading, destroyed with the file."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.adapters.cipher import DataUnreadable
from tracker.adapters.file_cipher import new_file_key, open_bytes, seal_bytes
from tracker.adapters.file_store import FileMissing
from tracker.models import Attachment, CaseKey
from tracker.services.context import Context
from tracker.services.unit_of_work import after_commit, transaction

SEALED_A_RUN = 1_000
"""Files from before there were keys that one run of the job seals."""


def put_file(ctx: Context, content: bytes, case_id: int | None) -> tuple[str, bool]:
    """Keep bytes, sealed with the key of the case where there is one; the storage key, and whether they are sealed.
    Inside the caller's transaction."""
    if case_id is None:
        return ctx.adapters.files.put(content), False
    return ctx.adapters.files.put(seal_bytes(_key_of(ctx, case_id), content)), True


def read_file(ctx: Context, row: Attachment) -> bytes:
    """The bytes of a file as they were handed in. Raises ``FileMissing``, also where the key of the case is gone."""
    content = ctx.adapters.files.read(row.storage_key)
    if not row.sealed:
        return content
    held = ctx.session.get(CaseKey, row.case_id) if row.case_id is not None else None
    if held is None:
        raise FileMissing(row.storage_key)
    try:
        return open_bytes(_opened(ctx, held.key_cipher), content)
    except DataUnreadable as error:
        raise FileMissing(row.storage_key) from error


def seal_older_files(ctx: Context) -> int:
    """Seal files of cases that were kept before there were keys, some at a time; how many."""
    ids = ctx.session.scalars(
        select(Attachment.id)
        .where(Attachment.sealed.is_(False), Attachment.case_id.is_not(None))
        .order_by(Attachment.id)
    ).all()
    done = 0
    for attachment_id in ids:
        done += _seal(ctx, attachment_id)
        if done == SEALED_A_RUN:
            break
    return done


def _seal(ctx: Context, attachment_id: int) -> bool:
    with transaction(ctx) as session:
        row = session.get(Attachment, attachment_id, with_for_update=True)
        if row is None or row.sealed or row.case_id is None:
            return False
        before = row.storage_key
        try:
            content = ctx.adapters.files.read(before)
        except FileMissing:
            return False
        row.storage_key, row.sealed = put_file(ctx, content, row.case_id)
        after_commit(ctx, lambda: ctx.adapters.files.remove(before))
        return True


def _key_of(ctx: Context, case_id: int) -> bytes:
    held = ctx.session.get(CaseKey, case_id)
    if held is None:
        # Two writers may come to a case at once; the second takes the key of the first.
        postgres = ctx.session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert if postgres else sqlite.insert
        sealed = ctx.adapters.cipher.seal(new_file_key().hex())
        row = {"case_id": case_id, "key_cipher": sealed, "made_at": ctx.now}
        ctx.session.execute(insert(CaseKey).values(row).on_conflict_do_nothing())
        held = ctx.session.get_one(CaseKey, case_id)
    return _opened(ctx, held.key_cipher)


def _opened(ctx: Context, sealed: bytes) -> bytes:
    return bytes.fromhex(ctx.adapters.cipher.open(sealed))
