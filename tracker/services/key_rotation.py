"""密钥轮换: everything sealed with an earlier data key is sealed anew with the one in use, while people work.

Row by row and in portions, so that it may be killed and run again: what carries the mark of the key in use is done.
A row that somebody changed meanwhile is left to them, for they sealed it with the key in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.adapters.cipher import Cipher
from tracker.domain.administrative_acts import Subject
from tracker.models import Applicant, Base, Case, LedgerRow, WebSession, note_act
from tracker.services.applicants import PHONE_TAIL
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

AT_ONCE = 500
Advance = Callable[[int], None]
_HASHED = {
    "identity_number_cipher": "identity_number_hash",
    "phone_cipher": "phone_hash",
    "email_cipher": "email_hash",
}
"""Columns of applicants that are found by a keyed hash beside them."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One table with sealed columns; ``waiting`` rows hold something under an earlier key."""

    table: Table
    columns: tuple[Column[Any], ...]
    waiting: int


def sealed_columns() -> dict[Table, tuple[Column[Any], ...]]:
    """Every column that holds something sealed: whatever holds bytes in our tables does."""
    found = {
        table: tuple(column for column in table.columns if isinstance(column.type, LargeBinary))
        for table in Base.metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


def survey(session: Session, cipher: Cipher) -> list[Sealed]:
    """How many rows of each table wait for sealing anew."""
    return [
        Sealed(table, columns, sum(len(some) for some in _waiting(session, cipher, table, columns)))
        for table, columns in sealed_columns().items()
    ]


def rotate(ctx: Context, before: Sequence[Cipher], advance: Advance = lambda _done: None) -> int:
    """Seal anew; how many values. ``before`` are ciphers of the earlier keys, by which marks of imported registers
    are recognised. The search index must be rebuilt afterwards."""
    done = 0
    for table, columns in sealed_columns().items():
        for keys in _waiting(ctx.session, ctx.adapters.cipher, table, columns):
            with transaction(ctx) as session:
                done += sum(_reseal(session, ctx.adapters.cipher, table, columns, key) for key in keys)
            advance(len(keys))
    marks = _mark_registers_anew(ctx, before) if before else 0
    if done or marks:
        with transaction(ctx) as session:
            note_act(session, Subject.DATA_KEY, ctx.adapters.cipher.name, {"fields": [None, done]})
    return done


def end_everybodys_sessions(ctx: Context) -> int:
    """Sign everybody out; how many sessions ended."""
    with transaction(ctx) as session:
        open_ones = WebSession.revoked_at.is_(None)
        count = session.scalar(select(func.count()).select_from(WebSession).where(open_ones)) or 0
        session.execute(update(WebSession).where(open_ones).values(revoked_at=ctx.now))
        note_act(session, Subject.DATA_KEY, ctx.adapters.cipher.name, {"ended_sessions": [None, count]})
    return count


def _waiting(
    session: Session, cipher: Cipher, table: Table, columns: Sequence[Column[Any]]
) -> Iterator[list[tuple[Any, ...]]]:
    """Keys of rows that hold something under an earlier key, in portions."""
    key = list(table.primary_key.columns)
    assert len(key) == 1, f"{table.name} has no plain key"
    last: Any = None
    while True:
        query = select(key[0], *columns).where(or_(*(column.is_not(None) for column in columns)))
        if last is not None:
            query = query.where(key[0] > last)
        rows = session.execute(query.order_by(key[0]).limit(AT_ONCE)).all()
        session.rollback()
        if not rows:
            return
        last = rows[-1][0]
        stale = [row[0] for row in rows if any(v is not None and not cipher.is_current(v) for v in row[1:])]
        if stale:
            yield stale


def _reseal(session: Session, cipher: Cipher, table: Table, columns: Sequence[Column[Any]], key: Any) -> int:
    this = table.primary_key.columns[0] == key
    row = session.execute(select(*columns).where(this).with_for_update()).one_or_none()
    if row is None:
        return 0
    values: dict[str, Any] = {}
    for column, sealed in zip(columns, row, strict=True):
        if sealed is None or cipher.is_current(sealed):
            continue
        opened = cipher.open(sealed)
        values[column.name] = cipher.seal(opened)
        if table.name == Applicant.__tablename__:
            values |= _hashes(cipher, column.name, opened)
    if not values:
        return 0
    session.execute(update(table).where(this).values(values))
    return sum(1 for name in values if name.endswith("_cipher"))


def _hashes(cipher: Cipher, column: str, opened: str) -> dict[str, str]:
    name = _HASHED.get(column)
    if name is None:
        return {}
    found = {name: cipher.fingerprint(opened.lower() if name == "email_hash" else opened)}
    if name == "phone_hash":
        found["phone_tail_hash"] = cipher.fingerprint(opened[-PHONE_TAIL:])
    return found


def _mark_registers_anew(ctx: Context, before: Sequence[Cipher]) -> int:
    """Rows of imported registers are recognised by a keyed hash of what they said. Where the case says it still, the
    hash is made anew; another row would only be recognised with the earlier key."""
    changed = last = 0
    while True:
        with transaction(ctx) as session:
            rows = session.execute(
                select(
                    LedgerRow.id,
                    LedgerRow.identity,
                    Case.organ_id,
                    Case.received_on,
                    Applicant.name,
                    Case.description,
                )
                .join(Case, Case.id == LedgerRow.case_id)
                .join(Applicant, (Applicant.case_id == Case.id) & (Applicant.position == 1))
                .where(LedgerRow.id > last)
                .order_by(LedgerRow.id)
                .limit(AT_ONCE)
            ).all()
            for row in rows:
                said = "|".join(map(str, row[2:]))
                if any(cipher.fingerprint(said) == row.identity for cipher in before):
                    fresh = ctx.adapters.cipher.fingerprint(said)
                    session.execute(update(LedgerRow).where(LedgerRow.id == row.id).values(identity=fresh))
                    changed += 1
        if not rows:
            return changed
        last = rows[-1].id
