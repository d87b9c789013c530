"""Mail against a real SMTP server: what arrives, what is refused, what is away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.adapters.delivery import DeliveryError, RefusedForGood
from tracker.adapters.mailer import Mail, NoMailer, Security, SmtpMailer, SmtpSettings

MAIL = Mail(
    "chen@example.test",
    "【超期】椒民公开受〔2026〕7号",
    "答复期限已于 2026年11月23日（周一）届满。\n.\n",
    "6f1c1f2e-0000-4000-8000-000000000000",
    datetime(2026, 11, 24, 0, 5, tzinfo=UTC),
)


class Postbox:
    """Takes mail, except for those it does not know and while it is busy."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        if address.startswith("busy"):
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append(bytes(envelope.content or b""))
        return "250 taken"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for raw in self.taken]  # type: ignore[misc]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, SmtpMailer]]:
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, mailer_at(port)
    finally:
        controller.stop()


def mailer_at(port: int) -> SmtpMailer:
    return SmtpMailer(SmtpSettings("127.0.0.1", port, "tracker@example.gov.test", security=Security.NONE))


def test_what_arrives_is_what_was_written(postbox: tuple[Postbox, SmtpMailer]) -> None:
    box, mailer = postbox
    for _ in range(2):
        mailer.send(MAIL)
    first, second = box.messages
    assert (first["To"], first["From"]) == ("chen@example.test", "tracker@example.gov.test")
    assert first["Subject"] == MAIL.subject
    assert first.get_content().replace("\r\n", "\n") == MAIL.text
    assert first["Date"] == "Tue, 24 Nov 2026 08:05:00 +0800"
    assert first["Message-ID"] == second["Message-ID"] == f"<{MAIL.message_id}@example.gov.test>"


@pytest.mark.parametrize(
    ("to", "error"), [("nobody@example.test", RefusedForGood), ("busy@example.test", DeliveryError)]
)
def test_never_and_not_now_are_told_apart(
    postbox: tuple[Postbox, SmtpMailer], to: str, error: type[DeliveryError]
) -> None:
    box, mailer = postbox
    with pytest.raises(DeliveryError) as raised:
        mailer.send(Mail(to, MAIL.subject, MAIL.text, MAIL.message_id, MAIL.written_at))
    assert type(raised.value) is error
    assert box.taken == []


def test_no_line_of_a_subject_becomes_a_header(postbox: tuple[Postbox, SmtpMailer]) -> None:
    box, mailer = postbox
    with pytest.raises(DeliveryError):
        mailer.send(Mail(MAIL.to, "a\r\nBcc: x@example.test", MAIL.text, MAIL.message_id, MAIL.written_at))
    assert box.taken == []


def test_a_server_that_is_away_is_tried_again_later() -> None:
    with pytest.raises(DeliveryError) as raised:
        mailer_at(free_port()).send(MAIL)
    assert not isinstance(raised.value, RefusedForGood)


def test_without_a_server_nothing_leaves() -> None:
    assert not NoMailer().ready
    with pytest.raises(RefusedForGood):
        NoMailer().send(MAIL)
