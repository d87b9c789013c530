"""Headers and cookies that keep a browser from doing what no page of ours asks for."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SAFE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
ONE_YEAR_SECONDS = 31_536_000
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})


def secure_cookies(app: Flask) -> bool:
    """Whether cookies set now must be kept to TLS: always in production, else when this request came by TLS."""
    return bool(app.config["SESSION_COOKIE_SECURE"]) or request.is_secure


class FormSession(SecureCookieSessionInterface):
    """The signed cookie that carries the form token and one-time messages; who is signed in is kept on the server."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Secure behind TLS even where the operator did not say so."""
        return secure_cookies(app)


def secure(app: Flask) -> None:
    """Safe headers on every answer; pages with personal data are kept by no cache."""
    app.session_interface = FormSession()

    @app.before_request
    def refuse_null_characters() -> None:
        # PostgreSQL cannot store them and no keyboard types them.
        values = (*request.args.items(multi=True), *request.form.items(multi=True))
        if any("\x00" in name or "\x00" in value for name, value in values):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in SAFE_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint not in STATIC_ENDPOINTS:
            response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_SECONDS}")
        return response
