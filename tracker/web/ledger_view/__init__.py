"""台账: the register of a year as one table, edited in place, pasted into, taken away as a file."""

from __future__ import annotations

from tracker.web.ledger_view import pasting, taking
from tracker.web.ledger_view.routes import bp

__all__ = ["bp", "pasting", "taking"]
