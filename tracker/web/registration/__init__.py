"""登记: a request enters the office, by its envelope first."""

from __future__ import annotations

from tracker.web.registration import case_link as case_link
from tracker.web.registration import same_envelope as same_envelope
from tracker.web.registration.routes import bp

__all__ = ["bp"]
