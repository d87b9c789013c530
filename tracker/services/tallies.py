"""计数: the tallies of table 3 are added up from time to time, compared with the cases, and put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, insert, literal, select, text, union_all
from sqlalchemy.orm import Session

from tracker.models import CaseTally, Organ
from tracker.models.tally_keeping import KEY, key_of_cases
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_CORRECTION_LOCK = 0x74616C6C79


@dataclass(frozen=True, slots=True)
class TallyDifference:
    """One kind of request of one organ that the tallies count otherwise than the cases do."""

    organ_code: str
    alike: tuple[object, ...]
    tallied: int
    counted: int


def tally_differences(session: Session) -> Iterator[TallyDifference]:
    """Every tally that differs from the cases, organ by organ; one statement, so that nobody's work in between is
    seen by half."""
    differing = _differing().subquery()
    rows = session.execute(
        select(Organ.code, *(differing.c[name] for name in KEY[1:]), differing.c.tallied, differing.c.counted)
        .join(Organ, Organ.id == differing.c.organ_id)
        .order_by(Organ.id, *(differing.c[name] for name in KEY[1:]))
    )
    for code, *alike, tallied, counted in rows:
        yield TallyDifference(code, tuple(alike), tallied, counted)


def correct_tallies(ctx: Context) -> int:
    """Add what makes the tallies equal the cases; how many kinds of requests differed.

    What is added is the difference at one moment, and additions commute: verbs that end meanwhile stay counted.
    """
    with transaction(ctx) as session:
        _wait_for_other_corrections(session)
        differing = _differing().subquery()
        keys = [differing.c[name] for name in KEY]
        missing = select(*keys, differing.c.counted - differing.c.tallied)
        added = session.scalars(
            insert(CaseTally).from_select([*KEY, "number"], missing).returning(CaseTally.id)
        )
        return len(added.all())


def fold_tallies(ctx: Context) -> int:
    """Replace the rows that are alike by their sum; how many rows went. Sums stay what they are for every reader."""
    with transaction(ctx) as session:
        columns = [getattr(CaseTally, name) for name in KEY]
        alike = select(CaseTally.id, func.count().over(partition_by=columns).label("rows")).subquery()
        gone = session.execute(
            delete(CaseTally)
            .where(CaseTally.id.in_(select(alike.c.id).where(alike.c.rows > 1)))
            .returning(*columns, CaseTally.number)
            .execution_options(synchronize_session=False)
        ).all()
        sums: Counter[tuple[object, ...]] = Counter()
        for *key, number in gone:
            sums[tuple(key)] += number
        kept = [
            dict(zip(KEY, key, strict=True)) | {"number": number} for key, number in sums.items() if number
        ]
        if kept:
            session.execute(insert(CaseTally), kept)
        return len(gone) - len(kept)


def _differing() -> Select[Any]:
    cases = key_of_cases().subquery()
    tallies = CaseTally.__table__.c
    of_cases = [cases.c[name] for name in KEY]
    of_tallies = [tallies[name] for name in KEY]
    both = union_all(
        select(*of_cases, literal(0).label("tallied"), func.count().label("counted")).group_by(*of_cases),
        select(*of_tallies, func.sum(tallies.number), literal(0)).group_by(*of_tallies),
    ).subquery()
    columns = [both.c[name] for name in KEY]
    tallied, counted = (func.sum(both.c[name]) for name in ("tallied", "counted"))
    return (
        select(*columns, tallied.label("tallied"), counted.label("counted"))
        .group_by(*columns)
        .having(tallied != counted)
    )


def _wait_for_other_corrections(session: Session) -> None:
    """Two corrections at once would both add what is missing. (SQLite has one writer.)"""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CORRECTION_LOCK})
