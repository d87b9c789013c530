"""备注 of the register: what was last written in its cell, or came with the register a case was imported from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.amendments import Amendable
from tracker.domain.case_log import EntryType
from tracker.domain.ledger_line import own_remark
from tracker.models import EntryText, LedgerRow, StoredEntry
from tracker.queries.planner import among, not_by_index


def remark_of(session: Session, case_id: int) -> str:
    """The remark of one case, empty for none."""
    return remarks_of(session, [case_id]).get(case_id, "")


def remarks_of(session: Session, case_ids: Sequence[int]) -> dict[int, str]:
    """Remarks of the cases that have one. What a register only said of a case not yet answered is none."""
    amended = session.connection().execute(
        select(StoredEntry.case_id, StoredEntry.details, StoredEntry.text_id)
        .where(
            among(session, StoredEntry.case_id, case_ids),
            not_by_index(StoredEntry.type) == str(EntryType.REGISTRATION_AMENDED),
        )
        .order_by(StoredEntry.case_id, StoredEntry.seq)
    )
    return remarks_as_amended(session, case_ids, last_remarks(row.t for row in amended))


def last_remarks(
    amended: Iterable[tuple[int, Mapping[str, Any], int | None]],
) -> dict[int, int | None]:
    """Of ``registration_amended`` entries in their order (case, details, text) the text last written as remark."""
    return {case_id: text for case_id, details, text in amended if details.get("what") == Amendable.REMARK}


def remarks_as_amended(
    session: Session, case_ids: Sequence[int], amended: Mapping[int, int | None]
) -> dict[int, str]:
    """Remarks of the cases that have one. ``amended``: by case, the text last written, None for one taken away."""
    imported = session.connection().execute(
        select(LedgerRow.case_id, LedgerRow.remark)
        .where(among(session, LedgerRow.case_id, case_ids))
        .order_by(LedgerRow.id)
    )
    remarks = {case_id: own_remark(remark) for case_id, remark in imported}
    if amended:
        kept = select(EntryText.id, EntryText.text).where(EntryText.id.in_(set(amended.values()) - {None}))
        texts = {row.id: row.text for row in session.connection().execute(kept)}
        remarks |= {case_id: texts.get(text_id or 0) or "" for case_id, text_id in amended.items()}
    return {case_id: remark for case_id, remark in remarks.items() if remark}
