"""申请件: what stands beside the log for lists and numbers; the log itself is the truth."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    bindparam,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.refusal_reviews import REVIEWED
from tracker.models.account import Account
from tracker.models.base import Base, Keyed
from tracker.models.clock import Clock
from tracker.models.organ import Organ

_REFUSED = tuple(str(code) for code in REVIEWED)


class Case(Keyed, Base):
    """One request (件) as one organ handles it.

    ``stage`` (and ``stage_since_on``, the day it came there), ``disposition``, ``stopped_on``, ``on_time`` and
    ``days_used`` (working days counted when the clock stopped) are derived from the log by the one writer of the log;
    ``first_result_on`` and ``first_disposition``: the one result the annual table counts, whatever is ordered anew.
    ``number`` is the 受理号, gapless per organ and year. ``needs_completion`` marks a stub saved from the envelope.
    """

    __tablename__ = "cases"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"))
    number: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    serial: Mapped[int]
    received_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(32))
    description: Mapped[str] = mapped_column(Text)
    supply_form: Mapped[str | None] = mapped_column(String(32))
    supply_way: Mapped[str | None] = mapped_column(String(32))
    needs_completion: Mapped[bool] = mapped_column(default=False)

    stage: Mapped[str] = mapped_column(String(32))
    stage_since_on: Mapped[date | None]
    clock_state: Mapped[str] = mapped_column(String(32))
    disposition: Mapped[str | None] = mapped_column(String(64))
    stopped_on: Mapped[date | None]
    on_time: Mapped[bool | None] = mapped_column()
    days_used: Mapped[int | None]
    first_result_on: Mapped[date | None]
    first_disposition: Mapped[str | None] = mapped_column(String(64))
    run: Mapped[int] = mapped_column(default=1)
    breach_codes: Mapped[list[Any]] = mapped_column(default=list)

    handler_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    handler_name: Mapped[str | None] = mapped_column(String(50))
    held: Mapped[bool] = mapped_column(default=False)
    historic: Mapped[bool] = mapped_column(default=False)
    archive_number: Mapped[str | None] = mapped_column(String(64))
    retention: Mapped[str | None] = mapped_column(String(8))
    destroyed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    version_id: Mapped[int] = mapped_column(default=1)

    organ: Mapped[Organ] = relationship()
    handler: Mapped[Account | None] = relationship()
    clocks: Mapped[list[Clock]] = relationship(cascade="all, delete-orphan", order_by="Clock.id")

    __table_args__ = (
        UniqueConstraint("organ_id", "year", "serial"),
        UniqueConstraint("number"),
        UniqueConstraint("archive_number"),
        CheckConstraint("serial >= 1", name="serial_positive"),
        Index("ix_cases_organ_stage", "organ_id", "stage"),
        Index("ix_cases_received_on", "received_on", "id"),
        Index("ix_cases_clock_state_organ", "clock_state", "organ_id"),
        Index("ix_cases_handler_organ", "handler_id", "organ_id"),
        Index("ix_cases_organ_stopped_on", "organ_id", "stopped_on"),
        Index(
            "ix_cases_late",
            "organ_id",
            sqlite_where=on_time.is_(False),
            postgresql_where=on_time.is_(False),
        ),
        Index("ix_cases_stage", "stage"),
        Index("ix_cases_stopped_on", "stopped_on"),
        Index("ix_cases_first_result_on", "first_result_on"),
        Index(
            "ix_cases_refused",
            "organ_id",
            "stopped_on",
            sqlite_where=disposition.in_(_REFUSED),
            postgresql_where=disposition.in_(_REFUSED),
        ),
        Index(
            "ix_cases_incomplete",
            "received_on",
            sqlite_where=needs_completion.is_(True),
            postgresql_where=needs_completion.is_(True),
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}


def refused_codes() -> ColumnElement[bool]:
    """Condition on ``Case``: a refusal under Art 14–16, in whole or in part. The codes stand in the statement itself,
    for only then does SQLite see that the index of refusals holds every such case."""
    codes: BindParameter[list[str]] = bindparam(
        "refused", list(_REFUSED), expanding=True, literal_execute=True
    )
    return Case.disposition.in_(codes)


class CaseItem(Keyed, Base):
    """One item or document asked for within a request; items may differ in outcome, the case counts once."""

    __tablename__ = "case_items"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(Text)
    disposition: Mapped[str | None] = mapped_column(String(64))
    grounds: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (UniqueConstraint("case_id", "position"),)
