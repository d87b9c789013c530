"""Rows of every table as lines of JSON and back: a copy taken on one kind of database loads into the other."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    cast,
    func,
    select,
    text,
)

from tracker.models.case_search import DERIVED

BATCH = 1000
_VERSIONS = "alembic_version"


class _WrittenJson(TypeDecorator[str]):
    """A JSON column as the text that stands in it, so that a copy changes not one character of what was kept."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        return cast(column, Text)

    def bind_expression(self, bindvalue: Any) -> Any:
        return cast(bindvalue, _OwnJson())


class _OwnJson(TypeDecorator[str]):
    """The database's own kind of JSON: a type on PostgreSQL, plain text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(JSON() if dialect.name == "postgresql" else Text())

    def bind_processor(self, dialect: Dialect) -> None:
        return None


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they stand in the database, those referred to before those that refer; without the schema's own
    mark of its version, and without the search index, which is made anew from the others."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _metadata: not name.startswith(DERIVED))
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = _WrittenJson()
    return [table for table in metadata.sorted_tables if table.name != _VERSIONS]


def has_rows(connection: Connection, tables: Iterable[Table]) -> bool:
    """Whether any of the tables holds anything."""
    return any(
        connection.execute(select(1).select_from(table).limit(1)).first() is not None for table in tables
    )


def rows_out(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line, in the order of the key; the table is read in portions and never held whole."""
    columns = list(table.columns)
    order = list(table.primary_key.columns) or columns
    result = connection.execution_options(yield_per=BATCH).execute(select(*columns).order_by(*order))
    for row in result:
        yield json.dumps([_out(value) for value in row], ensure_ascii=False).encode() + b"\n"


def rows_in(connection: Connection, table: Table, names: list[str], lines: Iterable[bytes]) -> int:
    """Insert lines made by ``rows_out``; ``names`` are the columns they hold. Returns how many. Raises ``KeyError``
    for a column the table does not have."""
    columns = [table.columns[name] for name in names]
    rest = iter(lines)
    done = 0
    while portion := list(islice(rest, BATCH)):
        rows = [_row(columns, json.loads(line)) for line in portion]
        connection.execute(table.insert(), rows)
        done += len(rows)
    return done


def move_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL go on numbering after the highest key there is; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        key = table.columns.get("id")
        if key is None or not key.primary_key:
            continue
        highest = connection.scalar(select(func.max(key)))
        if highest is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"),
                {"name": table.name, "highest": highest},
            )


def _out(value: object) -> object:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _row(columns: list[Column[Any]], values: list[Any]) -> dict[str, Any]:
    if len(values) != len(columns):
        raise KeyError(columns[0].table.name)
    return {column.name: _in(column, value) for column, value in zip(columns, values, strict=True)}


def _in(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        at = datetime.fromisoformat(value)
        return at if getattr(column.type, "timezone", False) else at.replace(tzinfo=None)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value
