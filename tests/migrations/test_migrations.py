"""The migrations make exactly what the models say, and can be taken back."""

from __future__ import annotations

import re

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from tracker.adapters.migrations import FOLDER, alembic_config, current_revision, expected_revision
from tracker.models import Base
from tracker.models.engine import make_engine


def tables_of(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_up_down_and_up_again(blank_url: str) -> None:
    config = alembic_config(blank_url)
    command.upgrade(config, "head")
    made = tables_of(blank_url)
    assert made >= set(Base.metadata.tables)
    command.downgrade(config, "base")
    assert tables_of(blank_url) == set()
    command.upgrade(config, "head")
    assert tables_of(blank_url) == made


def test_migrations_equal_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
        assert differences == [], (
            "models and migrations differ: write a migration (flask --app wsgi db migrate)"
        )
        assert current_revision(connection) == expected_revision()


def test_revisions_are_numbered_in_sequence() -> None:
    names = sorted(path.name for path in (FOLDER / "versions").glob("*.py"))
    numbers = [int(re.match(r"(\d{4})_", name)[1]) for name in names]  # type: ignore[index]
    assert numbers == list(range(1, len(names) + 1))
