"""Work nobody is asked to do: files without a row, consultations whose 15 days have passed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, text

from tracker.domain.case_log import EntryType
from tracker.models import Base, Case, Consultation
from tracker.models.file_keys import file_key_columns
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

ORPHAN_AGE_SECONDS = 24 * 3600.0
_ROWS_LOOKED_AT = 1_000
"""Of each index, so that the figures of a large database are ready in a moment."""


def refresh_figures(ctx: Context) -> int:
    """Tell SQLite's planner anew what the tables hold, as PostgreSQL does by itself; how many indexes it knows of."""
    if ctx.session.get_bind().dialect.name != "sqlite":
        return 0
    with transaction(ctx) as session:
        session.execute(text(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}"))
        session.execute(text("ANALYZE"))
        return int(session.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar_one())


def sweep_orphans(ctx: Context) -> int:
    """Remove files that no row names, a day after they were written; returns how many.

    Age is told by the file store's own clock (a file written now), so that a fixed day of a demonstration, or a clock
    set wrong, never makes a file old that is only waiting for its row to commit.
    """
    files = ctx.adapters.files
    probe = files.put(b"")
    ages = dict(files.keys_with_age())
    files.remove(probe)
    now = ages.get(probe, 0.0)
    columns = file_key_columns(Base.metadata)
    known = {key for column in columns for key in ctx.session.scalars(select(column))}
    old = [key for key, at in ages.items() if now - at > ORPHAN_AGE_SECONDS and key not in known]
    for key in old:
        files.remove(key)
    return len(old)


def end_silent_consultations(ctx: Context) -> int:
    """Let the clock go on where a third party or co-producer has not answered within 15 working days of receipt.

    What is counted off ends with the 15th working day (Art 32, 34) whether or not somebody notes the silence; returns
    how many. A later answer is recorded as a fact and moves nothing.
    """
    ids = ctx.session.scalars(select(Consultation.id).where(_silent(ctx))).all()
    return sum(_end_silence(ctx, consultation_id) for consultation_id in ids)


def _end_silence(ctx: Context, consultation_id: int) -> bool:
    with transaction(ctx) as session:
        asked = session.scalar(select(Consultation).where(Consultation.id == consultation_id, _silent(ctx)))
        if asked is None or asked.answer_due_on is None:
            return False
        case = session.scalar(select(Case).where(Case.id == asked.case_id).with_for_update(of=Case))
        if case is None or case.stopped_on is not None:
            return False
        asked.answer = "silent"
        details = {"ref": asked.ref, "consultation_id": asked.id, "answer": "silent"}
        append(ctx, case, NewEntry(EntryType.RESUMED, asked.answer_due_on, details))
        return True


def _silent(ctx: Context) -> ColumnElement[bool]:
    waiting = Consultation.answer.is_(None) & Consultation.returned_on.is_(None)
    open_case = Consultation.case_id.in_(select(Case.id).where(Case.stopped_on.is_(None)))
    return waiting & open_case & (Consultation.answer_due_on < ctx.today)
