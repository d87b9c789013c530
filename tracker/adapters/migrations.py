"""The schema's versions: what the code expects, what the database has, and the way from one to the other."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).resolve().parent.parent.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config(FOLDER / "alembic.ini")
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    return config


def expected_revision() -> str | None:
    """The newest revision the code knows."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None for a database without a schema."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade_schema(url: str) -> None:
    """Bring the database to the newest revision; nothing to do is no error."""
    command.upgrade(alembic_config(url), "head")


def knows_revision(revision: str) -> bool:
    """Whether this program can make a schema of that revision."""
    return any(known.revision == revision for known in ScriptDirectory(str(FOLDER)).walk_revisions())


def rebuild_schema(url: str, revision: str) -> None:
    """Take an empty database to a revision, whatever schema it has now. What tables hold is lost."""
    config = alembic_config(url)
    command.downgrade(config, "base")
    command.upgrade(config, revision)
