"""The machine's log: one line of JSON an event, on standard error and, where wanted, to the audit server by syslog.

No line holds personal data: addresses of pages are written as their rule, without what stands in for its places and
without what was asked; of an error its kind and the places of our code, never its words, which may quote a row.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import SYSLOG_UDP_PORT, SysLogHandler
from typing import Any

_FACILITY = SysLogHandler.LOG_LOCAL0
_PROGRAM = "tracker"
_FRAMES = 12
_OURS = "tracker"
__all__ = ["JsonLines", "SyslogAddress", "SyslogLines", "start_logging"]


@dataclass(frozen=True, slots=True)
class SyslogAddress:
    """Where syslog listens: a host and port by UDP or TCP, or a socket of this machine."""

    kind: str
    host: str
    port: int = SYSLOG_UDP_PORT


class JsonLines(logging.Formatter):
    """One event as one line of JSON: time, level, logger, ``event``, and what ``extra={"fields": …}`` adds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(_content(record), ensure_ascii=False, separators=(",", ":"), default=str)


class SyslogLines(JsonLines):
    """The same line behind the header of RFC 5424; the handler puts priority and facility before it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        kind = "".join(each for each in record.name if each.isascii() and each.isprintable())[:32] or "-"
        return f"1 {at} {socket.gethostname()} {_PROGRAM} {os.getpid()} {kind} - {super().format(record)}"


def start_logging(*, lines: bool, syslog: SyslogAddress | None) -> None:
    """Set the process's log up, once however many applications it makes."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each.formatter, JsonLines)]:
        root.removeHandler(handler)
        handler.close()
    if lines:
        out = logging.StreamHandler(sys.stderr)
        out.setFormatter(JsonLines())
        root.addHandler(out)
    if syslog is not None:
        root.addHandler(_syslog(syslog))
    if lines or syslog is not None:
        logging.getLogger(_OURS).setLevel(logging.INFO)


def _syslog(address: SyslogAddress) -> logging.Handler:
    if address.kind == "unix":
        handler = SysLogHandler(address.host, _FACILITY)
    else:
        kind = socket.SOCK_STREAM if address.kind == "tcp" else socket.SOCK_DGRAM
        handler = SysLogHandler((address.host, address.port), _FACILITY, kind)
    handler.append_nul = False
    handler.setFormatter(SyslogLines())
    return handler


def _content(record: logging.LogRecord) -> dict[str, Any]:
    content: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    # What others log may quote anything: of theirs only the fixed part is kept.
    ours = record.name.partition(".")[0] == _OURS and record.exc_info is None
    content["event"] = record.getMessage() if ours else str(record.msg)
    content.update(getattr(record, "fields", {}))
    if record.exc_info and record.exc_info[0] is not None:
        content["error"] = record.exc_info[0].__name__
        frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
        content["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return content
