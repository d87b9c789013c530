"""Checks of periods an organ sets for somebody else."""

from __future__ import annotations

from datetime import date

from tracker.domain.errors import Invalid
from tracker.domain.vocabulary import N_


def require_later(field: str, day: date, than: date) -> None:
    """A period set for somebody must end after the day it is told. Raises ``Invalid`` at the field."""
    if day <= than:
        raise Invalid({field: [N_("期限须晚于告知之日，请留出合理的时间。")]})
