"""What a supposed log gives, in words: beside each row, on the card, and on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_clocks import CLOCK_NAMES, ClockKind, ClockReading, clocks_of
from tracker.domain.errors import REFUSAL_TEXTS
from tracker.domain.reading import BREACH_TEXTS, STATE_NAMES, Reading, Step
from tracker.domain.sheet import Sheet, sheet_of
from tracker.domain.statute import RuleKey
from tracker.domain.supposition import Supposition, suppose
from tracker.web.calculator.forms import RECEIPT_SEQ, CalculatorForm
from tracker.web.cases.clock_card import ClockCard, card_of
from tracker.web.dates.presenters import day_line
from tracker.web.i18n import full_day, tell

_STOPPING = frozenset(
    {RuleKey.DISPATCH_DAY, RuleKey.HAND_DELIVERY_DAY, RuleKey.LAPSE_UNCORRECTED, RuleKey.WITHDRAWAL}
)
"""Rules of what ends a run, where "due from here on" would say nothing."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line beside a row. ``kind``: error, breach, future or plain; ``code`` of a refusal or breach."""

    kind: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class OtherClock:
    """A period that runs beside the reply clock; ``of_law`` is false where only the tracker reminds of it."""

    name: str
    of_law: bool
    due_on: date | None
    provisional: bool
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the page answers with. ``summary`` is the whole answer in one sentence; ``left_out`` counts the rows that
    were not counted."""

    card: ClockCard
    summary: str
    others: Sequence[OtherClock]
    sheet: Sheet
    left_out: int
    as_of: date


@dataclass(frozen=True, slots=True)
class CalculatorPage:
    """Form, remarks by the place of an entry in the log (1: the receipt), and the result once there is a receipt."""

    form: CalculatorForm
    remarks: Mapping[int, Sequence[Remark]]
    result: Result | None
    too_many: bool


def calculator_page(
    form: CalculatorForm, calendar: WorkCalendar, today: date, *, too_many: bool
) -> CalculatorPage:
    """The page for what was typed."""
    log = form.read()
    if not log:
        return CalculatorPage(form, _typed(form, calendar), None, too_many)
    found = suppose(log, calendar, today)
    left_out = len(form.rows) + RECEIPT_SEQ - len(found.log)
    result = _result(found, calendar, left_out)
    typed = _typed(form, calendar)
    remarks = {seq: [*typed[seq], *_remarks(found, seq)] for seq in typed}
    return CalculatorPage(form, remarks, result, too_many)


def _typed(form: CalculatorForm, calendar: WorkCalendar) -> dict[int, list[Remark]]:
    """Faults of what was typed, else the day with its weekday and kind."""
    remarks = {RECEIPT_SEQ: _of_field(form.receipt.received, form.receipt.on, calendar)}
    for row in form.rows:
        remarks[row.seq] = [Remark("error", str(text)) for field in row for text in field.errors]
        if row.on.data and not row.on.errors:
            remarks[row.seq].insert(0, Remark("plain", day_line(row.on.data, calendar)))
    return remarks


def _of_field(field: object, day: date | None, calendar: WorkCalendar) -> list[Remark]:
    errors = [Remark("error", str(text)) for text in getattr(field, "errors", ())]
    return errors or ([Remark("plain", day_line(day, calendar))] if day else [])


def _remarks(found: Supposition, seq: int) -> list[Remark]:
    if seq in found.refused:
        code = found.refused[seq]
        return [Remark("error", _("%(why)s这一项没有计入。", why=tell(REFUSAL_TEXTS[code])), str(code))]
    remarks = _after(found.reading, seq)
    if seq in found.to_come:
        remarks.append(Remark("future", _("晚于今天，按设想推算；实际登记须待发生之后。"), "in_future"))
    return remarks + [
        Remark("breach", tell(BREACH_TEXTS[breach.code]), str(breach.code))
        for breach in found.reading.breaches
        if breach.seq == seq
    ]


def _after(reading: Reading, seq: int) -> list[Remark]:
    """What the due date is once this has happened."""
    step: Step | None = next((s for s in reversed(reading.steps) if s.seq == seq and s.breach is None), None)
    if step is None:
        return []
    if step.rule in _STOPPING:
        return [Remark("plain", tell(step.text))]
    if step.due_on is None:
        return [Remark("plain", _("此后期限停止计算"))]
    return [Remark("plain", _("此后到期日为 %(day)s", day=full_day(step.due_on)))]


def _result(found: Supposition, calendar: WorkCalendar, left_out: int) -> Result:
    reading = found.reading
    card = card_of(reading, calendar, found.as_of)
    state = tell(STATE_NAMES[reading.state])
    due = full_day(reading.due_on) if reading.due_on else _("没有到期日")
    if card.provisional:
        due = _("%(day)s，暂定", day=due)
    clocks = clocks_of(found.log, calendar, found.as_of)
    return Result(
        card=card,
        summary=_("到期日：%(due)s。状态：%(state)s。%(left)s", due=due, state=state, left=card.left_text),
        others=[_other(clock) for clock in clocks if clock.kind is not ClockKind.REPLY],
        sheet=sheet_of(found.log, calendar, found.as_of),
        left_out=left_out,
        as_of=found.as_of,
    )


def _other(clock: ClockReading) -> OtherClock:
    return OtherClock(
        name=tell(CLOCK_NAMES[clock.kind]),
        of_law=clock.kind.of_law,
        due_on=clock.due_on,
        provisional=clock.provisional,
        done_on=clock.stopped_on,
    )
