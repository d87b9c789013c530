"""要求说明理由 (Art 35): for requests clearly excessive in number or frequency. The clock keeps running."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.vocabulary import N_
from tracker.domain.wording import unended
from tracker.domain.workflow import Action
from tracker.models import Case, JustificationRequest
from tracker.queries.calendars import current_calendar
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.notices import issue_notice
from tracker.services.periods import require_later


def request_justification(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    facts: str,
    answer_due_on: date,
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """要求说明理由: ``facts`` states number and frequency, ``answer_due_on`` the period set for the
    answer. Its notice is issued with it unless ``with_letter`` is false."""
    require_later("answer_due_on", answer_due_on, on)
    with acting(ctx, case_id, Action.REQUEST_JUSTIFICATION, expected_version, reason=reason) as case:
        asked = JustificationRequest(
            case_id=case.id, requested_on=on, facts=facts, answer_due_on=answer_due_on
        )
        ctx.session.add(asked)
        ctx.session.flush()
        details = {"justification_id": asked.id}
        if with_letter:
            said = {
                "justification_facts": unended(facts),
                "justification_due_on": chinese_date(answer_due_on),
            }
            asked.letter_id = details["letter_id"] = issue_notice(
                ctx, case, "justification_notice", said, on=on
            ).id
        return append(ctx, case, NewEntry(EntryType.JUSTIFICATION_REQUESTED, on, details), reason=reason)


def record_justification(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    accepted: bool,
    answer: str | None = None,
    until: date | None = None,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """登记理由说明 and what the organ thinks of it. Accepted, but not to be answered in time: ``until`` sets a working
    day that the applicant is told (延迟答复). Not accepted: a reply of 不予处理 follows, and no date moves."""
    with acting(ctx, case_id, Action.RECORD_JUSTIFICATION, expected_version, reason=reason) as case:
        asked = _open_request(ctx, case)
        if on < asked.requested_on:
            raise Invalid({"on": [N_("说明理由的日期不能早于要求之日，请核对。")]})
        if until is not None:
            _require_delay(ctx, on, until, accepted=accepted)
        asked.answered_on = on
        asked.accepted = accepted
        asked.answer = answer or None
        details = {"justification_id": asked.id, "accepted": accepted}
        entries = [NewEntry(EntryType.JUSTIFIED, on, details)]
        if until is not None:
            set_until = {"justification_id": asked.id, "until": until.isoformat()}
            entries.append(NewEntry(EntryType.DELAYED, on, set_until))
        return append(ctx, case, *entries, reason=reason)


def _open_request(ctx: Context, case: Case) -> JustificationRequest:
    asked = ctx.session.scalars(
        select(JustificationRequest)
        .where(JustificationRequest.case_id == case.id, JustificationRequest.answered_on.is_(None))
        .order_by(JustificationRequest.id.desc())
        .limit(1)
    ).first()
    if asked is None:
        raise NotLawfulNow(N_("没有尚未答复的说明理由通知，请先登记要求说明理由。"))
    return asked


def _require_delay(ctx: Context, on: date, until: date, *, accepted: bool) -> None:
    if not accepted:
        raise Invalid({"until": [N_("理由不合理的不另定期限，请清空这一项。")]})
    require_later("until", until, on)
    calendar = current_calendar(ctx.session)
    if not calendar.is_workday(until):
        before = calendar.workday_on_or_before(until)
        told = NotLawfulNow(N_("另定的期限须是工作日，可改为 %(day)s。"), day=before)
        raise Invalid({"until": [told]})
