"""Which columns name files of the store: by their name, so that a new table cannot be forgotten."""

from __future__ import annotations

from sqlalchemy import Column, MetaData

STORAGE_KEY = "storage_key"


def file_key_columns(metadata: MetaData) -> tuple[Column[str], ...]:
    """Every column called ``storage_key``. A file that none of them names is an orphan."""
    return tuple(
        table.columns[STORAGE_KEY] for table in metadata.sorted_tables if STORAGE_KEY in table.columns
    )
