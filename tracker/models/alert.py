"""提醒 and the messages that carry them out of the house."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed


class Alert(Keyed, Base):
    """One person told one thing once.

    ``due_on`` is the date it is about: the due date of the clock, else the day concerned. ``ref`` tells clocks (or, in
    alerts about the installation, subjects) apart, ``step`` the repetitions. ``resolved_at``: it no longer holds,
    because the work was done or the date moved. ``stands_for_id``: told because the recipient stands in for that
    person (代岗). The two unique keys make doing it twice doing it once.
    """

    __tablename__ = "alerts"

    recipient_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(32))
    clock_kind: Mapped[str] = mapped_column(String(32), default="")
    run: Mapped[int] = mapped_column(default=0)
    ref: Mapped[str] = mapped_column(String(64), default="")
    step: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_alerts_case",
            "case_id",
            "clock_kind",
            "run",
            "ref",
            "kind",
            "step",
            "due_on",
            "recipient_id",
            unique=True,
        ),
        Index("ix_alerts_recipient", "recipient_id", "created_at"),
    )


_NO_CASE = Alert.__table__.c.case_id.is_(None)
_UNREAD = Alert.__table__.c.read_at.is_(None)
_HOLDING = Alert.__table__.c.resolved_at.is_(None)
Index(
    "uq_alerts_installation",
    Alert.kind,
    Alert.ref,
    Alert.step,
    Alert.due_on,
    Alert.recipient_id,
    unique=True,
    sqlite_where=_NO_CASE,
    postgresql_where=_NO_CASE,
)
Index("ix_alerts_unread", Alert.recipient_id, sqlite_where=_UNREAD, postgresql_where=_UNREAD)
Index("ix_alerts_holding", Alert.case_id, sqlite_where=_HOLDING, postgresql_where=_HOLDING)


class OutboxMessage(Keyed, Base):
    """A message to be carried out after the commit that wrote it; ``message_id`` stays the same in every attempt.

    The address is read from the recipient's account (e-mail) or the organ's robot when it is sent, never kept here.
    ``alert_id`` or ``digest_on`` says what it carries; ``of_district``: it goes to the robot of the whole district.
    ``urgent`` messages ignore quiet hours.
    """

    __tablename__ = "outbox_messages"

    message_id: Mapped[str] = mapped_column(String(36))
    channel: Mapped[str] = mapped_column(String(16))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"))
    of_district: Mapped[bool] = mapped_column(default=False)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    digest_on: Mapped[date | None]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(16), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        UniqueConstraint("message_id"),
        UniqueConstraint("alert_id", "channel", "of_district"),
        UniqueConstraint("digest_on", "recipient_id", "channel"),
        CheckConstraint("state IN ('pending', 'sent', 'dead', 'cancelled')", name="state_known"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_outbox_messages_state", "state", "next_attempt_at"),
    )


class AlertPolicy(Base):
    """What an organ has set for its alerts; an organ without a row follows ``domain.alert_policy``.

    ``ahead`` are working days before the due date; hours are of Asia/Shanghai, quiet from ``quiet_from`` until
    ``quiet_until``. ``robot_cipher`` holds address and secret of the organ's robot, sealed.
    """

    __tablename__ = "alert_policies"

    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), primary_key=True)
    ahead: Mapped[list[Any]]
    overdue_every: Mapped[int]
    review_days: Mapped[int]
    sign_off_days: Mapped[int]
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    quiet_days_off: Mapped[bool]
    robot_channel: Mapped[str | None] = mapped_column(String(16))
    robot_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    version_id: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="hours_of_a_day"
        ),
        CheckConstraint(
            "overdue_every >= 1 AND review_days >= 1 AND sign_off_days >= 1", name="days_positive"
        ),
    )
    __mapper_args__ = {"version_id_col": version_id}


class DistrictRobot(Base):
    """The one group robot of the whole district, sealed like those of organs."""

    __tablename__ = "district_robots"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    robot_channel: Mapped[str | None] = mapped_column(String(16))
    robot_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    version_id: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version_id}


class AlertWatch(Base):
    """The latest day the sweep has worked through; a clock set back shows itself by it."""

    __tablename__ = "alert_watch"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    through_on: Mapped[date]
