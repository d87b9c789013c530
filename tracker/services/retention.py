"""What is kept for a time only, and how long: records of the running of the installation, never of a case.

A case, its log and its alerts stay with the file; what goes here is what was written down beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.domain.alerts import OutboxState
from tracker.models import FormDraft, OutboxMessage, SentForm, SignInAttempt, WebSession
from tracker.services.context import Context
from tracker.services.ledger_intake import forget_registers
from tracker.services.unit_of_work import transaction

SIX_MONTHS = timedelta(days=184)
"""《网络安全法》第二十一条第三项: logs stay for at least six months; no six months have more days."""

A_MONTH = timedelta(days=30)
TWO_WEEKS = timedelta(days=14)
"""Drafts nobody came back to, and the tokens of forms that were sent."""

A_STATEMENT = 1_000
"""Rows removed in one transaction, so that nobody waits long for the writer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of a table stay so long from the moment in ``since``; where that is empty they are still in use."""

    table: type[WebSession] | type[SignInAttempt] | type[OutboxMessage] | type[FormDraft] | type[SentForm]
    since: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    stays: timedelta
    only: ColumnElement[bool] | None = None

    def over(self, now: datetime) -> ColumnElement[bool]:
        """Condition: the time of the row has passed."""
        passed: ColumnElement[bool] = self.since < now - self.stays
        return passed if self.only is None else passed & self.only


_CARRIED = OutboxMessage.state.in_((str(OutboxState.SENT), str(OutboxState.CANCELLED)))

KEPT: tuple[Kept, ...] = (
    Kept(WebSession, WebSession.last_seen_at, A_MONTH),
    Kept(WebSession, WebSession.revoked_at, A_MONTH),
    Kept(SignInAttempt, SignInAttempt.at, SIX_MONTHS),
    Kept(OutboxMessage, OutboxMessage.created_at, SIX_MONTHS, only=_CARRIED),
    Kept(FormDraft, FormDraft.saved_at, TWO_WEEKS),
    Kept(SentForm, SentForm.sent_at, TWO_WEEKS),
)
"""What goes by itself. A message that was given up stays until somebody has looked at it; registers handed in have a
rule of their own (``ledger_intake``), since their files go with them."""


def clear_expired(ctx: Context) -> Mapping[str, int]:
    """Remove what has been kept for its time; how many rows went, by table, registers handed in among them."""
    gone: Counter[str] = Counter()
    for kept in KEPT:
        while removed := _remove(ctx, kept):
            gone[kept.table.__tablename__] += removed
    gone["ledger_imports"] = forget_registers(ctx)
    return {table: number for table, number in sorted(gone.items()) if number}


def _remove(ctx: Context, kept: Kept) -> int:
    over = select(kept.table.id).where(kept.over(ctx.now)).order_by(kept.table.id).limit(A_STATEMENT)
    with transaction(ctx) as session:
        ids = session.scalars(over).all()
        if ids:
            session.execute(delete(kept.table).where(kept.table.id.in_(ids)))
        return len(ids)
