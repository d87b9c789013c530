"""``id IN (…)`` of keys by the thousand: one value for all of them, so that the statement stays the same text and no
database's limit on values is near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import ColumnElement, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


def among(column: ColumnElement[int] | Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Condition: the column is one of these keys. Without keys it holds for no row."""
    return cast("ColumnElement[bool]", column.bool_op("IN")(_keys(bindparam(None, list(ids), type_=_Keys()))))


class _keys(FunctionElement[int]):  # noqa: N801 - reads as the function it stands for
    type = Integer()
    inherit_cache = True


class _Keys(TypeDecorator[list[int]]):
    """Keys as the text that the database reads as a list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> str:
        keys = ",".join(map(str, value or ()))
        return f"{{{keys}}}" if dialect.name == "postgresql" else f"[{keys}]"


@compiles(_keys, "postgresql")
def _on_postgresql(element: _keys, compiler: Any, **given: Any) -> str:
    return f"(SELECT unnest(CAST({compiler.process(element.clauses, **given)} AS BIGINT[])))"


@compiles(_keys, "sqlite")
def _on_sqlite(element: _keys, compiler: Any, **given: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **given)}))"  # noqa: S608 - a bound value
