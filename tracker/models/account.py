"""Accounts, the roles they hold in organs, and the sessions they have open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Keyed
from tracker.models.organ import Organ


class Account(Keyed, Base):
    """One person who signs in. Never deleted: the log refers to it.

    ``mail_muted``: topics (``domain.alert_topics``) that are not mailed to ``email``, 超期 always is; ``mail_digest``:
    whether the morning's digest is. ``first_steps_hidden``: 入门指引 was put away. ``code_cipher``: the sealed secret
    of 动态口令, where it is on; ``code_step``: the step of the last code taken, since none counts twice.
    """

    __tablename__ = "accounts"

    login: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(50))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]
    email: Mapped[str | None] = mapped_column(String(254))
    mail_muted: Mapped[list[Any]] = mapped_column(default=list)
    mail_digest: Mapped[bool] = mapped_column(default=True)
    first_steps_hidden: Mapped[bool] = mapped_column(default=False)
    code_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_step: Mapped[int | None] = mapped_column(BigInteger)

    holdings: Mapped[list[RoleHolding]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="RoleHolding.id"
    )

    __table_args__ = (UniqueConstraint("login"),)


class RoleHolding(Keyed, Base):
    """A role (岗位) a person holds in an organ."""

    __tablename__ = "role_holdings"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    organ_id: Mapped[int] = mapped_column(ForeignKey("organs.id"), index=True)
    role: Mapped[str] = mapped_column(String(32))

    account: Mapped[Account] = relationship(back_populates="holdings")
    organ: Mapped[Organ] = relationship()

    __table_args__ = (UniqueConstraint("account_id", "organ_id", "role"),)


class SignInAttempt(Keyed, Base):
    """A failed sign-in, kept to slow down guessing by account and by address on every web process alike."""

    __tablename__ = "sign_in_attempts"

    login: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    succeeded: Mapped[bool]

    __table_args__ = (
        Index("ix_sign_in_attempts_login_at", "login", "at"),
        Index("ix_sign_in_attempts_address_at", "address", "at"),
    )


class WebSession(Keyed, Base):
    """A signed-in browser. The cookie holds a random token, the table only its hash.

    ``awaits_code``: the password was right, 动态口令 is still to come; nobody is signed in by it until then.
    ``seldom``: when it began, the person had hardly signed in lately (``domain.first_steps``).
    """

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))
    awaits_code: Mapped[bool] = mapped_column(default=False)
    seldom: Mapped[bool] = mapped_column(default=False)

    account: Mapped[Account] = relationship()

    __table_args__ = (UniqueConstraint("token_hash"),)
