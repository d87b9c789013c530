"""The arrival of a request as rows: the envelope's facts, and the call in which its day was confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, NotLawfulNow, TrackerError
from tracker.domain.mail_numbers import normalise_mail_number
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.texts import clean_line, clean_text
from tracker.domain.vocabulary import N_
from tracker.models import CallRecord, Case, Receipt
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context

_BOUNDS = {
    "signed_by": 50,
    "confirmed_by": 50,
    "written_down_by": 50,
    "confirmation_reason": 500,
    "mail_number": 32,
}


@dataclass(frozen=True, slots=True)
class ConfirmationCall:
    """The call in which the day of receipt was confirmed with the applicant. ``called_at`` is an aware instant."""

    called_at: datetime
    spoke_with: str
    content: str
    number: str = ""
    reached: bool = True


def clean_receipt(facts: ReceiptFacts) -> ReceiptFacts:
    """Texts cleaned and within their bounds, the mail number as it is searched. Raises ``Invalid``."""
    texts = {name: clean_line(getattr(facts, name)) for name in _BOUNDS}
    texts["mail_number"] = normalise_mail_number(texts["mail_number"])
    over: dict[str, list[TrackerError | str]] = {
        name: [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=longest)]
        for name, longest in _BOUNDS.items()
        if len(texts[name]) > longest
    }
    if over:
        raise Invalid(over)
    kept: dict[str, Any] = {name: text or None for name, text in texts.items()}
    return replace(facts, **kept)


def check_call(ctx: Context, call: ConfirmationCall | None) -> None:
    """Raise ``Invalid`` for a call to come, or one that does not say with whom and what."""
    if call is None:
        return
    faults: dict[str, list[TrackerError | str]] = {}
    if call.called_at > ctx.now:
        faults["call_time"] = [N_("通话时间晚于现在，请核对。")]
    if not clean_line(call.spoke_with):
        faults["call_with"] = [N_("请填写与谁通话。")]
    if not clean_text(call.content):
        faults["call_content"] = [N_("请填写通话内容。")]
    if faults:
        raise Invalid(faults)


def receipt_row(case_id: int, facts: ReceiptFacts, taken_in_at: time | None) -> Receipt:
    """The facts of the arrival, each day kept apart."""
    taken_in = facts.taken_in_on
    at = datetime.combine(taken_in, taken_in_at, SHANGHAI) if taken_in and taken_in_at else None
    return Receipt(
        case_id=case_id,
        channel=str(facts.channel),
        mail_number=facts.mail_number,
        arrived_on=facts.arrived_on,
        signed_on=facts.signed_on,
        signed_by=facts.signed_by,
        confirmed_on=facts.confirmed_on,
        confirmed_by=facts.confirmed_by,
        confirmation_reason=facts.confirmation_reason,
        submitted_on=taken_in,
        system_received_at=at,
        written_down_by=facts.written_down_by,
    )


def record_confirmation(ctx: Context, case: Case, call: ConfirmationCall | None) -> None:
    """Keep the call with the case that is being registered."""
    if call is None:
        return
    if ctx.actor.account_id is None:
        raise NotLawfulNow(N_("电话记录须由通话的工作人员登记。"))
    number = clean_line(call.number)
    row = CallRecord(
        case_id=case.id,
        spoke_with=clean_line(call.spoke_with)[:50],
        number_cipher=ctx.adapters.cipher.seal(number) if number else None,
        called_at=call.called_at,
        reached=call.reached,
        content=clean_text(call.content),
        recorded_by_id=ctx.actor.account_id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    on = call.called_at.astimezone(SHANGHAI).date()
    append(ctx, case, NewEntry(EntryType.CALL_RECORDED, on, {"call_id": row.id, "reached": row.reached}))
