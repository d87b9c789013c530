"""The append-only log of a case. Holds references and dates, never personal data, so it outlives an erasure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.account import Account
from tracker.models.base import Base, Keyed


class StoredEntry(Keyed, Base):
    """One entry: dated by law (``happened_on``) and by system (``recorded_at``).

    ``details`` holds ids, codes and numbers only. ``digest`` is SHA-256 over the previous digest and this entry.
    """

    __tablename__ = "log_entries"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    schema_version: Mapped[int] = mapped_column(default=1)
    type: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    named_person_id: Mapped[int | None] = mapped_column(ForeignKey("named_people.id"))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("entry_texts.id"))
    calendar_version: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[Account | None] = relationship()
    named_person: Mapped[NamedPerson | None] = relationship()
    text: Mapped[EntryText | None] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        CheckConstraint("seq >= 1", name="seq_positive"),
        Index("ix_log_entries_type_happened_on", "type", "happened_on"),
    )


class EntryText(Keyed, Base):
    """Free text that belongs to an entry (a reason, an opinion, a note); apart, because text may name people."""

    __tablename__ = "entry_texts"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    text: Mapped[str]


class NamedPerson(Keyed, Base):
    """A member of staff known by name alone: handlers and advisors of registers kept before the system, and those
    who approved on paper."""

    __tablename__ = "named_people"

    organ_id: Mapped[int | None] = mapped_column(ForeignKey("organs.id"))
    name: Mapped[str] = mapped_column(String(50))
    capacity: Mapped[str] = mapped_column(String(32))

    __table_args__ = (UniqueConstraint("organ_id", "name", "capacity"),)
