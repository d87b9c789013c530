"""What the two databases are told in words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Column, ColumnElement, Date, Table, any_, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate


class not_by_index(FunctionElement[Any]):  # noqa: N801
    """A column as it is, but not to be looked up by its own index.

    Without figures of the tables SQLite takes every index for a good one: five hundred cases were found by reading all
    entries of some types. PostgreSQL always has figures and is told nothing.
    """

    inherit_cache = True

    def __init__(self, column: InstrumentedAttribute[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(not_by_index)
def _plain(element: not_by_index, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(not_by_index, "sqlite")
def _with_sign(element: not_by_index, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def among(session: Session, column: InstrumentedAttribute[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    """Condition: the column is one of these numbers, of which there may be thousands.

    PostgreSQL is given one array: two thousand parameters took it and its driver 47 ms to read, where finding the rows
    took none. SQLite has no arrays.
    """
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(bindparam(None, list(ids), type_=ARRAY(BigInteger)))
    return column.in_(ids)


def tables_of(condition: ColumnElement[Any]) -> set[str]:
    """Names of the tables whose columns a condition looks at, those of subqueries included."""
    return {
        found.table.name
        for found in iterate(condition)
        if isinstance(found, Column) and isinstance(found.table, Table)
    }


class end_of_year(FunctionElement[date]):  # noqa: N801
    """31 December of a year that only the database knows; nothing where there is no year."""

    inherit_cache = True

    def __init__(self, year: ColumnElement[int]) -> None:
        super().__init__(year)
        self.type = Date()


@compiles(end_of_year, "sqlite")
def _as_text(element: end_of_year, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} || '-12-31')"


@compiles(end_of_year, "postgresql")
def _as_date(element: end_of_year, compiler: SQLCompiler, **options: Any) -> str:
    return f"make_date({compiler.process(element.clauses, **options)}, 12, 31)"
