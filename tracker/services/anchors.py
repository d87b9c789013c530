"""校验锚: once a day, what all logs hold is written down, in the database and outside of it.

The chain of a case shows that an entry was changed. That the last entries, or whole cases, were taken away shows only
against something that was noted before: the anchor, and its copy where the database cannot reach it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.administrative_acts import digest_of_anchor
from tracker.domain.log_digest import GENESIS
from tracker.domain.office_days import day_begins
from tracker.models import AdministrativeAct, ChainAnchor, StoredEntry, VoidedEntry
from tracker.services.context import Context
from tracker.services.unit_of_work import after_commit, transaction


@dataclass(frozen=True, slots=True)
class BrokenAnchor:
    """An anchor that does not hold: ``entries`` or ``acts`` are others than it noted, the ``anchor`` itself was
    changed, or its ``copy`` outside the database says otherwise. ``noted`` and ``found`` count entries."""

    day: date
    what: str
    noted: int = 0
    found: int = 0


def make_anchor(ctx: Context) -> ChainAnchor | None:
    """Write the anchor of today, once; None when it is there already. Its copy is written after the commit."""
    with transaction(ctx) as session:
        if session.scalar(select(ChainAnchor.id).where(ChainAnchor.day == ctx.today)) is not None:
            return None
        last = session.scalar(select(ChainAnchor).order_by(ChainAnchor.day.desc()).limit(1))
        until = day_begins(ctx.today)
        entries, entries_digest = _digests(session, [until], last.until_at if last else None)[0]
        acts, acts_digest = _acts_before(session, until)
        anchor = ChainAnchor(
            day=ctx.today,
            until_at=until,
            entries=entries,
            entries_digest=entries_digest,
            acts=acts,
            acts_digest=acts_digest,
            digest="",
        )
        anchor.digest = _digest(anchor, last.digest if last else GENESIS)
        session.add(anchor)
        session.flush()
        told = copy_of(anchor)
        after_commit(ctx, lambda: ctx.adapters.anchors.write(told))
        session.expunge(anchor)
        return anchor


def copy_of(anchor: ChainAnchor) -> dict[str, Any]:
    """What is written of an anchor outside the database."""
    return {
        "anchor": anchor.day.isoformat(),
        "entries": anchor.entries,
        "entries_digest": anchor.entries_digest,
        "acts": anchor.acts,
        "acts_digest": anchor.acts_digest,
        "digest": anchor.digest,
    }


def count_anchors(session: Session) -> int:
    """How many anchors there are."""
    return session.scalar(select(func.count()).select_from(ChainAnchor)) or 0


def latest_anchor(session: Session) -> ChainAnchor:
    """The newest anchor; there is one once ``make_anchor`` has run."""
    return session.scalars(select(ChainAnchor).order_by(ChainAnchor.day.desc()).limit(1)).one()


def broken_anchors(session: Session, copies: Sequence[Mapping[str, Any]] = ()) -> Iterator[BrokenAnchor]:
    """Every anchor that does not hold, from one reading of the logs; ``copies`` are those kept outside."""
    anchors = session.scalars(select(ChainAnchor).order_by(ChainAnchor.day)).all()
    found = _digests(session, [anchor.until_at for anchor in anchors])
    previous = GENESIS
    for anchor, (entries, digest) in zip(anchors, found, strict=True):
        if anchor.digest != _digest(anchor, previous):
            yield BrokenAnchor(anchor.day, "anchor")
        if (entries, digest) != (anchor.entries, anchor.entries_digest):
            yield BrokenAnchor(anchor.day, "entries", anchor.entries, entries)
        if not _acts_hold(session, anchor):
            yield BrokenAnchor(anchor.day, "acts")
        previous = anchor.digest
    kept = {anchor.day.isoformat(): copy_of(anchor) for anchor in anchors}
    for copy in copies:
        if dict(copy) != kept.get(str(copy.get("anchor"))):
            yield BrokenAnchor(date.fromisoformat(str(copy.get("anchor"))), "copy")


def _digest(anchor: ChainAnchor, previous: str) -> str:
    return digest_of_anchor(
        previous,
        day=anchor.day.isoformat(),
        until=day_begins(anchor.day).isoformat(),
        entries=anchor.entries,
        entries_digest=anchor.entries_digest,
        acts=anchor.acts,
        acts_digest=anchor.acts_digest,
    )


def _digests(
    session: Session, ends: Sequence[datetime], since: datetime | None = None
) -> list[tuple[int, str]]:
    """Number and digest of the entries recorded before each end and not before the end that precedes it."""
    if not ends:
        return []
    counts, hashes = [0] * len(ends), [hashlib.sha256() for _ in ends]
    parts = []
    for table in (StoredEntry, VoidedEntry):
        part = select(table.case_id, table.seq, table.digest, table.recorded_at)
        part = part.where(table.recorded_at < ends[-1])
        parts.append(part.where(table.recorded_at >= since) if since else part)
    both = union_all(*parts).subquery()
    rows = session.execute(
        select(both).order_by(both.c.case_id, both.c.seq, both.c.digest).execution_options(yield_per=2000)
    )
    for case_id, seq, digest, recorded_at in rows:
        place = bisect_right(ends, recorded_at)
        counts[place] += 1
        hashes[place].update(f"{case_id} {seq} {digest}\n".encode())
    return [(count, each.hexdigest()) for count, each in zip(counts, hashes, strict=True)]


def _acts_before(session: Session, until: datetime) -> tuple[int, str]:
    # Acts are numbered as they are recorded; a clock set back must not make the number fall.
    query = select(AdministrativeAct.seq, AdministrativeAct.digest).where(AdministrativeAct.at < until)
    row = session.execute(query.order_by(AdministrativeAct.seq.desc()).limit(1)).first()
    return (row.seq, row.digest) if row else (0, GENESIS)


def _acts_hold(session: Session, anchor: ChainAnchor) -> bool:
    if not anchor.acts:
        return anchor.acts_digest == GENESIS
    found = session.scalar(select(AdministrativeAct.digest).where(AdministrativeAct.seq == anchor.acts))
    return found == anchor.acts_digest
