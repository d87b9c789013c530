"""A mail server in a process of its own, which writes down the Message-ID of everything it said yes to."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import socket
import threading
import time
from collections import Counter
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.adapters.mailer import Security, SmtpMailer, SmtpSettings

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@>]+)@", re.IGNORECASE | re.MULTILINE)


class Postbox:
    """``taken`` is what was taken since ``empty``, by Message-ID."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self.empty()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process = multiprocessing.get_context("spawn").Process(target=_serve, args=(book, self.port))
        self._process.start()
        for _ in range(1200):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("the mail server does not start")

    @property
    def mailer(self) -> SmtpMailer:
        return SmtpMailer(SmtpSettings("127.0.0.1", self.port, "gk@example.test", security=Security.NONE))

    @property
    def taken(self) -> Counter[str]:
        return Counter(self._book.read_text(encoding="ascii").split())

    def empty(self) -> None:
        self._book.write_text("", encoding="ascii")

    def stop(self) -> None:
        self._process.terminate()
        self._process.join()


class _Handler:
    def __init__(self, book: Path) -> None:
        self._book = book

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        found = _MESSAGE_ID.search(bytes(envelope.content or b""))
        if found is None:
            return "554 no Message-ID"
        with open(self._book, "ab") as book:
            book.write(found.group(1) + b"\n")
        return "250 taken"


def _serve(book: Path, port: int) -> None:
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_given: os._exit(0))
    Controller(_Handler(book), hostname="127.0.0.1", port=port).start()
    over.wait()
