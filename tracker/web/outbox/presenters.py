"""Messages on their way out, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.alerts import ALERT_NAMES, CHANNEL_NAMES
from tracker.queries.outbox import OutboxRow
from tracker.web.i18n import instant, tell


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message; ``error`` is what the other side said, as it said it."""

    id: int
    channel: str
    recipient: str
    kind: str
    attempts: int
    written: str
    leaves: str
    error: str


def outbox_line(row: OutboxRow) -> OutboxLine:
    """One line."""
    return OutboxLine(
        id=row.id,
        channel=tell(CHANNEL_NAMES[row.channel]),
        recipient=_("全区工作群") if row.of_district else row.recipient,
        kind=tell(ALERT_NAMES[row.kind]) if row.kind else _("每日提醒"),
        attempts=row.attempts,
        written=instant(row.created_at),
        leaves=instant(row.sent_at or row.next_attempt_at),
        error=row.last_error or "",
    )
