"""电话、来访记录: who called, was called or came, under which number, at what time, and what was said."""

from __future__ import annotations

from datetime import datetime

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.contacts import Manner
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import CallRecord
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context


def record_call(
    ctx: Context,
    case_id: int,
    *,
    called_at: datetime,
    spoke_with: str,
    number: str | None,
    reached: bool,
    content: str,
    expected_version: int | None,
    manner: Manner = Manner.CALL_OUT,
) -> Reading:
    """登记电话、来访. ``called_at`` is an aware instant, not after now; the number is kept encrypted. Whoever called or
    came was spoken with, so ``reached`` is of calls made alone."""
    if called_at > ctx.now:
        raise Invalid({"called_at": [N_("时间晚于现在，请核对。")]})
    if ctx.actor.account_id is None:
        raise NotLawfulNow(N_("电话、来访记录须由接谈的工作人员登记。"))
    with acting(ctx, case_id, Action.RECORD_CALL, expected_version) as case:
        call = CallRecord(
            case_id=case.id,
            manner=str(manner),
            spoke_with=spoke_with,
            number_cipher=ctx.adapters.cipher.seal(number) if number else None,
            called_at=called_at,
            reached=reached or manner is not Manner.CALL_OUT,
            content=content,
            recorded_by_id=ctx.actor.account_id,
        )
        ctx.session.add(call)
        ctx.session.flush()
        on = called_at.astimezone(SHANGHAI).date()
        details: dict[str, object] = {"call_id": call.id, "reached": call.reached}
        if manner is not Manner.CALL_OUT:
            details["manner"] = str(manner)
        return append(ctx, case, NewEntry(EntryType.CALL_RECORDED, on, details))
