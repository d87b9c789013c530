"""Fixtures of the whole suite; ``--db`` chooses the database, and the whole suite runs once on each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests import databases
from tests.clocks import StandingClock
from tests.postgres import PostgresForTests
from tracker.adapters.cipher import AesCipher
from tracker.adapters.file_store import MemoryFileStore
from tracker.adapters.mailer import MemoryMailer
from tracker.adapters.robots import MemoryRobots
from tracker.app import create_app, runtime_of
from tracker.config import ROOT, Environment, Settings
from tracker.extensions import db
from tracker.services.context import Adapters, Runtime

# How long an example takes says something about the machine, not about the code: benchmarks stand apart.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")

SERVER = pytest.StashKey[PostgresForTests]()
REPORT = "TRACKER_TEST_REPORT"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite", help="database to run on")
    parser.addoption(
        "--share", help="run a share of the files, such as 0/3: every file is in one of the three"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the files of the share asked for, chosen by their names."""
    if not config.getoption("--share"):
        return
    number, shares = map(int, str(config.getoption("--share")).split("/"))
    mine = [crc32(item.nodeid.partition("::")[0].encode()) % shares == number for item in items]
    config.hook.pytest_deselected(items=[item for item, kept in zip(items, mine, strict=True) if not kept])
    items[:] = [item for item, kept in zip(items, mine, strict=True) if kept]


def pytest_configure(config: pytest.Config) -> None:
    """The run's one PostgreSQL belongs to the process that starts the workers."""
    starts_workers = not hasattr(config, "workerinput") and bool(config.getoption("numprocesses", 0))
    if config.getoption("--db") == "postgresql" and starts_workers:
        start_server(config)


def start_server(config: pytest.Config) -> PostgresForTests:
    server = PostgresForTests.start()
    config.stash[SERVER] = server
    databases.migrated_template(server)
    return server


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker where the server is."""
    server = node.config.stash.get(SERVER, None)  # type: ignore[attr-defined]
    if server is not None:
        node.workerinput["server"] = server.url.render_as_string(hide_password=False)  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--db')}"


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say how many tests ran on which database, and leave the line for the report of ``make test``."""
    if hasattr(config, "workerinput"):
        return
    passed, failed = (len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "failed"))
    failed += len(terminalreporter.stats.get("error", ()))
    line = f"{config.getoption('--db')}: {passed + failed} tests run, {failed} failed"
    terminalreporter.write_line(line)
    report = os.environ.get(REPORT)
    if report:
        with open(report, "a", encoding="utf-8") as out:
            out.write(line + "\n")


@pytest.fixture(scope="session")
def database_kind(pytestconfig: pytest.Config) -> str:
    """``sqlite`` or ``postgresql``."""
    return str(pytestconfig.getoption("--db"))


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config, database_kind: str) -> PostgresForTests | None:
    """The run's PostgreSQL server; None on SQLite."""
    if database_kind == "sqlite":
        return None
    workerinput = getattr(pytestconfig, "workerinput", None)
    if workerinput is not None:
        return PostgresForTests(make_url(workerinput["server"]))
    return pytestconfig.stash.get(SERVER, None) or start_server(pytestconfig)


@pytest.fixture(scope="session")
def worker(pytestconfig: pytest.Config) -> str:
    """Name of this test process."""
    workerinput = getattr(pytestconfig, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else f"solo{os.getpid()}"


@pytest.fixture(scope="session")
def engine_url(
    database_kind: str,
    postgres: PostgresForTests | None,
    worker: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Address of this worker's database, with the schema the migrations make."""
    if postgres is None:
        return databases.migrated_sqlite(tmp_path_factory.mktemp("database"))
    return databases.copy_for(postgres, worker)


@pytest.fixture(scope="session")
def settings(engine_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the application under test."""
    instance = tmp_path_factory.mktemp("instance")
    (instance / "fonts").symlink_to(ROOT / "instance" / "fonts")
    return Settings(
        environment=Environment.DEVELOPMENT,
        instance=instance,
        database_url=engine_url,
        secret_key="s" * 64,
        data_key="d" * 64,
        files=instance / "files",
    )


@pytest.fixture(scope="session")
def _clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def _files() -> MemoryFileStore:
    return MemoryFileStore()


@pytest.fixture(scope="session")
def _mailer() -> MemoryMailer:
    return MemoryMailer()


@pytest.fixture(scope="session")
def _robots() -> MemoryRobots:
    return MemoryRobots()


@pytest.fixture(scope="session")
def _app(
    settings: Settings,
    _clock: StandingClock,
    _files: MemoryFileStore,
    _mailer: MemoryMailer,
    _robots: MemoryRobots,
) -> Flask:
    real = runtime_of(settings).adapters
    adapters = Adapters(
        cipher=AesCipher(settings.data_key),
        files=_files,
        renderer=real.renderer,
        mailer=_mailer,
        robots=_robots,
    )
    app = create_app(settings, runtime=Runtime(_clock, adapters))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture(scope="session")
def _engine(_app: Flask) -> Engine:
    with _app.app_context():
        return db.engine


@pytest.fixture
def app(
    _app: Flask,
    _engine: Engine,
    _clock: StandingClock,
    _files: MemoryFileStore,
    _mailer: MemoryMailer,
    _robots: MemoryRobots,
) -> Iterator[Flask]:
    """The application on an empty database, at ten in the morning of the suite's day; forms need no token here."""
    _clock.set(StandingClock().today())
    config = dict(_app.config)
    yield _app
    _app.config.clear()
    _app.config.update(config)
    _files.files.clear()
    _mailer.sent.clear()
    _mailer.failures.clear()
    _robots.sent.clear()
    _robots.failures.clear()
    databases.empty_tables(_engine)


@pytest.fixture
def engine(app: Flask, _engine: Engine) -> Engine:
    """The application's engine."""
    return _engine


@pytest.fixture
def clock(app: Flask, _clock: StandingClock) -> StandingClock:
    """The application's clock: ``clock.set(date)``, ``clock.advance(minutes=31)``."""
    return _clock


@pytest.fixture
def mailer(app: Flask, _mailer: MemoryMailer) -> MemoryMailer:
    """The twin that keeps what is mailed."""
    return _mailer


@pytest.fixture
def robots(app: Flask, _robots: MemoryRobots) -> MemoryRobots:
    """The twin that keeps what robots were given."""
    return _robots


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    """Clock and adapters of the application under test."""
    held: Runtime = app.extensions["tracker"]
    return held


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of the test's own. Commit what the application must see; ``rollback()`` to see what it wrote."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def blank_url(database_kind: str, postgres: PostgresForTests | None, worker: str, tmp_path: Path) -> str:
    """Address of a database without any schema."""
    return databases.blank_database(database_kind, postgres, tmp_path, f"blank_{worker}")
