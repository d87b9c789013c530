"""第六部分: 信息处理费 collected in a year (Art 42, 国办函〔2020〕109号), by the day it was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models import Case, FeeNotice
from tracker.queries.annual_table import DISTRICT, OrganGroup, reported_cases


@dataclass(frozen=True, slots=True)
class YearFees:
    """``payments`` made within the year and what they come to, in whole yuan."""

    payments: int
    yuan: int


def read_year_fees(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> YearFees:
    """What the organs the actor reports on collected in a year; one statement. Notices that were not paid, and those
    that came to nothing, are left out."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(FeeNotice.amount_yuan), 0))
        .select_from(FeeNotice)
        .join(Case, Case.id == FeeNotice.case_id)
        .where(
            reported_cases(actor, group),
            FeeNotice.amount_yuan > 0,
            FeeNotice.paid_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    ).one()
    return YearFees(int(row[0]), int(row[1]))
