"""After an act: what happened and what comes next, shown once at the head of the next page."""

from __future__ import annotations

from typing import Any

from flask import flash


def tell_done(happened: str, coming: str = "") -> None:
    """Say that it is done. The page shows ``coming``, the next step, beneath."""
    # Flask's signature knows only plain texts; the frame of our pages shows pairs as well.
    message: Any = (happened, coming) if coming else happened
    flash(message, "success")
