"""重放: write beside every log what its replay gives, where a new version derives more from it than the one before."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from tracker.domain.errors import Forbidden
from tracker.domain.vocabulary import N_
from tracker.models import Case
from tracker.services.case_record import recompute
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

CHUNK = 200
Progress = Callable[[int], None]


def replay_all(ctx: Context, progress: Progress | None = None) -> int:
    """Recompute every case, so many to a transaction; how many there were. Doing it again changes nothing.

    Logs stay as they are. Raises ``Forbidden`` for anybody but the operator of the machine.
    """
    if ctx.actor.account_id is not None:
        raise Forbidden(N_("只能由系统管理人员在服务器上重放。"))
    done, last = 0, 0
    while True:
        with transaction(ctx) as session:
            cases = session.scalars(select(Case).where(Case.id > last).order_by(Case.id).limit(CHUNK)).all()
            for case in cases:
                recompute(ctx, case)
        if not cases:
            return done
        last = cases[-1].id
        done += len(cases)
        ctx.session.expunge_all()
        if progress is not None:
            progress(len(cases))
