"""催办: the district's office reminds the organ of a case by a numbered slip (督办单), which the organ must answer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid, NotLawfulNow
from tracker.domain.numbering import CHASE_SERIES, chase_number
from tracker.domain.permissions import Permission, Role
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, Chase, Organ, StoredEntry
from tracker.queries.recipients import read_roster
from tracker.services.alerts import tell
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.numbers import draw_number


def chase(
    ctx: Context, case_id: int, *, text: str, answer_by_on: date, expected_version: int | None
) -> Reading:
    """签发督办单 with its message: it takes the next number of the supervisor's office, stands in the log for the organ
    to read, and waits for the organ's answer through ``answer_by_on``. Handler and disclosure head are told.

    Raises ``Invalid`` without a message, or where the day to answer by has passed.
    """
    if not text.strip():
        raise Invalid({"text": [N_("请写明催办的内容。")]})
    if answer_by_on < ctx.today:
        raise Invalid({"answer_by_on": [N_("答复时限不能早于今天。")]})
    with acting(ctx, case_id, Action.CHASE, expected_version) as case:
        slip = _draw_up(ctx, case, answer_by_on)
        details = {"chase_id": slip.id, "number": slip.number, "answer_by": answer_by_on.isoformat()}
        reading = append(ctx, case, NewEntry(EntryType.CHASED, ctx.today, details, text=text))
        slip.asked_seq = _last_seq(ctx, case)
        told = (case.handler_id, *read_roster(ctx.session).of(Role.DISCLOSURE_HEAD, case.organ_id))
        params = {"number": slip.number}
        tell(
            ctx, told, AlertKind.CHASED, on=answer_by_on, case=case, subject=f"chase-{slip.id}", params=params
        )
        return reading


def answer_chase(
    ctx: Context, case_id: int, *, chase_id: int, text: str, expected_version: int | None
) -> Reading:
    """答复督办单, by the handler or the head of the disclosure office; whoever issued it is told.

    Raises ``Invalid`` without an answer, ``NotLawfulNow`` when the slip has been answered already.
    """
    if not text.strip():
        raise Invalid({"text": [N_("请写明办理进度和预计寄出的时间。")]})
    with acting(ctx, case_id, Action.ANSWER_CHASE, expected_version) as case:
        slip = ctx.session.scalar(
            select(Chase).where(Chase.id == chase_id, Chase.case_id == case.id, Chase.answered_on.is_(None))
        )
        if slip is None:
            raise NotLawfulNow(N_("这份督办单已经答复，请刷新页面查看。"))
        details = {"chase_id": slip.id, "number": slip.number}
        reading = append(ctx, case, NewEntry(EntryType.CHASE_ANSWERED, ctx.today, details, text=text))
        seq = _last_seq(ctx, case)
        slip.answered_on, slip.answered_by_id, slip.answered_seq = ctx.today, ctx.actor.account_id, seq
        tell(
            ctx,
            (slip.issued_by_id,),
            AlertKind.CHASE_ANSWERED,
            on=ctx.today,
            case=case,
            subject=f"chase-{slip.id}",
            params={"number": slip.number},
        )
        return reading


def _draw_up(ctx: Context, case: Case, answer_by_on: date) -> Chase:
    offices = ctx.actor.organs_where(Permission.CASE_CHASE)
    if ctx.actor.account_id is None or not offices:
        raise NotLawfulNow(N_("督办单须由督查签发。"))
    office = ctx.session.get_one(Organ, min(offices))
    serial = draw_number(ctx.session, office.id, CHASE_SERIES, ctx.today.year)
    slip = Chase(
        case_id=case.id,
        issuer_organ_id=office.id,
        year=ctx.today.year,
        serial=serial,
        number=chase_number(office.number_prefix, ctx.today.year, serial),
        issued_on=ctx.today,
        issued_by_id=ctx.actor.account_id,
        answer_by_on=answer_by_on,
        asked_seq=0,
    )
    ctx.session.add(slip)
    ctx.session.flush()
    return slip


def _last_seq(ctx: Context, case: Case) -> int:
    """The entry that was appended just now."""
    return ctx.session.scalar(select(func.max(StoredEntry.seq)).where(StoredEntry.case_id == case.id)) or 0
