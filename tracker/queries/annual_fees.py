"""第六部分: 信息处理费 collected in a year (Art 42, 国办函〔2020〕109号), by the day it was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.frozen_report import Payment
from tracker.domain.report_figures import YearFees
from tracker.models import Case, FeeNotice
from tracker.queries.annual_table import DISTRICT, OrganGroup, reported_cases


def read_year_fees(session: Session, actor: Actor, year: int, group: OrganGroup = DISTRICT) -> YearFees:
    """What the organs the actor reports on collected in a year; one statement. Notices that were not paid, and those
    that came to nothing, are left out."""
    row = session.execute(_collected(actor, year, group)).one()
    return YearFees(int(row[0]), int(row[1]))


def read_year_fees_by_organ(session: Session, actor: Actor, year: int) -> dict[int, YearFees]:
    """The same of each organ that collected any, by the organ's id; one statement."""
    rows = session.execute(
        _collected(actor, year, DISTRICT).add_columns(Case.organ_id).group_by(Case.organ_id)
    )
    return {organ_id: YearFees(int(payments), int(yuan)) for payments, yuan, organ_id in rows}


def read_payments(session: Session, actor: Actor, year: int, group: OrganGroup) -> tuple[Payment, ...]:
    """Each payment by itself; they add up to ``read_year_fees``."""
    query = _paid(actor, year, group, FeeNotice.id, Case.id, Case.number, FeeNotice.amount_yuan)
    return tuple(
        Payment(notice_id, (case_id, number), yuan)
        for notice_id, case_id, number, yuan in session.execute(query.order_by(FeeNotice.id))
    )


def _collected(actor: Actor, year: int, group: OrganGroup) -> Select[Any]:
    return _paid(actor, year, group, func.count(), func.coalesce(func.sum(FeeNotice.amount_yuan), 0))


def _paid(actor: Actor, year: int, group: OrganGroup, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(FeeNotice)
        .join(Case, Case.id == FeeNotice.case_id)
        .where(
            reported_cases(actor, group),
            FeeNotice.amount_yuan > 0,
            FeeNotice.paid_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
