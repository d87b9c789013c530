"""责令重新答复: a court, a reconsideration organ or the organ itself undoes the reply; a new run begins."""

from __future__ import annotations

from datetime import date

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Refusal, RefusalCode
from tracker.domain.orders import OrderSource
from tracker.domain.workflow import Action
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.challenges import note_order
from tracker.services.context import Context
from tracker.services.kept_packages import drop_superseded


def order_anew(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    source: OrderSource,
    document: str,
    days: int | None = None,
    challenge_id: int | None = None,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """重新答复 within ``days`` working days of the order (20 where it says none). The figures of the first reply stay,
    and only the first outcome counts in the annual table. ``document``: name and number of the order;
    ``challenge_id``: the reconsideration or suit it came from, if that is registered. Raises ``Invalid`` for one of
    another case or without the result 结果纠正."""
    if days is not None and days < 1:
        raise Refusal(RefusalCode.EXTENSION_DAYS)
    with acting(ctx, case_id, Action.ORDER_ANEW, expected_version, reason=reason) as case:
        details: dict[str, object] = {"source": str(source)}
        if days is not None:
            details["days"] = days
        if challenge_id is not None:
            note_order(ctx, case, challenge_id, on)
            details["challenge_id"] = challenge_id
        drop_superseded(ctx, case.id)
        return append(ctx, case, NewEntry(EntryType.ORDERED_ANEW, on, details, text=document), reason=reason)
