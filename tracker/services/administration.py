"""管理操作记录: what a transaction changed in the installation itself is recorded by that same transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tracker.domain.administrative_acts import Operation, Subject, digest_of_act
from tracker.domain.log_digest import GENESIS
from tracker.models import AdministrativeAct, NotedAct, take_noted_acts
from tracker.services.context import Context

TOLD = "acts_to_tell"
_LOCK = 0x61637473
_log = logging.getLogger("tracker.administration")
_BY_ITSELF = {"locked_until_at"}
"""What the system changes of an account without anybody's doing: a lock after wrong passwords."""


def record_acts(ctx: Context) -> None:
    """Record what this transaction changed. Called by the transaction itself, as its last step before it commits."""
    session = ctx.session
    session.flush()
    acts = [act for act in take_noted_acts(session) if not _of_itself(ctx, act)]
    if not acts:
        return
    _hold(session)
    last, digest = last_act(session)
    told: list[dict[str, Any]] = []
    for seq, act in enumerate(acts, start=last + 1):
        row = AdministrativeAct(
            seq=seq,
            at=ctx.now,
            actor_id=ctx.actor.account_id,
            subject=str(act.subject),
            subject_id=act.subject_id,
            operation=str(act.operation),
            details=act.details,
        )
        digest = row.digest = act_digest(row, digest)
        session.add(row)
        told.append(
            {"seq": seq, "account": row.actor_id, "subject": row.subject, "id": row.subject_id}
            | {"operation": row.operation, "digest": digest}
        )
    session.flush()
    session.info.setdefault(TOLD, []).extend(told)


def tell_log(session: Session, *, committed: bool) -> None:
    """Tell the machine's log, and with it the audit server, what the transaction recorded, once it has committed."""
    for fields in session.info.pop(TOLD, ()):
        if committed:
            _log.info("administrative act", extra={"fields": fields})


def last_act(session: Session) -> tuple[int, str]:
    """Number and digest of the newest act."""
    newest = select(AdministrativeAct.seq, AdministrativeAct.digest).order_by(AdministrativeAct.seq.desc())
    row = session.execute(newest.limit(1)).first()
    return (row.seq, row.digest) if row else (0, GENESIS)


def act_digest(row: AdministrativeAct, previous: str) -> str:
    """The digest a stored act should have after the one before it."""
    return digest_of_act(
        previous,
        seq=row.seq,
        at=row.at,
        actor_id=row.actor_id,
        subject=row.subject,
        subject_id=row.subject_id,
        operation=row.operation,
        details=row.details,
    )


def broken_acts(session: Session) -> Iterator[int]:
    """Number of the first act whose digest or whose place in the row is not what it should be; none when all hold."""
    previous = GENESIS
    rows = session.scalars(
        select(AdministrativeAct).order_by(AdministrativeAct.seq).execution_options(yield_per=500)
    )
    for place, row in enumerate(rows, start=1):
        if row.seq != place or row.digest != act_digest(row, previous):
            yield row.seq
            return
        previous = row.digest


def _of_itself(ctx: Context, act: NotedAct) -> bool:
    return (
        ctx.actor.account_id is None
        and act.subject is Subject.ACCOUNT
        and act.operation is Operation.CHANGED
        and set(act.details) <= _BY_ITSELF
    )


def _hold(session: Session) -> None:
    """One writer at a time adds to the chain. (SQLite has one writer.)"""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
