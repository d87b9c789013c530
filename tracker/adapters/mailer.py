"""E-mail over SMTP. A message keeps its Message-ID in every attempt, so that a doubled one can be told."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol

from tracker.adapters.delivery import DeliveryError, RefusedForGood
from tracker.adapters.system_clock import SHANGHAI

TIMEOUT_SECONDS = 20
_PERMANENT = range(500, 600)


class Security(StrEnum):
    """How the way to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The mail server of the installation and who writes."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    security: Security = Security.STARTTLS


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to one address. ``written_at`` is aware; ``message_id`` is what stands before the @."""

    to: str
    subject: str
    text: str
    message_id: str
    written_at: datetime


class Mailer(Protocol):
    """Carries mail. ``ready``: whether a server is set up at all."""

    @property
    def ready(self) -> bool: ...

    def send(self, mail: Mail) -> None: ...


class NoMailer:
    """No server is set up: nothing is written for it and nothing leaves."""

    ready = False

    def send(self, mail: Mail) -> None:
        """Raises ``RefusedForGood``."""
        raise RefusedForGood("no mail server is set up")


@dataclass
class MemoryMailer:
    """Keeps what was sent; ``failures`` are raised first, one for each attempt."""

    sent: list[Mail] = field(default_factory=list)
    failures: list[DeliveryError] = field(default_factory=list)
    ready: bool = True

    def send(self, mail: Mail) -> None:
        """Keep it, or fail as told."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(mail)


class SmtpMailer:
    """The real one: a connection for each message, closed again."""

    ready = True

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, mail: Mail) -> None:
        """Hand it to the server. Raises ``RefusedForGood`` when it says never, ``DeliveryError`` otherwise."""
        try:
            with self._connect() as server:
                server.send_message(self._message(mail))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            kind = RefusedForGood if all(code in _PERMANENT for code in codes) else DeliveryError
            raise kind(f"recipient refused: {codes}") from error
        except smtplib.SMTPResponseException as error:
            raise DeliveryError(f"server said {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise DeliveryError(f"{type(error).__name__}: {error}"[:300]) from error

    def _connect(self) -> smtplib.SMTP:
        chosen = self._settings
        if chosen.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=TIMEOUT_SECONDS)
            if chosen.security is Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
        if chosen.user:
            server.login(chosen.user, chosen.password or "")
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        domain = self._settings.sender.rpartition("@")[2] or "localhost"
        message = EmailMessage(policy=SMTP)
        message["From"] = self._settings.sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.message_id}@{domain}>"
        message["Date"] = format_datetime(mail.written_at.astimezone(SHANGHAI))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message
