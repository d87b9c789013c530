"""一人提出、另一人确认: a year is proposed by one person and applied when a second has looked at what it moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.domain.year_checks import FIRST_YEAR, LAST_YEAR, doubts_of, notice_number
from tracker.domain.year_edition import YearEdition
from tracker.models import CalendarEdition, CalendarProposal
from tracker.queries.calendar_proposals import edition_of
from tracker.queries.calendars import calendar_version
from tracker.services.calendars import CalendarLoaded, content_digest, is_loaded, load_year
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one person read from the notice. ``source``: name and SHA-256 of the file it was read from, where it was;
    ``doubts_accepted``: the unusual things about it were looked at and are so in the notice."""

    edition: YearEdition
    reason: str = ""
    source: tuple[str, str] | None = None
    doubts_accepted: bool = False


def propose_year(ctx: Context, proposed: Proposed) -> int:
    """Put a year forward for a second person; returns the id of the proposal. Nothing changes for any clock yet.

    Raises ``Invalid`` naming notice, reason or doubts where they are wanting, or when the year is loaded exactly so;
    ``NotLawfulNow`` while another proposal for the year is open.
    """
    _require(ctx, Permission.CALENDAR_MANAGE, N_("只有管理员可以提出载入工作日历。"))
    with transaction(ctx) as session:
        edition = _checked(session, proposed)
        open_id = session.scalar(
            select(CalendarProposal.id).where(
                CalendarProposal.year == edition.year, CalendarProposal.status == "proposed"
            )
        )
        if open_id is not None:
            raise NotLawfulNow(
                N_("%(year)d 年已有一份待确认的提案，请先确认、退回或者撤回它。"), year=edition.year
            )
        row = CalendarProposal(
            year=edition.year,
            notice_number=edition.notice_number or "",
            notice_on=edition.notice_on,
            days=_stored(edition),
            digest=content_digest(edition),
            source_name=proposed.source[0][:200] if proposed.source else None,
            source_digest=proposed.source[1] if proposed.source else None,
            reason=proposed.reason.strip() or None,
            proposed_by_id=_account(ctx),
            proposed_at=ctx.now,
        )
        session.add(row)
        session.flush()
        return row.id


def confirm_proposal(
    ctx: Context, proposal_id: int, *, seen_version: int, doubts_accepted: bool = False
) -> CalendarLoaded:
    """Apply a proposal that somebody else made: the year becomes an edition and every running clock is replayed.

    ``seen_version`` is the calendar the list of changes was drawn against. Raises ``Conflict`` when another calendar
    is in force since, or the proposal was decided meanwhile; ``Forbidden`` for the proposer; ``Invalid`` when doubts
    were not confirmed; ``NotLawfulNow`` when the calendar in force says the same by now.
    """
    _require(ctx, Permission.CALENDAR_CONFIRM, N_("只有管理员和督查可以确认工作日历。"))
    with transaction(ctx, replacing_calendar=True) as session:
        row = _open(session, proposal_id)
        _require_second_person(ctx, row)
        if calendar_version(session) != seen_version:
            raise Conflict(N_("在您查看之后，工作日历已有新的版本；变化已按新版本重新列出，请看过后再确认。"))
        edition = edition_of(row)
        if doubts_of(edition) and not doubts_accepted:
            raise Invalid({"doubts_accepted": [N_("请逐条核对上面的提示，确认通知确实如此后勾选。")]})
        done = load_year(ctx, edition)
        if done.version is None:
            raise NotLawfulNow(N_("现行日历已与这份提案相同，不必再确认；请退回或者由提出人撤回。"))
        row.edition_id = done.version
        _decide(ctx, row, "applied", "")
        return done


def reject_proposal(ctx: Context, proposal_id: int, reason: str) -> None:
    """退回: a second person found it wrong. Raises ``Invalid`` without a reason, ``Conflict`` when it is decided."""
    _require(ctx, Permission.CALENDAR_CONFIRM, N_("只有管理员和督查可以退回工作日历的提案。"))
    with transaction(ctx) as session:
        row = _open(session, proposal_id)
        _require_second_person(ctx, row)
        _decide(ctx, row, "rejected", _given(reason))


