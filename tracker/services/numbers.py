"""Running numbers of the office: gapless per organ, series and year (档案、文号的连续性)."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.models import Counter


def draw_number(session: Session, organ_id: int, series: str, year: int) -> int:
    """The next number of a series. Drawn inside the caller's transaction: a rollback gives it back, and until the
    end of the transaction nobody else can draw from the same series."""
    return draw_numbers(session, organ_id, series, year, 1)[0]


def draw_numbers(session: Session, organ_id: int, series: str, year: int, how_many: int) -> range:
    """So many numbers of a series that follow one another, drawn as ``draw_number`` draws one."""
    last = _advance(session, organ_id, series, year, how_many)
    if last is None:
        _begin_series(session, organ_id, series, year)
        last = _advance(session, organ_id, series, year, how_many)
    assert last is not None
    return range(last - how_many + 1, last + 1)


def _advance(session: Session, organ_id: int, series: str, year: int, how_many: int) -> int | None:
    return session.scalar(
        update(Counter)
        .where(Counter.organ_id == organ_id, Counter.series == series, Counter.year == year)
        .values(value=Counter.value + how_many)
        .returning(Counter.value)
        .execution_options(synchronize_session=False)
    )


def advance_to(session: Session, organ_id: int, series: str, year: int, number: int) -> None:
    """Make sure the next drawn number lies above one that is already in use (numbers kept from old registers)."""
    _begin_series(session, organ_id, series, year)
    session.execute(
        update(Counter)
        .where(
            Counter.organ_id == organ_id,
            Counter.series == series,
            Counter.year == year,
            Counter.value < number,
        )
        .values(value=number)
        .execution_options(synchronize_session=False)
    )


def last_number(session: Session, organ_id: int, series: str, year: int) -> int:
    """The last number drawn, 0 when none was."""
    value = session.scalar(
        select(Counter.value).where(
            Counter.organ_id == organ_id, Counter.series == series, Counter.year == year
        )
    )
    return value or 0


def _begin_series(session: Session, organ_id: int, series: str, year: int) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"organ_id": organ_id, "series": series, "year": year, "value": 0}
    session.execute(insert(Counter).values(row).on_conflict_do_nothing())


def hold_series(session: Session, organ_id: int, series: str, year: int) -> None:
    """Nobody draws from the series until the transaction ends."""
    session.execute(
        select(Counter.value)
        .where(Counter.organ_id == organ_id, Counter.series == series, Counter.year == year)
        .with_for_update()
    )


def give_back(session: Session, organ_id: int, series: str, year: int, last: int, left: int) -> bool:
    """Give back the numbers above the last one left in use, where ``last``, which nobody bears any more, was the last
    drawn. Returns whether it was; the series must be held."""
    if last_number(session, organ_id, series, year) != last or left >= last:
        return False
    session.execute(
        update(Counter)
        .where(Counter.organ_id == organ_id, Counter.series == series, Counter.year == year)
        .values(value=left)
        .execution_options(synchronize_session=False)
    )
    return True
