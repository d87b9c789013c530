"""Addresses of our own pages in what leaves the house; none while the operator has not said how we are reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """``base`` is the address people type, without a slash at its end; None: no links."""

    base: str | None = None

    def case(self, case_id: int) -> str | None:
        """A case."""
        return f"{self.base}/cases/{case_id}" if self.base else None

    def centre(self) -> str | None:
        """The centre of alerts."""
        return f"{self.base}/alerts" if self.base else None
