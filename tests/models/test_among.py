"""Keys by the thousand in one condition."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case
from tests.people import settle
from tracker.models import Case
from tracker.models.among import among

MORE_THAN_VALUES_IN_A_STATEMENT = 70_000


def test_rows_of_the_keys_named_and_no_others(session: Session) -> None:
    organ_id = min(settle(session).organ_ids.values())
    ids = [bare_case(session, organ_id, date(2026, 3, 2), serial).id for serial in range(1, 5)]
    found = select(Case.id).order_by(Case.id)
    assert session.scalars(found.where(among(Case.id, ids[1:3]))).all() == ids[1:3]
    assert session.scalars(found.where(among(Case.id, ()))).all() == []
    assert session.scalars(found.where(~among(Case.id, ids[1:3]))).all() == [ids[0], ids[3]]
    many = range(ids[-1], ids[-1] + MORE_THAN_VALUES_IN_A_STATEMENT)
    assert session.scalars(found.where(among(Case.id, many))).all() == [ids[3]]
