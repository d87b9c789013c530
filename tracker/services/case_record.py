"""The one writer of the log, and of everything that is kept beside it for lists.

A verb appends what happened; stage, due dates and lateness follow by replay in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_facts import FACT_NAMES, CaseFacts, Fact, facts_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import ClockReading, Preview, Reading, clocks_of, fold, preview
from tracker.domain.errors import Conflict, NotLawfulNow
from tracker.domain.stages import Stage
from tracker.domain.stand_ins import NOT_THE_HANDLERS, STOOD_IN
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action, is_offered, missing_facts
from tracker.models import Attachment, Case, Clock, EntryText, StoredEntry
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_log import read_log
from tracker.services.alerts import settle_alerts
from tracker.services.case_standing import (
    breach_codes,
    clock_key,
    clock_values,
    first_alert_of,
    first_result_values,
    is_dormant,
    is_recalled,
    limits_for,
    standing_values,
)
from tracker.services.context import Context
from tracker.services.log_chain import GENESIS
from tracker.services.log_entries import NewEntry, ToldEntry, as_log_entry, entry_values, told_entries

__all__ = [
    "NewEntry",
    "ReadAhead",
    "append",
    "facts_for",
    "preview_entry",
    "recompute",
    "require_offered",
    "require_version",
    "stood_in_for",
]

_PROOF = "delivery_proof"


def facts_for(
    session: Session,
    case: Case,
    log: Sequence[LogEntry] | None = None,
    *,
    attachments: Sequence[Attachment] | None = None,
) -> CaseFacts:
    """Flags of a case for the workflow: those of its log and those kept beside it. Who has read its log or its files
    already hands them in."""
    extra: set[Fact] = set()
    if not case.needs_completion:
        extra.add(Fact.COMPLETE)
    if case.held:
        extra.add(Fact.HELD)
    known = None if attachments is None else any(each.kind == _PROOF for each in attachments)
    if _has_proof(session, case.id) if known is None else known:
        extra.add(Fact.DELIVERY_PROOF)
    return facts_of(log if log is not None else read_log(session, case.id), frozenset(extra))


def _has_proof(session: Session, case_id: int) -> bool:
    wanted = select(Attachment.id).where(Attachment.case_id == case_id, Attachment.kind == _PROOF).limit(1)
    return session.scalar(wanted) is not None


def require_version(case: Case, expected: int | None) -> None:
    """Raise ``Conflict`` when the case was changed since the page was drawn; None means the caller holds no page."""
    if expected is not None and case.version_id != expected:
        raise Conflict(N_("这件申请刚被他人更新，请核对最新内容后再提交；您填写的内容已保留。"))


def require_offered(ctx: Context, case: Case, action: Action, *, reason: str | None = None) -> CaseFacts:
    """Raise ``NotLawfulNow`` unless the workflow offers the action for this case now.

    With a reason, what happened in the outside world may be recorded at a stage that does not offer it (如实补记);
    an archived file stays closed all the same.
    """
    facts = facts_for(ctx.session, case)
    rule = RULE_OF[action]
    if reason and facts.stage is not Stage.ARCHIVED:
        return facts
    if not is_offered(action, facts):
        raise NotLawfulNow(N_("当前环节不能进行这项操作，请刷新页面查看这件申请的最新状态。"))
    missing = missing_facts(action, facts)
    if missing:
        named = "、".join(FACT_NAMES[fact] for fact in missing)
        raise NotLawfulNow(N_("还不能“%(action)s”：缺少%(facts)s。"), action=rule.label, facts=named)
    return facts


def preview_entry(
    ctx: Context,
    case: Case,
    entry: NewEntry,
    log: Sequence[LogEntry] | None = None,
    calendar: WorkCalendar | None = None,
) -> Preview:
    """What recording this would do to the clock: refusal, new breaches, reading before and after. Writes nothing.
    ``log``, ``calendar``: where the caller has read them already."""
    log = log if log is not None else read_log(ctx.session, case.id)
    calendar = calendar or current_calendar(ctx.session)
    return preview(log, as_log_entry(entry, len(log) + 1), calendar, ctx.today)


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What a verb over many cases has read already: the log of one of them, the calendar in force, and the alerts its
    organ has set. Such a verb sends its changes to the database, and settles what was told, many cases at once."""

    log: Sequence[LogEntry]
    calendar: WorkCalendar
    policy: AlertPolicy


