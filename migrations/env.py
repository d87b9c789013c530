"""Runs migrations, with or without Flask: against the address given, else the one of the settings."""

from __future__ import annotations

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tracker.config import load_settings
from tracker.models import Base
from tracker.models.case_search import ENGINES
from tracker.models.engine import make_engine


def number_revisions(
    _context: MigrationContext, _revision: object, directives: list[MigrationScript]
) -> None:
    """Revisions are numbered 0001, 0002 … instead of by chance."""
    head = ScriptDirectory.from_config(context.config).get_current_head()
    for directive in directives:
        directive.rev_id = f"{int(head or 0) + 1:04d}"


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=True,
        transactional_ddl=True,
        process_revision_directives=number_revisions,
        include_name=lambda name, *_: not str(name).startswith(ENGINES),
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    url = context.config.attributes.get("url") or load_settings().database_url
    engine = make_engine(url, foreign_keys=False)
    try:
        with engine.connect() as connection:
            run(connection)
            connection.commit()
    finally:
        engine.dispose()


run_online()
