"""Codes of an authenticator application (RFC 6238), and the picture it reads its secret from."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno

from tracker.domain.one_time_codes import DIGITS, STEP, steps_around


def new_secret() -> str:
    """160 bits of chance, in the letters that people can type."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is; None when it is none of those that count now."""
    codes = pyotp.TOTP(secret, digits=DIGITS, interval=int(STEP.total_seconds()))
    return next((step for step in steps_around(now) if _equal(codes.generate_otp(step), code)), None)


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def setup_address(secret: str, login: str, issuer: str) -> str:
    """What an authenticator application reads: secret, account and who asks for the code."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=int(STEP.total_seconds())).provisioning_uri(
        name=login, issuer_name=issuer
    )


def as_picture(address: str) -> str:
    """The address as a QR code, black on white: an SVG picture as a ``data:`` address."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, light="white"))
