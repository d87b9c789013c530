"""The one writer of the log, and of everything that is kept beside it for lists.

A verb appends what happened; stage, due dates and lateness follow by replay in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.alert_schedule import Timetable
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_facts import FACT_NAMES, CaseFacts, Fact, facts_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.challenges import ANSWER_CLOCKS
from tracker.domain.clock import (
    ClockReading,
    InternalLimits,
    Preview,
    Reading,
    clocks_of,
    days_used_of,
    fold,
    preview,
)
from tracker.domain.errors import BreachNeedsReason, Conflict, NotLawfulNow
from tracker.domain.first_result import FirstResult, first_result_of
from tracker.domain.internal_limits import KEPT
from tracker.domain.stages import Stage, stage_of, standing_of
from tracker.domain.stand_ins import NOT_THE_HANDLERS, STOOD_IN
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action, is_offered, missing_facts
from tracker.models import Attachment, Case, Clock, EntryText, Organ, StoredEntry
from tracker.queries.alert_policies import policies_of
from tracker.queries.calendars import calendar_at, current_calendar
from tracker.queries.case_log import as_entry, read_log
from tracker.services.alerts import settle_alerts
from tracker.services.context import Context
from tracker.services.log_chain import GENESIS, entry_digest

SCHEMA_VERSION = 1
_AFTER_ARCHIVING = frozenset(
    {
        EntryType.FACT_CORRECTED,
        EntryType.ORDERED_ANEW,
        EntryType.HANDED_OVER,
        EntryType.HELD,
        EntryType.HOLD_RELEASED,
        EntryType.RETENTION_CHANGED,
        EntryType.CALENDAR_CHANGED,
        EntryType.CHASE_ANSWERED,
        EntryType.CHALLENGED,
        EntryType.CHALLENGE_HEARING,
        EntryType.CHALLENGE_ANSWERED,
        EntryType.CHALLENGE_CLOSED,
    }
)
_STOPPING = frozenset({EntryType.DISPATCHED, EntryType.DELIVERED, EntryType.ABANDONED, EntryType.WITHDRAWN})
_KEEPS_CALENDAR = _STOPPING | {EntryType.CHALLENGE_ANSWERED, EntryType.CHALLENGE_CLOSED}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What happened, before it is recorded. ``on`` is the day of law; ``details`` holds ids, codes and the clock's
    fields (cause, ref, days, by, until), never personal data; ``text`` is free text kept apart."""

    type: EntryType
    on: date
    details: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None
    named_person_id: int | None = None


def facts_for(session: Session, case: Case, log: Sequence[LogEntry] | None = None) -> CaseFacts:
    """Flags of a case for the workflow: those of its log and those kept beside it."""
    extra: set[Fact] = set()
    if not case.needs_completion:
        extra.add(Fact.COMPLETE)
    if case.held:
        extra.add(Fact.HELD)
    proof = session.scalar(
        select(Attachment.id)
        .where(Attachment.case_id == case.id, Attachment.kind == "delivery_proof")
        .limit(1)
    )
    if proof is not None:
        extra.add(Fact.DELIVERY_PROOF)
    return facts_of(log if log is not None else read_log(session, case.id), frozenset(extra))


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
    return preview(log, _as_log_entry(entry, len(log) + 1, None), calendar, ctx.today)


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
    last = session.execute(
        select(StoredEntry.seq, StoredEntry.digest)
        .where(StoredEntry.case_id == case.id)
        .order_by(StoredEntry.seq.desc())
        .limit(1)
    ).first()
    seq, digest = (last.seq, last.digest) if last else (0, GENESIS)
    log = list(ahead.log) if ahead else read_log(session, case.id)
    _require_open_file(log, entries)
    explained = False
    for number, entry in enumerate(entries, start=1):
        seq += 1
        version = calendar.version if entry.type in _KEEPS_CALENDAR else None
        if entry.type in _STOPPING:
            entry = _with_limits(case, entry)
        candidate = _as_log_entry(entry, seq, version)
        effect = preview(log, candidate, calendar, ctx.today)
        if effect.refusal is not None:
            raise effect.refusal
        if effect.new_breaches and not reason:
            raise BreachNeedsReason(effect.new_breaches)
        details = dict(entry.details)
        if entry.type not in NOT_THE_HANDLERS and entry.type is not EntryType.ASSIGNED:
            details |= stood_in_for(ctx, case)
        text = entry.text
        if effect.new_breaches:
            details["breaches"] = sorted({str(b.code) for b in effect.new_breaches})
        if reason and (effect.new_breaches or (number == len(entries) and not explained)):
            text = f"{text}\n{reason}" if text else reason
            explained = True
        row = _stored_entry(ctx, case, entry, seq, version, details, text)
        digest = row.digest = entry_digest(row, digest)
        session.add(row)
        log.append(candidate)
    return _write_reading(ctx, case, log, calendar, ahead)


def _require_open_file(log: Sequence[LogEntry], entries: Sequence[NewEntry]) -> None:
    if stage_of(log) is Stage.ARCHIVED and any(entry.type not in _AFTER_ARCHIVING for entry in entries):
        raise NotLawfulNow(
            N_("这件申请已经归档，只能更正事实、登记复议诉讼和重新答复、办理保全或变更保管期限。")
        )


