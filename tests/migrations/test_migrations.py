"""The migrations make exactly what the models say, and can be taken back."""

from __future__ import annotations

import re

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from tracker.adapters.migrations import FOLDER, alembic_config, current_revision, expected_revision
from tracker.domain.alert_topics import CHOOSABLE
from tracker.models import Account, Base
from tracker.models.case_search import ENGINES
from tracker.models.engine import make_engine


def tables_of(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def is_described(name: str | None) -> bool:
    """What is made for one kind of database alone is no model's."""
    return not str(name).startswith(ENGINES)


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
        described = {"compare_type": True, "include_name": lambda name, *_: is_described(name)}
        context = MigrationContext.configure(connection, opts=described)
        differences = compare_metadata(context, Base.metadata)
        assert differences == [], (
            "models and migrations differ: write a migration (flask --app wsgi db migrate)"
        )
        assert current_revision(connection) == expected_revision()


def test_revisions_are_numbered_in_sequence() -> None:
    names = sorted(path.name for path in (FOLDER / "versions").glob("*.py"))
    numbers = [int(re.match(r"(\d{4})_", name)[1]) for name in names]  # type: ignore[index]
    assert numbers == list(range(1, len(names) + 1))


def test_who_wanted_no_mail_wants_none_of_any_topic(blank_url: str) -> None:
    config, engine = alembic_config(blank_url), make_engine(blank_url)
    columns = "login, name, password_hash, must_change_password, active, demonstration, failed_sign_ins, mail_digest"
    try:
        command.upgrade(config, "0016")
        with engine.begin() as connection:
            for login, mailed in (("chen", "false"), ("lin", "true")):
                values = (
                    f"'{login}', '{login}', '!', false, true, false, 0, true, {mailed}, '2026-11-23 01:30:00'"
                )
                connection.execute(
                    text(f"INSERT INTO accounts ({columns}, mail_alerts, created_at) VALUES ({values})")
                )
        command.upgrade(config, "0022")
        with Session(engine) as session:
            rows = session.execute(select(Account.login, Account.mail_muted))
            muted = {row.login: row.mail_muted for row in rows}
        assert {login: set(topics) for login, topics in muted.items()} == {
            "chen": set(CHOOSABLE),
            "lin": set(),
        }
        command.downgrade(config, "0016")
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT login, mail_alerts FROM accounts ORDER BY login"))
            assert [(row.login, bool(row.mail_alerts)) for row in kept] == [("chen", False), ("lin", True)]
    finally:
        engine.dispose()
