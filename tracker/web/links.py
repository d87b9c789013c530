"""Addresses handed in by a form are followed only within this site."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(target: str | None, fallback: str = "/") -> str:
    """The target if it is a path on this site, else the fallback: no form sends people elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if any(ord(sign) < 32 for sign in target) or "\\" in target:
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc else target
