"""The case of 民政局 that the pages of cases are tested with."""

from __future__ import annotations

from tests.web.cases.conftest import calendars, told

__all__ = ["calendars", "told"]
