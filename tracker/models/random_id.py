"""A random identifier made by the database: where rows are copied within it, none has to be brought from outside."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class random_id(FunctionElement[str]):  # noqa: N801 - reads as the function it stands for
    """122 bits of chance or more as text, another for each row."""

    type = String(36)
    inherit_cache = True


@compiles(random_id, "postgresql")
def _on_postgresql(_element: random_id, _compiler: Any, **_given: Any) -> str:
    return "CAST(gen_random_uuid() AS VARCHAR)"


@compiles(random_id, "sqlite")
def _on_sqlite(_element: random_id, _compiler: Any, **_given: Any) -> str:
    return "lower(hex(randomblob(16)))"