def limits_for(organ: Organ, historic: bool, handler_id: int | None) -> InternalLimits | None:
    """The internal limits that a running case of the organ is worked by; none for one imported from a register that
    nobody has taken up."""
    return None if historic and handler_id is None else organ.internal_limits


def _with_limits(case: Case, entry: NewEntry) -> NewEntry:
    """A stopping entry keeps the limits of its day as it keeps its calendar: later settings judge no finished reply."""
    limits = limits_for(case.organ, case.historic, case.handler_id)
    if limits is None:
        return entry
    return replace(entry, details={**entry.details, KEPT: limits.as_details()})


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
    def kept(version: int) -> WorkCalendar:
        return calendar if version == calendar.version else calendar_at(ctx.session, version)

    reading = fold(log, calendar, ctx.today, calendars=kept)
    stage, case.stage_since_on = standing_of(log)
    case.stage = str(stage)
    case.clock_state = str(reading.state)
    case.stopped_on = reading.stopped_on
    case.on_time = reading.on_time
    case.days_used = days_used_of(reading)
    case.run = reading.run
    _write_first_result(case, first_result_of(reading, log))
    breaches = sorted({str(b.code) for b in reading.breaches})
    if list(case.breach_codes or []) != breaches:
        case.breach_codes = breaches
    policy = ahead.policy if ahead else policies_of(ctx.session, [case.organ_id])[case.organ_id]
    clocks = clocks_of(
        log,
        calendar,
        ctx.today,
        calendars=kept,
        internal=limits_for(case.organ, case.historic, case.handler_id),
        reading=reading,
    )
    _write_clocks(case, clocks, calendar, policy)
    if ahead is None:
        ctx.session.flush()
        settle_alerts(ctx, case)
    return reading


def _write_first_result(case: Case, result: FirstResult | None) -> None:
    """The outcome is the case's own while no new reply was ordered; afterwards that of the log, or what was kept."""
    case.first_result_on = result.on if result else None
    if result is None:
        case.first_disposition = None
    elif result.standing:
        case.first_disposition = case.disposition
    else:
        case.first_disposition = result.told or case.first_disposition or case.disposition


def _write_clocks(
    case: Case, readings: Sequence[ClockReading], calendar: WorkCalendar, policy: AlertPolicy
) -> None:
    existing = {(c.kind, c.run, c.ref): c for c in case.clocks}
    for reading in readings:
        key = (str(reading.kind), reading.run, reading.ref or "")
        clock = existing.pop(key, None)
        if clock is None:
            clock = Clock(kind=key[0], run=key[1], ref=key[2])
            case.clocks.append(clock)
        armed = _armed_by(clock)
        clock.state = str(reading.state)
        clock.current = reading.current
        clock.start_on = reading.start_on
        clock.due_on = reading.due_on
        clock.at_risk_on = reading.at_risk_on
        clock.provisional = reading.provisional
        clock.stopped_on = reading.stopped_on
        clock.on_time = reading.on_time
        clock.calendar_version = reading.calendar_version
        if (
            (case.historic and case.handler_id is None and reading.kind not in ANSWER_CLOCKS)
            or reading.next_alert_on is None
            or reading.due_on is None
        ):
            clock.next_alert_on = None
        elif clock.next_alert_on is None or _armed_by(clock) != armed:
            days = Timetable(clock.kind, reading.due_on, reading.provisional, calendar, policy)
            clock.next_alert_on = days.first_on()
    for gone in existing.values():
        case.clocks.remove(gone)


def _armed_by(clock: Clock) -> tuple[object, ...]:
    """What the days of its alerts follow from; when it changes they are worked out anew."""
    return (clock.state, clock.due_on, clock.provisional, clock.calendar_version)


def _as_log_entry(entry: NewEntry, seq: int, version: int | None) -> LogEntry:
    return as_entry(str(entry.type), entry.on, seq, version, dict(entry.details))


def _stored_entry(
    ctx: Context,
    case: Case,
    entry: NewEntry,
    seq: int,
    version: int | None,
    details: dict[str, Any],
    text: str | None,
) -> StoredEntry:
    return StoredEntry(
        case_id=case.id,
        seq=seq,
        schema_version=SCHEMA_VERSION,
        type=str(entry.type),
        happened_on=entry.on,
        recorded_at=ctx.now,
        actor_id=ctx.actor.account_id,
        named_person_id=entry.named_person_id,
        text_id=_kept_text(ctx.session, case, text) if text else None,
        calendar_version=version,
        details=details,
        digest="",
    )


def stood_in_for(ctx: Context, case: Case) -> dict[str, int]:
    """What an entry keeps of whose place the person acts in (代岗); nothing when they act as themselves."""
    if case.handler_id is None or not ctx.actor.stands_in_for(case.handler_id, case.organ_id):
        return {}
    return {STOOD_IN: case.handler_id}


def _kept_text(session: Session, case: Case, text: str) -> int:
    kept = EntryText(case_id=case.id, text=text)
    session.add(kept)
    session.flush()
    return kept.id