def append(
    ctx: Context,
    case: Case,
    *entries: NewEntry,
    reason: str | None = None,
    ahead: ReadAhead | None = None,
) -> Reading:
    """Append entries and recompute. The case must have been loaded with its lock in this transaction.

    A reason (情况说明) is kept as text with the entry that breaks the law, else with the last. The case counts as
    changed by every entry, so that two people who answer the same page meet. Raises ``Refusal`` for what cannot be;
    ``BreachNeedsReason`` when an entry breaks the law and no reason is given: it can be recorded all the same, once
    the reason is; ``NotLawfulNow`` for what an archived file does not take any more.
    """
    session = ctx.session
    flag_modified(case, "stage")
    calendar = ahead.calendar if ahead else current_calendar(session)
    log = list(ahead.log) if ahead else read_log(session, case.id)
    limits = limits_for(case.organ, case.historic, case.handler_id)
    acted = [_acted(ctx, case, entry) for entry in entries]
    ready = told_entries(log, acted, calendar, ctx.today, limits=limits, reason=reason)
    _store(ctx, case, ready)
    log += [entry.told for entry in ready]
    return _write_reading(ctx, case, log, calendar, ahead)


def _store(ctx: Context, case: Case, ready: Iterable[ToldEntry]) -> None:
    session = ctx.session
    last = session.scalar(
        select(StoredEntry.digest)
        .where(StoredEntry.case_id == case.id)
        .order_by(StoredEntry.seq.desc())
        .limit(1)
    )
    digest = last or GENESIS
    for entry in ready:
        text_id = _kept_text(session, case, entry.text) if entry.text else None
        row = StoredEntry(**entry_values(ctx, entry, case.id, text_id, digest))
        digest = row.digest
        session.add(row)


def _acted(ctx: Context, case: Case, entry: NewEntry) -> NewEntry:
    """The entry with whose place was taken in what is the handler's to do."""
    if entry.type in NOT_THE_HANDLERS or entry.type is EntryType.ASSIGNED:
        return entry
    place = stood_in_for(ctx, case)
    return replace(entry, details={**entry.details, **place}) if place else entry


def stood_in_for(ctx: Context, case: Case) -> dict[str, int]:
    """What an entry keeps of whose place the person acts in (代岗); nothing when they act as themselves."""
    if case.handler_id is None or not ctx.actor.stands_in_for(case.handler_id, case.organ_id):
        return {}
    return {STOOD_IN: case.handler_id}


def recompute(ctx: Context, case: Case, ahead: ReadAhead | None = None) -> Reading:
    """Replay the log and write stage, lateness and clocks beside it. Changing nothing is the normal outcome."""
    if ahead is not None:
        return _write_reading(ctx, case, ahead.log, ahead.calendar, ahead)
    return _write_reading(ctx, case, read_log(ctx.session, case.id), current_calendar(ctx.session))


def _write_reading(
    ctx: Context,
    case: Case,
    log: Sequence[LogEntry],
    calendar: WorkCalendar,
    ahead: ReadAhead | None = None,
) -> Reading:
    kept = kept_calendars(ctx.session, calendar)
    reading = fold(log, calendar, ctx.today, calendars=kept)
    values = standing_values(log, reading)
    values |= first_result_values(log, reading, case.disposition, case.first_disposition)
    _set(case, values)
    breaches = breach_codes(reading)
    if list(case.breach_codes or []) != breaches:
        case.breach_codes = breaches
    policy = ahead.policy if ahead else policies_of(ctx.session, [case.organ_id])[case.organ_id]
    limits = limits_for(case.organ, case.historic, case.handler_id)
    clocks = clocks_of(log, calendar, ctx.today, calendars=kept, internal=limits, reading=reading)
    _write_clocks(case, clocks, calendar, policy)
    if ahead is None:
        ctx.session.flush()
        settle_alerts(ctx, case)
    return reading


def kept_calendars(session: Session, calendar: WorkCalendar) -> Callable[[int], WorkCalendar]:
    """Calendars of earlier versions, for runs that have stopped and keep theirs."""
    return lambda version: calendar if version == calendar.version else calendar_at(session, version)


def _write_clocks(
    case: Case, readings: Sequence[ClockReading], calendar: WorkCalendar, policy: AlertPolicy
) -> None:
    existing = {(c.kind, c.run, c.ref): c for c in case.clocks}
    dormant = is_dormant(case.historic, case.handler_id)
    for reading in readings:
        key = clock_key(reading)
        clock = existing.pop(key, None)
        if clock is None:
            clock = Clock(kind=key[0], run=key[1], ref=key[2])
            case.clocks.append(clock)
        armed = _armed_by(clock)
        _set(clock, clock_values(reading))
        if not is_recalled(reading, dormant):
            clock.next_alert_on = None
        elif clock.next_alert_on is None or _armed_by(clock) != armed:
            clock.next_alert_on = first_alert_of(reading, calendar, policy)
    for gone in existing.values():
        case.clocks.remove(gone)


def _set(row: Case | Clock, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _armed_by(clock: Clock) -> tuple[object, ...]:
    """What the days of its alerts follow from; when it changes they are worked out anew."""
    return (clock.state, clock.due_on, clock.provisional, clock.calendar_version)


def _kept_text(session: Session, case: Case, text: str) -> int:
    kept = EntryText(case_id=case.id, text=text)
    session.add(kept)
    session.flush()
    return kept.id
