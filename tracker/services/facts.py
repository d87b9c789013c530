"""更正事实: an entry recorded with a wrong date, or one that never happened. The old entry stays readable."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.domain.case_log import EntryType, effective
from tracker.domain.clock import Preview, Reading
from tracker.domain.errors import Invalid, NotFound, NotLawfulNow
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, StoredEntry
from tracker.queries.case_log import read_log
from tracker.queries.scope import get_case
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append, preview_entry
from tracker.services.context import Context
from tracker.services.corrected_records import follow_correction


def correct_fact(
    ctx: Context,
    case_id: int,
    *,
    seq: int,
    on: date | None = None,
    void: bool = False,
    reason: str,
    expected_version: int | None,
) -> Reading:
    """Give entry ``seq`` another day of law, or void it. All clocks are replayed.

    The reason is demanded and stays in the log. Raises ``Refusal`` where the log could not be so (before the receipt,
    after the stop, in the future), ``Invalid`` where nothing would change.
    """
    if not reason.strip():
        raise Invalid({"reason": [N_("请写明更正的理由和依据。")]})
    with acting(ctx, case_id, Action.CORRECT_FACT, expected_version) as case:
        entry = _target(ctx, case, seq)
        reading = append(ctx, case, _entry(ctx, entry, on, void=void), reason=reason)
        follow_correction(ctx, case, entry, on, void=void)
        return reading


def preview_fact(
    ctx: Context, case_id: int, *, seq: int, on: date | None = None, void: bool = False
) -> Preview:
    """The due date before and after such a correction. Writes nothing."""
    case = get_case(ctx.session, ctx.actor, case_id)
    return preview_entry(ctx, case, _entry(ctx, _target(ctx, case, seq), on, void=void))


def _target(ctx: Context, case: Case, seq: int) -> StoredEntry:
    entry = ctx.session.scalar(
        select(StoredEntry).where(StoredEntry.case_id == case.id, StoredEntry.seq == seq)
    )
    if entry is None:
        raise NotFound(N_("没有找到要更正的记录。"))
    if entry.type == EntryType.FACT_CORRECTED:
        raise NotLawfulNow(N_("更正本身不能再更正，请直接更正原记录。"))
    return entry


def _day_as_it_stands(ctx: Context, entry: StoredEntry) -> date:
    """The day of law after earlier corrections. Raises ``NotLawfulNow`` for an entry that was voided."""
    for standing in effective(read_log(ctx.session, entry.case_id)):
        if standing.seq == entry.seq:
            return standing.on
    raise NotLawfulNow(N_("这条记录已经作废，请另行登记。"))


def _entry(ctx: Context, entry: StoredEntry, on: date | None, *, void: bool) -> NewEntry:
    details: dict[str, Any] = {"seq": entry.seq, "was_on": _day_as_it_stands(ctx, entry).isoformat()}
    if void:
        details["void"] = True
    elif on is None:
        raise Invalid({"on": [N_("请填写更正后的日期，或者选择作废。")]})
    else:
        details["on"] = on.isoformat()
    return NewEntry(EntryType.FACT_CORRECTED, ctx.today, details)
