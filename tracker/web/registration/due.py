"""The due date as it will be, told while the day of receipt is being typed, by the same function that registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.clock import fold
from tracker.domain.receipt import ReceiptFacts, likely_day
from tracker.queries.calendars import current_calendar
from tracker.queries.organs import find_post_by
from tracker.web.i18n import full_day
from tracker.web.posting_day import posting_line


@dataclass(frozen=True, slots=True)
class DueView:
    """Lines to show; ``due_on`` None while the day of receipt is not known."""

    due_on: date | None
    lines: tuple[str, ...]


def due_view(session: Session, facts: ReceiptFacts, today: date, organ_id: int | None) -> DueView:
    """What registering these facts would give, at the organ chosen so far."""
    received = likely_day(facts)
    if received is None:
        return DueView(None, (_("填写日期后，这里显示答复期限。"),))
    calendar = current_calendar(session)
    if received > today:
        return DueView(None, (_("日期晚于今天，尚未发生的事不能登记，请核对日期。"),))
    reading = fold([LogEntry(EntryType.RECEIVED, received)], calendar, today)
    if reading.due_on is None:
        return DueView(None, (_("按这个日期推算不出期限，请核对日期。"),))
    lines = [
        _("收到之日：%(day)s", day=full_day(received)),
        _("答复期限：%(day)s", day=full_day(reading.due_on)),
    ]
    post_by = find_post_by(session, organ_id) if organ_id is not None else None
    if post_by is not None:
        lines.append(posting_line(reading.due_on, post_by, calendar, received))
    if reading.remaining is not None and reading.remaining < 0:
        lines.append(
            _("按这个日期已经超期 %(days)d 个工作日，请如实登记并立即办理。", days=-reading.remaining)
        )
    elif reading.remaining is not None:
        lines.append(_("还剩 %(days)d 个工作日。", days=reading.remaining))
    if reading.provisional:
        lines.append(_("涉及年度的放假安排尚未公布，期限为暂定。"))
    return DueView(reading.due_on, tuple(lines))
