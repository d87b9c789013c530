"""补正 (Art 30): the applicant is asked once, within 7 working days; the period restarts with the correction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.clock import Reading
from tracker.domain.wording import unended
from tracker.domain.workflow import Action
from tracker.models import Case, CorrectionNotice
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice
from tracker.services.periods import require_later


def request_correction(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    items: str,
    answer_due_on: date,
    guidance: str = "",
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """告知补正: the clock waits for the applicant.

    ``items``: what is to be completed; ``answer_due_on``: the reasonable period the organ sets. The 补正告知书 is
    issued with it, unless it was written elsewhere (``with_letter`` false). A notice after the 7th
    working day, or a second one, raises ``BreachNeedsReason`` until a reason is given.
    """
    require_later("answer_due_on", answer_due_on, on)
    with acting(ctx, case_id, Action.REQUEST_CORRECTION, expected_version, reason=reason) as case:
        notice = CorrectionNotice(
            case_id=case.id, requested_on=on, items=items, guidance=guidance, answer_due_on=answer_due_on
        )
        ctx.session.add(notice)
        ctx.session.flush()
        details: dict[str, object] = {
            "correction_id": notice.id,
            "answer_due_on": answer_due_on.isoformat(),
        }
        if with_letter:
            facts = {
                "correction_items": unended(items),
                "correction_guidance": unended(guidance),
                "correction_due_on": chinese_date(answer_due_on),
            }
            notice.letter_id = details["letter_id"] = issue_notice(
                ctx, case, "correction_notice", facts, on=on
            ).id
        return append(ctx, case, NewEntry(EntryType.CORRECTION_REQUESTED, on, details), reason=reason)


def record_correction(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    correction: str = "",
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """收到补正: a new run of 20 working days from the day it was received; earlier suspensions and the extension are
    void."""
    with acting(ctx, case_id, Action.RECORD_CORRECTION, expected_version, reason=reason) as case:
        notice = open_correction(ctx, case)
        details: dict[str, int] = {}
        if notice is not None:
            notice.corrected_on = on
            notice.correction = correction or None
            details["correction_id"] = notice.id
        text = None if notice is not None else correction or None
        return append(ctx, case, NewEntry(EntryType.CORRECTED, on, details, text=text), reason=reason)


def open_correction(ctx: Context, case: Case) -> CorrectionNotice | None:
    """The notice the applicant has not answered yet."""
    return ctx.session.scalars(
        select(CorrectionNotice)
        .where(CorrectionNotice.case_id == case.id, CorrectionNotice.corrected_on.is_(None))
        .order_by(CorrectionNotice.id)
        .limit(1)
    ).first()
