"""One line of the log for each request: who (by number), which page (by its rule), how it ended, how long it took; the
same without the person for monitoring."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

from tracker.web.request_figures import tell_request

log = logging.getLogger("tracker.requests")
HEADER = "X-Request-ID"


def log_requests(app: Flask) -> None:
    """Number every request, tell the number in the answer, write its line and count it. Files of the interface are
    left out."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.begun = secrets.token_hex(8), time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        number = g.get("request_id")
        if number is None:
            return response
        response.headers[HEADER] = number
        if request.endpoint not in {"static", "bootstrap.static"}:
            seconds = time.perf_counter() - g.begun
            route = request.url_rule.rule if request.url_rule else None
            tell_request(request.method, route, response.status_code, seconds)
            if log.isEnabledFor(logging.INFO):
                _write(number, route, response.status_code, seconds)
        return response


def _write(number: str, route: str | None, status: int, seconds: float) -> None:
    # Asked of what the page itself found out: logging must not look anybody up.
    person = g.get("_login_user")
    fields = {
        "request": number,
        "account": getattr(person, "account_id", None),
        "method": request.method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    log.info("request", extra={"fields": fields})
