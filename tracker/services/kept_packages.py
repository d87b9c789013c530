"""归档包 of a year that are still kept: given up when a file in them is no longer what it was."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from tracker.models import ArchivedFile, ArchivePackage
from tracker.services.context import Context
from tracker.services.unit_of_work import after_commit


def drop_packages(ctx: Context, organ_id: int) -> None:
    """Packages of the organ that are still kept may hold what was destroyed."""
    kept = select(ArchivePackage).where(
        ArchivePackage.organ_id == organ_id, ArchivePackage.state.in_(("ready", "queued", "making"))
    )
    for row in ctx.session.scalars(kept):
        _give_up(ctx, row, "expired")


def drop_superseded(ctx: Context, case_id: int) -> None:
    """A case is answered anew (重新答复): packages of its year show the reply that was undone as the one that stands.

    What is ready is thrown away; what is being put together is begun anew, without the file.
    """
    years = select(ArchivedFile.organ_id, ArchivedFile.year).where(
        ArchivedFile.case_id == case_id, ArchivedFile.current
    )
    for organ_id, year in ctx.session.execute(years).all():
        kept = select(ArchivePackage).where(
            ArchivePackage.organ_id == organ_id,
            ArchivePackage.year == year,
            ArchivePackage.state.in_(("ready", "making")),
        )
        for row in ctx.session.scalars(kept):
            _give_up(ctx, row, "queued" if row.state == "making" else "expired")


def _give_up(ctx: Context, row: ArchivePackage, state: str) -> None:
    if row.token:
        after_commit(ctx, partial(ctx.adapters.packages.remove, row.token))
    row.state, row.token = state, None