def withdraw_proposal(ctx: Context, proposal_id: int, reason: str) -> None:
    """撤回: who proposed it takes it back. Raises as ``reject_proposal``; ``Forbidden`` for anybody else."""
    _require(ctx, Permission.CALENDAR_MANAGE, N_("只有提出人可以撤回。"))
    with transaction(ctx) as session:
        row = _open(session, proposal_id)
        if row.proposed_by_id != ctx.actor.account_id:
            raise Forbidden(N_("只有提出人可以撤回；您可以退回。"))
        _decide(ctx, row, "withdrawn", _given(reason))


def _checked(session: Session, proposed: Proposed) -> YearEdition:
    """The edition with its notice in the usual form. Raises ``Invalid`` with everything that is wanting at once."""
    edition = proposed.edition
    faults: dict[str, list[TrackerError | str]] = {}
    if not FIRST_YEAR <= edition.year <= LAST_YEAR:
        raise Invalid(
            {
                "year": [
                    TrackerError(
                        N_("年份应在 %(first)d 至 %(last)d 之间。"), first=FIRST_YEAR, last=LAST_YEAR
                    )
                ]
            }
        )
    try:
        edition = replace(edition, notice_number=notice_number(edition.notice_number or ""))
    except TrackerError as fault:
        faults["notice_number"] = [fault]
    if edition.notice_on is None:
        faults["notice_on"] = [N_("请填写通知的日期，即通知落款的成文日期。")]
    if _is_known(session, edition.year) and not proposed.reason.strip():
        faults["reason"] = [TrackerError(N_("%(year)d 年已经载入，更正须写明原因。"), year=edition.year)]
    if is_loaded(session, edition):
        faults["lines"] = [
            TrackerError(N_("与已载入的 %(year)d 年完全相同，没有可更正的。"), year=edition.year)
        ]
    if not faults and doubts_of(edition) and not proposed.doubts_accepted:
        faults["doubts_accepted"] = [N_("请逐条核对上面的提示，确认通知确实如此后勾选。")]
    if faults:
        raise Invalid(faults)
    return edition


def _is_known(session: Session, year: int) -> bool:
    return session.scalar(select(CalendarEdition.id).where(CalendarEdition.year == year).limit(1)) is not None


def _stored(edition: YearEdition) -> list[Any]:
    return [
        {"day": d.day.isoformat(), "kind": "work" if d.is_workday else "off", "name": d.name}
        for d in edition.days
    ]


def _open(session: Session, proposal_id: int) -> CalendarProposal:
    row = session.scalar(
        select(CalendarProposal)
        .where(CalendarProposal.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound(N_("没有找到这份工作日历提案。"))
    if row.status != "proposed":
        raise Conflict(N_("这份提案刚被他人处理，请刷新查看结果。"))
    return row


def _require(ctx: Context, permission: Permission, words: str) -> None:
    if not ctx.actor.may_somewhere(permission) or ctx.actor.account_id is None:
        raise Forbidden(words)


def _require_second_person(ctx: Context, row: CalendarProposal) -> None:
    if row.proposed_by_id == ctx.actor.account_id:
        raise Forbidden(N_("提出的人不能自己确认或者退回，请由另一位管理员或者督查核对通知后处理。"))


def _account(ctx: Context) -> int:
    assert ctx.actor.account_id is not None
    return ctx.actor.account_id


def _given(reason: str) -> str:
    if not reason.strip():
        raise Invalid({"decision_reason": [N_("请写明原因，提出人会看到。")]})
    return reason.strip()


def _decide(ctx: Context, row: CalendarProposal, status: str, reason: str) -> None:
    row.status = status
    row.decided_by_id = ctx.actor.account_id
    row.decided_at = ctx.now
    row.decision_reason = reason or None
    ctx.session.flush()
