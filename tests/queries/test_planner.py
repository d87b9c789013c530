"""SQLite finds the rows of given cases by the case, also before anybody has told it how large its tables are."""

from __future__ import annotations

from sqlalchemy import create_engine, select, text
from sqlalchemy.dialects import postgresql, sqlite

from tracker.models import Base, StoredEntry
from tracker.queries.planner import not_by_index

QUERY = select(StoredEntry.id).where(
    StoredEntry.case_id.in_(range(1, 501)),
    not_by_index(StoredEntry.type).in_(["received", "dispatched", "delivered"]),
)


def test_entries_of_cases_are_found_by_the_case() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    written = str(QUERY.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        plan = " ".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {written}")))
    assert "case_id=?" in plan and "type=?" not in plan


def test_postgresql_is_told_nothing() -> None:
    assert "+" not in str(QUERY.compile(dialect=postgresql.dialect()))
