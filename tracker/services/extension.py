"""延期 (Art 33(2)): asked by the handler, approved by the head of the office, told to the applicant in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.permissions import Role
from tracker.domain.statute import EXTENSION_DAYS
from tracker.domain.vocabulary import N_
from tracker.domain.wording import unended
from tracker.domain.workflow import Action
from tracker.models import Case, Extension, Letter
from tracker.queries.recipients import read_roster
from tracker.services.alerts import tell
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append, preview_entry
from tracker.services.context import Context
from tracker.services.notices import issue_notice


def request_extension(
    ctx: Context, case_id: int, *, days: int, grounds: str, on: date, expected_version: int | None
) -> Reading:
    """申请延期 by so many working days (at most 20, once a run). Nothing moves before it is approved and told."""
    if not 1 <= days <= EXTENSION_DAYS:
        raise Invalid({"days": [N_("延长 1 至 20 个工作日（第三十三条第二款）。")]})
    with acting(ctx, case_id, Action.REQUEST_EXTENSION, expected_version) as case:
        if ctx.actor.account_id is None:
            raise NotLawfulNow(N_("延期须由经办人提出。"))
        asked = Extension(
            case_id=case.id,
            days=days,
            reason=grounds,
            status="asked",
            asked_on=on,
            asked_by_id=ctx.actor.account_id,
        )
        ctx.session.add(asked)
        ctx.session.flush()
        details = {"extension_id": asked.id, "asked_days": days}
        reading = append(ctx, case, NewEntry(EntryType.EXTENSION_REQUESTED, on, details))
        heads = read_roster(ctx.session).of(Role.DISCLOSURE_HEAD, case.organ_id)
        _tell(ctx, case, heads, AlertKind.EXTENSION_ASKED, asked, reading.due_on or on, {"days": days})
        return reading


def approve_extension(
    ctx: Context,
    case_id: int,
    *,
    on: date,
    days: int | None = None,
    opinion: str | None = None,
    with_letter: bool = True,
    expected_version: int | None,
    reason: str | None = None,
) -> Reading:
    """批准延期, by the head of the disclosure office; ``on`` is the day the applicant is told, on or before the due
    date. ``days``: working days granted, as asked unless given. The 延期答复告知书 is issued with it unless
    ``with_letter`` is false; it names the new due date where that is certain (the calendar of its year is loaded).

    Told too late, a second time, or for more than 20 days raises ``BreachNeedsReason`` until a reason is given.
    """
    with acting(ctx, case_id, Action.DECIDE_EXTENSION, expected_version, reason=reason) as case:
        asked = _pending(ctx, case)
        granted = days if days is not None else asked.days
        asked.status = "approved"
        asked.decided_on = on
        asked.decided_at = ctx.now
        asked.decided_by_id = ctx.actor.account_id
        asked.opinion = opinion or None
        asked.days = granted
        asked.notified_on = on
        details = {"extension_id": asked.id, "days": granted}
        before = preview_entry(ctx, case, NewEntry(EntryType.EXTENDED, on, {"days": granted})).before
        if with_letter:
            details["letter_id"] = asked.letter_id = _issue(ctx, case, asked, on).id
        reading = append(ctx, case, NewEntry(EntryType.EXTENDED, on, details), reason=reason)
        params = {"old": (before.due_on or on).isoformat()}
        people = (asked.asked_by_id, case.handler_id)
        _tell(ctx, case, people, AlertKind.EXTENSION_APPROVED, asked, reading.due_on or on, params)
        return reading


def _issue(ctx: Context, case: Case, asked: Extension, on: date) -> Letter:
    after = preview_entry(ctx, case, NewEntry(EntryType.EXTENDED, on, {"days": asked.days})).after
    facts = {
        "extension_reason": unended(asked.reason),
        "extension_days": str(asked.days),
        "extended_due_on": chinese_date(after.due_on) if after.due_on and not after.provisional else "",
    }
    return issue_notice(ctx, case, "extension_notice", facts, on=on)


def refuse_extension(
    ctx: Context, case_id: int, *, on: date, opinion: str, expected_version: int | None
) -> Reading:
    """不批准延期, with the reason; the period stays as it is."""
    if not opinion.strip():
        raise Invalid({"opinion": [N_("请写明不批准的理由。")]})
    with acting(ctx, case_id, Action.DECIDE_EXTENSION, expected_version) as case:
        asked = _pending(ctx, case)
        asked.status = "refused"
        asked.decided_on = on
        asked.decided_at = ctx.now
        asked.decided_by_id = ctx.actor.account_id
        asked.opinion = opinion
        reading = append(ctx, case, NewEntry(EntryType.EXTENSION_REFUSED, on, {"extension_id": asked.id}))
        people = (asked.asked_by_id, case.handler_id)
        _tell(ctx, case, people, AlertKind.EXTENSION_REFUSED, asked, reading.due_on or on, {})
        return reading


def _tell(
    ctx: Context,
    case: Case,
    people: Iterable[int | None],
    kind: AlertKind,
    asked: Extension,
    on: date,
    params: Mapping[str, Any],
) -> None:
    """Everybody but the person who acts."""
    others = [person for person in people if person != ctx.actor.account_id]
    tell(ctx, others, kind, on=on, case=case, subject=f"extension-{asked.id}", params=params)


def find_pending_extension(ctx: Context, case: Case) -> Extension | None:
    """The extension that awaits a decision."""
    return ctx.session.scalars(
        select(Extension)
        .where(Extension.case_id == case.id, Extension.status == "asked")
        .order_by(Extension.id.desc())
        .limit(1)
    ).first()


def _pending(ctx: Context, case: Case) -> Extension:
    asked = find_pending_extension(ctx, case)
    if asked is None:
        raise NotLawfulNow(N_("没有待审批的延期申请，请先由经办人提出。"))
    return asked
