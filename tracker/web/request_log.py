"""One line of the log for each request: who (by number), which page (by its rule), how it ended, how long it took."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

log = logging.getLogger("tracker.requests")
HEADER = "X-Request-ID"


def log_requests(app: Flask) -> None:
    """Number every request, tell the number in the answer, and write its line. Files of the interface are left out."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.begun = secrets.token_hex(8), time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        number = g.get("request_id")
        if number is None:
            return response
        response.headers[HEADER] = number
        if log.isEnabledFor(logging.INFO) and request.endpoint not in {"static", "bootstrap.static"}:
            # Asked of what the page itself found out: logging must not look anybody up.
            person = g.get("_login_user")
            fields = {
                "request": number,
                "account": getattr(person, "account_id", None),
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.begun) * 1000, 1),
            }
            log.info("request", extra={"fields": fields})
        return response
