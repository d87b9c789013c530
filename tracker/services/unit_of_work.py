"""The only place that commits. One verb, one transaction; what must follow a commit is queued here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.domain.errors import Conflict
from tracker.domain.vocabulary import N_
from tracker.services.context import Context

_AFTER_COMMIT = "after_commit"


@contextmanager
def transaction(ctx: Context) -> Iterator[Session]:
    """Run a verb's body in one write transaction and commit it.

    What was read before is forgotten first, so the verb decides on what it locks (SQLite: BEGIN IMMEDIATE). A verb
    called inside another joins the outer transaction. Raises ``Conflict`` when somebody else changed the same rows.
    """
    session = ctx.session
    if ctx.depth[0]:
        ctx.depth[0] += 1
        try:
            yield session
        finally:
            ctx.depth[0] -= 1
        return
    session.rollback()
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    ctx.depth[0] = 1
    session.info[_AFTER_COMMIT] = []
    try:
        yield session
        session.commit()
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
        queued: list[Callable[[], None]] = session.info.pop(_AFTER_COMMIT, [])
    for act in queued:
        act()


def after_commit(ctx: Context, act: Callable[[], None]) -> None:
    """Queue something to do once the transaction has committed; dropped when it rolls back."""
    ctx.session.info.setdefault(_AFTER_COMMIT, []).append(act)
