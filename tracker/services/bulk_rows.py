"""Many rows at once: keys before the rows are there, so that rows can name each other, then one insert a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, Connection, Dialect, Table, func, insert, select
from sqlalchemy import inspect as inspect_model
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from tracker.models import Base
from tracker.models.base import Keyed

_AT_ONCE = 500
"""Keys taken from a sequence in one statement; those left over are lost, as any key of a row rolled back."""


class Keys:
    """Keys of rows yet to be written. Valid until the transaction ends; between drawing the first key of a table and
    writing its rows nothing else may be written to it in this transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stocks: dict[type[Keyed], Iterator[int]] = {}

    def next(self, model: type[Keyed]) -> int:
        """A key no other row has or will have."""
        if model not in self._stocks:
            self._stocks[model] = self._stock(model)
        return next(self._stocks[model])

    def _stock(self, model: type[Keyed]) -> Iterator[int]:
        if self._session.get_bind().dialect.name != "postgresql":
            # The one writer: the database itself would give the same keys.
            last = self._session.scalar(select(func.max(model.id))) or 0
            while True:
                last += 1
                yield last
        sequence = func.pg_get_serial_sequence(_table(model).name, "id")
        while True:
            yield from self._session.scalars(
                select(func.nextval(sequence)).select_from(func.generate_series(1, _AT_ONCE))
            ).all()


class Rows:
    """Rows by table, each with the same columns as the others of its table."""

    def __init__(self) -> None:
        self._rows: dict[type[Keyed], list[Mapping[str, Any]]] = {}

    def add(self, model: type[Keyed], values: Mapping[str, Any]) -> None:
        """A row of the model, by the names of its attributes."""
        self._rows.setdefault(model, []).append(values)

    def extend(self, other: Rows) -> None:
        """All rows of another."""
        for model, rows in other._rows.items():
            self._rows.setdefault(model, []).extend(rows)

    def write(self, session: Session) -> None:
        """One statement a table, those first that others refer to."""
        place = {table: number for number, table in enumerate(Base.metadata.sorted_tables)}
        for model in sorted(self._rows, key=lambda model: place[_table(model)]):
            renamed = _renamed(model)
            rows: Sequence[Mapping[str, Any]] = self._rows[model]
            if renamed:
                rows = [{renamed.get(name, name): value for name, value in row.items()} for row in rows]
            insert_rows(session.connection(), _table(model), rows)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Hand the rows to the driver column by column: what SQLAlchemy would ask of each value of each row (its place,
    its type, a default) is the same for all of a column and asked once."""
    statement = _statement(table, tuple(rows[0]), connection.dialect)
    columns: list[Iterable[Any]] = []
    for column in statement.columns:
        name = column.name
        values: Iterable[Any] = (
            [row[name] for row in rows] if column.given else repeat(column.default, len(rows))
        )
        columns.append(map(column.stored, values) if column.stored is not None else values)
    written: Iterable[Any] = zip(*columns, strict=True)
    if not statement.by_place:
        places = [column.name for column in statement.columns]
        written = (dict(zip(places, row, strict=True)) for row in written)
    connection.exec_driver_sql(statement.sql, list(written))


class _Column(NamedTuple):
    """One parameter of a statement: what makes a value what the driver takes, and what stands where none is given."""

    name: str
    given: bool
    stored: Callable[[Any], Any] | None
    default: Any


class _Statement(NamedTuple):
    """An INSERT as the driver takes it; ``by_place``: its parameters are counted, not named."""

    sql: str
    by_place: bool
    columns: tuple[_Column, ...]


@lru_cache(maxsize=100)
def _statement(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Statement:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    by_place = compiled.positiontup is not None
    columns = []
    for name in compiled.positiontup or list(compiled.params):
        column = table.c[name]
        stored = column.type.dialect_impl(dialect).bind_processor(dialect)
        given = name in names
        columns.append(_Column(name, given, stored, None if given else _default(column)))
    return _Statement(str(compiled), by_place, tuple(columns))


def _default(column: Column[Any]) -> Any:
    """What the models say stands in a column that is not given."""
    default = column.default
    if not isinstance(default, ScalarElementColumnDefault):
        raise ValueError(f"{column} must be given with every row")
    return default.arg


def _table(model: type[Keyed]) -> Table:
    return cast("Table", model.__table__)  # type: ignore[attr-defined]


def _renamed(model: type[Keyed]) -> dict[str, str]:
    """Attributes whose column is called otherwise."""
    mapper = cast("Mapper[Any]", inspect_model(model))
    return {each.key: each.columns[0].key for each in mapper.column_attrs if each.key != each.columns[0].key}
