"""检索记录: the evidence that wins or loses a reply of 不存在 (指导案例101号)."""

from __future__ import annotations

from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.workflow import Action
from tracker.models import SearchRecord
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def record_search(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    places: str,
    keywords: str,
    period: str,
    searched_by: str,
    found: bool,
    result: str,
    expected_version: int | None,
) -> Reading:
    """登记检索: where, by which words, for which years, by whom, on which day, with what result."""
    with acting(ctx, case_id, Action.RECORD_SEARCH, expected_version) as case:
        record = SearchRecord(
            case_id=case.id,
            places=places,
            keywords=keywords,
            period=period,
            searched_by=searched_by,
            searched_on=on,
            found=found,
            result=result,
        )
        ctx.session.add(record)
        ctx.session.flush()
        details = {"search_id": record.id, "found": found}
        return append(ctx, case, NewEntry(EntryType.SEARCH_RECORDED, on, details))
