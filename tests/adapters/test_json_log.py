"""What the machine's log says, and what it never says."""

from __future__ import annotations

import io
import json
import logging
import socket

import pytest

from tracker.adapters.json_log import JsonLines, SyslogAddress, SyslogLines, start_logging


@pytest.fixture
def record() -> logging.LogRecord:
    try:
        raise ValueError("身份证 332601199001010012")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    return logging.LogRecord("tracker.app", logging.ERROR, "", 0, "Exception on %s", ("/cases?q=吕某",), told)


def test_an_error_is_named_by_its_kind_and_place_and_not_by_its_words(record: logging.LogRecord) -> None:
    line = JsonLines().format(record)
    told = json.loads(line)
    assert told["error"] == "ValueError" and "test_json_log.py" in told["where"][0]
    assert "3326" not in line and "吕某" not in line and "\n" not in line


def test_syslog_gets_a_header_of_rfc_5424() -> None:
    record = logging.LogRecord("tracker.requests", logging.INFO, "", 0, "request", (), None)
    record.fields = {"status": 200}
    version, at, _host, program, pid, kind, data, rest = SyslogLines().format(record).split(" ", 7)
    assert (version, program, kind, data) == ("1", "tracker", "tracker.requests", "-") and pid.isdigit()
    assert at.endswith("+00:00") and json.loads(rest)["status"] == 200


def test_a_line_reaches_the_audit_server() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        try:
            start_logging(lines=False, syslog=SyslogAddress("udp", "127.0.0.1", server.getsockname()[1]))
            logging.getLogger("tracker.anchors").info("anchor", extra={"fields": {"entries": 3}})
            told = server.recv(4096).decode()
        finally:
            start_logging(lines=False, syslog=None)
    assert told.startswith("<134>1 ") and '"entries":3' in told


def test_lines_go_out_once_however_often_logging_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    try:
        start_logging(lines=True, syslog=None)
        start_logging(lines=True, syslog=None)
        logging.getLogger("tracker.anchors").info("anchor")
    finally:
        start_logging(lines=False, syslog=None)
    assert out.getvalue().count("\n") == 1
