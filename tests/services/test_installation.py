"""What a blank installation begins with, and that beginning twice does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.services.conftest import ContextFor
from tracker.adapters.passwords import password_matches
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Invalid
from tracker.domain.organs import OrganListError
from tracker.models import Account, CalendarEdition, Organ
from tracker.services.installation import install, load_organ_list


def test_a_blank_installation_has_organs_calendars_and_one_administrator(
    session: Session, ctx_for: ContextFor
) -> None:
    done = install(ctx_for(SYSTEM), load_organ_list(), "admin")
    assert done.organs == session.scalar(select(func.count()).select_from(Organ)) == 28
    years = session.scalars(select(CalendarEdition.year).order_by(CalendarEdition.year)).all()
    assert years == list(range(2019, 2027))
    account = session.scalars(select(Account)).one()
    assert done.administrator is not None
    assert account.must_change_password
    assert not account.demonstration
    assert password_matches(account.password_hash, done.administrator.one_time_password)
    assert [(held.role, held.organ.code) for held in account.holdings] == [("administrator", "BGS")]


def test_installing_again_adds_nothing_and_keeps_what_was_changed(
    session: Session, ctx_for: ContextFor
) -> None:
    install(ctx_for(SYSTEM), load_organ_list(), "admin")
    organ = session.scalars(select(Organ).where(Organ.code == "MZJ")).one()
    organ.court = "某法院"
    session.commit()
    again = install(ctx_for(SYSTEM), load_organ_list(), "another")
    assert (again.organs, again.calendar_years, again.administrator) == (0, 0, None)
    assert session.scalar(select(Organ.court).where(Organ.code == "MZJ")) == "某法院"


def test_a_login_that_cannot_be_is_refused_and_nothing_stays(session: Session, ctx_for: ContextFor) -> None:
    with pytest.raises(Invalid):
        install(ctx_for(SYSTEM), load_organ_list(), "大写")
    assert session.scalar(select(func.count()).select_from(Organ)) == 0


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "organs.csv"
    path.write_text("\ufeffcode,name,kind,number_prefix\nAAJ,某局,department,某公开\n", "utf-8")
    assert [organ.name for organ in load_organ_list(path)] == ["某局"]
    with pytest.raises(OrganListError, match="cannot be read"):
        load_organ_list(tmp_path / "missing.csv")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OrganListError):
        load_organ_list(path)
