"""The only place that commits. One verb, one transaction; what must follow a commit is queued here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.domain.errors import Conflict
from tracker.domain.vocabulary import N_
from tracker.models import take_noted, take_noted_acts
from tracker.services.administration import record_acts, tell_log
from tracker.services.context import Context
from tracker.services.search_index import index_changed

_AFTER_COMMIT = "after_commit"
_CALENDAR_LOCK = 0x63616C


@contextmanager
def transaction(ctx: Context, *, replacing_calendar: bool = False) -> Iterator[Session]:
    """Run a verb's body in one write transaction and commit it.

    What was read before is forgotten first, so the verb decides on what it locks (SQLite: BEGIN IMMEDIATE). A verb
    called inside another joins the outer transaction. Raises ``Conflict`` when somebody else changed the same rows.
    ``replacing_calendar``: the verb loads a year; it waits for verbs that compute with the calendar in force, and
    they wait for it.
    """
    session = ctx.session
    if ctx.depth[0]:
        if replacing_calendar:
            _hold_calendar(session, alone=True)
        ctx.depth[0] += 1
        try:
            yield session
        finally:
            ctx.depth[0] -= 1
        return
    session.rollback()
    take_noted(session)
    take_noted_acts(session)
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    _hold_calendar(session, alone=replacing_calendar)
    ctx.depth[0] = 1
    session.info[_AFTER_COMMIT] = []
    committed = False
    try:
        yield session
        index_changed(ctx)
        record_acts(ctx)
        session.commit()
        committed = True
    except StaleDataError as error:
        session.rollback()
        raise Conflict(N_("这件申请刚被他人更新，请核对最新内容后再提交；您填写的内容已保留。")) from error
    except IntegrityError as error:
        session.rollback()
        raise Conflict(N_("与他人刚保存的内容冲突，请刷新后重试；您填写的内容已保留。")) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        ctx.depth[0] = 0
        tell_log(session, committed=committed)
        queued: list[Callable[[], None]] = session.info.pop(_AFTER_COMMIT, [])
    for act in queued:
        act()


def _hold_calendar(session: Session, *, alone: bool) -> None:
    """Keep the calendar as it is until the transaction ends. On SQLite one writer at a time does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        session.execute(text(f"SELECT {lock}(:key)"), {"key": _CALENDAR_LOCK})


def after_commit(ctx: Context, act: Callable[[], None]) -> None:
    """Queue something to do once the transaction has committed; dropped when it rolls back."""
    ctx.session.info.setdefault(_AFTER_COMMIT, []).append(act)
