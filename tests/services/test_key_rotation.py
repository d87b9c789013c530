"""After a rotation everything opens with the new key alone, and people are found by their numbers as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.registers import GOOD, make_register
from tests.services.conftest import ContextFor
from tracker.adapters.cipher import AesCipher, DataUnreadable
from tracker.domain.ledger_columns import Column
from tracker.models import AdministrativeAct, Applicant, Case
from tracker.services import key_rotation
from tracker.services.context import Context
from tracker.services.key_rotation import rotate, sealed_columns, survey
from tracker.services.ledger_import import import_ledger

PHONE = "13805761659"
OLD, NEW = AesCipher("d" * 64), AesCipher("n" * 64)


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    row = {**GOOD, Column.PHONE: PHONE}
    rows = [
        {
            **row,
            Column.SEQUENCE: n,
            Column.DESCRIPTION: f"第{n}项",
            Column.DOCUMENT_NUMBER: f"椒民公开〔2023〕{n}号",
        }
        for n in (1, 2, 3)
    ]
    return make_register(tmp_path / "2023.xlsx", rows, title="2023年度台账")


@pytest.fixture
def ctx(cast: Cast, ctx_for: ContextFor, register_file: Path) -> Context:
    made = ctx_for(cast.supervisor, date(2026, 11, 23))
    assert import_ledger(made, register_file).imported == 3
    both = AesCipher("n" * 64, ["d" * 64])
    return replace(made, adapters=replace(made.adapters, cipher=both))


def test_everything_opens_with_the_new_key_alone(ctx: Context, session: Session, register_file: Path) -> None:
    waiting = sum(each.waiting for each in survey(session, NEW))
    assert waiting == 3 and rotate(ctx, [OLD]) >= 3
    session.rollback()
    assert sum(each.waiting for each in survey(session, NEW)) == 0
    people = session.scalars(select(Applicant)).all()
    assert {NEW.open(p.phone_cipher) for p in people if p.phone_cipher} == {PHONE}
    assert {p.phone_hash for p in people} == {NEW.fingerprint(PHONE)}
    assert {p.phone_tail_hash for p in people} == {NEW.fingerprint(PHONE[-4:])}
    with pytest.raises(DataUnreadable):
        OLD.open(people[0].phone_cipher or b"")
    act = session.scalars(select(AdministrativeAct).where(AdministrativeAct.subject == "data_key")).one()
    assert act.subject_id == NEW.name and act.details["fields"][1] >= 3
    # The register is recognised by its rows: nothing comes in twice.
    assert import_ledger(ctx, register_file).imported == 0
    assert len(session.scalars(select(Case.id)).all()) == 3


def test_a_rotation_that_was_killed_goes_on(
    ctx: Context, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "AT_ONCE", 1)

    def killed(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(ctx, [OLD], killed)
    assert sum(each.waiting for each in survey(ctx.session, NEW)) == 2
    rotate(ctx, [OLD])
    assert sum(each.waiting for each in survey(ctx.session, NEW)) == 0
    assert rotate(ctx, [OLD]) == 0


def test_without_the_old_key_nothing_is_touched(ctx: Context, session: Session) -> None:
    alone = replace(ctx, adapters=replace(ctx.adapters, cipher=NEW))
    with pytest.raises(DataUnreadable):
        rotate(alone, [])
    session.rollback()
    assert all(
        OLD.open(sealed) == PHONE for sealed in session.scalars(text("SELECT phone_cipher FROM applicants"))
    )


def test_whatever_holds_bytes_is_sealed_text() -> None:
    names = {column.name for columns in sealed_columns().values() for column in columns}
    assert all(name.endswith("_cipher") for name in names), "say in key_rotation.py how these bytes are kept"
